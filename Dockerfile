# One image for the web server, the worker and the clock; compose.yaml says which is which.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1
WORKDIR /srv/ratecard

COPY requirements/base.txt requirements/base.txt
RUN pip install --require-hashes -r requirements/base.txt

COPY . .
# Collecting needs settings to load, not the real secret: this one dies with the step.
RUN RATECARD_ENV=production RATECARD_ALLOWED_HOSTS=localhost \
    RATECARD_SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    python manage.py collectstatic --noinput \
    && useradd --system ratecard && install --directory --owner ratecard /var/lib/ratecard
USER ratecard
# Where processes of one container agree whose turn it is at which host.
ENV RATECARD_DATA_DIR=/var/lib/ratecard

EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", \
     "--workers", "2", "--blocking-threads", "4", "registry.wsgi:application"]
