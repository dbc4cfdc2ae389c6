"""What signalling asks of rooms and media, over HTTP inside."""
