"""A light client of the media node: real ICE checks, DTLS and SRTP over a socket of its own; no browser, no codec."""

from tests.media_client.client import MediaClient

__all__ = ["MediaClient"]
