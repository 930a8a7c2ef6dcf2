FROM golang:1.22 AS build
RUN go build -o /out/shop ./cmd/shop
COPY --from=build /out/shop /usr/local/bin/shop
