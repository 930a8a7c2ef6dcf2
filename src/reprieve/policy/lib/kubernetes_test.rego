package builtin.lib.kubernetes_test

import rego.v1

import data.builtin.lib.kubernetes
import data.builtin.lib.kubernetes_fixtures as fixtures

spec := {"containers": [{"name": "web"}]}

workloads := [
	fixtures.pod(spec),
	fixtures.deployment(spec),
	fixtures.cronjob(spec),
	{"kind": "PodTemplate", "template": {"spec": spec}},
	{"kind": "DeploymentConfig", "apiVersion": "apps.openshift.io/v1", "spec": {"template": {"spec": spec}}},
	{"review": {"object": fixtures.pod(spec)}},
]

test_pod_is_found_wherever_it_is if {
	every document in workloads {
		kubernetes.pod == spec with input as document
		count(kubernetes.containers) == 1 with input as document
		count(kubernetes.pods) == 1 with input as document
		kubernetes.workload with input as document
	}
}

test_service_has_no_pod if {
	document := {"kind": "Service", "metadata": {"name": "web"}, "spec": {"template": {"spec": spec}}}
	not kubernetes.pod with input as document
	not kubernetes.workload with input as document
	count(kubernetes.containers) == 0 with input as document
}

test_malformed_input_has_no_container if {
	shapes := [shape | some shape in fixtures.malformed; not is_object(shape)]
	count(shapes) > 0
	every document in shapes {
		count(kubernetes.containers) == 0 with input as document
		kubernetes.name == "" with input as document
	}
}

test_containers_of_each_kind if {
	document := fixtures.pod({
		"containers": [{"name": "web"}, null, 5],
		"initContainers": [{"name": "migrate"}, {"name": "proxy", "restartPolicy": "Always"}],
		"ephemeralContainers": [{"name": "debug"}],
	})
	count(kubernetes.containers) == 4 with input as document
	count(kubernetes.resource_containers) == 3 with input as document
	kubernetes.sidecar_containers == {{"name": "proxy", "restartPolicy": "Always"}} with input as document
}

test_container_inherits_what_it_leaves_out if {
	container := {"name": "web", "securityContext": {"runAsUser": 5, "runAsGroup": null, "privileged": true}}
	document := fixtures.pod({
		"securityContext": {"runAsUser": 1, "runAsGroup": 2, "runAsNonRoot": true, "fsGroup": 3},
		"containers": [container],
	})
	effective := kubernetes.security_context(container) with input as document
	effective == {"runAsUser": 5, "runAsGroup": 2, "runAsNonRoot": true, "privileged": true}
}

test_capabilities_are_compared_in_plain_form if {
	container := {"securityContext": {"capabilities": {"add": ["cap_sys_admin", 5], "drop": ["all"]}}}
	kubernetes.added_capability(container, "SYS_ADMIN")
	kubernetes.dropped_capability(container, "ALL")
	not kubernetes.added_capability(container, "NET_ADMIN")
}

test_limit_stands_in_for_request if {
	container := {"resources": {"limits": {"cpu": 1}}}
	kubernetes.resource(container, "requests", "cpu") == 1
	not kubernetes.resource(container, "limits", "memory")
}

images := {
	"nginx": ["docker.io", "nginx", "", ""],
	"nginx:1.27": ["docker.io", "nginx", "1.27", ""],
	"example/web@sha256:0123": ["docker.io", "example/web", "", "sha256:0123"],
	"localhost/web:1": ["localhost", "localhost/web", "1", ""],
	"Registry.example.com:5000/web": ["registry.example.com:5000", "Registry.example.com:5000/web", "", ""],
	"registry.example.com:5000/web:1@sha256:0123": [
		"registry.example.com:5000", "registry.example.com:5000/web",
		"1", "sha256:0123",
	],
}

test_image_parts if {
	every image, expected in images {
		parts := kubernetes.image_parts(image)
		[parts.registry, parts.name, parts.tag, parts.digest] == expected
	}
}

test_split_image if {
	kubernetes.split_image("nginx") == ["nginx", "latest"]
	kubernetes.split_image("registry.example.com:5000/nginx:1.27") == ["registry.example.com:5000/nginx", "1.27"]
	kubernetes.split_image("nginx@sha256:0123") == ["nginx", "sha256:0123"]
}

test_host_path_has_no_needless_slashes if {
	kubernetes.host_path({"hostPath": {"path": "//etc//kubernetes/"}}) == "/etc/kubernetes"
	kubernetes.host_path({"hostPath": {"path": "/"}}) == "/"
	not kubernetes.host_path({"hostPath": "x"})
}

test_long_running if {
	kubernetes.long_running with input as fixtures.deployment(spec)
	kubernetes.long_running with input as fixtures.pod(spec)
	not kubernetes.long_running with input as fixtures.cronjob(spec)
	not kubernetes.long_running with input as fixtures.pod({"restartPolicy": "Never"})
}

test_control_plane_programs if {
	kubernetes.is_apiserver({"command": ["/usr/local/bin/kube-apiserver", "--profiling=false"]})
	not kubernetes.is_apiserver({"command": ["kube-scheduler"]})
	not kubernetes.is_etcd({"command": "etcd"})
	kubernetes.command_has_flag(["--profiling=false"], "--profiling")
}
