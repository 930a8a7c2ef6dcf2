FROM alpine:3.20
RUN wget -q https://example.com/catalogue.json
RUN curl -fsSO https://example.com/prices.json
