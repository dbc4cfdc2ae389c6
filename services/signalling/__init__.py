"""Sockets, the SDP exchange, and where a room's sound is. See README.md."""
