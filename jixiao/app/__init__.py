"""One function for each thing a user does, and the session they share. No Qt."""
