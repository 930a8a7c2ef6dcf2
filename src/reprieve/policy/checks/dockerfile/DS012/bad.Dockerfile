FROM golang:1.22 AS build
RUN go build -o /shop ./cmd/shop

FROM golang:1.22 AS build
RUN go test ./...
