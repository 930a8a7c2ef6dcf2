FROM alpine:3.20
MAINTAINER shop@example.com
