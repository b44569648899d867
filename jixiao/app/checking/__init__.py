"""Checking tables, listing and mending what was found."""
