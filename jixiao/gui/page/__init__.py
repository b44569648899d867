"""The page: the official form on the desk, its cells, editors, keys and rows."""
