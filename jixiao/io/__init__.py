"""How a table looks and travels: grids, forms, readers, writers, recognition. No Qt, no SQL."""
