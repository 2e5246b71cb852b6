# The pipeline and Airflow in one image; docker-compose.yml starts it in three roles.
FROM python:3.12-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 \
    AIRFLOW_HOME=/opt/airflow PYTHONPATH=/opt/press PATH=/opt/venv/bin:$PATH

RUN useradd --create-home --uid 50000 press \
    && mkdir -p /opt/press /opt/airflow /data \
    && chown press /opt/press /opt/airflow /data

WORKDIR /opt/press
COPY requirements.lock .
RUN python -m venv /opt/venv && pip install --require-hashes -r requirements.lock

COPY --chown=press dags dags
COPY --chown=press pipeline pipeline
COPY --chown=press plugins plugins
COPY --chown=press seeds seeds
COPY --chown=press warehouse warehouse

USER press
HEALTHCHECK NONE
CMD ["airflow", "version"]
