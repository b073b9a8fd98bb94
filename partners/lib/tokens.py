"""Secrets that travel in links: random when made, only their hash is kept."""

import hashlib
import secrets


def make_token() -> str:
    """Return a new secret of 256 random bits, fit for a URL."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """Return what is stored of a secret; a secret of that length needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
