FROM debian:12.6-slim
RUN apt-get update && apt-get dist-upgrade -y
