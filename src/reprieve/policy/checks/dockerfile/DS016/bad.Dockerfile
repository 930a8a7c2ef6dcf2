FROM alpine:3.20
CMD ["shop", "migrate"]
CMD ["shop", "serve"]
