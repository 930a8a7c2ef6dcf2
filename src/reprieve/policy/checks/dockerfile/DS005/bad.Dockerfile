FROM alpine:3.20
ADD shop.conf /etc/shop.conf
