# Two stages: the wheel is built in the first, and only what runs is in the second.
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements.txt requirements-dev.txt ./
RUN python -m venv /opt/build && /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements-dev.txt
RUN python -m venv /opt/missinglink \
 && /opt/missinglink/bin/pip install --no-cache-dir --require-hashes -r requirements.txt
COPY pyproject.toml README.md LICENSE manifest.json ./
COPY bot bot
COPY localslack localslack
COPY lessons lessons
COPY migrations migrations
RUN /opt/build/bin/python -m hatchling build -t wheel \
 && /opt/missinglink/bin/pip install --no-cache-dir --no-deps dist/*.whl

FROM python:3.13-slim
# any user may run it, as long as the group is 0: what the group may write, such a user may
RUN mkdir /data && chown 10001:0 /data && chmod 2770 /data
COPY --from=build /opt/missinglink /opt/missinglink
# with a heap for each thread, memory that was needed once for a large request is kept many times over
ENV MALLOC_ARENA_MAX=2
ENV HOME=/data PATH=/opt/missinglink/bin:$PATH PYTHONUNBUFFERED=1 PORT=3000 MISSINGLINK_LOG_FORMAT=json
# a number, so that Kubernetes sees it isn't root
USER 10001:0
WORKDIR /data
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/readyz', timeout=4)"]
# docker stop waits ten seconds; the bot needs eight at most
STOPSIGNAL SIGTERM
# what one user of the group makes, the next may write; `exec`, so that a stop reaches the bot
ENTRYPOINT ["sh", "-c", "umask 0007 && exec missinglink \"$@\"", "missinglink"]
CMD ["serve"]
