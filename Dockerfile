# The image of `sanad serve`, for x86-64. Nothing is fetched when it runs.
#
# The notes that come with Sanad are indexed at the build: their vectors take minutes, and Docker fills a new named volume
# with what the image has at its place. An empty folder mounted over /data is filled at the first start instead.

FROM python:3.12-slim AS build
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
RUN python -m venv /opt/sanad
WORKDIR /build
COPY constraints.txt .
# PyTorch's own index has the build without CUDA, which is gigabytes smaller. Everything else comes from PyPI.
RUN --mount=type=cache,target=/root/.cache/pip \
    /opt/sanad/bin/pip install --no-deps --index-url "$TORCH_INDEX" "$(grep '^torch==' constraints.txt)"
COPY . .
RUN --mount=type=cache,target=/root/.cache/pip \
    /opt/sanad/bin/pip install --constraint constraints.txt '.[otel]'
COPY corpus/starter /usr/share/sanad/starter
# The converted weights stay behind: they are half a gigabyte, and only needed again when something new is read.
RUN SANAD_DATA_DIR=/seed /opt/sanad/bin/sanad ingest /usr/share/sanad/starter && rm -r /seed/models

FROM python:3.12-slim
LABEL org.opencontainers.image.title="Sanad" \
      org.opencontainers.image.description="Cited answers on Morocco's digital policy, without a network" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN apt-get update \
    && apt-get install --yes --no-install-recommends tesseract-ocr tesseract-ocr-ara tesseract-ocr-fra \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --home-dir /data --no-create-home --shell /usr/sbin/nologin sanad \
    && install --directory --owner=sanad --group=sanad --mode=0750 /data
COPY --from=build /opt/sanad /opt/sanad
COPY --from=build /usr/share/sanad/starter /usr/share/sanad/starter
COPY --from=build --chown=10001:10001 /seed /data
ARG SANAD_COMMIT=
ENV PATH=/opt/sanad/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    HF_HUB_OFFLINE=1 \
    HOME=/tmp \
    SANAD_COMMIT=$SANAD_COMMIT \
    SANAD_DATA_DIR=/data \
    SANAD_HOST=0.0.0.0 \
    SANAD_PORT=8000
LABEL org.opencontainers.image.revision=$SANAD_COMMIT
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
# Python, which is process 1 here, has no handler for SIGTERM until it serves; it always has one for SIGINT.
STOPSIGNAL SIGINT
HEALTHCHECK --interval=30s --timeout=5s --start-period=10m --retries=3 \
    CMD python -c "import urllib.request as u; u.urlopen('http://127.0.0.1:${SANAD_PORT}/readyz', timeout=4)"
ENTRYPOINT ["sanad"]
CMD ["serve", "--ingest", "/usr/share/sanad/starter"]
