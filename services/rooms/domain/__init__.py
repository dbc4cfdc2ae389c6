"""What a room allows, and what it remembers. Pure: no clock, no ids, no I/O. One file a use case."""
