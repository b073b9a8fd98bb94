"""Three helpers that read the environment and fail loudly: `env`, `flag` and `secret`."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

WEAK = {"", "changeme", "change-me", "secret", "dev", "insecure"}
ON, OFF = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def env(name: str, default: str | None = None) -> str:
    """Return the variable; without a default it must be set."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return value


def flag(name: str) -> bool:
    """Return a yes/no variable, off when unset; anything else than yes or no is an error."""
    value = os.environ.get(name, "").strip().lower()
    if value in ON:
        return True
    if value in OFF:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}: write 1 or 0.")


def secret(name: str) -> str:
    """Return a secret from NAME or from the file named by NAME_FILE; a missing, short or well-known one is refused."""
    path = os.environ.get(f"{name}_FILE")
    value = Path(path).read_text().strip() if path else os.environ.get(name, "")
    if value.lower() in WEAK or len(value) < 32 or value.startswith("django-insecure"):
        raise ImproperlyConfigured(
            f"{name} is missing or too weak: set it to at least 32 random characters, "
            f"for example the output of: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    return value


def database(url: str) -> dict[str, Any]:
    """Turn postgresql://user:password@host:port/name?option=value into Django's settings."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def smtp(url: str) -> dict[str, Any]:
    """Turn smtp://user:password@host:port (smtps:// for TLS from the start) into options of Django's SMTP mailer."""
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"}:
        raise ImproperlyConfigured("SMTP_URL must begin with smtp:// or smtps://")
    tls = parts.scheme == "smtps"
    return {
        "host": parts.hostname or "localhost",
        "port": parts.port or (465 if tls else 25),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": tls,
        "use_tls": not tls and bool(parts.username),
        "timeout": 20,
    }
