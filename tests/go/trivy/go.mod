module trivy

go 1.25

require github.com/aquasecurity/trivy v0.67.2
