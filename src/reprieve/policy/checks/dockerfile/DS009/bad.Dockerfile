FROM node:22-alpine
WORKDIR srv/shop
COPY . .
