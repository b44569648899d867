"""Drafts under review, before they are taken in."""
