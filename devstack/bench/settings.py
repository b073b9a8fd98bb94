"""The project's settings, plus a bare page and a middleware that says what each answer cost. For ./bench only."""

from leipartners.settings import *

MIDDLEWARE = ["devstack.bench.counting.CountingMiddleware", *MIDDLEWARE]
ROOT_URLCONF = "devstack.bench.urls"
