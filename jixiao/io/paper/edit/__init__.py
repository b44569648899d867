"""Editing a page: cells, rows, blocks and the clipboard."""
