# Inputs that the tests of the Kubernetes checks share.
package builtin.lib.kubernetes_fixtures

import rego.v1

pod(spec) := {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "namespace": "shop"}, "spec": spec}

deployment(spec) := {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": "web", "namespace": "shop"},
	"spec": {"template": {"metadata": {"labels": {"app": "web"}}, "spec": spec}},
}

cronjob(spec) := {
	"apiVersion": "batch/v1",
	"kind": "CronJob",
	"metadata": {"name": "report", "namespace": "shop"},
	"spec": {"jobTemplate": {"spec": {"template": {"spec": spec}}}},
}

# A Deployment of one container with these fields.
container(fields) := deployment({"containers": [object.union(
	{"name": "web", "image": "registry.example.com/shop/web:1.4.2"},
	fields,
)]})

# A Deployment of one container with this security context.
context(fields) := container({"securityContext": fields})

# Documents that no API server would take. No check may fail on them.
malformed := [
	"text",
	5,
	null,
	[],
	{},
	{"kind": 5, "metadata": "x", "spec": []},
	{"kind": "Pod", "metadata": null, "spec": null},
	{"kind": "Pod", "spec": {"containers": "x", "volumes": 5, "securityContext": []}},
	{"kind": "Pod", "spec": {"containers": [1, null, "x", []], "volumes": [null, 1], "initContainers": {}}},
	{"kind": "Deployment", "spec": {"template": "x"}},
	{"kind": "CronJob", "spec": {"jobTemplate": [], "schedule": 5}},
	container({"name": 5, "image": 5, "ports": "x", "resources": 5, "securityContext": "x", "livenessProbe": []}),
	container({"image": [], "ports": [1, {"hostPort": "x", "containerPort": null}], "resources": {"limits": "x"}}),
	context({"capabilities": "x", "runAsUser": "x", "runAsNonRoot": "true", "seLinuxOptions": 5, "seccompProfile": "x"}),
	context({
		"capabilities": {"add": "ALL", "drop": [1, null, {}]},
		"seLinuxOptions": {"type": 5},
		"seccompProfile": {"type": []},
		"windowsOptions": "x",
		"appArmorProfile": {"type": 5},
		"procMount": 5,
	}),
	pod({"securityContext": {"sysctls": "x", "supplementalGroups": 0, "fsGroup": "0"}, "hostAliases": "x", "hostPID": "yes"}),
	pod({"securityContext": {"sysctls": [1, {"name": 5}]}, "hostAliases": [1, {}], "volumes": [{"hostPath": "x"}]}),
	pod({"volumes": [{"name": 5, "hostPath": {"path": 5}}, {"name": "v", "hostPath": null}], "os": "windows"}),
	{"kind": "Pod", "metadata": {"annotations": ["x"]}, "spec": {"containers": [{"name": null, "image": "@:/"}]}},
]
