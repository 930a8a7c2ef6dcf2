FROM nginx:1.27-alpine
HEALTHCHECK --interval=30s CMD wget -q -O /dev/null http://127.0.0.1:8080/live
