"""Taking drafts and exchange files into the book."""
