# METADATA
# title: Object of a user in the namespace kube-system
# description: >-
#   `kube-system` is where the cluster keeps its own components and their powerful service accounts.
#   What else runs there stands next to them, and is easily overlooked.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces
# custom:
#   id: KSV037
#   aliases: []
#   severity: MEDIUM
#   recommended_action: >-
#     Put the object into a namespace of its own.
#   compliance:
#     cis-k8s: ["5.7.1"]
#     nsa: [namespaces]
#     nist-800-53: ["AC-4", "CM-6"]
#   input:
#     selector:
#       - type: kubernetes
package builtin.kubernetes.KSV037

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	kubernetes.metadata.namespace == "kube-system"
	not kubernetes.kind in may_be_needed
	not part_of_the_cluster
	res := result.new(sprintf("%s '%s' should not be in the namespace kube-system", [kubernetes.kind, kubernetes.name]), kubernetes.metadata)
}

# An extension API server has to be bound to a role that lives there; leases elect leaders of the cluster.
may_be_needed := {"Lease", "Role", "RoleBinding"}

# Labels that the control plane and the cluster's own add-ons carry.
part_of_the_cluster if kubernetes.labels.tier == "control-plane"

part_of_the_cluster if kubernetes.labels["kubernetes.io/cluster-service"] == "true"

part_of_the_cluster if is_string(kubernetes.labels["k8s-app"])
