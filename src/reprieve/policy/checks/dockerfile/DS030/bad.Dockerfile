FROM alpine:3.20
WORKDIR /proc/shop
