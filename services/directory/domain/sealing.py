"""What describes a person, sealed under that person's own key: AES-256-GCM, base64url of nonce and ciphertext."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from contracts.users import Profile

KEY_BYTES = 32
NONCE_BYTES = 12  # NIST SP 800-38D section 8.2.2: random, never twice under one key


def seal(profile: Profile, key: bytes, nonce: bytes) -> str:
    """The `sealed` of a fact; only the fields that are set go in."""
    plain = profile.model_dump_json(exclude_none=True).encode()
    return urlsafe_b64encode(nonce + AESGCM(key).encrypt(nonce, plain, None)).decode()


def unseal(sealed: str, key: bytes) -> Profile:
    """What was sealed. Raises cryptography's InvalidTag when the key is another one."""
    raw = urlsafe_b64decode(sealed)
    return Profile.model_validate_json(AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None))
