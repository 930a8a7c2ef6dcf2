FROM debian:latest
COPY app /usr/local/bin/app
