"""The book as a file: opening, copies, backups, what is unsaved or unfinished."""
