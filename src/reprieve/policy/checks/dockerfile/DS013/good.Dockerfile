FROM alpine:3.20
WORKDIR /srv/shop
RUN make
