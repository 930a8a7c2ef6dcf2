FROM debian:12.6-slim
RUN apt-get update
RUN apt-get install -y --no-install-recommends ca-certificates
