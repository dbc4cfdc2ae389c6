"""The parts of the stack: what to start, how, and when it is healthy."""
