module grype

go 1.26.8

require (
	github.com/anchore/grype v0.110.0
	gopkg.in/yaml.v3 v3.0.1
)
