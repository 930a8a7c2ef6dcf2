FROM debian:12.6-slim
COPY app /usr/local/bin/app
