"""People, clubs, sessions, and the hallway as it is read."""
