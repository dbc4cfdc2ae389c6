"""The tables beside the log: read and written under the stream's lock, in the command's own transaction."""
