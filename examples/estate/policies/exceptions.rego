# Namespace-based: whole packages, for the documents that the condition admits.
package namespace.exceptions

import rego.v1

# METADATA
# description: Billing runs as root until v4. Holds as long as EXC-007 does, and only in its scope.
# custom: {exception: EXC-007}
exception contains "builtin.kubernetes.KSV012" if input.metadata.namespace == "billing"

# METADATA
# description: The node agent. EXC-003 is over, so this is ignored, and reported.
# custom: {exception: EXC-003}
exception contains package_name if {
	input.metadata.name == "node-agent"
	some package_name in ["builtin.kubernetes.KSV009", "builtin.kubernetes.KSV010"]
}

# METADATA
# description: The import of invoices was removed in spring, and with it whatever this was for.
# custom: {exception: EXC-007}
exception contains "builtin.kubernetes.KSV014" if input.metadata.name == "billing-import"
