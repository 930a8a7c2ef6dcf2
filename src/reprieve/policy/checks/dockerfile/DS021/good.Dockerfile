FROM debian:12.6-slim
RUN apt-get update && apt-get install -y --no-install-recommends curl
