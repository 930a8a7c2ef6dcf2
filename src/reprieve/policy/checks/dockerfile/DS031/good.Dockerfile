FROM node:22-alpine
COPY package.json package-lock.json ./
RUN --mount=type=secret,id=npm,env=NPM_TOKEN npm ci
