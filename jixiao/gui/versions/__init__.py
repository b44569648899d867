"""Named versions of an agency-year."""
