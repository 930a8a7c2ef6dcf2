FROM alpine:3.20
RUN adduser -D -u 10001 shop
COPY shop /usr/local/bin/shop
USER 10001
CMD ["shop"]
