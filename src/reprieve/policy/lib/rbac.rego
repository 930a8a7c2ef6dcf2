# What each rule of a Role or ClusterRole grants, and whom a binding gives it to. Every rule and function holds on
# malformed input: what has the wrong type counts as absent.
package builtin.lib.rbac

import rego.v1

import data.builtin.lib.kubernetes
import data.builtin.lib.utils

api_groups := {"rbac.authorization.k8s.io", "authorization.openshift.io"}

# Other APIs have a kind named Role too (cloud IAM operators), hence the look at the group.
kind := kubernetes.kind if {
	kubernetes.kind in {"Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"}
	split(kubernetes.api_version, "/")[0] in api_groups
}

is_role if kind in {"Role", "ClusterRole"}

is_binding if kind in {"RoleBinding", "ClusterRoleBinding"}

name := kubernetes.name if kubernetes.name != ""

else := "(unnamed)"

# How a message calls the document: ClusterRole 'reader'.
title := sprintf("%s '%s'", [kind, name])

# API groups in which "*" as a resource means so much that the wildcard itself is the finding.
broad_groups := {"", "*"}

# The resources that checks ask about, with the API groups that serve them.
served_by := {
	"configmaps": {""},
	"endpoints": {""},
	"groups": {""},
	"nodes/proxy": {""},
	"persistentvolumes": {""},
	"pods": {""},
	"pods/attach": {""},
	"pods/ephemeralcontainers": {""},
	"pods/exec": {""},
	"pods/log": {""},
	"replicationcontrollers": {""},
	"secrets": {""},
	"serviceaccounts": {""},
	"serviceaccounts/token": {""},
	"services": {""},
	"users": {""},
	"daemonsets": {"apps", "extensions"},
	"deployments": {"apps", "extensions"},
	"replicasets": {"apps", "extensions"},
	"statefulsets": {"apps"},
	"cronjobs": {"batch"},
	"jobs": {"batch"},
	"endpointslices": {"discovery.k8s.io"},
	"ingresses": {"networking.k8s.io", "extensions"},
	"networkpolicies": {"networking.k8s.io", "extensions"},
	"clusterrolebindings": api_groups,
	"clusterroles": api_groups,
	"rolebindings": api_groups,
	"roles": api_groups,
	"certificatesigningrequests/approval": {"certificates.k8s.io"},
	"mutatingwebhookconfigurations": {"admissionregistration.k8s.io"},
	"validatingwebhookconfigurations": {"admissionregistration.k8s.io"},
}

resources_of[group] contains resource if {
	some resource, groups in served_by
	some group in groups
}

# One entry for each rule that grants access to resources. `covers` holds the resources of `served_by`
# that the rule names, or takes in by "*" inside a group of its own; "*" in the core group or in all
# groups is left to the checks for wildcards, or a single rule would set off every check.
grants contains grant if {
	is_role
	is_array(kubernetes.object.rules)
	some position, rule in kubernetes.object.rules
	is_object(rule)
	groups := strings(rule, "apiGroups")
	resources := strings(rule, "resources")
	grant := {
		"rule": rule,
		"title": sprintf("Rule %d of %s", [position + 1, title]),
		"groups": groups,
		"resources": resources,
		"verbs": strings(rule, "verbs"),
		"names": strings(rule, "resourceNames"),
		"urls": strings(rule, "nonResourceURLs"),
		"covers": named(groups, resources) | whole_group(groups, resources) | subresources(groups, resources),
	}
}

named(groups, resources) := {resource |
	some resource in resources
	serves(groups, served_by[resource])
}

whole_group(groups, resources) := {resource |
	"*" in resources
	some group in groups - broad_groups
	some resource in resources_of[group]
}

# "*/exec" is how RBAC says a subresource of anything.
subresources(groups, resources) := {resource |
	some pattern in resources
	startswith(pattern, "*/")
	some resource, by in served_by
	endswith(resource, trim_prefix(pattern, "*"))
	serves(groups, by)
}

serves(groups, by) if "*" in groups

serves(groups, by) if count(groups & by) > 0

# The same entries by resource, so that a check looks only at the rules that concern it.
on[resource] contains grant if {
	some grant in grants
	some resource in grant.covers
}

# The rules that allow one of the verbs on one of the resources.
allowing(resources, verbs) := {grant |
	some resource in resources
	some grant in on[resource]
	count(grant.verbs & (verbs | {"*"})) > 0
}

# The same, on every object of the kind rather than on the ones that `resourceNames` lists.
allowing_any(resources, verbs) := {grant |
	some grant in allowing(resources, verbs)
	count(grant.names) == 0
}

# The resources a message names: pods/attach, pods/exec.
listed(grant, resources) := concat(", ", sort(grant.covers & resources))

# "*" in the core group or in all groups: secrets, pods and the rest at one stroke.
all_resources(grant) if {
	"*" in grant.resources
	count(grant.groups & broad_groups) > 0
	count(grant.verbs) > 0
}

write_verbs := {"create", "update", "patch", "delete", "deletecollection"}

# One entry for each subject of a binding.
subjects contains subject if {
	is_binding
	some element in utils.objects(kubernetes.object.subjects)
	is_string(element.kind)
	is_string(element.name)
	subject := {
		"element": element,
		"kind": element.kind,
		"name": element.name,
		"title": sprintf("%s '%s' in %s", [element.kind, element.name, title]),
	}
}

default role_name := ""

role_name := kubernetes.object.roleRef.name if {
	is_binding
	is_string(kubernetes.object.roleRef.name)
}

# What Kubernetes itself binds to everybody: version, health and what one may do oneself.
harmless_roles := {
	"system:basic-user",
	"system:discovery",
	"system:public-info-viewer",
	"system:service-account-issuer-discovery",
}

binds_harmless_role if {
	kubernetes.object.roleRef.kind == "ClusterRole"
	role_name in harmless_roles
}

strings(element, key) := {word | some word in utils.strings(element[key])}
