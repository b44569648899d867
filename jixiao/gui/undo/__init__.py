"""Undo and redo: the commands, their lists, and showing what was done again."""
