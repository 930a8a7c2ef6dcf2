# METADATA
# title: Persistent volume points to a folder of the node
# description: >-
#   Through such a volume a pod reads and writes files of the node, past the rules that forbid
#   `hostPath` in pods, since the claim does not show where it leads.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
# custom:
#   id: RPV-K8S-014
#   aliases: []
#   severity: MEDIUM
#   recommended_action: >-
#     Use a storage driver, or `local` volumes with a node affinity on disks set apart for it.
#   compliance:
#     nsa: [host-paths]
#     nist-800-53: ["AC-6", "SC-39"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: PersistentVolume
package builtin.kubernetes.RPV_K8S_014

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	kubernetes.kind == "PersistentVolume"
	is_object(kubernetes.spec.hostPath)
	res := result.new(
		sprintf("PersistentVolume '%s' points to the folder '%v' of the node", [kubernetes.name, object.get(kubernetes.spec.hostPath, "path", "")]),
		kubernetes.spec.hostPath,
	)
}
