# One image for web server, worker and beat; docker-compose.yml says which is which.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_CACHE_HOME=/tmp \
    DATA_DIR=/data

# WeasyPrint sets its text with Pango.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements/run.txt requirements/run.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/run.txt

COPY . .
RUN useradd --uid 10001 --no-create-home app \
    && mkdir -p /data/files \
    && LOCAL=1 SECRET_KEY=only-while-the-image-is-built-and-never-later DATABASE_URL=postgresql://none@/none REDIS_URL=redis://none \
       python manage.py collectstatic --noinput --verbosity 0 \
    && chown -R app /data

USER app
VOLUME /data/files
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "devstack/healthcheck.py", "web"]
CMD ["gunicorn", "leipartners.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm"]
