# Eén beeld voor web, werker, klok en inrichten (docker-compose.yml). De basis is vastgelegd op inhoud.
FROM python:3.12.12-slim-bookworm@sha256:593bd06efe90efa80dc4eee3948be7c0fde4134606dd40d8dd8dbcade98e669c AS bouw

COPY requirements/run.txt /tmp/run.txt
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/run.txt

FROM python:3.12.12-slim-bookworm@sha256:593bd06efe90efa80dc4eee3948be7c0fde4134606dd40d8dd8dbcade98e669c

# Pango zet de PDF's; de rest komt uit het slotbestand.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin portaal \
 && install -d -o portaal -g portaal -m 0700 /var/lib/portaal

COPY --from=bouw /opt/venv /opt/venv
COPY . /srv/portaal
WORKDIR /srv/portaal
RUN python -m compileall -q -x 'tests|\.venv' .

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PORTAL_VAR=/var/lib/portaal
USER portaal
VOLUME /var/lib/portaal
EXPOSE 8000

HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["python", "docker/gezond.py"]

CMD ["granian", "--interface", "wsgi", "ser_portal.wsgi:application", "--host", "0.0.0.0", "--port", "8000", \
     "--workers", "2", "--blocking-threads", "1", "--no-ws", "--respawn-failed-workers"]
