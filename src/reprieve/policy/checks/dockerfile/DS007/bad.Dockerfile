FROM alpine:3.20
ENTRYPOINT ["shop", "migrate"]
ENTRYPOINT ["shop", "serve"]
