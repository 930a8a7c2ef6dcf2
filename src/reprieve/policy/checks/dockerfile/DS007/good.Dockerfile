FROM alpine:3.20
ENTRYPOINT ["shop", "serve"]
