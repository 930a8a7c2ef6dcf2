FROM alpine:3.20
ADD rootfs.tar.xz /
COPY shop.conf /etc/shop.conf
