FROM alpine:3.20
COPY shop /usr/local/bin/shop
CMD ["shop"]
