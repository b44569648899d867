"""Comparing tables: what differs, where it stands, and taking it back."""
