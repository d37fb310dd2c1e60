# One image for web, worker, indexer, beat and migrate. Built from the same lock that `make run` installs.
FROM python:3.12-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements.txt /tmp/requirements.txt
RUN /opt/venv/bin/pip install --require-hashes -r /tmp/requirements.txt

FROM python:3.12-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=portal.settings.base \
    DEBUG=0 \
    VAR_DIR=/var/lib/portal \
    PORTAL_BIND=0.0.0.0:8000
# The folders exist in the image with their owner, so that new volumes mounted there belong to the portal.
RUN groupadd --gid 10001 portal \
    && useradd --uid 10001 --gid portal --no-create-home --home-dir /var/lib/portal --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal -m 0750 /var/lib/portal /var/lib/portal/run \
    && install -d -o portal -g portal -m 0755 /srv/media /srv/static
COPY --from=build /opt/venv /opt/venv
WORKDIR /app
COPY . .
# Translations belong to the code, so they are compiled into the image; the key is of this one command.
RUN python -m compileall -q portal units news services feedback \
    && DEBUG=1 VAR_DIR=/tmp/build python manage.py compile_translations \
    && rm -rf /tmp/build
USER portal
EXPOSE 8000
CMD ["gunicorn", "-c", "python:portal.gunicorn_conf", "portal.wsgi:application"]
