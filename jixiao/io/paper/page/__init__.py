"""Pages of cells: grids, their layout, and how cells show their texts."""
