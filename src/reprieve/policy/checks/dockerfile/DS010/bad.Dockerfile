FROM debian:12.6-slim
USER 10001
RUN sudo chown -R 10001 /srv
