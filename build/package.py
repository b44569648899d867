"""Builds the folder that runs without Python, then shows that it is whole.

The program's own self-test runs, then its window is opened on a book, without a screen, and
closed; both from a folder with blanks and Chinese characters in its name.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import notices

BUILD = Path(__file__).resolve().parent
DIST = BUILD / "dist" / "jixiao"
SECONDS_OPEN = 3
PATIENCE = 180


def build() -> None:
    shutil.rmtree(DIST, ignore_errors=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    command += ["--distpath", str(DIST.parent), "--workpath", str(BUILD / "work")]
    subprocess.run([*command, str(BUILD / "jixiao.spec")], check=True, cwd=BUILD.parent)


def run(arguments: list[str], home: Path, **environment: str) -> None:
    """Run a packaged program with nothing of this machine's Python; end when it fails."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    folders = {"HOME": str(home), "APPDATA": str(home), "XDG_CONFIG_HOME": str(home)}
    kept |= {**folders, "QT_QPA_PLATFORM": "offscreen", **environment}
    try:
        done = subprocess.run(
            arguments,
            env=kept,
            timeout=PATIENCE,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        sys.exit(f"打包好的程序 {PATIENCE} 秒还没有结束：{' '.join(arguments)}\n{error.stderr}")
    sys.stdout.write(done.stdout + done.stderr)
    if done.returncode or "Traceback" in done.stderr:
        sys.exit(f"打包好的程序没有通过：{' '.join(arguments)}（退出码 {done.returncode}）")


def check() -> None:
    with tempfile.TemporaryDirectory(prefix="jixiao ") as name:
        home = Path(name)
        place = home / "绩效 目标"
        shutil.copytree(DIST, place, symlinks=True)
        suffix = ".exe" if sys.platform == "win32" else ""
        window = place / f"jixiao{suffix}"
        command = place / f"jixiao-cli{suffix}" if suffix else window
        book = place / "示例 账本.jxb"
        sample = place / "_internal" / "jixiao" / "resources" / "sample.json"
        run([str(command), "self-test"], home)
        run([str(command), "load", str(sample), "--book", str(book)], home)
        run([str(window), str(book)], home, JIXIAO_QUIT_AFTER=str(SECONDS_OPEN))


def main() -> None:
    build()
    unknown = notices.write(DIST)
    if unknown:
        sys.exit("第三方声明不全，这些查不到出处：" + "、".join(unknown))
    check()
    size = sum(path.stat().st_size for path in DIST.rglob("*") if not path.is_symlink())
    print(f"打包完成：{DIST}（{size / 2**20:.0f} MB），自检通过，窗口能打开和关闭。")


if __name__ == "__main__":
    main()
