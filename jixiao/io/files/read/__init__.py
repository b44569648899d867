"""Readers of foreign files: from bytes to grids."""
