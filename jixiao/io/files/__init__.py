"""Files: readers, writers and exchange files."""
