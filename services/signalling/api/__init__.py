"""HTTP and sockets in: parse, call, answer."""
