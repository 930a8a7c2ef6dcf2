package namespace.exceptions

import rego.v1

exception contains ns if {
	ns := "builtin.kubernetes.KSV012"
}
