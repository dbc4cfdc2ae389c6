"""Load for the audio path: clients in C that speak, listen and check, against a media service as a process."""
