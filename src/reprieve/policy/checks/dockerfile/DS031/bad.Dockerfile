FROM node:22-alpine
ARG NPM_TOKEN
COPY package.json package-lock.json ./
RUN npm ci
