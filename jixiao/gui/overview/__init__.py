"""The overview of a year and of the book, as a picture."""
