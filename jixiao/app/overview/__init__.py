"""The overview of an agency-year or of a whole book."""
