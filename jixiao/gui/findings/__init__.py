"""What the checks found: marks, the dock, mending, the rules."""
