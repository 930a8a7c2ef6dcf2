# METADATA
# title: Entries are added to /etc/hosts
# description: Host aliases write fixed addresses into the container's /etc/hosts, past the cluster's DNS, where nobody looks for them when they are wrong or point somewhere hostile.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/
# custom:
#   id: KSV007
#   aliases: []
#   severity: LOW
#   recommended_action: Remove `hostAliases` and use a Service or a DNS record.
#   compliance:
#     nist-800-53: ["CM-6"]
#   input:
#     selector:
#       - type: kubernetes
#         subtypes:
#           - kind: Pod
#           - kind: Deployment
#           - kind: StatefulSet
#           - kind: DaemonSet
#           - kind: ReplicaSet
#           - kind: ReplicationController
#           - kind: DeploymentConfig
#           - kind: Job
#           - kind: CronJob
#           - kind: PodTemplate
package builtin.kubernetes.KSV007

import rego.v1

import data.builtin.lib.kubernetes

deny contains res if {
	alias := kubernetes.pod.hostAliases[_]
	is_object(alias)
	res := result.new(
		sprintf("%s should not set 'hostAliases' for '%v'", [kubernetes.subject, object.get(alias, "ip", "")]),
		alias,
	)
}
