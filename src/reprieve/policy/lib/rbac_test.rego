package builtin.lib.rbac_test

import rego.v1

import data.builtin.lib.rbac

role(rules) := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "reader"},
	"rules": rules,
}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

covers(given) := found if {
	found := union({grant.covers | some grant in rbac.grants}) with input as role([given])
}

test_named_resource_in_its_group if covers(rule([""], ["secrets"], ["get"])) == {"secrets"}

test_named_resource_in_any_group if covers(rule(["*"], ["secrets"], ["get"])) == {"secrets"}

test_same_name_in_other_group_is_another_resource if covers(rule(["serving.knative.dev"], ["services"], ["get"])) == set()

test_wildcard_takes_in_its_own_group if covers(rule(["batch"], ["*"], ["get"])) == {"cronjobs", "jobs"}

test_wildcard_in_core_group_is_not_spelled_out if covers(rule([""], ["*"], ["get"])) == set()

test_subresource_of_anything if covers(rule([""], ["*/exec"], ["create"])) == {"pods/exec"}

test_wildcard_verb_allows if {
	allowed := rbac.allowing({"secrets"}, {"get"}) with input as role([rule([""], ["secrets"], ["*"])])
	count(allowed) == 1
}

test_other_verb_does_not_allow if {
	allowed := rbac.allowing({"secrets"}, {"get"}) with input as role([rule([""], ["secrets"], ["create"])])
	allowed == set()
}

test_rule_with_two_resources_is_one if {
	allowed := rbac.allowing({"pods", "secrets"}, {"get"}) with input as role([rule([""], ["pods", "secrets"], ["get"])])
	count(allowed) == 1
}

test_resource_names_narrow if {
	named := object.union(rule([""], ["secrets"], ["get"]), {"resourceNames": ["tls"]})
	allowed := rbac.allowing({"secrets"}, {"get"}) with input as role([named])
	allowed_any := rbac.allowing_any({"secrets"}, {"get"}) with input as role([named])
	count(allowed) == 1
	allowed_any == set()
}

test_role_of_another_api if {
	other := object.union(role([rule([""], ["*"], ["*"])]), {"apiVersion": "iam.aws.example.com/v1"})
	count(rbac.grants) == 0 with input as other
}

test_rules_of_other_shapes if {
	every rules in ["x", 5, null, {}, [], [null, 1, "x"]] {
		count(rbac.grants) == 0 with input as role(rules)
	}
}

test_rule_fields_of_other_shapes if {
	every odd in ["x", 5, null, {}, [1, null, {}]] {
		covers({"apiGroups": odd, "resources": odd, "verbs": odd, "resourceNames": odd}) == set()
	}
}

test_subjects_of_other_shapes if {
	every odd in ["x", 5, null, {}, [1, null, {}, {"kind": 5, "name": "x"}]] {
		binding := {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "subjects": odd, "roleRef": odd}
		count(rbac.subjects) == 0 with input as binding
		rbac.role_name == "" with input as binding
	}
}

test_no_metadata if {
	rbac.title == "Role '(unnamed)'" with input as {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": "x"}
}
