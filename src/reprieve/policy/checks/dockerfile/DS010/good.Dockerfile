FROM debian:12.6-slim
USER root
RUN chown -R 10001 /srv
USER 10001
