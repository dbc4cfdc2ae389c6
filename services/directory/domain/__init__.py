"""What people and clubs may do. Pure: no clock, no ids, no randomness, no I/O."""
