"""The library of indicators."""
