"""The tree of agencies, years and tables, and what is done in it."""
