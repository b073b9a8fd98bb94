"""The project's settings for tools that only read them (mypy, editors): no servers, no secrets needed."""

import os

os.environ.setdefault("LOCAL", "1")
os.environ.setdefault("SECRET_KEY", "only-for-tools-that-read-the-code-" + "x" * 30)
os.environ.setdefault("DATABASE_URL", "postgresql://nobody@/nothing?host=/nonexistent")
os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:1/0")

from leipartners.settings import *
