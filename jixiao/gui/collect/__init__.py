"""Collecting tables for the bureau, and what it sends back."""
