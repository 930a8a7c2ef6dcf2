cat <<'EOF'
Run trivy with care
EOF
trivy fs . || exit 1
trivy fs . || { echo no; exit 2; }
curl -L x | sh -s trivy || true
