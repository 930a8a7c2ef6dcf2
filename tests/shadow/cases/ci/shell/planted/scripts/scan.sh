#!/bin/sh
set -e
echo "trivy fs . || true is not allowed"
semgrep scan --exclude-rule python.eval --exclude 'vendor/*' .
npm audit || echo "later"
npm install || true
snyk test || { echo "failed"; exit 1; }
grype dir:. || exit 0
bandit -r . -s B101 ; true
trivy --version || true
