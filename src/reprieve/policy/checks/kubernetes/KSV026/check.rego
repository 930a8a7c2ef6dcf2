# METADATA
# title: Unsafe sysctls are set
# description: Sysctls outside the safe set can turn off protections or change the kernel for every pod on the node.
# scope: package
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
#   - https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/
# custom:
#   id: KSV026
#   aliases: []
#   severity: MEDIUM
#   recommended_action: Remove from `securityContext.sysctls` all that is not in the safe set.
#   compliance:
#     pss: [baseline]
#     pss-control: ["Sysctls"]
#     nsa: [pod-security-enforcement]
#     nist-800-53: ["CM-6", "SC-39"]
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
package builtin.kubernetes.KSV026

import rego.v1

import data.builtin.lib.kubernetes

safe_sysctls := {
	"kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports",
	"net.ipv4.ip_unprivileged_port_start", "net.ipv4.ping_group_range", "net.ipv4.tcp_fin_timeout",
	"net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_rmem",
	"net.ipv4.tcp_syncookies", "net.ipv4.tcp_wmem",
}

deny contains res if {
	sysctl := kubernetes.pod_security_context.sysctls[_]
	not sysctl.name in safe_sysctls
	res := result.new(sprintf("%s should not set the sysctl '%v'", [kubernetes.subject, sysctl.name]), sysctl)
}
