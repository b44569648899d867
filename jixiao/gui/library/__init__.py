"""The indicator library beside the page."""
