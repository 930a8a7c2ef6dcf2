FROM alpine:3.20
RUN wget -q https://example.com/catalogue.json
RUN wget -q https://example.com/prices.json
