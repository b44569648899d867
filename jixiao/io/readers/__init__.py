"""Readers of foreign files, each bounded in memory and time."""
