"""What a table says: data, the words of the field, checks, the book. No Qt, no Office."""
