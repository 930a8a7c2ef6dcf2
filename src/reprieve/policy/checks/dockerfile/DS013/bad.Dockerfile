FROM alpine:3.20
RUN cd /srv/shop && make
