"""What a table says: plain data, the words of the field, checks, the book. No Qt, no Office libraries."""
