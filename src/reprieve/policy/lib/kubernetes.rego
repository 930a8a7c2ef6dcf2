# What the checks need to know about one Kubernetes object. Facts are rules, so that each is worked out once for a document
# and shared by every check. Every rule and function holds on malformed input: what has the wrong type counts as absent.
package builtin.lib.kubernetes

import rego.v1

import data.builtin.lib.utils

# --- The object -------------------------------------------------------------------------------------------------------

default is_gatekeeper := false

# An admission review as Gatekeeper hands it over wraps the object.
is_gatekeeper if is_object(input.review.object)

object := input.review.object if is_gatekeeper

else := input if is_object(input)

else := {}

# Kept for custom checks: Gatekeeper wants an object where others want the message itself.
format(msg) := {"msg": msg} if is_gatekeeper

else := msg

default kind := ""

kind := object.kind if is_string(object.kind)

default api_version := ""

api_version := object.apiVersion if is_string(object.apiVersion)

default metadata := {}

metadata := object.metadata if is_object(object.metadata)

default spec := {}

spec := object.spec if is_object(object.spec)

# The name, or for an object that gets one from the server, its `generateName`; empty when it has neither.
name := metadata.name if is_string(metadata.name)

else := metadata.generateName if is_string(metadata.generateName)

else := ""

default namespace := "default"

namespace := metadata.namespace if is_string(metadata.namespace)

# For messages: `Deployment 'web'`.
subject := sprintf("%s '%s'", [kind, name])

default labels := {}

labels := metadata.labels if is_object(metadata.labels)

# --- Kinds ------------------------------------------------------------------------------------------------------------

default is_pod := false

is_pod if kind == "Pod"

default is_deployment := false

is_deployment if kind == "Deployment"

default is_statefulset := false

is_statefulset if kind == "StatefulSet"

default is_daemonset := false

is_daemonset if kind == "DaemonSet"

default is_replicaset := false

is_replicaset if kind == "ReplicaSet"

default is_replicationcontroller := false

is_replicationcontroller if kind == "ReplicationController"

default is_job := false

is_job if kind == "Job"

default is_cronjob := false

is_cronjob if kind == "CronJob"

default is_podtemplate := false

is_podtemplate if kind == "PodTemplate"

default is_deploymentconfig := false

is_deploymentconfig if {
	kind == "DeploymentConfig"
	api_version in {"apps.openshift.io/v1", "v1"}
}

default is_service := false

is_service if kind == "Service"

default is_namespace := false

is_namespace if kind == "Namespace"

role_kinds := {"Role", "ClusterRole"}

default is_role := false

is_role if kind in role_kinds

role_binding_kinds := {"RoleBinding", "ClusterRoleBinding"}

default is_role_binding := false

is_role_binding if kind in role_binding_kinds

# The name that custom checks use.
default is_role_binding_kind := false

is_role_binding_kind if is_role_binding

controller_kinds := {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job"}

default is_controller := false

is_controller if kind in controller_kinds

is_controller if is_deploymentconfig

default long_running := false

# Workloads that are meant to go on until they are told to stop.
long_running if {
	is_controller
	not is_job
}

long_running if {
	is_pod
	not object.spec.restartPolicy in {"Never", "OnFailure"}
}

# --- The pod ----------------------------------------------------------------------------------------------------------

# What holds the pod's `metadata` and `spec`: the Pod itself, or the template of what creates pods. Undefined otherwise.
pod_template := object if is_pod

else := spec.template if is_controller

else := spec.jobTemplate.spec.template if is_cronjob

else := object.template if is_podtemplate

# The pod spec, wherever it is. Undefined when this object makes no pod.
pod := pod_template.spec if is_object(pod_template.spec)

default workload := false

workload if pod

default pod_metadata := {}

pod_metadata := pod_template.metadata if is_object(pod_template.metadata)

default pod_annotations := {}

pod_annotations := pod_metadata.annotations if is_object(pod_metadata.annotations)

# Objects with `metadata` and `spec`, as custom checks expect them; never more than one.
pods contains pod_template if is_object(pod_template)

annotations contains pod_annotations if count(pod_annotations) > 0

host_ipcs contains pod.hostIPC

host_networks contains pod.hostNetwork

host_pids contains pod.hostPID

# Pod specs, not the aliases: a check asks each for `hostAliases`.
host_aliases contains pod

# Pods that say they run on Windows; most Linux controls do not apply to them.
default is_windows := false

is_windows if pod.os.name == "windows"

volumes contains volume if some volume in utils.objects(pod.volumes)

volume_name(volume) := volume.name if is_string(volume.name)

else := "(unnamed)"

# The directory of the node that a volume mounts, without needless slashes; undefined for other volumes.
host_path(volume) := path if {
	is_string(volume.hostPath.path)
	parts := [part | some part in split(volume.hostPath.path, "/"); part != ""]
	path := concat("", ["/", concat("/", parts)])
}

# --- Containers -------------------------------------------------------------------------------------------------------

regular_containers contains container if some container in utils.objects(pod.containers)

init_containers contains container if some container in utils.objects(pod.initContainers)

ephemeral_containers contains container if some container in utils.objects(pod.ephemeralContainers)

# Init containers that keep running beside the regular ones.
sidecar_containers contains container if {
	some container in init_containers
	container.restartPolicy == "Always"
}

containers := (regular_containers | init_containers) | ephemeral_containers

# Those that may state resources; the API refuses them on ephemeral containers.
resource_containers := regular_containers | init_containers

pod_containers(template) := array.concat(
	utils.objects(template.spec.containers),
	array.concat(utils.objects(template.spec.initContainers), utils.objects(template.spec.ephemeralContainers)),
)

# For messages: a container without a name must not make the finding vanish.
container_name(container) := container.name if is_string(container.name)

else := "(unnamed)"

container_subject(container) := sprintf("Container '%s' of %s", [container_name(container), subject])

# --- Security context -------------------------------------------------------------------------------------------------

default pod_security_context := {}

pod_security_context := pod.securityContext if is_object(pod.securityContext)

# The fields that a container takes from its pod when it does not set them itself.
inherited_fields := {
	"appArmorProfile", "runAsGroup", "runAsNonRoot", "runAsUser", "seLinuxOptions", "seccompProfile",
	"windowsOptions",
}

inherited_security_context := {field: value |
	some field, value in pod_security_context
	field in inherited_fields
	value != null
}

own_security_context(container) := {field: value | some field, value in container.securityContext; value != null} if {
	is_object(container.securityContext)
}

else := {}

# What applies to the container: its own fields, and for those that it leaves out, the pod's.
security_context(container) := object_overlay(inherited_security_context, own_security_context(container))

object_overlay(base, top) := {key: value |
	some key in object_keys(base, top)
	value := pick(base, top, key)
}

object_keys(base, top) := {key | some key, _ in base} | {key | some key, _ in top}

pick(_, top, key) := top[key]

pick(base, top, key) := base[key] if not utils.has_key(top, key)

# True when the container, or failing that its pod, sets the field to exactly this value.
effective(container, field, value) if security_context(container)[field] == value

default runs_as_non_root(_) := false

runs_as_non_root(container) if security_context(container).runAsNonRoot == true

# Each container beside what applies to it, worked out once: `subject` for messages, `context` the effective security
# context, `added` and `dropped` the capabilities in plain form.
resolved_containers := [resolved |
	some container in containers
	resolved := {
		"container": container,
		"subject": container_subject(container),
		"context": security_context(container),
		"added": added_capabilities(container),
		"dropped": dropped_capabilities(container),
	}
]

# Each security context that is written down, the pod's and the containers', with the smallest named element around it.
stated_contexts := array.concat(
	[stated |
		is_object(pod.securityContext)
		stated := {"subject": subject, "element": pod.securityContext, "context": pod.securityContext}
	],
	[stated |
		some resolved in resolved_containers
		is_object(resolved.container.securityContext)
		stated := {
			"subject": resolved.subject,
			"element": resolved.container,
			"context": resolved.container.securityContext,
		}
	],
)

no_read_only_filesystem(container) if not container.securityContext.readOnlyRootFilesystem == true

privilege_escalation_allowed(container) if not container.securityContext.allowPrivilegeEscalation == false

# The value of a request or limit (`group` is "requests" or "limits") that holds for the container: its own, or the one
# that the pod sets for all. A limit without a request is a request too, for the API server copies it.
resource(container, group, item) := value if {
	value := stated_resource(container, group, item)
}

else := stated_resource(container, "limits", item) if group == "requests"

stated_resource(container, group, item) := container.resources[group][item] if {
	container.resources[group][item] != null
}

else := pod.resources[group][item] if pod.resources[group][item] != null

# --- Capabilities -----------------------------------------------------------------------------------------------------

# Runtimes take a capability in any case, with or without its `CAP_`.
capability(text) := trim_prefix(upper(text), "CAP_")

added_capabilities(container) := {capability(text) |
	some text in utils.strings(container.securityContext.capabilities.add)
}

dropped_capabilities(container) := {capability(text) |
	some text in utils.strings(container.securityContext.capabilities.drop)
}

added_capability(container, cap) if {
	is_string(cap)
	capability(cap) in added_capabilities(container)
}

dropped_capability(container, cap) if {
	is_string(cap)
	capability(cap) in dropped_capabilities(container)
}

# --- Images -----------------------------------------------------------------------------------------------------------

# `[name, tag]`, where an image without a tag has its digest or else `latest`. A registry's port is part of the name.
split_image(image) := [parts.name, parts.tag] if {
	parts := image_parts(image)
	parts.tag != ""
}

else := [parts.name, parts.digest] if {
	parts := image_parts(image)
	parts.digest != ""
}

else := [image_parts(image).name, "latest"]

# `{"registry", "name", "tag", "digest"}` of an image reference: the registry in lower case, `docker.io` where the
# reference names none; tag and digest empty when absent. Undefined for what is not a string.
image_parts(image) := {
	"registry": image_registry(image),
	"name": image_name(tagged),
	"tag": image_tag(tagged),
	"digest": image_digest(image),
} if {
	is_string(image)
	tagged := split(image, "@")[0]
}

image_digest(image) := substring(image, indexof(image, "@") + 1, -1) if contains(image, "@")

else := ""

image_tag(tagged) := substring(last_part(tagged), indexof(last_part(tagged), ":") + 1, -1) if contains(last_part(tagged), ":")

else := ""

image_name(tagged) := substring(tagged, 0, (count(tagged) - count(image_tag(tagged))) - 1) if {
	contains(last_part(tagged), ":")
}

else := tagged

last_part(text) := parts[count(parts) - 1] if parts := split(text, "/")

image_registry(image) := lower(host) if {
	contains(image, "/")
	host := split(image, "/")[0]
	is_host(host)
}

else := "docker.io"

is_host(text) if text == "localhost"

is_host(text) if contains(text, ".")

is_host(text) if contains(text, ":")

# --- Commands ---------------------------------------------------------------------------------------------------------

# The words of a container's command and arguments.
command_words(container) := array.concat(utils.strings(container.command), utils.strings(container.args))

command_has_flag(command, flag) if {
	some word in utils.strings(command)
	regex.match(flag, word)
}

program(container) := last_part(utils.strings(container.command)[0])

is_apiserver(container) if program(container) == "kube-apiserver"

is_controllermanager(container) if program(container) == "kube-controller-manager"

is_scheduler(container) if program(container) == "kube-scheduler"

is_etcd(container) if program(container) == "etcd"

is_kubelet(container) if program(container) == "kubelet"

has_field(obj, field) if obj[field]
