"""The program's help: its window, its pages of keys, its commands."""
