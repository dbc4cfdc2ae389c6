"""The audio path without a socket: datagrams, addresses and `now` in; datagrams, addresses and facts out."""
