"""Versions of an agency-year: freeze, compare, restore."""
