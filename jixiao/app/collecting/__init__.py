"""Collecting the tables of many agencies, and giving them back."""
