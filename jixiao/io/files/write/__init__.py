"""Writers of Office documents and of files in general."""
