FROM alpine:3.20
CMD ["shop", "serve"]
