"""The SFU: audio in, audio out."""
