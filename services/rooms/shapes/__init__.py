"""The JSON that comes into rooms, and that leaves it."""
