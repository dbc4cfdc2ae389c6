"""The JSON that leaves the directory."""
