FROM alpine:3.20
HEALTHCHECK CMD wget -q -O /dev/null http://127.0.0.1:8080/live
HEALTHCHECK CMD pgrep shop
