"""The review of a draft before it is taken in."""
