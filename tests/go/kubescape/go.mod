module kubescape

go 1.23.6

require github.com/kubescape/opa-utils v0.0.288
