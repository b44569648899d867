"""绩效目标表编辑器: the entry for a double click and for the command line."""

from jixiao.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
