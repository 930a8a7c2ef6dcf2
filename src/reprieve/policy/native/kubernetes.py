"""The kubernetes pack, as Python.

Written by `python -m reprieve.policy.native` from the checks in Rego: not to be edited.
"""

# mypy: ignore-errors
# ruff: noqa
# fmt: off

from reprieve.policy.native.builtins import *
from reprieve.policy.native.values import *

S_lib_kubernetes_controller_kinds_0 = Set.of('Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job')
def r_lib_kubernetes_controller_kinds(m):
    return S_lib_kubernetes_controller_kinds_0

def r_lib_kubernetes_is_gatekeeper(m):
    if path(m["input"], 'review', 'object').__class__ is dict:
        return True
    return False

def r_lib_kubernetes_object(m):
    if (
        m["builtin.lib.kubernetes.is_gatekeeper"] is not False
        and (t4 := path(m["input"], 'review', 'object')) is not U
    ):
        return t4
    t5 = m["input"]
    if t5.__class__ is dict:
        return t5
    return {}

def r_lib_kubernetes_api_version(m):
    if (t2 := field(m["builtin.lib.kubernetes.object"], 'apiVersion')).__class__ is str:
        return t2
    return ''

def r_lib_kubernetes_kind(m):
    if (t2 := field(m["builtin.lib.kubernetes.object"], 'kind')).__class__ is str:
        return t2
    return ''

S_lib_kubernetes_is_deploymentconfig_2 = Set.of('apps.openshift.io/v1', 'v1')
def r_lib_kubernetes_is_deploymentconfig(m):
    if (
        m["builtin.lib.kubernetes.kind"] == 'DeploymentConfig'
        and member(m["builtin.lib.kubernetes.api_version"], S_lib_kubernetes_is_deploymentconfig_2)
    ):
        return True
    return False

def r_lib_kubernetes_is_controller(m):
    t1 = m["builtin.lib.kubernetes.kind"]
    if (t2 := m["builtin.lib.kubernetes.controller_kinds"]) is not U and member(t1, t2):
        return True
    if m["builtin.lib.kubernetes.is_deploymentconfig"] is not False:
        return True
    return False

def r_lib_kubernetes_is_cronjob(m):
    if m["builtin.lib.kubernetes.kind"] == 'CronJob':
        return True
    return False

def r_lib_kubernetes_is_pod(m):
    if m["builtin.lib.kubernetes.kind"] == 'Pod':
        return True
    return False

def r_lib_kubernetes_is_podtemplate(m):
    if m["builtin.lib.kubernetes.kind"] == 'PodTemplate':
        return True
    return False

def r_lib_kubernetes_spec(m):
    if (t2 := field(m["builtin.lib.kubernetes.object"], 'spec')).__class__ is dict:
        return t2
    return {}

def r_lib_kubernetes_pod_template(m):
    if (
        m["builtin.lib.kubernetes.is_pod"] is not False
        and (t2 := m["builtin.lib.kubernetes.object"]) is not U
    ):
        return t2
    if (
        m["builtin.lib.kubernetes.is_controller"] is not False
        and (t5 := field(m["builtin.lib.kubernetes.spec"], 'template')) is not U
    ):
        return t5
    if (
        m["builtin.lib.kubernetes.is_cronjob"] is not False
        and (t10 := path(m["builtin.lib.kubernetes.spec"], 'jobTemplate', 'spec', 'template')) is not U
    ):
        return t10
    if (
        m["builtin.lib.kubernetes.is_podtemplate"] is not False
        and (t13 := field(m["builtin.lib.kubernetes.object"], 'template')) is not U
    ):
        return t13
    return U

def r_lib_kubernetes_pod(m):
    if (t2 := field(m["builtin.lib.kubernetes.pod_template"], 'spec')).__class__ is dict:
        return t2
    return U

def r_lib_kubernetes_is_windows(m):
    if path(m["builtin.lib.kubernetes.pod"], 'os', 'name') == 'windows':
        return True
    return False

@remembered
def r_lib_kubernetes_capability(m, a0):
    return trim_prefix(upper(a0), 'CAP_')

@remembered
def r_lib_utils_strings(m, a0):
    t1 = []
    for t2 in in_order(a0):
        if t2.__class__ is str:
            t1.append(t2)
    return t1

@remembered
def r_lib_kubernetes_added_capabilities(m, a0):
    t1 = Set()
    if (
        (t4 := path(a0, 'securityContext', 'capabilities', 'add')) is not U
        and (t5 := r_lib_utils_strings(m, t4)) is not U
    ):
        for text_6 in some(t5):
            if (t7 := r_lib_kubernetes_capability(m, text_6)) is not U:
                t1.add(t7)
    return t1

@remembered
def r_lib_kubernetes_container_name(m, a0):
    if (t1 := field(a0, 'name')).__class__ is str:
        return t1
    return '(unnamed)'

def r_lib_kubernetes_metadata(m):
    if (t2 := field(m["builtin.lib.kubernetes.object"], 'metadata')).__class__ is dict:
        return t2
    return {}

def r_lib_kubernetes_name(m):
    if (t2 := field(m["builtin.lib.kubernetes.metadata"], 'name')).__class__ is str:
        return t2
    if (t4 := field(m["builtin.lib.kubernetes.metadata"], 'generateName')).__class__ is str:
        return t4
    return ''

def r_lib_kubernetes_subject(m):
    t1 = m["builtin.lib.kubernetes.kind"]
    if (t2 := m["builtin.lib.kubernetes.name"]) is not U:
        return f"{as_text(t1)} '{as_text(t2)}'"
    return U

def r_lib_kubernetes_container_subject(m, a0):
    if (
        (t1 := r_lib_kubernetes_container_name(m, a0)) is not U
        and (t2 := m["builtin.lib.kubernetes.subject"]) is not U
    ):
        return f"Container '{as_text(t1)}' of {as_text(t2)}"
    return U

@remembered
def r_lib_utils_objects(m, a0):
    t1 = []
    for t2 in in_order(a0):
        if t2.__class__ is dict:
            t1.append(t2)
    return t1

def r_lib_kubernetes_ephemeral_containers(m):
    found = Set()
    if (
        (t2 := field(m["builtin.lib.kubernetes.pod"], 'ephemeralContainers')) is not U
        and (t3 := r_lib_utils_objects(m, t2)) is not U
    ):
        for container_4 in some(t3):
            found.add(container_4)
    return found

def r_lib_kubernetes_init_containers(m):
    found = Set()
    if (
        (t2 := field(m["builtin.lib.kubernetes.pod"], 'initContainers')) is not U
        and (t3 := r_lib_utils_objects(m, t2)) is not U
    ):
        for container_4 in some(t3):
            found.add(container_4)
    return found

def r_lib_kubernetes_regular_containers(m):
    found = Set()
    if (
        (t2 := field(m["builtin.lib.kubernetes.pod"], 'containers')) is not U
        and (t3 := r_lib_utils_objects(m, t2)) is not U
    ):
        for container_4 in some(t3):
            found.add(container_4)
    return found

def r_lib_kubernetes_containers(m):
    return union(union(m["builtin.lib.kubernetes.regular_containers"], m["builtin.lib.kubernetes.init_containers"]), m["builtin.lib.kubernetes.ephemeral_containers"])

@remembered
def r_lib_kubernetes_dropped_capabilities(m, a0):
    t1 = Set()
    if (
        (t4 := path(a0, 'securityContext', 'capabilities', 'drop')) is not U
        and (t5 := r_lib_utils_strings(m, t4)) is not U
    ):
        for text_6 in some(t5):
            if (t7 := r_lib_kubernetes_capability(m, text_6)) is not U:
                t1.add(t7)
    return t1

S_lib_kubernetes_inherited_fields_0 = Set.of('appArmorProfile', 'runAsGroup', 'runAsNonRoot', 'runAsUser', 'seLinuxOptions', 'seccompProfile', 'windowsOptions')
def r_lib_kubernetes_inherited_fields(m):
    return S_lib_kubernetes_inherited_fields_0

def r_lib_kubernetes_pod_security_context(m):
    if (t2 := field(m["builtin.lib.kubernetes.pod"], 'securityContext')).__class__ is dict:
        return t2
    return {}

def r_lib_kubernetes_inherited_security_context(m):
    t1 = {}
    for field_3, value_4 in some_pairs(m["builtin.lib.kubernetes.pod_security_context"]):
        if (
            (t5 := m["builtin.lib.kubernetes.inherited_fields"]) is not U and member(field_3, t5)
            and value_4 is not None
        ):
            put(t1, field_3, value_4)
    return t1

def r_lib_kubernetes_object_keys(m, a0, a1):
    t1 = Set()
    for key_2, t3 in some_pairs(a0):
        t1.add(key_2)
    t4 = Set()
    for key_5, t6 in some_pairs(a1):
        t4.add(key_5)
    return union(t1, t4)

def r_lib_utils_has_key(m, a0, a1):
    if at(a0, a1) is not U:
        return True
    return U

def r_lib_kubernetes_pick_1(m, a0, a1, a2):
    if (t1 := at(a1, a2)) is not U:
        return t1
    return U
def r_lib_kubernetes_pick_2(m, a0, a1, a2):
    if (
        not ((t3 := r_lib_utils_has_key(m, a1, a2)) is not U and t3 is not False)
        and (t4 := at(a0, a2)) is not U
    ):
        return t4
    return U
def r_lib_kubernetes_pick(m, a0, a1, a2):
    return one_of(r_lib_kubernetes_pick_1(m, a0, a1, a2), r_lib_kubernetes_pick_2(m, a0, a1, a2))

def r_lib_kubernetes_object_overlay(m, a0, a1):
    t1 = {}
    if (t2 := r_lib_kubernetes_object_keys(m, a0, a1)) is not U:
        for key_3 in some(t2):
            if (t4 := r_lib_kubernetes_pick(m, a0, a1, key_3)) is not U:
                put(t1, key_3, t4)
    return t1

@remembered
def r_lib_kubernetes_own_security_context(m, a0):
    if (t1 := field(a0, 'securityContext')).__class__ is dict:
        t2 = {}
        for field_3, value_4 in some_pairs(t1):
            if value_4 is not None:
                put(t2, field_3, value_4)
        return t2
    return {}

def r_lib_kubernetes_security_context(m, a0):
    if (
        (t1 := m["builtin.lib.kubernetes.inherited_security_context"]) is not U
        and (t2 := r_lib_kubernetes_own_security_context(m, a0)) is not U
        and (t3 := r_lib_kubernetes_object_overlay(m, t1, t2)) is not U
    ):
        return t3
    return U

def r_lib_kubernetes_resolved_containers(m):
    t1 = []
    if (t2 := m["builtin.lib.kubernetes.containers"]) is not U:
        for container_3 in in_order(t2):
            if (
                (t4 := r_lib_kubernetes_container_subject(m, container_3)) is not U
                and (t5 := r_lib_kubernetes_security_context(m, container_3)) is not U
                and (t6 := r_lib_kubernetes_added_capabilities(m, container_3)) is not U
                and (t7 := r_lib_kubernetes_dropped_capabilities(m, container_3)) is not U
            ):
                t1.append({'container': container_3, 'subject': t4, 'context': t5, 'added': t6, 'dropped': t7})
    return t1

def r_kubernetes_KSV001_deny(m):
    found = []
    if (
        m["builtin.lib.kubernetes.is_windows"] is False
        and (t3 := m["builtin.lib.kubernetes.resolved_containers"]) is not U
    ):
        for resolved_4 in some(t3):
            if (
                path(resolved_4, 'context', 'allowPrivilegeEscalation') is not False
                and (t8 := field(resolved_4, 'subject')) is not U
            ):
                t9 = f"{as_text(t8)} should set 'securityContext.allowPrivilegeEscalation' to false"
                if (t10 := field(resolved_4, 'container')) is not U:
                    found.append(result_new(t9, t10))
    return found

S_kubernetes_KSV002_accepted_0 = Set.of('', 'runtime/default')
@remembered
def r_kubernetes_KSV002_accepted(m, a0):
    if member(a0, S_kubernetes_KSV002_accepted_0):
        return True
    if a0.__class__ is str and startswith(a0, 'localhost/'):
        return True
    return U

def r_kubernetes_KSV002_annotation_prefix(m):
    return 'container.apparmor.security.beta.kubernetes.io/'

def r_lib_kubernetes_pod_metadata(m):
    if (t2 := field(m["builtin.lib.kubernetes.pod_template"], 'metadata')).__class__ is dict:
        return t2
    return {}

def r_lib_kubernetes_pod_annotations(m):
    if (t2 := field(m["builtin.lib.kubernetes.pod_metadata"], 'annotations')).__class__ is dict:
        return t2
    return {}

def r_lib_kubernetes_stated_contexts(m):
    t1 = []
    if (
        (t3 := field(m["builtin.lib.kubernetes.pod"], 'securityContext')).__class__ is dict
        and (t4 := m["builtin.lib.kubernetes.subject"]) is not U
    ):
        t1.append({'subject': t4, 'element': t3, 'context': t3})
    t6 = []
    if (t7 := m["builtin.lib.kubernetes.resolved_containers"]) is not U:
        for resolved_8 in in_order(t7):
            if (
                (t9 := field(resolved_8, 'container')) is not U
                and (t10 := field(t9, 'securityContext')).__class__ is dict
                and (t11 := field(resolved_8, 'subject')) is not U
            ):
                t6.append({'subject': t11, 'element': t9, 'context': t10})
    return array_concat(t1, t6)

S_kubernetes_KSV002_deny_6 = Set.of('RuntimeDefault', 'Localhost')
def r_kubernetes_KSV002_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.stated_contexts"]) is not U:
        for stated_2 in some(t1):
            if (
                (t5 := path(stated_2, 'context', 'appArmorProfile', 'type')) is not U and t5 is not None
                and not (member(t5, S_kubernetes_KSV002_deny_6))
                and (t8 := field(stated_2, 'subject')) is not U
            ):
                t9 = f"{as_text(t8)} should not use the AppArmor profile '{as_value(t5)}'"
                if (t10 := field(stated_2, 'element')) is not U:
                    found.append(result_new(t9, t10))
    t12 = m["builtin.lib.kubernetes.pod_annotations"]
    for key_13, profile_14 in some_pairs(t12):
        if (
            (t15 := m["builtin.kubernetes.KSV002.annotation_prefix"]) is not U and startswith(key_13, t15)
            and not ((t18 := r_kubernetes_KSV002_accepted(m, profile_14)) is not U and t18 is not False)
            and (t19 := m["builtin.lib.kubernetes.subject"]) is not U
        ):
            found.append(result_new(f"{as_text(t19)} should not use the AppArmor profile '{as_value(profile_14)}' in its annotation '{as_text(key_13)}'", t12))
    return found

def r_kubernetes_KSV003_deny(m):
    found = []
    if (
        m["builtin.lib.kubernetes.is_windows"] is False
        and (t3 := m["builtin.lib.kubernetes.resolved_containers"]) is not U
    ):
        for resolved_4 in some(t3):
            if (
                not ((t6 := field(resolved_4, 'dropped')) is not U and member('ALL', t6))
                and (t7 := field(resolved_4, 'subject')) is not U
            ):
                t8 = f"{as_text(t7)} should add 'ALL' to 'securityContext.capabilities.drop'"
                if (t9 := field(resolved_4, 'container')) is not U:
                    found.append(result_new(t8, t9))
    return found

def r_kubernetes_KSV004_deny(m):
    found = []
    if (
        m["builtin.lib.kubernetes.is_windows"] is False
        and (t3 := m["builtin.lib.kubernetes.resolved_containers"]) is not U
    ):
        for resolved_4 in some(t3):
            if (
                (t5 := field(resolved_4, 'dropped')) is not U and is_number_equal(count(t5), 0)
                and (t7 := field(resolved_4, 'subject')) is not U
            ):
                t8 = f"{as_text(t7)} should drop capabilities in 'securityContext.capabilities.drop'"
                if (t9 := field(resolved_4, 'container')) is not U:
                    found.append(result_new(t8, t9))
    return found

S_kubernetes_KSV005_deny_4 = Set.of('SYS_ADMIN', 'ALL')
def r_kubernetes_KSV005_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.resolved_containers"]) is not U:
        for resolved_2 in some(t1):
            if (t3 := field(resolved_2, 'added')) is not U:
                for added_4 in some(t3):
                    if (
                        member(added_4, S_kubernetes_KSV005_deny_4)
                        and (t6 := field(resolved_2, 'subject')) is not U
                    ):
                        t7 = f"{as_text(t6)} should not add '{as_text(added_4)}' to 'securityContext.capabilities.add'"
                        if (t8 := field(resolved_2, 'container')) is not U:
                            found.append(result_new(t7, t8))
    return found

S_kubernetes_KSV006_sockets_0 = Set.of('/run/docker.sock', '/var/run/docker.sock', '/run/containerd/containerd.sock', '/var/run/containerd/containerd.sock', '/run/crio/crio.sock', '/var/run/crio/crio.sock', '/run/podman/podman.sock', '/var/run/podman/podman.sock')
def r_kubernetes_KSV006_sockets(m):
    return S_kubernetes_KSV006_sockets_0

@remembered
def r_lib_kubernetes_host_path(m, a0):
    if (t2 := path(a0, 'hostPath', 'path')).__class__ is str:
        t3 = []
        for part_5 in in_order(split(t2, '/')):
            if part_5 != '':
                t3.append(part_5)
        return concat('', ['/', concat('/', t3)])
    return U

@remembered
def r_lib_kubernetes_volume_name(m, a0):
    if (t1 := field(a0, 'name')).__class__ is str:
        return t1
    return '(unnamed)'

def r_lib_kubernetes_volumes(m):
    found = Set()
    if (
        (t2 := field(m["builtin.lib.kubernetes.pod"], 'volumes')) is not U
        and (t3 := r_lib_utils_objects(m, t2)) is not U
    ):
        for volume_4 in some(t3):
            found.add(volume_4)
    return found

def r_kubernetes_KSV006_deny(m):
    found = []
    for volume_2 in some(m["builtin.lib.kubernetes.volumes"]):
        if (
            (t3 := r_lib_kubernetes_host_path(m, volume_2)) is not U
            and (t4 := m["builtin.kubernetes.KSV006.sockets"]) is not U and member(t3, t4)
            and (t5 := m["builtin.lib.kubernetes.subject"]) is not U
            and (t6 := r_lib_kubernetes_volume_name(m, volume_2)) is not U
        ):
            found.append(result_new(f"{as_text(t5)} should not mount '{as_text(t3)}' as '{as_text(t6)}'", volume_2))
    return found

def r_kubernetes_KSV007_deny(m):
    found = []
    if (t2 := field(m["builtin.lib.kubernetes.pod"], 'hostAliases')) is not U:
        for t3 in members(t2):
            if t3.__class__ is dict and (t4 := m["builtin.lib.kubernetes.subject"]) is not U:
                t5 = object_get(t3, 'ip', '')
                found.append(result_new(f"{as_text(t4)} should not set 'hostAliases' for '{as_value(t5)}'", t3))
    return found

def r_kubernetes_KSV008_deny(m):
    found = []
    if (
        (t1 := m["builtin.lib.kubernetes.pod"]) is not U and field(t1, 'hostIPC') is True
        and (t3 := m["builtin.lib.kubernetes.subject"]) is not U
    ):
        found.append(result_new(f"{as_text(t3)} should not set 'hostIPC' to true", t1))
    return found

def r_kubernetes_KSV009_deny(m):
    found = []
    if (
        (t1 := m["builtin.lib.kubernetes.pod"]) is not U and field(t1, 'hostNetwork') is True
        and (t3 := m["builtin.lib.kubernetes.subject"]) is not U
    ):
        found.append(result_new(f"{as_text(t3)} should not set 'hostNetwork' to true", t1))
    return found

def r_kubernetes_KSV010_deny(m):
    found = []
    if (
        (t1 := m["builtin.lib.kubernetes.pod"]) is not U and field(t1, 'hostPID') is True
        and (t3 := m["builtin.lib.kubernetes.subject"]) is not U
    ):
        found.append(result_new(f"{as_text(t3)} should not set 'hostPID' to true", t1))
    return found

def r_kubernetes_KSV01010_personal_words(m):
    return '(^|_)(username|user_?name|login|e?mail|e?mail_address|phone_number|ssn|iban)$'

def r_lib_credentials_not_literal(m):
    return concat('', ['^\\s*$|^[$<{\\[|>&*%/]|^(ENC\\[|vault:|ref\\+|file:|env:|secret:|arn:)', '|^(?i:true|false|yes|no|on|off|none|null|nil|enabled|disabled|required|optional|[0-9]{1,2}|\\*+|x+)$'])

@remembered
def r_lib_credentials_literal(m, a0):
    if (
        a0.__class__ is str
        and not ((t2 := m["builtin.lib.credentials.not_literal"]) is not U and regex_match(t2, a0))
    ):
        return True
    return U

@remembered
def r_lib_credentials_snake_case(m, a0):
    return lower(regex_replace(regex_replace(a0, '([a-z0-9])([A-Z])', '${1}_${2}'), '[-.]+', '_'))

def r_lib_fields_texts(m, a0, a1):
    t1 = {}
    if at(a0, a1).__class__ is dict and (t3 := at(a0, a1)) is not U:
        for name_4, text_5 in some_pairs(t3):
            if text_5.__class__ is str:
                put(t1, name_4, text_5)
    return t1

def r_kubernetes_KSV01010_deny(m):
    found = []
    if (
        m["builtin.lib.kubernetes.kind"] == 'ConfigMap'
        and (t2 := m["builtin.lib.kubernetes.object"]) is not U
        and (t3 := r_lib_fields_texts(m, t2, 'data')) is not U
    ):
        for key_4, value_5 in some_pairs(t3):
            if (
                (t6 := r_lib_credentials_literal(m, value_5)) is not U and t6 is not False
                and (t7 := m["builtin.kubernetes.KSV01010.personal_words"]) is not U
                and (t8 := r_lib_credentials_snake_case(m, key_4)) is not U and regex_match(t7, t8)
                and (t10 := m["builtin.lib.kubernetes.name"]) is not U
            ):
                t11 = f"ConfigMap '{as_text(t10)}' holds personal data or a login name under '{as_text(key_4)}'"
                if (t12 := field(t2, 'data')) is not U:
                    found.append(result_new(t11, t12))
    return found

S_lib_rbac_harmless_roles_0 = Set.of('system:basic-user', 'system:discovery', 'system:public-info-viewer', 'system:service-account-issuer-discovery')
def r_lib_rbac_harmless_roles(m):
    return S_lib_rbac_harmless_roles_0

S_lib_rbac_api_groups_0 = Set.of('rbac.authorization.k8s.io', 'authorization.openshift.io')
def r_lib_rbac_api_groups(m):
    return S_lib_rbac_api_groups_0

S_lib_rbac_kind_1 = Set.of('Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding')
def r_lib_rbac_kind(m):
    t1 = m["builtin.lib.kubernetes.kind"]
    if (
        member(t1, S_lib_rbac_kind_1)
        and (t5 := at(split(m["builtin.lib.kubernetes.api_version"], '/'), 0)) is not U
        and (t6 := m["builtin.lib.rbac.api_groups"]) is not U and member(t5, t6)
    ):
        return t1
    return U

S_lib_rbac_is_binding_1 = Set.of('RoleBinding', 'ClusterRoleBinding')
def r_lib_rbac_is_binding(m):
    if (t1 := m["builtin.lib.rbac.kind"]) is not U and member(t1, S_lib_rbac_is_binding_1):
        return True
    return U

def r_lib_rbac_role_name(m):
    if (
        (t1 := m["builtin.lib.rbac.is_binding"]) is not U and t1 is not False
        and (t4 := path(m["builtin.lib.kubernetes.object"], 'roleRef', 'name')).__class__ is str
    ):
        return t4
    return ''

def r_lib_rbac_binds_harmless_role(m):
    if path(m["builtin.lib.kubernetes.object"], 'roleRef', 'kind') == 'ClusterRole':
        t4 = m["builtin.lib.rbac.role_name"]
        if (t5 := m["builtin.lib.rbac.harmless_roles"]) is not U and member(t4, t5):
            return True
    return U

def r_lib_rbac_name(m):
    if (t1 := m["builtin.lib.kubernetes.name"]) is not U and t1 != '':
        return t1
    return '(unnamed)'

def r_lib_rbac_title(m):
    if (t1 := m["builtin.lib.rbac.kind"]) is not U and (t2 := m["builtin.lib.rbac.name"]) is not U:
        return f"{as_text(t1)} '{as_text(t2)}'"
    return U

def r_lib_rbac_subjects(m):
    found = Set()
    if (
        (t1 := m["builtin.lib.rbac.is_binding"]) is not U and t1 is not False
        and (t3 := field(m["builtin.lib.kubernetes.object"], 'subjects')) is not U
        and (t4 := r_lib_utils_objects(m, t3)) is not U
    ):
        for element_5 in some(t4):
            if (
                (t6 := field(element_5, 'kind')).__class__ is str
                and (t7 := field(element_5, 'name')).__class__ is str
                and (t8 := m["builtin.lib.rbac.title"]) is not U
            ):
                found.add({'element': element_5, 'kind': t6, 'name': t7, 'title': f"{as_text(t6)} '{as_text(t7)}' in {as_text(t8)}"})
    return found

def r_kubernetes_KSV01011_deny(m):
    found = []
    if not ((t2 := m["builtin.lib.rbac.binds_harmless_role"]) is not U and t2 is not False):
        for subject_4 in some(m["builtin.lib.rbac.subjects"]):
            if (
                field(subject_4, 'kind') == 'Group' and field(subject_4, 'name') == 'system:authenticated'
                and (t7 := field(subject_4, 'title')) is not U
            ):
                t8 = m["builtin.lib.rbac.role_name"]
                t9 = f"{as_text(t7)} gives everybody who can log in the role '{as_text(t8)}'"
                if (t10 := field(subject_4, 'element')) is not U:
                    found.append(result_new(t9, t10))
    return found

def r_lib_fields_strings(m, a0, a1):
    t1 = []
    if (t2 := at(a0, a1)) is not U:
        for t3 in in_order(t2):
            if t3.__class__ is str:
                t1.append(t3)
    return t1

def r_lib_kubernetes_is_service(m):
    if m["builtin.lib.kubernetes.kind"] == 'Service':
        return True
    return False

def r_kubernetes_KSV0108_deny(m):
    found = []
    if m["builtin.lib.kubernetes.is_service"] is not False:
        t2 = m["builtin.lib.kubernetes.spec"]
        if (
            (t3 := r_lib_fields_strings(m, t2, 'externalIPs')) is not U and less(0, count(t3))
            and (t5 := m["builtin.lib.kubernetes.name"]) is not U
        ):
            t6 = concat(', ', t3)
            found.append(result_new(f"Service '{as_text(t5)}' claims external addresses: {as_text(t6)}", t2))
    return found

def r_kubernetes_KSV0109_settings(m):
    if (
        m["builtin.lib.kubernetes.kind"] == 'ConfigMap'
        and (t2 := m["builtin.lib.kubernetes.object"]) is not U
        and (t3 := r_lib_fields_texts(m, t2, 'data')) is not U
    ):
        return t3
    return U

@remembered
def r_lib_credentials_has_url_password(m, a0):
    if (
        a0.__class__ is str
        and regex_match('[a-z][a-z0-9+.-]*://[^\\s/:@$<{]*:[^\\s/:@$<{%*][^\\s/@$<{]*@', a0)
    ):
        return True
    return U

@remembered
def r_lib_credentials_is_private_key(m, a0):
    if a0.__class__ is str and regex_match('-----BEGIN [A-Z ]*PRIVATE KEY-----', a0):
        return True
    return U

def r_lib_credentials_credential_words(m):
    return concat('', ['(^|_)(secret|token|pwd|passphrase|credentials?|(api|access|secret|private|signing|encryption|master|account)_?key)[0-9]*$', '|(password|passwd|apikey)[0-9]*$'])

def r_lib_credentials_harmless_words(m):
    return '^(pwd|.*(existing|pull|tls|from|kube)_secret|(allow|use|enable|disable|require|max|min|num)_.*)$'

@remembered
def r_lib_credentials_names_credential(m, a0):
    if (
        a0.__class__ is str and (t1 := r_lib_credentials_snake_case(m, a0)) is not U
        and (t2 := m["builtin.lib.credentials.credential_words"]) is not U and regex_match(t2, t1)
        and not ((t5 := m["builtin.lib.credentials.harmless_words"]) is not U and regex_match(t5, t1))
    ):
        return True
    return U

def r_lib_credentials_exposes(m, a0, a1):
    if (
        (t1 := r_lib_credentials_literal(m, a1)) is not U and t1 is not False
        and (t2 := r_lib_credentials_names_credential(m, a0)) is not U and t2 is not False
    ):
        return True
    if (t3 := r_lib_credentials_is_private_key(m, a1)) is not U and t3 is not False:
        return True
    if (t4 := r_lib_credentials_has_url_password(m, a1)) is not U and t4 is not False:
        return True
    return U

def r_kubernetes_KSV0109_exposing_keys(m):
    found = Set()
    if (t1 := m["builtin.kubernetes.KSV0109.settings"]) is not U:
        for key_2, text_3 in some_pairs(t1):
            if (t4 := r_lib_credentials_exposes(m, key_2, text_3)) is not U and t4 is not False:
                found.add(key_2)
    return found

def r_lib_credentials_settings(m):
    return concat('', ['(?im)(?:^|[{,])[ \\t]*["\']?([a-z0-9_.-]*(?:pass|pwd|secret|token|key|credential)[a-z0-9_.-]*)["\']?[ \\t]*[:=][ \\t]*["\']?([^\\s"\',;#]+)'])

@remembered
def r_lib_credentials_exposed_in(m, a0):
    t1 = Set()
    if a0.__class__ is str and (t2 := m["builtin.lib.credentials.settings"]) is not U:
        for t4 in some(regex_find_all_string_submatch_n(t2, a0, -1)):
            if t4.__class__ is list and len(t4) == 3:
                name_5 = t4[1]
                if (
                    (t7 := r_lib_credentials_literal(m, t4[2])) is not U and t7 is not False
                    and (t8 := r_lib_credentials_names_credential(m, name_5)) is not U and t8 is not False
                ):
                    t1.add(name_5)
    return t1

def r_kubernetes_KSV0109_deny(m):
    found = []
    for key_2 in some(m["builtin.kubernetes.KSV0109.exposing_keys"]):
        if (t3 := m["builtin.lib.kubernetes.name"]) is not U:
            t4 = f"ConfigMap '{as_text(t3)}' holds a credential under '{as_text(key_2)}'"
            if (t6 := field(m["builtin.lib.kubernetes.object"], 'data')) is not U:
                found.append(result_new(t4, t6))
    if (t8 := m["builtin.kubernetes.KSV0109.settings"]) is not U:
        for key_9, text_10 in some_pairs(t8):
            if (
                not (member(key_9, m["builtin.kubernetes.KSV0109.exposing_keys"]))
                and (t13 := r_lib_credentials_exposed_in(m, text_10)) is not U
            ):
                for name_14 in some(t13):
                    if (t15 := m["builtin.lib.kubernetes.name"]) is not U:
                        t16 = f"ConfigMap '{as_text(t15)}' holds a credential under '{as_text(key_9)}', as '{as_text(name_14)}'"
                        if (t18 := field(m["builtin.lib.kubernetes.object"], 'data')) is not U:
                            found.append(result_new(t16, t18))
    return found

def r_lib_kubernetes_stated_resource(m, a0, a1, a2):
    if (
        (t1 := field(a0, 'resources')) is not U and (t2 := at(t1, a1)) is not U
        and (t3 := at(t2, a2)) is not U and t3 is not None and (t4 := at(t1, a1)) is not U
        and (t5 := at(t4, a2)) is not U
    ):
        return t5
    if (
        (t7 := field(m["builtin.lib.kubernetes.pod"], 'resources')) is not U and (t8 := at(t7, a1)) is not U
        and (t9 := at(t8, a2)) is not U and t9 is not None and (t10 := at(t7, a1)) is not U
        and (t11 := at(t10, a2)) is not U
    ):
        return t11
    return U

def r_lib_kubernetes_resource(m, a0, a1, a2):
    if (t1 := r_lib_kubernetes_stated_resource(m, a0, a1, a2)) is not U:
        return t1
    if a1 == 'requests' and (t2 := r_lib_kubernetes_stated_resource(m, a0, 'limits', a2)) is not U:
        return t2
    return U

def r_lib_kubernetes_resource_containers(m):
    return union(m["builtin.lib.kubernetes.regular_containers"], m["builtin.lib.kubernetes.init_containers"])

def r_kubernetes_KSV011_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.resource_containers"]) is not U:
        for container_2 in some(t1):
            if (
                not ((t4 := r_lib_kubernetes_resource(m, container_2, 'limits', 'cpu')) is not U and t4 is not False)
                and (t5 := r_lib_kubernetes_container_subject(m, container_2)) is not U
            ):
                found.append(result_new(f"{as_text(t5)} should set 'resources.limits.cpu'", container_2))
    return found

def r_kubernetes_KSV012_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.resolved_containers"]) is not U:
        for resolved_2 in some(t1):
            if (
                path(resolved_2, 'context', 'runAsNonRoot') is not True
                and (t6 := field(resolved_2, 'subject')) is not U
            ):
                t7 = f"{as_text(t6)} should set 'securityContext.runAsNonRoot' to true"
                if (t8 := field(resolved_2, 'container')) is not U:
                    found.append(result_new(t7, t8))
    return found

def r_kubernetes_KSV0123_deny(m):
    found = []
    if not ((t2 := m["builtin.lib.rbac.binds_harmless_role"]) is not U and t2 is not False):
        for subject_4 in some(m["builtin.lib.rbac.subjects"]):
            if (
                field(subject_4, 'kind') == 'Group' and field(subject_4, 'name') == 'system:masters'
                and (t7 := field(subject_4, 'title')) is not U
            ):
                t8 = m["builtin.lib.rbac.role_name"]
                t9 = f"{as_text(t7)} is given the role '{as_text(t8)}'"
                if (t10 := field(subject_4, 'element')) is not U:
                    found.append(result_new(t9, t10))
    return found

@remembered
def r_lib_kubernetes_image_digest(m, a0):
    if contains(a0, '@'):
        return substring(a0, plus(indexof(a0, '@'), 1), -1)
    return ''

@remembered
def r_lib_kubernetes_last_part(m, a0):
    t1 = split(a0, '/')
    if (t2 := at(t1, minus(count(t1), 1))) is not U:
        return t2
    return U

@remembered
def r_lib_kubernetes_image_tag(m, a0):
    if (
        (t1 := r_lib_kubernetes_last_part(m, a0)) is not U and contains(t1, ':')
        and (t3 := r_lib_kubernetes_last_part(m, a0)) is not U
        and (t4 := r_lib_kubernetes_last_part(m, a0)) is not U
    ):
        return substring(t3, plus(indexof(t4, ':'), 1), -1)
    return ''

@remembered
def r_lib_kubernetes_image_name(m, a0):
    if (t1 := r_lib_kubernetes_last_part(m, a0)) is not U and contains(t1, ':'):
        t3 = count(a0)
        if (t4 := r_lib_kubernetes_image_tag(m, a0)) is not U:
            return substring(a0, 0, minus(minus(t3, count(t4)), 1))
    return a0

@remembered
def r_lib_kubernetes_is_host(m, a0):
    if a0 == 'localhost':
        return True
    if contains(a0, '.'):
        return True
    if contains(a0, ':'):
        return True
    return U

@remembered
def r_lib_kubernetes_image_registry(m, a0):
    if (
        contains(a0, '/') and (t3 := at(split(a0, '/'), 0)) is not U
        and (t4 := r_lib_kubernetes_is_host(m, t3)) is not U and t4 is not False
    ):
        return lower(t3)
    return 'docker.io'

@remembered
def r_lib_kubernetes_image_parts(m, a0):
    if (
        a0.__class__ is str and (t2 := at(split(a0, '@'), 0)) is not U
        and (t3 := r_lib_kubernetes_image_registry(m, a0)) is not U
        and (t4 := r_lib_kubernetes_image_name(m, t2)) is not U
        and (t5 := r_lib_kubernetes_image_tag(m, t2)) is not U
        and (t6 := r_lib_kubernetes_image_digest(m, a0)) is not U
    ):
        return {'registry': t3, 'name': t4, 'tag': t5, 'digest': t6}
    return U

@remembered
def r_kubernetes_KSV0124_is_closed(m, a0):
    if endswith(a0, '/'):
        return True
    if (t3 := field(r_lib_kubernetes_image_parts(m, a0), 'digest')) is not U and t3 != '':
        return True
    if contains(a0, '/') and (t6 := field(r_lib_kubernetes_image_parts(m, a0), 'tag')) is not U and t6 != '':
        return True
    return U

def r_kubernetes_KSV0124_deny(m):
    found = []
    if (
        m["builtin.lib.kubernetes.kind"] == 'K8sAllowedRepos'
        and startswith(m["builtin.lib.kubernetes.api_version"], 'constraints.gatekeeper.sh/')
        and (t5 := field(m["builtin.lib.kubernetes.spec"], 'parameters')) is not U
        and (t6 := r_lib_fields_strings(m, t5, 'repos')) is not U
    ):
        for repo_7 in some(t6):
            if (
                not ((t9 := r_kubernetes_KSV0124_is_closed(m, repo_7)) is not U and t9 is not False)
                and (t10 := m["builtin.lib.kubernetes.name"]) is not U
            ):
                found.append(result_new(f"K8sAllowedRepos '{as_text(t10)}' allows everything that begins with '{as_text(repo_7)}'", t5))
    return found

def r_kubernetes_KSV0125_cloud_registries(m):
    return ['azurecr.io', 'gcr.io', 'pkg.dev', 'registry.k8s.io']

def r_kubernetes_KSV0125_trusted_registries(m):
    if (
        (t3 := path(m["data"], 'ksv0125', 'trusted_registries')) is not U
        and (t4 := r_lib_utils_strings(m, t3)) is not U and less(0, count(t4))
    ):
        return t4
    if (t6 := m["builtin.kubernetes.KSV0125.cloud_registries"]) is not U:
        return t6
    return U

def r_kubernetes_KSV0125_trusted(m, a0):
    if (t1 := m["builtin.kubernetes.KSV0125.trusted_registries"]) is not U:
        for name_2 in some(t1):
            if equal(a0, name_2):
                return True
    if (t3 := m["builtin.kubernetes.KSV0125.trusted_registries"]) is not U:
        for name_4 in some(t3):
            if endswith(a0, concat('', ['.', name_4])):
                return True
    if (
        (t7 := m["builtin.kubernetes.KSV0125.trusted_registries"]) is not U
        and (t8 := m["builtin.kubernetes.KSV0125.cloud_registries"]) is not U and equal(t7, t8)
        and regex_match('\\.dkr\\.ecr(-fips)?\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?$', a0)
    ):
        return True
    return U

def r_kubernetes_KSV0125_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.containers"]) is not U:
        for container_2 in some(t1):
            if (
                (t3 := field(container_2, 'image')) is not U
                and (t5 := field(r_lib_kubernetes_image_parts(m, t3), 'registry')) is not U
                and t5 != 'docker.io'
                and not ((t7 := r_kubernetes_KSV0125_trusted(m, t5)) is not U and t7 is not False)
                and (t8 := r_lib_kubernetes_container_subject(m, container_2)) is not U
            ):
                found.append(result_new(f"{as_text(t8)} should not use the image '{as_text(t3)}' of an untrusted registry", container_2))
    return found

S_kubernetes_KSV013_deny_6 = Set.of('', 'latest')
def r_kubernetes_KSV013_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.containers"]) is not U:
        for container_2 in some(t1):
            if (
                (t3 := field(container_2, 'image')) is not U
                and (t4 := r_lib_kubernetes_image_parts(m, t3)) is not U and field(t4, 'digest') == ''
                and (t6 := field(t4, 'tag')) is not U and member(t6, S_kubernetes_KSV013_deny_6)
                and (t8 := r_lib_kubernetes_container_subject(m, container_2)) is not U
            ):
                found.append(result_new(f"{as_text(t8)} should name the version of the image '{as_text(t3)}'", container_2))
    return found

def r_kubernetes_KSV014_deny(m):
    found = []
    if (
        m["builtin.lib.kubernetes.is_windows"] is False
        and (t3 := m["builtin.lib.kubernetes.resolved_containers"]) is not U
    ):
        for resolved_4 in some(t3):
            if (
                path(resolved_4, 'context', 'readOnlyRootFilesystem') is not True
                and (t8 := field(resolved_4, 'subject')) is not U
            ):
                t9 = f"{as_text(t8)} should set 'securityContext.readOnlyRootFilesystem' to true"
                if (t10 := field(resolved_4, 'container')) is not U:
                    found.append(result_new(t9, t10))
    return found

def r_kubernetes_KSV015_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.resource_containers"]) is not U:
        for container_2 in some(t1):
            if (
                not ((t4 := r_lib_kubernetes_resource(m, container_2, 'requests', 'cpu')) is not U and t4 is not False)
                and (t5 := r_lib_kubernetes_container_subject(m, container_2)) is not U
            ):
                found.append(result_new(f"{as_text(t5)} should set 'resources.requests.cpu'", container_2))
    return found

def r_kubernetes_KSV016_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.resource_containers"]) is not U:
        for container_2 in some(t1):
            if (
                not ((t4 := r_lib_kubernetes_resource(m, container_2, 'requests', 'memory')) is not U and t4 is not False)
                and (t5 := r_lib_kubernetes_container_subject(m, container_2)) is not U
            ):
                found.append(result_new(f"{as_text(t5)} should set 'resources.requests.memory'", container_2))
    return found

def r_kubernetes_KSV017_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.resolved_containers"]) is not U:
        for resolved_2 in some(t1):
            if (
                path(resolved_2, 'context', 'privileged') is True
                and (t5 := field(resolved_2, 'subject')) is not U
            ):
                t6 = f"{as_text(t5)} should not set 'securityContext.privileged' to true"
                if (t7 := field(resolved_2, 'container')) is not U:
                    found.append(result_new(t6, t7))
    return found

def r_kubernetes_KSV018_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.resource_containers"]) is not U:
        for container_2 in some(t1):
            if (
                not ((t4 := r_lib_kubernetes_resource(m, container_2, 'limits', 'memory')) is not U and t4 is not False)
                and (t5 := r_lib_kubernetes_container_subject(m, container_2)) is not U
            ):
                found.append(result_new(f"{as_text(t5)} should set 'resources.limits.memory'", container_2))
    return found

@remembered
def r_kubernetes_KSV020_high(m, a0):
    if is_number(a0) and less(10000, a0):
        return True
    return U

def r_kubernetes_KSV020_deny(m):
    found = []
    if (
        m["builtin.lib.kubernetes.is_windows"] is False
        and (t3 := m["builtin.lib.kubernetes.resolved_containers"]) is not U
    ):
        for resolved_4 in some(t3):
            if (
                not ((t7 := path(resolved_4, 'context', 'runAsUser')) is not U and (t8 := r_kubernetes_KSV020_high(m, t7)) is not U and t8 is not False)
                and (t9 := field(resolved_4, 'subject')) is not U
            ):
                t10 = f"{as_text(t9)} should set 'securityContext.runAsUser' above 10000"
                if (t11 := field(resolved_4, 'container')) is not U:
                    found.append(result_new(t10, t11))
    return found

@remembered
def r_kubernetes_KSV021_high(m, a0):
    if is_number(a0) and less(10000, a0):
        return True
    return U

def r_kubernetes_KSV021_deny(m):
    found = []
    if (
        m["builtin.lib.kubernetes.is_windows"] is False
        and (t3 := m["builtin.lib.kubernetes.resolved_containers"]) is not U
    ):
        for resolved_4 in some(t3):
            if (
                not ((t7 := path(resolved_4, 'context', 'runAsGroup')) is not U and (t8 := r_kubernetes_KSV021_high(m, t7)) is not U and t8 is not False)
                and (t9 := field(resolved_4, 'subject')) is not U
            ):
                t10 = f"{as_text(t9)} should set 'securityContext.runAsGroup' above 10000"
                if (t11 := field(resolved_4, 'container')) is not U:
                    found.append(result_new(t10, t11))
    return found

S_kubernetes_KSV022_default_capabilities_0 = Set.of('AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT')
def r_kubernetes_KSV022_default_capabilities(m):
    return S_kubernetes_KSV022_default_capabilities_0

def r_kubernetes_KSV022_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.resolved_containers"]) is not U:
        for resolved_2 in some(t1):
            if (
                (t3 := field(resolved_2, 'added')) is not U
                and (t4 := m["builtin.kubernetes.KSV022.default_capabilities"]) is not U
            ):
                beyond_5 = minus(t3, t4)
                if less(0, count(beyond_5)) and (t7 := field(resolved_2, 'subject')) is not U:
                    t8 = concat(', ', beyond_5)
                    t9 = f'{as_text(t7)} should not add the capabilities {as_text(t8)}'
                    if (t10 := field(resolved_2, 'container')) is not U:
                        found.append(result_new(t9, t10))
    return found

def r_kubernetes_KSV023_deny(m):
    found = []
    for volume_2 in some(m["builtin.lib.kubernetes.volumes"]):
        if (
            (t3 := field(volume_2, 'hostPath')) is not U and t3 is not None
            and (t4 := m["builtin.lib.kubernetes.subject"]) is not U
            and (t5 := r_lib_kubernetes_volume_name(m, volume_2)) is not U
        ):
            found.append(result_new(f"{as_text(t4)} should not mount the hostPath volume '{as_text(t5)}'", volume_2))
    return found

def r_kubernetes_KSV024_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.resolved_containers"]) is not U:
        for resolved_2 in some(t1):
            if (t4 := path(resolved_2, 'container', 'ports')) is not U:
                for t5 in members(t4):
                    if (
                        (t6 := field(t5, 'hostPort')) is not U and is_number(t6)
                        and not is_number_equal(t6, 0) and (t8 := field(resolved_2, 'subject')) is not U
                    ):
                        found.append(result_new(f'{as_text(t8)} should not use the host port {as_value(t6)}', t5))
    return found

def r_kubernetes_KSV025_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.stated_contexts"]) is not U:
        for stated_2 in some(t1):
            if (
                (t5 := path(stated_2, 'context', 'seLinuxOptions', 'type')) is not U
                and not (member(t5, Set.of(None, '', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t')))
                and (t7 := field(stated_2, 'subject')) is not U
            ):
                t8 = f"{as_text(t7)} should not use the SELinux type '{as_value(t5)}'"
                if (t9 := field(stated_2, 'element')) is not U:
                    found.append(result_new(t8, t9))
    if (t11 := m["builtin.lib.kubernetes.stated_contexts"]) is not U:
        for stated_12 in some(t11):
            for field_13 in some(['role', 'user']):
                if (
                    (t15 := path(stated_12, 'context', 'seLinuxOptions')) is not U
                    and (t16 := at(t15, field_13)) is not U and not (member(t16, Set.of(None, '')))
                    and (t18 := field(stated_12, 'subject')) is not U
                ):
                    t19 = f"{as_text(t18)} should not set the SELinux {as_text(field_13)} '{as_value(t16)}'"
                    if (t20 := field(stated_12, 'element')) is not U:
                        found.append(result_new(t19, t20))
    return found

S_kubernetes_KSV026_safe_sysctls_0 = Set.of('kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_local_reserved_ports', 'net.ipv4.ip_unprivileged_port_start', 'net.ipv4.ping_group_range', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes', 'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_syncookies', 'net.ipv4.tcp_wmem')
def r_kubernetes_KSV026_safe_sysctls(m):
    return S_kubernetes_KSV026_safe_sysctls_0

def r_kubernetes_KSV026_deny(m):
    found = []
    if (t2 := field(m["builtin.lib.kubernetes.pod_security_context"], 'sysctls')) is not U:
        for t3 in members(t2):
            if (
                not ((t5 := field(t3, 'name')) is not U and (t6 := m["builtin.kubernetes.KSV026.safe_sysctls"]) is not U and member(t5, t6))
                and (t7 := m["builtin.lib.kubernetes.subject"]) is not U
                and (t8 := field(t3, 'name')) is not U
            ):
                found.append(result_new(f"{as_text(t7)} should not set the sysctl '{as_value(t8)}'", t3))
    return found

def r_kubernetes_KSV027_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.resolved_containers"]) is not U:
        for resolved_2 in some(t1):
            if (
                (t4 := path(resolved_2, 'context', 'procMount')) is not U and t4 != 'Default'
                and (t5 := field(resolved_2, 'subject')) is not U
            ):
                t6 = f"{as_text(t5)} should not set 'securityContext.procMount' to '{as_value(t4)}'"
                if (t7 := field(resolved_2, 'container')) is not U:
                    found.append(result_new(t6, t7))
    return found

S_kubernetes_KSV028_allowed_fields_0 = Set.of('name', 'hostPath', 'configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret')
def r_kubernetes_KSV028_allowed_fields(m):
    return S_kubernetes_KSV028_allowed_fields_0

def r_kubernetes_KSV028_deny(m):
    found = []
    for volume_2 in some(m["builtin.lib.kubernetes.volumes"]):
        for type_3, source_4 in some_pairs(volume_2):
            if (
                source_4 is not None
                and not ((t6 := m["builtin.kubernetes.KSV028.allowed_fields"]) is not U and member(type_3, t6))
                and (t7 := m["builtin.lib.kubernetes.subject"]) is not U
                and (t8 := r_lib_kubernetes_volume_name(m, volume_2)) is not U
            ):
                found.append(result_new(f"{as_text(t7)} should not use the volume type '{as_text(type_3)}' for '{as_text(t8)}'", volume_2))
    return found

S_kubernetes_KSV030_confined_3 = Set.of('RuntimeDefault', 'Localhost')
S_kubernetes_KSV030_confined_13 = Set.of('runtime/default', 'docker/default')
def r_kubernetes_KSV030_confined(m, a0):
    if (
        (t3 := path(a0, 'context', 'seccompProfile', 'type')) is not U
        and member(t3, S_kubernetes_KSV030_confined_3)
    ):
        return True
    if (
        not ((t7 := path(a0, 'context', 'seccompProfile')) is not U and t7 is not False)
        and (t8 := field(a0, 'container')) is not U
        and (t9 := r_lib_kubernetes_container_name(m, t8)) is not U
    ):
        for key_11 in some([concat('', ['container.seccomp.security.alpha.kubernetes.io/', t9]), 'seccomp.security.alpha.kubernetes.io/pod']):
            if (
                (t13 := at(m["builtin.lib.kubernetes.pod_annotations"], key_11)) is not U
                and member(t13, S_kubernetes_KSV030_confined_13)
            ):
                return True
    return U

def r_kubernetes_KSV030_deny(m):
    found = []
    if (
        m["builtin.lib.kubernetes.is_windows"] is False
        and (t3 := m["builtin.lib.kubernetes.resolved_containers"]) is not U
    ):
        for resolved_4 in some(t3):
            if (
                not ((t6 := r_kubernetes_KSV030_confined(m, resolved_4)) is not U and t6 is not False)
                and (t7 := field(resolved_4, 'subject')) is not U
            ):
                t8 = f"{as_text(t7)} should set 'securityContext.seccompProfile.type' to RuntimeDefault"
                if (t9 := field(resolved_4, 'container')) is not U:
                    found.append(result_new(t8, t9))
    return found

S_kubernetes_KSV034_public_registries_0 = Set.of('docker.io', 'index.docker.io', 'registry-1.docker.io', 'ghcr.io', 'public.ecr.aws', 'quay.io')
def r_kubernetes_KSV034_public_registries(m):
    return S_kubernetes_KSV034_public_registries_0

def r_kubernetes_KSV034_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.containers"]) is not U:
        for container_2 in some(t1):
            if (
                (t3 := field(container_2, 'image')) is not U
                and (t5 := field(r_lib_kubernetes_image_parts(m, t3), 'registry')) is not U
                and (t6 := m["builtin.kubernetes.KSV034.public_registries"]) is not U and member(t5, t6)
                and (t7 := r_lib_kubernetes_container_subject(m, container_2)) is not U
            ):
                found.append(result_new(f"{as_text(t7)} should not use the image '{as_text(t3)}' of a public registry", container_2))
    return found

def r_lib_kubernetes_workload(m):
    if (t1 := m["builtin.lib.kubernetes.pod"]) is not U and t1 is not False:
        return True
    return False

def r_kubernetes_KSV036_deny(m):
    found = []
    if (
        m["builtin.lib.kubernetes.workload"] is not False
        and field(m["builtin.lib.kubernetes.pod"], 'automountServiceAccountToken') is not False
    ):
        t5 = m["builtin.lib.kubernetes.kind"]
        if (t6 := m["builtin.lib.kubernetes.name"]) is not U:
            t7 = f"{as_text(t5)} '{as_text(t6)}' should set 'automountServiceAccountToken' to false"
            if (t8 := m["builtin.lib.kubernetes.pod"]) is not U:
                found.append(result_new(t7, t8))
    return found

S_kubernetes_KSV037_may_be_needed_0 = Set.of('Lease', 'Role', 'RoleBinding')
def r_kubernetes_KSV037_may_be_needed(m):
    return S_kubernetes_KSV037_may_be_needed_0

def r_lib_kubernetes_labels(m):
    if (t2 := field(m["builtin.lib.kubernetes.metadata"], 'labels')).__class__ is dict:
        return t2
    return {}

def r_kubernetes_KSV037_part_of_the_cluster(m):
    if field(m["builtin.lib.kubernetes.labels"], 'tier') == 'control-plane':
        return True
    if field(m["builtin.lib.kubernetes.labels"], 'kubernetes.io/cluster-service') == 'true':
        return True
    if field(m["builtin.lib.kubernetes.labels"], 'k8s-app').__class__ is str:
        return True
    return U

def r_kubernetes_KSV037_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.metadata"]
    if field(t1, 'namespace') == 'kube-system':
        t3 = True
        t4 = m["builtin.lib.kubernetes.kind"]
        if (t5 := m["builtin.kubernetes.KSV037.may_be_needed"]) is not U and member(t4, t5):
            t3 = False
        if (
            t3
            and not ((t7 := m["builtin.kubernetes.KSV037.part_of_the_cluster"]) is not U and t7 is not False)
        ):
            t8 = m["builtin.lib.kubernetes.kind"]
            if (t9 := m["builtin.lib.kubernetes.name"]) is not U:
                found.append(result_new(f"{as_text(t8)} '{as_text(t9)}' should not be in the namespace kube-system", t1))
    return found

@remembered
def r_kubernetes_KSV038_all_pods(m, a0):
    if (
        (t1 := field(a0, 'namespaceSelector')) is not U and is_empty_object(t1)
        and is_empty_object(object_get(a0, 'podSelector', {}))
    ):
        return True
    return U

def r_kubernetes_KSV038_peers(m):
    return {'ingress': 'from', 'egress': 'to'}

def r_lib_fields_objects(m, a0, a1):
    t1 = []
    if (t2 := at(a0, a1)) is not U:
        for t3 in in_order(t2):
            if t3.__class__ is dict:
                t1.append(t3)
    return t1

def r_kubernetes_KSV038_restricts(m, a0, a1):
    if (t1 := r_lib_fields_objects(m, a0, a1)) is not U and less(0, count(t1)):
        return True
    return U

def r_kubernetes_KSV038_rules(m, a0):
    if (
        m["builtin.lib.kubernetes.kind"] == 'NetworkPolicy'
        and (t3 := r_lib_fields_objects(m, m["builtin.lib.kubernetes.spec"], a0)) is not U
    ):
        return t3
    return U

def r_kubernetes_KSV038_deny(m):
    found = []
    for field_1 in some(['ingress', 'egress']):
        if (t2 := r_kubernetes_KSV038_rules(m, field_1)) is not U:
            for rule_3 in some(t2):
                if (
                    not ((t5 := r_kubernetes_KSV038_restricts(m, rule_3, 'ports')) is not U and t5 is not False)
                    and not ((t7 := m["builtin.kubernetes.KSV038.peers"]) is not U and (t8 := at(t7, field_1)) is not U and (t9 := r_kubernetes_KSV038_restricts(m, rule_3, t8)) is not U and t9 is not False)
                    and (t10 := m["builtin.lib.kubernetes.name"]) is not U
                ):
                    found.append(result_new(f"NetworkPolicy '{as_text(t10)}' has a rule that allows all {as_text(field_1)}", rule_3))
    for field_13 in some(['ingress', 'egress']):
        if (t14 := r_kubernetes_KSV038_rules(m, field_13)) is not U:
            for rule_15 in some(t14):
                if (
                    not ((t17 := r_kubernetes_KSV038_restricts(m, rule_15, 'ports')) is not U and t17 is not False)
                    and (t18 := m["builtin.kubernetes.KSV038.peers"]) is not U
                    and (t19 := at(t18, field_13)) is not U
                    and (t20 := r_lib_fields_objects(m, rule_15, t19)) is not U
                ):
                    for peer_21 in some(t20):
                        if (
                            (t22 := r_kubernetes_KSV038_all_pods(m, peer_21)) is not U and t22 is not False
                            and (t23 := m["builtin.lib.kubernetes.name"]) is not U
                        ):
                            found.append(result_new(f"NetworkPolicy '{as_text(t23)}' allows {as_text(field_13)} of every pod of the cluster", peer_21))
    return found

def r_kubernetes_KSV039_limited(m, a0, a1):
    for field_1 in some(['default', 'max']):
        if (
            (t2 := at(a0, field_1)) is not U and (t3 := r_lib_utils_has_key(m, t2, a1)) is not U
            and t3 is not False
        ):
            return True
    return U

def r_kubernetes_KSV039_deny(m):
    found = []
    if (
        m["builtin.lib.kubernetes.kind"] == 'LimitRange'
        and (t3 := r_lib_fields_objects(m, m["builtin.lib.kubernetes.spec"], 'limits')) is not U
        and is_number_equal(count(t3), 0) and (t5 := m["builtin.lib.kubernetes.name"]) is not U
    ):
        t6 = f"LimitRange '{as_text(t5)}' limits nothing"
        if (t7 := m["builtin.lib.kubernetes.object"]) is not U:
            found.append(result_new(t6, t7))
    if (
        m["builtin.lib.kubernetes.kind"] == 'LimitRange'
        and (t11 := r_lib_fields_objects(m, m["builtin.lib.kubernetes.spec"], 'limits')) is not U
    ):
        for limit_12 in some(t11):
            if field(limit_12, 'type') == 'Container':
                for resource_14 in some(['cpu', 'memory']):
                    if (
                        not ((t16 := r_kubernetes_KSV039_limited(m, limit_12, resource_14)) is not U and t16 is not False)
                        and (t17 := m["builtin.lib.kubernetes.name"]) is not U
                    ):
                        found.append(result_new(f"LimitRange '{as_text(t17)}' gives containers no default or maximum of {as_text(resource_14)}", limit_12))
    return found

def r_kubernetes_KSV040_bounds(m):
    found = Set()
    if (t2 := field(m["builtin.lib.kubernetes.spec"], 'hard')).__class__ is dict:
        for name_3, t4 in some_pairs(t2):
            found.add(name_3)
    return found

def r_kubernetes_KSV040_is_bounded(m, a0):
    if less(0, count(intersection(m["builtin.kubernetes.KSV040.bounds"], Set.of(a0, concat('.', ['requests', a0]), concat('.', ['limits', a0]))))):
        return True
    return U

def r_kubernetes_KSV040_deny(m):
    found = []
    if (
        m["builtin.lib.kubernetes.kind"] == 'ResourceQuota'
        and is_number_equal(count(m["builtin.kubernetes.KSV040.bounds"]), 0)
        and (t4 := m["builtin.lib.kubernetes.name"]) is not U
    ):
        t5 = f"ResourceQuota '{as_text(t4)}' bounds nothing"
        if (t6 := m["builtin.lib.kubernetes.object"]) is not U:
            found.append(result_new(t5, t6))
    if m["builtin.lib.kubernetes.kind"] == 'ResourceQuota':
        for bounded_9, open_10 in some_pairs({'cpu': 'memory', 'memory': 'cpu'}):
            if (
                (t11 := r_kubernetes_KSV040_is_bounded(m, bounded_9)) is not U and t11 is not False
                and not ((t13 := r_kubernetes_KSV040_is_bounded(m, open_10)) is not U and t13 is not False)
                and (t14 := m["builtin.lib.kubernetes.name"]) is not U
            ):
                t15 = f"ResourceQuota '{as_text(t14)}' bounds {as_text(bounded_9)} but not {as_text(open_10)}"
                if (t17 := field(m["builtin.lib.kubernetes.spec"], 'hard')) is not U:
                    found.append(result_new(t15, t17))
    return found

S_lib_rbac_is_role_1 = Set.of('Role', 'ClusterRole')
def r_lib_rbac_is_role(m):
    if (t1 := m["builtin.lib.rbac.kind"]) is not U and member(t1, S_lib_rbac_is_role_1):
        return True
    return U

S_lib_rbac_served_by_0 = Set.of('')
S_lib_rbac_served_by_1 = Set.of('')
S_lib_rbac_served_by_2 = Set.of('')
S_lib_rbac_served_by_3 = Set.of('')
S_lib_rbac_served_by_4 = Set.of('')
S_lib_rbac_served_by_5 = Set.of('')
S_lib_rbac_served_by_6 = Set.of('')
S_lib_rbac_served_by_7 = Set.of('')
S_lib_rbac_served_by_8 = Set.of('')
S_lib_rbac_served_by_9 = Set.of('')
S_lib_rbac_served_by_10 = Set.of('')
S_lib_rbac_served_by_11 = Set.of('')
S_lib_rbac_served_by_12 = Set.of('')
S_lib_rbac_served_by_13 = Set.of('')
S_lib_rbac_served_by_14 = Set.of('')
S_lib_rbac_served_by_15 = Set.of('')
S_lib_rbac_served_by_16 = Set.of('apps', 'extensions')
S_lib_rbac_served_by_17 = Set.of('apps', 'extensions')
S_lib_rbac_served_by_18 = Set.of('apps', 'extensions')
S_lib_rbac_served_by_19 = Set.of('apps')
S_lib_rbac_served_by_20 = Set.of('batch')
S_lib_rbac_served_by_21 = Set.of('batch')
S_lib_rbac_served_by_22 = Set.of('discovery.k8s.io')
S_lib_rbac_served_by_23 = Set.of('networking.k8s.io', 'extensions')
S_lib_rbac_served_by_24 = Set.of('networking.k8s.io', 'extensions')
S_lib_rbac_served_by_26 = Set.of('certificates.k8s.io')
S_lib_rbac_served_by_27 = Set.of('admissionregistration.k8s.io')
S_lib_rbac_served_by_28 = Set.of('admissionregistration.k8s.io')
def r_lib_rbac_served_by(m):
    if (t26 := m["builtin.lib.rbac.api_groups"]) is not U:
        return {'configmaps': S_lib_rbac_served_by_0, 'endpoints': S_lib_rbac_served_by_1, 'groups': S_lib_rbac_served_by_2, 'nodes/proxy': S_lib_rbac_served_by_3, 'persistentvolumes': S_lib_rbac_served_by_4, 'pods': S_lib_rbac_served_by_5, 'pods/attach': S_lib_rbac_served_by_6, 'pods/ephemeralcontainers': S_lib_rbac_served_by_7, 'pods/exec': S_lib_rbac_served_by_8, 'pods/log': S_lib_rbac_served_by_9, 'replicationcontrollers': S_lib_rbac_served_by_10, 'secrets': S_lib_rbac_served_by_11, 'serviceaccounts': S_lib_rbac_served_by_12, 'serviceaccounts/token': S_lib_rbac_served_by_13, 'services': S_lib_rbac_served_by_14, 'users': S_lib_rbac_served_by_15, 'daemonsets': S_lib_rbac_served_by_16, 'deployments': S_lib_rbac_served_by_17, 'replicasets': S_lib_rbac_served_by_18, 'statefulsets': S_lib_rbac_served_by_19, 'cronjobs': S_lib_rbac_served_by_20, 'jobs': S_lib_rbac_served_by_21, 'endpointslices': S_lib_rbac_served_by_22, 'ingresses': S_lib_rbac_served_by_23, 'networkpolicies': S_lib_rbac_served_by_24, 'clusterrolebindings': t26, 'clusterroles': t26, 'rolebindings': t26, 'roles': t26, 'certificatesigningrequests/approval': S_lib_rbac_served_by_26, 'mutatingwebhookconfigurations': S_lib_rbac_served_by_27, 'validatingwebhookconfigurations': S_lib_rbac_served_by_28}
    return U

def r_lib_rbac_serves(m, a0, a1):
    if member('*', a0):
        return True
    if less(0, count(intersection(a0, a1))):
        return True
    return U

def r_lib_rbac_named(m, a0, a1):
    t1 = Set()
    for resource_2 in some(a1):
        if (
            (t3 := m["builtin.lib.rbac.served_by"]) is not U and (t4 := at(t3, resource_2)) is not U
            and (t5 := r_lib_rbac_serves(m, a0, t4)) is not U and t5 is not False
        ):
            t1.add(resource_2)
    return t1

def r_lib_rbac_strings(m, a0, a1):
    t1 = Set()
    if (t2 := at(a0, a1)) is not U and (t3 := r_lib_utils_strings(m, t2)) is not U:
        for word_4 in some(t3):
            t1.add(word_4)
    return t1

def r_lib_rbac_subresources(m, a0, a1):
    t1 = Set()
    for pattern_2 in some(a1):
        if startswith(pattern_2, '*/') and (t4 := m["builtin.lib.rbac.served_by"]) is not U:
            for resource_5, by_6 in some_pairs(t4):
                if (
                    endswith(resource_5, trim_prefix(pattern_2, '*'))
                    and (t9 := r_lib_rbac_serves(m, a0, by_6)) is not U and t9 is not False
                ):
                    t1.add(resource_5)
    return t1

S_lib_rbac_broad_groups_0 = Set.of('', '*')
def r_lib_rbac_broad_groups(m):
    return S_lib_rbac_broad_groups_0

def r_lib_rbac_resources_of(m):
    found = {}
    if (t1 := m["builtin.lib.rbac.served_by"]) is not U:
        for resource_2, groups_3 in some_pairs(t1):
            for group_4 in some(groups_3):
                under(found, group_4).add(resource_2)
    return found

def r_lib_rbac_whole_group(m, a0, a1):
    t1 = Set()
    if member('*', a1) and (t2 := m["builtin.lib.rbac.broad_groups"]) is not U:
        for group_3 in some(minus(a0, t2)):
            if (t5 := at(m["builtin.lib.rbac.resources_of"], group_3)) is not U:
                for resource_6 in some(t5):
                    t1.add(resource_6)
    return t1

def r_lib_rbac_grants(m):
    found = Set()
    if (
        (t1 := m["builtin.lib.rbac.is_role"]) is not U and t1 is not False
        and (t3 := field(m["builtin.lib.kubernetes.object"], 'rules')).__class__ is list
    ):
        for position_4, rule_5 in some_pairs(t3):
            if (
                rule_5.__class__ is dict and (t6 := r_lib_rbac_strings(m, rule_5, 'apiGroups')) is not U
                and (t7 := r_lib_rbac_strings(m, rule_5, 'resources')) is not U
                and (t8 := m["builtin.lib.rbac.title"]) is not U
            ):
                t9 = f'Rule {as_digits(plus(position_4, 1))} of {as_text(t8)}'
                if (
                    (t10 := r_lib_rbac_strings(m, rule_5, 'verbs')) is not U
                    and (t11 := r_lib_rbac_strings(m, rule_5, 'resourceNames')) is not U
                    and (t12 := r_lib_rbac_strings(m, rule_5, 'nonResourceURLs')) is not U
                    and (t13 := r_lib_rbac_named(m, t6, t7)) is not U
                    and (t14 := r_lib_rbac_whole_group(m, t6, t7)) is not U
                    and (t15 := r_lib_rbac_subresources(m, t6, t7)) is not U
                ):
                    found.add({'rule': rule_5, 'title': t9, 'groups': t6, 'resources': t7, 'verbs': t10, 'names': t11, 'urls': t12, 'covers': union(union(t13, t14), t15)})
    return found

def r_lib_rbac_on(m):
    found = {}
    for grant_2 in some(m["builtin.lib.rbac.grants"]):
        if (t3 := field(grant_2, 'covers')) is not U:
            for resource_4 in some(t3):
                under(found, resource_4).add(grant_2)
    return found

S_lib_rbac_allowing_6 = Set.of('*')
def r_lib_rbac_allowing(m, a0, a1):
    t1 = Set()
    for resource_2 in some(a0):
        if (t4 := at(m["builtin.lib.rbac.on"], resource_2)) is not U:
            for grant_5 in some(t4):
                if (
                    (t6 := field(grant_5, 'verbs')) is not U
                    and less(0, count(intersection(t6, union(a1, S_lib_rbac_allowing_6))))
                ):
                    t1.add(grant_5)
    return t1

def r_lib_rbac_allowing_any(m, a0, a1):
    t1 = Set()
    if (t2 := r_lib_rbac_allowing(m, a0, a1)) is not U:
        for grant_3 in some(t2):
            if (t4 := field(grant_3, 'names')) is not U and is_number_equal(count(t4), 0):
                t1.add(grant_3)
    return t1

S_lib_rbac_write_verbs_0 = Set.of('create', 'update', 'patch', 'delete', 'deletecollection')
def r_lib_rbac_write_verbs(m):
    return S_lib_rbac_write_verbs_0

S_kubernetes_KSV041_deny_1 = Set.of('secrets')
S_kubernetes_KSV041_deny_3 = Set.of('get', 'list', 'watch')
def r_kubernetes_KSV041_deny(m):
    found = []
    if (
        m["builtin.lib.rbac.kind"] == 'ClusterRole' and (t3 := m["builtin.lib.rbac.write_verbs"]) is not U
        and (t5 := r_lib_rbac_allowing_any(m, S_kubernetes_KSV041_deny_1, union(t3, S_kubernetes_KSV041_deny_3))) is not U
    ):
        for grant_6 in some(t5):
            if (t7 := field(grant_6, 'verbs')) is not U:
                t9 = concat(', ', sort(t7))
                if (t10 := field(grant_6, 'title')) is not U:
                    t11 = f"{as_text(t10)} grants '{as_text(t9)}' on the secrets of all namespaces, whichever they are"
                    if (t12 := field(grant_6, 'rule')) is not U:
                        found.append(result_new(t11, t12))
    return found

S_kubernetes_KSV042_deny_0 = Set.of('pods/log')
S_kubernetes_KSV042_deny_1 = Set.of('delete', 'deletecollection')
def r_kubernetes_KSV042_deny(m):
    found = []
    if (t3 := r_lib_rbac_allowing_any(m, S_kubernetes_KSV042_deny_0, S_kubernetes_KSV042_deny_1)) is not U:
        for grant_4 in some(t3):
            if (t5 := field(grant_4, 'title')) is not U:
                t6 = f'{as_text(t5)} lets its subjects delete the logs of pods'
                if (t7 := field(grant_4, 'rule')) is not U:
                    found.append(result_new(t6, t7))
    return found

@remembered
def r_kubernetes_KSV043_reaches_privileged(m, a0):
    if (t1 := field(a0, 'names')) is not U and is_number_equal(count(t1), 0):
        return True
    if (t3 := field(a0, 'names')) is not U:
        for name_4 in some(t3):
            if startswith(name_4, 'system:'):
                return True
    return U

def r_lib_rbac_listed(m, a0, a1):
    if (t1 := field(a0, 'covers')) is not U:
        return concat(', ', sort(intersection(t1, a1)))
    return U

S_kubernetes_KSV043_deny_0 = Set.of('groups', 'serviceaccounts', 'users')
S_kubernetes_KSV043_deny_1 = Set.of('impersonate')
def r_kubernetes_KSV043_deny(m):
    found = []
    if (t3 := r_lib_rbac_allowing(m, S_kubernetes_KSV043_deny_0, S_kubernetes_KSV043_deny_1)) is not U:
        for grant_4 in some(t3):
            if (
                (t5 := r_kubernetes_KSV043_reaches_privileged(m, grant_4)) is not U and t5 is not False
                and (t6 := field(grant_4, 'title')) is not U
                and (t7 := r_lib_rbac_listed(m, grant_4, S_kubernetes_KSV043_deny_0)) is not U
            ):
                t8 = f'{as_text(t6)} lets its subjects impersonate {as_text(t7)}'
                if (t9 := field(grant_4, 'rule')) is not U:
                    found.append(result_new(t8, t9))
    return found

@remembered
def r_lib_rbac_all_resources(m, a0):
    if (
        (t1 := field(a0, 'resources')) is not U and member('*', t1) and (t2 := field(a0, 'groups')) is not U
        and (t3 := m["builtin.lib.rbac.broad_groups"]) is not U and less(0, count(intersection(t2, t3)))
        and (t5 := field(a0, 'verbs')) is not U and less(0, count(t5))
    ):
        return True
    return U

def r_kubernetes_KSV044_deny(m):
    found = []
    for grant_2 in some(m["builtin.lib.rbac.grants"]):
        if (
            (t3 := r_lib_rbac_all_resources(m, grant_2)) is not U and t3 is not False
            and (t4 := field(grant_2, 'verbs')) is not U and member('*', t4)
            and (t5 := field(grant_2, 'title')) is not U
        ):
            t6 = f'{as_text(t5)} allows every verb on every resource'
            if (t7 := field(grant_2, 'rule')) is not U:
                found.append(result_new(t6, t7))
    return found

def r_kubernetes_KSV045_deny(m):
    found = []
    for grant_2 in some(m["builtin.lib.rbac.grants"]):
        if (
            (t3 := field(grant_2, 'verbs')) is not U and member('*', t3)
            and (t4 := field(grant_2, 'covers')) is not U and less(0, count(t4))
            and (t6 := field(grant_2, 'title')) is not U
        ):
            t8 = concat(', ', sort(t4))
            t9 = f'{as_text(t6)} allows every verb on {as_text(t8)}'
            if (t10 := field(grant_2, 'rule')) is not U:
                found.append(result_new(t9, t10))
    return found

def r_kubernetes_KSV046_deny(m):
    found = []
    if m["builtin.lib.rbac.kind"] == 'ClusterRole':
        for grant_3 in some(m["builtin.lib.rbac.grants"]):
            if (
                (t4 := r_lib_rbac_all_resources(m, grant_3)) is not U and t4 is not False
                and (t5 := field(grant_3, 'title')) is not U
            ):
                t6 = f'{as_text(t5)} reaches every resource of the cluster'
                if (t7 := field(grant_3, 'rule')) is not U:
                    found.append(result_new(t6, t7))
    return found

def r_kubernetes_KSV047_deny(m):
    found = []
    if (t2 := field(m["builtin.lib.rbac.on"], 'nodes/proxy')) is not U:
        for grant_3 in some(t2):
            if (
                (t4 := field(grant_3, 'verbs')) is not U and less(0, count(t4))
                and (t6 := field(grant_3, 'title')) is not U
            ):
                t7 = f'{as_text(t6)} lets its subjects reach the kubelet through nodes/proxy'
                if (t8 := field(grant_3, 'rule')) is not U:
                    found.append(result_new(t7, t8))
    return found

S_kubernetes_KSV048_resources_0 = Set.of('cronjobs', 'daemonsets', 'deployments', 'jobs', 'pods', 'replicasets', 'replicationcontrollers', 'statefulsets')
def r_kubernetes_KSV048_resources(m):
    return S_kubernetes_KSV048_resources_0

S_kubernetes_KSV048_deny_1 = Set.of('create', 'update', 'patch')
def r_kubernetes_KSV048_deny(m):
    found = []
    if (
        (t1 := m["builtin.kubernetes.KSV048.resources"]) is not U
        and (t3 := r_lib_rbac_allowing_any(m, t1, S_kubernetes_KSV048_deny_1)) is not U
    ):
        for grant_4 in some(t3):
            if (
                (t5 := field(grant_4, 'title')) is not U
                and (t6 := r_lib_rbac_listed(m, grant_4, t1)) is not U
            ):
                t7 = f'{as_text(t5)} lets its subjects create or change {as_text(t6)}'
                if (t8 := field(grant_4, 'rule')) is not U:
                    found.append(result_new(t7, t8))
    return found

S_kubernetes_KSV049_deny_0 = Set.of('configmaps')
def r_kubernetes_KSV049_deny(m):
    found = []
    if (
        (t2 := m["builtin.lib.rbac.write_verbs"]) is not U
        and (t3 := r_lib_rbac_allowing_any(m, S_kubernetes_KSV049_deny_0, t2)) is not U
    ):
        for grant_4 in some(t3):
            if (t5 := field(grant_4, 'title')) is not U:
                t6 = f'{as_text(t5)} lets its subjects change all config maps'
                if (t7 := field(grant_4, 'rule')) is not U:
                    found.append(result_new(t6, t7))
    return found

S_kubernetes_KSV050_binds_powerful_3 = Set.of('cluster-admin', 'admin', 'edit')
@remembered
def r_kubernetes_KSV050_binds_powerful(m, a0):
    if (t1 := field(a0, 'names')) is not U and is_number_equal(count(t1), 0):
        return True
    if (
        (t3 := field(a0, 'names')) is not U
        and less(0, count(intersection(t3, S_kubernetes_KSV050_binds_powerful_3)))
    ):
        return True
    return U

S_kubernetes_KSV050_resources_0 = Set.of('clusterrolebindings', 'clusterroles', 'rolebindings', 'roles')
def r_kubernetes_KSV050_resources(m):
    return S_kubernetes_KSV050_resources_0

S_kubernetes_KSV050_escalating_1 = Set.of('escalate')
def r_kubernetes_KSV050_escalating(m):
    if (
        (t1 := m["builtin.kubernetes.KSV050.resources"]) is not U
        and (t3 := r_lib_rbac_allowing(m, t1, S_kubernetes_KSV050_escalating_1)) is not U
    ):
        return t3
    return U

def r_kubernetes_KSV050_message(m, a0, a1):
    if (
        (t1 := field(a0, 'title')) is not U and (t2 := m["builtin.kubernetes.KSV050.resources"]) is not U
        and (t3 := r_lib_rbac_listed(m, a0, t2)) is not U
    ):
        return f"{as_text(t1)} allows '{as_text(a1)}' on {as_text(t3)}"
    return U

S_kubernetes_KSV050_deny_6 = Set.of('bind')
def r_kubernetes_KSV050_deny(m):
    found = []
    if (t1 := m["builtin.kubernetes.KSV050.escalating"]) is not U:
        for grant_2 in some(t1):
            if (
                (t3 := r_kubernetes_KSV050_message(m, grant_2, 'escalate')) is not U
                and (t4 := field(grant_2, 'rule')) is not U
            ):
                found.append(result_new(t3, t4))
    if (
        (t6 := m["builtin.kubernetes.KSV050.resources"]) is not U
        and (t8 := r_lib_rbac_allowing(m, t6, S_kubernetes_KSV050_deny_6)) is not U
        and (t9 := m["builtin.kubernetes.KSV050.escalating"]) is not U
    ):
        for grant_10 in some(minus(t8, t9)):
            if (
                (t11 := r_kubernetes_KSV050_binds_powerful(m, grant_10)) is not U and t11 is not False
                and (t12 := r_kubernetes_KSV050_message(m, grant_10, 'bind')) is not U
                and (t13 := field(grant_10, 'rule')) is not U
            ):
                found.append(result_new(t12, t13))
    return found

S_kubernetes_KSV051_deny_0 = Set.of('rolebindings')
S_kubernetes_KSV051_deny_1 = Set.of('create')
S_kubernetes_KSV051_deny_4 = Set.of('clusterroles', 'roles')
S_kubernetes_KSV051_deny_5 = Set.of('bind')
def r_kubernetes_KSV051_deny(m):
    found = []
    if (t3 := r_lib_rbac_allowing_any(m, S_kubernetes_KSV051_deny_0, S_kubernetes_KSV051_deny_1)) is not U:
        for grant_4 in some(t3):
            if (
                (t7 := r_lib_rbac_allowing_any(m, S_kubernetes_KSV051_deny_4, S_kubernetes_KSV051_deny_5)) is not U
                and less(0, count(t7)) and (t9 := field(grant_4, 'title')) is not U
            ):
                t10 = f'{as_text(t9)} and its right to bind roles let its subjects grant any role in a namespace'
                if (t11 := field(grant_4, 'rule')) is not U:
                    found.append(result_new(t10, t11))
    return found

S_kubernetes_KSV052_deny_0 = Set.of('clusterrolebindings')
S_kubernetes_KSV052_deny_1 = Set.of('create')
S_kubernetes_KSV052_deny_4 = Set.of('clusterroles')
S_kubernetes_KSV052_deny_5 = Set.of('bind')
def r_kubernetes_KSV052_deny(m):
    found = []
    if (t3 := r_lib_rbac_allowing_any(m, S_kubernetes_KSV052_deny_0, S_kubernetes_KSV052_deny_1)) is not U:
        for grant_4 in some(t3):
            if (
                (t7 := r_lib_rbac_allowing_any(m, S_kubernetes_KSV052_deny_4, S_kubernetes_KSV052_deny_5)) is not U
                and less(0, count(t7)) and (t9 := field(grant_4, 'title')) is not U
            ):
                t10 = f'{as_text(t9)} and its right to bind roles let its subjects grant any role in the whole cluster'
                if (t11 := field(grant_4, 'rule')) is not U:
                    found.append(result_new(t10, t11))
    return found

S_kubernetes_KSV053_deny_0 = Set.of('pods/exec')
S_kubernetes_KSV053_deny_1 = Set.of('create', 'get')
def r_kubernetes_KSV053_deny(m):
    found = []
    if (t3 := r_lib_rbac_allowing_any(m, S_kubernetes_KSV053_deny_0, S_kubernetes_KSV053_deny_1)) is not U:
        for grant_4 in some(t3):
            if (t5 := field(grant_4, 'title')) is not U:
                t6 = f'{as_text(t5)} lets its subjects run commands in any pod'
                if (t7 := field(grant_4, 'rule')) is not U:
                    found.append(result_new(t6, t7))
    return found

S_kubernetes_KSV054_deny_0 = Set.of('pods/attach')
S_kubernetes_KSV054_deny_1 = Set.of('create', 'get')
def r_kubernetes_KSV054_deny(m):
    found = []
    if (t3 := r_lib_rbac_allowing_any(m, S_kubernetes_KSV054_deny_0, S_kubernetes_KSV054_deny_1)) is not U:
        for grant_4 in some(t3):
            if (t5 := field(grant_4, 'title')) is not U:
                t6 = f'{as_text(t5)} lets its subjects attach to the containers of any pod'
                if (t7 := field(grant_4, 'rule')) is not U:
                    found.append(result_new(t6, t7))
    return found

S_kubernetes_KSV055_resources_0 = Set.of('clusterrolebindings', 'rolebindings')
def r_kubernetes_KSV055_resources(m):
    return S_kubernetes_KSV055_resources_0

S_kubernetes_KSV055_deny_1 = Set.of('update', 'patch')
def r_kubernetes_KSV055_deny(m):
    found = []
    if (
        (t1 := m["builtin.kubernetes.KSV055.resources"]) is not U
        and (t3 := r_lib_rbac_allowing_any(m, t1, S_kubernetes_KSV055_deny_1)) is not U
    ):
        for grant_4 in some(t3):
            if (
                (t5 := field(grant_4, 'title')) is not U
                and (t6 := r_lib_rbac_listed(m, grant_4, t1)) is not U
            ):
                t7 = f'{as_text(t5)} lets its subjects add others to existing {as_text(t6)}'
                if (t8 := field(grant_4, 'rule')) is not U:
                    found.append(result_new(t7, t8))
    return found

S_kubernetes_KSV056_resources_0 = Set.of('endpoints', 'endpointslices', 'ingresses', 'networkpolicies', 'services')
def r_kubernetes_KSV056_resources(m):
    return S_kubernetes_KSV056_resources_0

def r_kubernetes_KSV056_deny(m):
    found = []
    if (
        (t1 := m["builtin.kubernetes.KSV056.resources"]) is not U
        and (t2 := m["builtin.lib.rbac.write_verbs"]) is not U
        and (t3 := r_lib_rbac_allowing_any(m, t1, t2)) is not U
    ):
        for grant_4 in some(t3):
            if (
                (t5 := field(grant_4, 'title')) is not U
                and (t6 := r_lib_rbac_listed(m, grant_4, t1)) is not U
            ):
                t7 = f'{as_text(t5)} lets its subjects change {as_text(t6)}'
                if (t8 := field(grant_4, 'rule')) is not U:
                    found.append(result_new(t7, t8))
    return found

def r_kubernetes_KSV102_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.containers"]) is not U:
        for container_2 in some(t1):
            if (
                (t3 := field(container_2, 'image')) is not U
                and (t5 := field(r_lib_kubernetes_image_parts(m, t3), 'name')) is not U
            ):
                t6 = split(t5, '/')
                if (
                    at(t6, minus(count(t6), 1)) == 'tiller'
                    and (t9 := r_lib_kubernetes_container_name(m, container_2)) is not U
                ):
                    t10 = m["builtin.lib.kubernetes.kind"]
                    if (t11 := m["builtin.lib.kubernetes.name"]) is not U:
                        found.append(result_new(f"Container '{as_text(t9)}' of {as_text(t10)} '{as_text(t11)}' runs Tiller", container_2))
    if m["builtin.lib.kubernetes.is_service"] is not False:
        t15 = m["builtin.lib.kubernetes.labels"]
        if (
            field(t15, 'app') == 'helm' and field(t15, 'name') == 'tiller'
            and (t18 := m["builtin.lib.kubernetes.name"]) is not U
        ):
            found.append(result_new(f"Service '{as_text(t18)}' leads to Tiller", m["builtin.lib.kubernetes.metadata"]))
    return found

def r_kubernetes_KSV103_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.stated_contexts"]) is not U:
        for stated_2 in some(t1):
            if (
                path(stated_2, 'context', 'windowsOptions', 'hostProcess') is True
                and (t6 := field(stated_2, 'subject')) is not U
            ):
                t7 = f"{as_text(t6)} should not set 'securityContext.windowsOptions.hostProcess' to true"
                if (t8 := field(stated_2, 'element')) is not U:
                    found.append(result_new(t7, t8))
    return found

def r_kubernetes_KSV104_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.stated_contexts"]) is not U:
        for stated_2 in some(t1):
            if (
                path(stated_2, 'context', 'seccompProfile', 'type') == 'Unconfined'
                and (t6 := field(stated_2, 'subject')) is not U
            ):
                t7 = f'{as_text(t6)} should not turn seccomp off'
                if (t8 := field(stated_2, 'element')) is not U:
                    found.append(result_new(t7, t8))
    t10 = m["builtin.lib.kubernetes.pod_annotations"]
    for key_11, profile_12 in some_pairs(t10):
        if (
            contains(key_11, 'seccomp.security.alpha.kubernetes.io/') and profile_12 == 'unconfined'
            and (t14 := m["builtin.lib.kubernetes.subject"]) is not U
        ):
            found.append(result_new(f"{as_text(t14)} should not turn seccomp off in its annotation '{as_text(key_11)}'", t10))
    return found

def r_kubernetes_KSV105_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.stated_contexts"]) is not U:
        for stated_2 in some(t1):
            if (
                (t4 := path(stated_2, 'context', 'runAsUser')) is not U and is_number_equal(t4, 0)
                and (t5 := field(stated_2, 'subject')) is not U
            ):
                t6 = f"{as_text(t5)} should set 'securityContext.runAsUser' above 0"
                if (t7 := field(stated_2, 'element')) is not U:
                    found.append(result_new(t6, t7))
    return found

S_kubernetes_KSV106_deny_15 = Set.of('NET_BIND_SERVICE')
def r_kubernetes_KSV106_deny(m):
    found = []
    if (
        m["builtin.lib.kubernetes.is_windows"] is False
        and (t3 := m["builtin.lib.kubernetes.resolved_containers"]) is not U
    ):
        for resolved_4 in some(t3):
            if (
                not ((t6 := field(resolved_4, 'dropped')) is not U and member('ALL', t6))
                and (t7 := field(resolved_4, 'subject')) is not U
            ):
                t8 = f'{as_text(t7)} should drop all capabilities'
                if (t9 := field(resolved_4, 'container')) is not U:
                    found.append(result_new(t8, t9))
    if (
        m["builtin.lib.kubernetes.is_windows"] is False
        and (t13 := m["builtin.lib.kubernetes.resolved_containers"]) is not U
    ):
        for resolved_14 in some(t13):
            if (t15 := field(resolved_14, 'added')) is not U:
                beyond_17 = minus(t15, S_kubernetes_KSV106_deny_15)
                if less(0, count(beyond_17)) and (t19 := field(resolved_14, 'subject')) is not U:
                    t20 = concat(', ', beyond_17)
                    t21 = f'{as_text(t19)} should add no capability but NET_BIND_SERVICE, and adds {as_text(t20)}'
                    if (t22 := field(resolved_14, 'container')) is not U:
                        found.append(result_new(t21, t22))
    return found

def r_kubernetes_KSV110_names_namespace(m):
    if (t2 := field(m["builtin.lib.kubernetes.metadata"], 'namespace')).__class__ is str and t2 != '':
        return True
    return U

def r_kubernetes_KSV110_deny(m):
    found = []
    if m["builtin.lib.kubernetes.workload"] is not False:
        t2 = m["builtin.lib.kubernetes.metadata"]
        if field(t2, 'namespace') == 'default':
            t4 = m["builtin.lib.kubernetes.kind"]
            if (t5 := m["builtin.lib.kubernetes.name"]) is not U:
                found.append(result_new(f"{as_text(t4)} '{as_text(t5)}' should not be in the default namespace", t2))
    if (
        m["builtin.lib.kubernetes.workload"] is not False
        and not ((t10 := m["builtin.kubernetes.KSV110.names_namespace"]) is not U and t10 is not False)
    ):
        t11 = m["builtin.lib.kubernetes.kind"]
        if (t12 := m["builtin.lib.kubernetes.name"]) is not U:
            found.append(result_new(f"{as_text(t11)} '{as_text(t12)}' names no namespace and lands in the default one", m["builtin.lib.kubernetes.metadata"]))
    return found

S_kubernetes_KSV111_powerful_6 = Set.of('admin', 'edit')
def r_kubernetes_KSV111_powerful(m):
    if (
        path(m["builtin.lib.kubernetes.object"], 'roleRef', 'kind') == 'ClusterRole'
        and m["builtin.lib.rbac.role_name"] == 'cluster-admin'
    ):
        return True
    if (
        m["builtin.lib.rbac.kind"] == 'ClusterRoleBinding'
        and member(m["builtin.lib.rbac.role_name"], S_kubernetes_KSV111_powerful_6)
    ):
        return True
    return U

def r_kubernetes_KSV111_deny(m):
    found = []
    if (
        (t1 := m["builtin.lib.rbac.is_binding"]) is not U and t1 is not False
        and (t2 := m["builtin.kubernetes.KSV111.powerful"]) is not U and t2 is not False
        and (t3 := m["builtin.lib.rbac.title"]) is not U
    ):
        t4 = m["builtin.lib.rbac.role_name"]
        t5 = f"{as_text(t3)} gives its subjects the role '{as_text(t4)}'"
        if (t7 := field(m["builtin.lib.kubernetes.object"], 'roleRef')) is not U:
            found.append(result_new(t5, t7))
    return found

def r_kubernetes_KSV112_deny(m):
    found = []
    if m["builtin.lib.rbac.kind"] == 'Role':
        for grant_3 in some(m["builtin.lib.rbac.grants"]):
            if (
                (t4 := r_lib_rbac_all_resources(m, grant_3)) is not U and t4 is not False
                and (t5 := field(grant_3, 'title')) is not U
            ):
                t6 = f'{as_text(t5)} reaches every resource of the namespace'
                if (t7 := field(grant_3, 'rule')) is not U:
                    found.append(result_new(t6, t7))
    return found

S_kubernetes_KSV113_deny_1 = Set.of('secrets')
S_kubernetes_KSV113_deny_3 = Set.of('get', 'list', 'watch')
def r_kubernetes_KSV113_deny(m):
    found = []
    if (
        m["builtin.lib.rbac.kind"] == 'Role' and (t3 := m["builtin.lib.rbac.write_verbs"]) is not U
        and (t5 := r_lib_rbac_allowing_any(m, S_kubernetes_KSV113_deny_1, union(t3, S_kubernetes_KSV113_deny_3))) is not U
    ):
        for grant_6 in some(t5):
            if (t7 := field(grant_6, 'verbs')) is not U:
                t9 = concat(', ', sort(t7))
                if (t10 := field(grant_6, 'title')) is not U:
                    t11 = f"{as_text(t10)} grants '{as_text(t9)}' on the secrets of its namespace, whichever they are"
                    if (t12 := field(grant_6, 'rule')) is not U:
                        found.append(result_new(t11, t12))
    return found

S_kubernetes_KSV114_resources_0 = Set.of('mutatingwebhookconfigurations', 'validatingwebhookconfigurations')
def r_kubernetes_KSV114_resources(m):
    return S_kubernetes_KSV114_resources_0

def r_kubernetes_KSV114_deny(m):
    found = []
    if (
        (t1 := m["builtin.kubernetes.KSV114.resources"]) is not U
        and (t2 := m["builtin.lib.rbac.write_verbs"]) is not U
        and (t3 := r_lib_rbac_allowing_any(m, t1, t2)) is not U
    ):
        for grant_4 in some(t3):
            if (
                (t5 := field(grant_4, 'title')) is not U
                and (t6 := r_lib_rbac_listed(m, grant_4, t1)) is not U
            ):
                t7 = f'{as_text(t5)} lets its subjects change {as_text(t6)}'
                if (t8 := field(grant_4, 'rule')) is not U:
                    found.append(result_new(t7, t8))
    return found

S_kubernetes_KSV115_deny_0 = Set.of('configmaps')
def r_kubernetes_KSV115_deny(m):
    found = []
    if (
        (t2 := m["builtin.lib.rbac.write_verbs"]) is not U
        and (t3 := r_lib_rbac_allowing(m, S_kubernetes_KSV115_deny_0, t2)) is not U
    ):
        for grant_4 in some(t3):
            if (
                (t5 := field(grant_4, 'names')) is not U and member('aws-auth', t5)
                and (t6 := field(grant_4, 'title')) is not U
            ):
                t7 = f'{as_text(t6)} lets its subjects change the config map aws-auth'
                if (t8 := field(grant_4, 'rule')) is not U:
                    found.append(result_new(t7, t8))
    return found

def r_kubernetes_KSV116_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.stated_contexts"]) is not U:
        for stated_2 in some(t1):
            if (
                (t4 := path(stated_2, 'context', 'runAsGroup')) is not U and is_number_equal(t4, 0)
                and (t5 := field(stated_2, 'subject')) is not U
            ):
                t6 = f"{as_text(t5)} should not set 'securityContext.runAsGroup' to 0"
                if (t7 := field(stated_2, 'element')) is not U:
                    found.append(result_new(t6, t7))
    t9 = m["builtin.lib.kubernetes.pod_security_context"]
    if (
        (t10 := field(t9, 'fsGroup')) is not U and is_number_equal(t10, 0)
        and (t11 := m["builtin.lib.kubernetes.subject"]) is not U
    ):
        found.append(result_new(f"{as_text(t11)} should not set 'securityContext.fsGroup' to 0", t9))
    t14 = m["builtin.lib.kubernetes.pod_security_context"]
    if (t15 := field(t14, 'supplementalGroups')) is not U:
        for t16 in members(t15):
            if is_number_equal(t16, 0) and (t17 := m["builtin.lib.kubernetes.subject"]) is not U:
                found.append(result_new(f"{as_text(t17)} should not have 0 in 'securityContext.supplementalGroups'", t14))
    return found

def r_kubernetes_KSV117_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.resolved_containers"]) is not U:
        for resolved_2 in some(t1):
            if (t4 := path(resolved_2, 'container', 'ports')) is not U:
                for t5 in members(t4):
                    if (
                        (t6 := field(t5, 'containerPort')) is not U and is_number(t6) and less(t6, 1024)
                        and (t8 := field(resolved_2, 'subject')) is not U
                    ):
                        found.append(result_new(f'{as_text(t8)} should not listen on the port {as_value(t6)}', t5))
    return found

def r_kubernetes_KSV118_deny(m):
    found = []
    if (
        is_number_equal(count(m["builtin.lib.kubernetes.pod_security_context"]), 0)
        and (t3 := m["builtin.lib.kubernetes.resolved_containers"]) is not U
    ):
        for resolved_4 in some(t3):
            if (
                (t5 := field(resolved_4, 'container')) is not U
                and (t6 := r_lib_kubernetes_own_security_context(m, t5)) is not U
                and is_number_equal(count(t6), 0) and (t8 := field(resolved_4, 'subject')) is not U
            ):
                found.append(result_new(f'{as_text(t8)} should have a security context, or its pod', t5))
    return found

S_kubernetes_KSV119_deny_4 = Set.of('NET_RAW', 'ALL')
def r_kubernetes_KSV119_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.resolved_containers"]) is not U:
        for resolved_2 in some(t1):
            if (t3 := field(resolved_2, 'added')) is not U:
                for added_4 in some(t3):
                    if (
                        member(added_4, S_kubernetes_KSV119_deny_4)
                        and (t6 := field(resolved_2, 'subject')) is not U
                    ):
                        t7 = f"{as_text(t6)} should not add '{as_text(added_4)}' to 'securityContext.capabilities.add'"
                        if (t8 := field(resolved_2, 'container')) is not U:
                            found.append(result_new(t7, t8))
    return found

S_kubernetes_KSV120_deny_4 = Set.of('SYS_MODULE', 'ALL')
def r_kubernetes_KSV120_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.resolved_containers"]) is not U:
        for resolved_2 in some(t1):
            if (t3 := field(resolved_2, 'added')) is not U:
                for added_4 in some(t3):
                    if (
                        member(added_4, S_kubernetes_KSV120_deny_4)
                        and (t6 := field(resolved_2, 'subject')) is not U
                    ):
                        t7 = f"{as_text(t6)} should not add '{as_text(added_4)}' to 'securityContext.capabilities.add'"
                        if (t8 := field(resolved_2, 'container')) is not U:
                            found.append(result_new(t7, t8))
    return found

S_kubernetes_KSV121_sensitive_paths_0 = Set.of('/', '/bin', '/boot', '/dev', '/etc', '/etc/kubernetes', '/lib', '/lib64', '/proc', '/root', '/run', '/sbin', '/sys', '/usr', '/var', '/var/lib', '/var/lib/containerd', '/var/lib/docker', '/var/lib/etcd', '/var/lib/kubelet', '/var/run')
def r_kubernetes_KSV121_sensitive_paths(m):
    return S_kubernetes_KSV121_sensitive_paths_0

def r_kubernetes_KSV121_deny(m):
    found = []
    for volume_2 in some(m["builtin.lib.kubernetes.volumes"]):
        if (
            (t3 := r_lib_kubernetes_host_path(m, volume_2)) is not U
            and (t4 := m["builtin.kubernetes.KSV121.sensitive_paths"]) is not U and member(t3, t4)
            and (t5 := m["builtin.lib.kubernetes.subject"]) is not U
            and (t6 := r_lib_kubernetes_volume_name(m, volume_2)) is not U
        ):
            found.append(result_new(f"{as_text(t5)} should not mount '{as_text(t3)}' of the node as '{as_text(t6)}'", volume_2))
    return found

def r_kubernetes_KSV122_anonymous(m):
    return {'User': 'system:anonymous', 'Group': 'system:unauthenticated'}

def r_kubernetes_KSV122_deny(m):
    found = []
    if not ((t2 := m["builtin.lib.rbac.binds_harmless_role"]) is not U and t2 is not False):
        for subject_4 in some(m["builtin.lib.rbac.subjects"]):
            if (
                (t5 := m["builtin.kubernetes.KSV122.anonymous"]) is not U
                and (t7 := field(subject_4, 'kind')) is not U and (t6 := at(t5, t7)) is not U
                and (t8 := field(subject_4, 'name')) is not U and equal(t6, t8)
                and (t9 := field(subject_4, 'title')) is not U
            ):
                t10 = m["builtin.lib.rbac.role_name"]
                t11 = f"{as_text(t9)} gives everybody without login the role '{as_text(t10)}'"
                if (t12 := field(subject_4, 'element')) is not U:
                    found.append(result_new(t11, t12))
    return found

def r_kubernetes_RPV_K8S_001_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.containers"]) is not U:
        for container_2 in some(t1):
            if (
                (t3 := field(container_2, 'image')) is not U
                and field(r_lib_kubernetes_image_parts(m, t3), 'digest') == ''
                and (t6 := r_lib_kubernetes_container_subject(m, container_2)) is not U
            ):
                found.append(result_new(f"{as_text(t6)} should name the digest of the image '{as_text(t3)}'", container_2))
    return found

def r_lib_kubernetes_is_job(m):
    if m["builtin.lib.kubernetes.kind"] == 'Job':
        return True
    return False

S_lib_kubernetes_long_running_8 = Set.of('Never', 'OnFailure')
def r_lib_kubernetes_long_running(m):
    if m["builtin.lib.kubernetes.is_controller"] is not False and m["builtin.lib.kubernetes.is_job"] is False:
        return True
    if (
        m["builtin.lib.kubernetes.is_pod"] is not False
        and not ((t8 := path(m["builtin.lib.kubernetes.object"], 'spec', 'restartPolicy')) is not U and member(t8, S_lib_kubernetes_long_running_8))
    ):
        return True
    return False

def r_kubernetes_RPV_K8S_002_deny(m):
    found = []
    if m["builtin.lib.kubernetes.long_running"] is not False:
        for container_3 in some(m["builtin.lib.kubernetes.regular_containers"]):
            if (
                field(container_3, 'livenessProbe').__class__ is not dict
                and (t6 := r_lib_kubernetes_container_subject(m, container_3)) is not U
            ):
                found.append(result_new(f"{as_text(t6)} should have a 'livenessProbe'", container_3))
    return found

def r_kubernetes_RPV_K8S_003_deny(m):
    found = []
    if m["builtin.lib.kubernetes.long_running"] is not False:
        for container_3 in some(m["builtin.lib.kubernetes.regular_containers"]):
            if (
                field(container_3, 'readinessProbe').__class__ is not dict
                and (t6 := r_lib_kubernetes_container_subject(m, container_3)) is not U
            ):
                found.append(result_new(f"{as_text(t6)} should have a 'readinessProbe'", container_3))
    return found

def r_kubernetes_RPV_K8S_004_handlers(m):
    return [['livenessProbe'], ['readinessProbe'], ['startupProbe'], ['lifecycle', 'postStart'], ['lifecycle', 'preStop']]

def r_kubernetes_RPV_K8S_004_nested_1(m, a0, a1):
    if is_number_equal(count(a1), 1) and (t3 := at(a1, 0)) is not U and (t2 := at(a0, t3)) is not U:
        return t2
    return U
def r_kubernetes_RPV_K8S_004_nested_2(m, a0, a1):
    if (
        is_number_equal(count(a1), 2) and (t6 := at(a1, 0)) is not U and (t5 := at(a0, t6)) is not U
        and (t8 := at(a1, 1)) is not U and (t7 := at(t5, t8)) is not U
    ):
        return t7
    return U
def r_kubernetes_RPV_K8S_004_nested(m, a0, a1):
    return one_of(r_kubernetes_RPV_K8S_004_nested_1(m, a0, a1), r_kubernetes_RPV_K8S_004_nested_2(m, a0, a1))

def r_kubernetes_RPV_K8S_004_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.resolved_containers"]) is not U:
        for resolved_2 in some(t1):
            if (t3 := m["builtin.kubernetes.RPV_K8S_004.handlers"]) is not U:
                for where_4 in some(t3):
                    if (
                        (t5 := field(resolved_2, 'container')) is not U
                        and (t6 := r_kubernetes_RPV_K8S_004_nested(m, t5, where_4)) is not U
                    ):
                        for action_7 in some(['httpGet', 'tcpSocket']):
                            if (
                                (t9 := field(at(t6, action_7), 'host')) is not U
                                and not (member(t9, Set.of(None, '')))
                                and (t11 := field(resolved_2, 'subject')) is not U
                            ):
                                t12 = concat('.', where_4)
                                found.append(result_new(f"{as_text(t11)} should not name the host '{as_value(t9)}' in '{as_text(t12)}.{as_text(action_7)}'", t6))
    return found

def r_kubernetes_RPV_K8S_010_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.containers"]) is not U:
        for container_2 in some(t1):
            if (t3 := r_lib_fields_objects(m, container_2, 'env')) is not U:
                for entry_4 in some(t3):
                    if (
                        (t5 := field(entry_4, 'name')) is not U and (t6 := field(entry_4, 'value')) is not U
                        and (t7 := r_lib_credentials_exposes(m, t5, t6)) is not U and t7 is not False
                        and (t8 := r_lib_kubernetes_container_name(m, container_2)) is not U
                    ):
                        t9 = m["builtin.lib.kubernetes.kind"]
                        if (t10 := m["builtin.lib.kubernetes.name"]) is not U:
                            found.append(result_new(f"Container '{as_text(t8)}' of {as_text(t9)} '{as_text(t10)}' has a credential written out in its variable '{as_text(t5)}'", entry_4))
    return found

def r_kubernetes_RPV_K8S_011_annotations(m):
    if (t2 := r_lib_fields_texts(m, m["builtin.lib.kubernetes.metadata"], 'annotations')) is not U:
        return t2
    return U

S_kubernetes_RPV_K8S_011_is_internal_5 = Set.of('internal', 'true', '0.0.0.0/0', 'private', 'intranet')
def r_kubernetes_RPV_K8S_011_is_internal(m):
    if (t1 := m["builtin.kubernetes.RPV_K8S_011.annotations"]) is not U:
        for name_2, value_3 in some_pairs(t1):
            if (
                regex_match('(load-?balancer|lb).*(internal|scheme|type)|internal-load-balancer', name_2)
                and member(lower(value_3), S_kubernetes_RPV_K8S_011_is_internal_5)
            ):
                return True
    return U

def r_kubernetes_RPV_K8S_011_is_restricted(m):
    if (
        (t2 := r_lib_fields_strings(m, m["builtin.lib.kubernetes.spec"], 'loadBalancerSourceRanges')) is not U
        and less(0, count(t2)) and not (member('0.0.0.0/0', t2)) and not (member('::/0', t2))
    ):
        return True
    if (
        (t7 := field(m["builtin.kubernetes.RPV_K8S_011.annotations"], 'service.beta.kubernetes.io/load-balancer-source-ranges')) is not U
        and t7 != '' and not (contains(t7, '0.0.0.0/0'))
    ):
        return True
    return U

def r_kubernetes_RPV_K8S_011_deny(m):
    found = []
    if m["builtin.lib.kubernetes.is_service"] is not False:
        t2 = m["builtin.lib.kubernetes.spec"]
        if (
            field(t2, 'type') == 'LoadBalancer'
            and not ((t5 := m["builtin.kubernetes.RPV_K8S_011.is_internal"]) is not U and t5 is not False)
            and not ((t7 := m["builtin.kubernetes.RPV_K8S_011.is_restricted"]) is not U and t7 is not False)
            and (t8 := m["builtin.lib.kubernetes.name"]) is not U
        ):
            found.append(result_new(f"Service '{as_text(t8)}' opens a load balancer to every address", t2))
    return found

def r_kubernetes_RPV_K8S_012_deny(m):
    found = []
    if m["builtin.lib.kubernetes.is_service"] is not False:
        t2 = m["builtin.lib.kubernetes.spec"]
        if field(t2, 'type') == 'NodePort' and (t4 := m["builtin.lib.kubernetes.name"]) is not U:
            found.append(result_new(f"Service '{as_text(t4)}' opens a port on every node", t2))
    return found

S_kubernetes_RPV_K8S_013_certificate_annotations_0 = Set.of('alb.ingress.kubernetes.io/certificate-arn', 'appgw.ingress.kubernetes.io/appgw-ssl-certificate', 'ingress.gcp.kubernetes.io/pre-shared-cert', 'networking.gke.io/managed-certificates', 'route.openshift.io/termination', 'traefik.ingress.kubernetes.io/router.tls', 'traefik.ingress.kubernetes.io/router.tls.certresolver')
def r_kubernetes_RPV_K8S_013_certificate_annotations(m):
    return S_kubernetes_RPV_K8S_013_certificate_annotations_0

S_kubernetes_RPV_K8S_013_tls_by_annotation_6 = Set.of('', 'false')
def r_kubernetes_RPV_K8S_013_tls_by_annotation(m):
    if (t2 := r_lib_fields_texts(m, m["builtin.lib.kubernetes.metadata"], 'annotations')) is not U:
        for name_3, value_4 in some_pairs(t2):
            if (
                (t5 := m["builtin.kubernetes.RPV_K8S_013.certificate_annotations"]) is not U
                and member(name_3, t5) and not (member(value_4, S_kubernetes_RPV_K8S_013_tls_by_annotation_6))
            ):
                return True
    return U

def r_kubernetes_RPV_K8S_013_deny(m):
    found = []
    if m["builtin.lib.kubernetes.kind"] == 'Ingress':
        t2 = m["builtin.lib.kubernetes.spec"]
        if (
            (t3 := r_lib_fields_objects(m, t2, 'tls')) is not U and is_number_equal(count(t3), 0)
            and not ((t6 := m["builtin.kubernetes.RPV_K8S_013.tls_by_annotation"]) is not U and t6 is not False)
            and (t7 := m["builtin.lib.kubernetes.name"]) is not U
        ):
            found.append(result_new(f"Ingress '{as_text(t7)}' has no TLS", t2))
    return found

def r_kubernetes_RPV_K8S_014_deny(m):
    found = []
    if (
        m["builtin.lib.kubernetes.kind"] == 'PersistentVolume'
        and (t3 := field(m["builtin.lib.kubernetes.spec"], 'hostPath')).__class__ is dict
        and (t4 := m["builtin.lib.kubernetes.name"]) is not U
    ):
        t5 = object_get(t3, 'path', '')
        found.append(result_new(f"PersistentVolume '{as_text(t4)}' points to the folder '{as_value(t5)}' of the node", t3))
    return found

S_kubernetes_RPV_K8S_015_deny_1 = Set.of('ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration')
def r_kubernetes_RPV_K8S_015_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.kind"]
    if (
        member(t1, S_kubernetes_RPV_K8S_015_deny_1) and (t3 := m["builtin.lib.kubernetes.object"]) is not U
        and (t4 := r_lib_fields_objects(m, t3, 'webhooks')) is not U
    ):
        for webhook_5 in some(t4):
            if field(webhook_5, 'failurePolicy') == 'Ignore':
                t7 = object_get(webhook_5, 'name', '')
                if (t8 := m["builtin.lib.kubernetes.name"]) is not U:
                    found.append(result_new(f"Webhook '{as_value(t7)}' of {as_text(t1)} '{as_text(t8)}' is skipped when it fails", webhook_5))
    return found

def r_kubernetes_RPV_K8S_016_deny(m):
    found = []
    if m["builtin.lib.kubernetes.kind"] == 'NetworkPolicy':
        t2 = m["builtin.lib.kubernetes.spec"]
        if (t3 := r_lib_fields_strings(m, t2, 'policyTypes')) is not U and less(0, count(t3)):
            for direction_5, field_6 in some_pairs({'Ingress': 'ingress', 'Egress': 'egress'}):
                if (
                    (t7 := r_lib_fields_objects(m, t2, field_6)) is not U and less(0, count(t7))
                    and not (member(direction_5, t3)) and (t10 := m["builtin.lib.kubernetes.name"]) is not U
                ):
                    found.append(result_new(f"NetworkPolicy '{as_text(t10)}' has {as_text(field_6)} rules, but 'policyTypes' lacks {as_text(direction_5)}", t2))
    return found

S_kubernetes_RPV_K8S_017_deny_12 = Set.of('0.0.0.0/0', '::/0')
def r_kubernetes_RPV_K8S_017_deny(m):
    found = []
    if m["builtin.lib.kubernetes.kind"] == 'NetworkPolicy':
        for field_2, peers_3 in some_pairs({'ingress': 'from', 'egress': 'to'}):
            if (t5 := r_lib_fields_objects(m, m["builtin.lib.kubernetes.spec"], field_2)) is not U:
                for rule_6 in some(t5):
                    if (
                        (t7 := r_lib_fields_objects(m, rule_6, 'ports')) is not U
                        and is_number_equal(count(t7), 0)
                        and (t9 := r_lib_fields_objects(m, rule_6, peers_3)) is not U
                    ):
                        for peer_10 in some(t9):
                            if (
                                (t11 := field(peer_10, 'ipBlock')) is not U
                                and (t12 := field(t11, 'cidr')) is not U
                                and member(t12, S_kubernetes_RPV_K8S_017_deny_12)
                                and (t14 := r_lib_fields_strings(m, t11, 'except')) is not U
                                and is_number_equal(count(t14), 0)
                                and (t16 := m["builtin.lib.kubernetes.name"]) is not U
                            ):
                                found.append(result_new(f"NetworkPolicy '{as_text(t16)}' opens all ports of {as_text(field_2)} to '{as_text(t12)}'", peer_10))
    return found

S_kubernetes_RPV_K8S_018_deny_0 = Set.of('pods/ephemeralcontainers')
S_kubernetes_RPV_K8S_018_deny_1 = Set.of('update', 'patch')
def r_kubernetes_RPV_K8S_018_deny(m):
    found = []
    if (t3 := r_lib_rbac_allowing_any(m, S_kubernetes_RPV_K8S_018_deny_0, S_kubernetes_RPV_K8S_018_deny_1)) is not U:
        for grant_4 in some(t3):
            if (t5 := field(grant_4, 'title')) is not U:
                t6 = f'{as_text(t5)} lets its subjects add containers to any running pod'
                if (t7 := field(grant_4, 'rule')) is not U:
                    found.append(result_new(t6, t7))
    return found

S_kubernetes_RPV_K8S_019_deny_0 = Set.of('serviceaccounts/token')
S_kubernetes_RPV_K8S_019_deny_1 = Set.of('create')
def r_kubernetes_RPV_K8S_019_deny(m):
    found = []
    if (t3 := r_lib_rbac_allowing_any(m, S_kubernetes_RPV_K8S_019_deny_0, S_kubernetes_RPV_K8S_019_deny_1)) is not U:
        for grant_4 in some(t3):
            if (t5 := field(grant_4, 'title')) is not U:
                t6 = f'{as_text(t5)} lets its subjects issue tokens of any service account'
                if (t7 := field(grant_4, 'rule')) is not U:
                    found.append(result_new(t6, t7))
    return found

S_kubernetes_RPV_K8S_020_deny_0 = Set.of('persistentvolumes')
S_kubernetes_RPV_K8S_020_deny_1 = Set.of('create')
def r_kubernetes_RPV_K8S_020_deny(m):
    found = []
    if (t3 := r_lib_rbac_allowing_any(m, S_kubernetes_RPV_K8S_020_deny_0, S_kubernetes_RPV_K8S_020_deny_1)) is not U:
        for grant_4 in some(t3):
            if (t5 := field(grant_4, 'title')) is not U:
                t6 = f'{as_text(t5)} lets its subjects create persistent volumes'
                if (t7 := field(grant_4, 'rule')) is not U:
                    found.append(result_new(t6, t7))
    return found

S_kubernetes_RPV_K8S_021_deny_0 = Set.of('certificatesigningrequests/approval')
S_kubernetes_RPV_K8S_021_deny_1 = Set.of('update', 'patch')
def r_kubernetes_RPV_K8S_021_deny(m):
    found = []
    if (t3 := r_lib_rbac_allowing_any(m, S_kubernetes_RPV_K8S_021_deny_0, S_kubernetes_RPV_K8S_021_deny_1)) is not U:
        for grant_4 in some(t3):
            if (t5 := field(grant_4, 'title')) is not U:
                t6 = f'{as_text(t5)} lets its subjects approve certificate requests'
                if (t7 := field(grant_4, 'rule')) is not U:
                    found.append(result_new(t6, t7))
    return found

@remembered
def r_kubernetes_RPV_K8S_022_graver(m, a0):
    if (t1 := r_lib_rbac_all_resources(m, a0)) is not U and t1 is not False:
        return True
    if (
        (t2 := field(a0, 'verbs')) is not U and member('*', t2) and (t3 := field(a0, 'covers')) is not U
        and less(0, count(t3))
    ):
        return True
    return U

@remembered
def r_kubernetes_RPV_K8S_022_wildcards(m, a0):
    if (
        (t1 := field(a0, 'groups')) is not U and (t2 := field(a0, 'resources')) is not U
        and (t3 := field(a0, 'verbs')) is not U and (t4 := field(a0, 'urls')) is not U
    ):
        return {'apiGroups': t1, 'resources': t2, 'verbs': t3, 'nonResourceURLs': t4}
    return U

def r_kubernetes_RPV_K8S_022_deny(m):
    found = []
    for grant_2 in some(m["builtin.lib.rbac.grants"]):
        for field_3 in some(['apiGroups', 'resources', 'verbs', 'nonResourceURLs']):
            if (
                (t4 := r_kubernetes_RPV_K8S_022_wildcards(m, grant_2)) is not U
                and (t5 := at(t4, field_3)) is not U and member('*', t5)
                and not ((t7 := r_kubernetes_RPV_K8S_022_graver(m, grant_2)) is not U and t7 is not False)
                and (t8 := field(grant_2, 'title')) is not U
            ):
                t9 = f"{as_text(t8)} uses '*' for {as_text(field_3)}"
                if (t10 := field(grant_2, 'rule')) is not U:
                    found.append(result_new(t9, t10))
    return found

def r_kubernetes_RPV_K8S_023_deny(m):
    found = []
    if not ((t2 := m["builtin.lib.rbac.binds_harmless_role"]) is not U and t2 is not False):
        for subject_4 in some(m["builtin.lib.rbac.subjects"]):
            if (
                field(subject_4, 'kind') == 'ServiceAccount' and field(subject_4, 'name') == 'default'
                and (t7 := field(subject_4, 'title')) is not U
            ):
                t8 = m["builtin.lib.rbac.role_name"]
                t9 = f"{as_text(t7)} gives every pod without service account the role '{as_text(t8)}'"
                if (t10 := field(subject_4, 'element')) is not U:
                    found.append(result_new(t9, t10))
    return found

def r_kubernetes_RPV_K8S_024_deny(m):
    found = []
    if not ((t2 := m["builtin.lib.rbac.binds_harmless_role"]) is not U and t2 is not False):
        for subject_4 in some(m["builtin.lib.rbac.subjects"]):
            if (
                field(subject_4, 'kind') == 'Group' and field(subject_4, 'name') == 'system:serviceaccounts'
                and (t7 := field(subject_4, 'title')) is not U
            ):
                t8 = m["builtin.lib.rbac.role_name"]
                t9 = f"{as_text(t7)} gives every pod of the cluster the role '{as_text(t8)}'"
                if (t10 := field(subject_4, 'element')) is not U:
                    found.append(result_new(t9, t10))
    return found

S_kubernetes_RPV_K8S_025_names_account_4 = Set.of('', 'default')
def r_kubernetes_RPV_K8S_025_names_account(m):
    for field_1 in some(['serviceAccountName', 'serviceAccount']):
        if (
            (t2 := m["builtin.lib.kubernetes.pod"]) is not U and (t3 := at(t2, field_1)).__class__ is str
            and not (member(t3, S_kubernetes_RPV_K8S_025_names_account_4))
        ):
            return True
    return U

def r_kubernetes_RPV_K8S_025_deny(m):
    found = []
    if (
        m["builtin.lib.kubernetes.workload"] is not False
        and field(m["builtin.lib.kubernetes.pod"], 'automountServiceAccountToken') is not False
        and not ((t6 := m["builtin.kubernetes.RPV_K8S_025.names_account"]) is not U and t6 is not False)
    ):
        t7 = m["builtin.lib.kubernetes.kind"]
        if (t8 := m["builtin.lib.kubernetes.name"]) is not U:
            t9 = f"{as_text(t7)} '{as_text(t8)}' should name a service account of its own"
            if (t10 := m["builtin.lib.kubernetes.pod"]) is not U:
                found.append(result_new(t9, t10))
    return found

def r_lib_kubernetes_namespace(m):
    if (t2 := field(m["builtin.lib.kubernetes.metadata"], 'namespace')).__class__ is str:
        return t2
    return 'default'

def r_kubernetes_RPV_K8S_026_deny(m):
    found = []
    if (
        m["builtin.lib.kubernetes.kind"] == 'ServiceAccount' and m["builtin.lib.kubernetes.name"] == 'default'
        and field(m["builtin.lib.kubernetes.object"], 'automountServiceAccountToken') is not False
    ):
        t6 = m["builtin.lib.kubernetes.namespace"]
        t7 = f"ServiceAccount 'default' of namespace '{as_text(t6)}' should set 'automountServiceAccountToken' to false"
        if (t8 := m["builtin.lib.kubernetes.object"]) is not U:
            found.append(result_new(t7, t8))
    return found

def r_kubernetes_RPV_K8S_027_deny(m):
    found = []
    if (
        m["builtin.lib.kubernetes.kind"] == 'Secret' and (t2 := m["builtin.lib.kubernetes.object"]) is not U
        and field(t2, 'type') == 'kubernetes.io/service-account-token'
        and (t4 := m["builtin.lib.kubernetes.name"]) is not U
    ):
        found.append(result_new(f"Secret '{as_text(t4)}' holds a service account token without end of validity", t2))
    return found

def r_kubernetes_RPV_K8S_028_deny(m):
    found = []
    if m["builtin.lib.kubernetes.kind"] == 'Ingress':
        t2 = m["builtin.lib.kubernetes.metadata"]
        if (t3 := r_lib_fields_texts(m, t2, 'annotations')) is not U:
            for name_4, t5 in some_pairs(t3):
                if (
                    regex_match('^nginx\\.(ingress\\.kubernetes\\.io|org)/.*-snippets?$', name_4)
                    and (t7 := m["builtin.lib.kubernetes.name"]) is not U
                ):
                    t8 = f"Ingress '{as_text(t7)}' puts configuration of its own into the proxy with '{as_text(name_4)}'"
                    if (t9 := field(t2, 'annotations')) is not U:
                        found.append(result_new(t8, t9))
    return found

def r_kubernetes_RPV_K8S_029_deny(m):
    found = []
    if m["builtin.lib.kubernetes.kind"] == 'APIService':
        t2 = m["builtin.lib.kubernetes.spec"]
        if field(t2, 'insecureSkipTLSVerify') is True and (t4 := m["builtin.lib.kubernetes.name"]) is not U:
            found.append(result_new(f"APIService '{as_text(t4)}' is trusted without checking its certificate", t2))
    return found

def r_kubernetes_RPV_K8S_030_label(m):
    return 'pod-security.kubernetes.io/enforce'

S_kubernetes_RPV_K8S_030_enforces_3 = Set.of('baseline', 'restricted')
def r_kubernetes_RPV_K8S_030_enforces(m):
    t1 = m["builtin.lib.kubernetes.labels"]
    if (
        (t3 := m["builtin.kubernetes.RPV_K8S_030.label"]) is not U and (t2 := at(t1, t3)) is not U
        and member(t2, S_kubernetes_RPV_K8S_030_enforces_3)
    ):
        return True
    return U

def r_lib_kubernetes_is_namespace(m):
    if m["builtin.lib.kubernetes.kind"] == 'Namespace':
        return True
    return False

def r_kubernetes_RPV_K8S_030_deny(m):
    found = []
    if (
        m["builtin.lib.kubernetes.is_namespace"] is not False
        and not ((t3 := m["builtin.lib.kubernetes.name"]) is not U and startswith(t3, 'kube-'))
        and not ((t6 := m["builtin.kubernetes.RPV_K8S_030.enforces"]) is not U and t6 is not False)
        and (t7 := m["builtin.lib.kubernetes.name"]) is not U
    ):
        found.append(result_new(f"Namespace '{as_text(t7)}' enforces no pod security level", m["builtin.lib.kubernetes.metadata"]))
    return found

def r_kubernetes_RPV_K8S_031_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.containers"]) is not U:
        for container_2 in some(t1):
            if (t3 := r_lib_fields_objects(m, container_2, 'env')) is not U:
                for entry_4 in some(t3):
                    if (
                        path(entry_4, 'valueFrom', 'secretKeyRef').__class__ is dict
                        and (t7 := r_lib_kubernetes_container_name(m, container_2)) is not U
                    ):
                        t8 = m["builtin.lib.kubernetes.kind"]
                        if (t9 := m["builtin.lib.kubernetes.name"]) is not U:
                            t10 = object_get(entry_4, 'name', '')
                            found.append(result_new(f"Container '{as_text(t7)}' of {as_text(t8)} '{as_text(t9)}' gets a secret in its variable '{as_value(t10)}'", entry_4))
    if (t13 := m["builtin.lib.kubernetes.containers"]) is not U:
        for container_14 in some(t13):
            if (t15 := r_lib_fields_objects(m, container_14, 'envFrom')) is not U:
                for source_16 in some(t15):
                    if (
                        (t17 := field(source_16, 'secretRef')).__class__ is dict
                        and (t18 := r_lib_kubernetes_container_name(m, container_14)) is not U
                    ):
                        t19 = m["builtin.lib.kubernetes.kind"]
                        if (t20 := m["builtin.lib.kubernetes.name"]) is not U:
                            t21 = object_get(t17, 'name', '')
                            found.append(result_new(f"Container '{as_text(t18)}' of {as_text(t19)} '{as_text(t20)}' gets all of the secret '{as_value(t21)}' in variables", source_16))
    return found

def r_kubernetes_RPV_K8S_032_exposes(m, a0, a1):
    if (t1 := at(a0, a1)) is not U:
        t2 = regex_find_all_string_submatch_n('^-+([A-Za-z0-9._-]+)=(.*)$', t1, 1)
        if (
            (t3 := at(t2, 0)) is not U and (t4 := at(t3, 1)) is not U and (t5 := at(t2, 0)) is not U
            and (t6 := at(t5, 2)) is not U and (t7 := r_lib_credentials_exposes(m, t4, t6)) is not U
            and t7 is not False
        ):
            return True
    if (
        (t8 := at(a0, a1)) is not U
        and (t10 := r_lib_credentials_names_credential(m, trim_left(t8, '-'))) is not U and t10 is not False
        and (t11 := at(a0, plus(a1, 1))) is not U and not (startswith(t11, '-'))
        and (t14 := r_lib_credentials_literal(m, t11)) is not U and t14 is not False
    ):
        return True
    return U

def r_kubernetes_RPV_K8S_032_deny(m):
    found = []
    if (t1 := m["builtin.lib.kubernetes.containers"]) is not U:
        for container_2 in some(t1):
            if (
                (t3 := r_lib_fields_strings(m, container_2, 'command')) is not U
                and (t4 := r_lib_fields_strings(m, container_2, 'args')) is not U
            ):
                t5 = array_concat(t3, t4)
                for position_6, word_7 in some_pairs(t5):
                    if (
                        startswith(word_7, '-')
                        and (t9 := r_kubernetes_RPV_K8S_032_exposes(m, t5, position_6)) is not U
                        and t9 is not False and (t11 := at(split(word_7, '='), 0)) is not U
                        and (t12 := r_lib_kubernetes_container_name(m, container_2)) is not U
                    ):
                        t13 = m["builtin.lib.kubernetes.kind"]
                        if (t14 := m["builtin.lib.kubernetes.name"]) is not U:
                            found.append(result_new(f"Container '{as_text(t12)}' of {as_text(t13)} '{as_text(t14)}' has a credential written out after '{as_text(t11)}'", container_2))
    return found

RULES = {
    "builtin.lib.kubernetes.controller_kinds": r_lib_kubernetes_controller_kinds,
    "builtin.lib.kubernetes.is_gatekeeper": r_lib_kubernetes_is_gatekeeper,
    "builtin.lib.kubernetes.object": r_lib_kubernetes_object,
    "builtin.lib.kubernetes.api_version": r_lib_kubernetes_api_version,
    "builtin.lib.kubernetes.kind": r_lib_kubernetes_kind,
    "builtin.lib.kubernetes.is_deploymentconfig": r_lib_kubernetes_is_deploymentconfig,
    "builtin.lib.kubernetes.is_controller": r_lib_kubernetes_is_controller,
    "builtin.lib.kubernetes.is_cronjob": r_lib_kubernetes_is_cronjob,
    "builtin.lib.kubernetes.is_pod": r_lib_kubernetes_is_pod,
    "builtin.lib.kubernetes.is_podtemplate": r_lib_kubernetes_is_podtemplate,
    "builtin.lib.kubernetes.spec": r_lib_kubernetes_spec,
    "builtin.lib.kubernetes.pod_template": r_lib_kubernetes_pod_template,
    "builtin.lib.kubernetes.pod": r_lib_kubernetes_pod,
    "builtin.lib.kubernetes.is_windows": r_lib_kubernetes_is_windows,
    "builtin.lib.kubernetes.metadata": r_lib_kubernetes_metadata,
    "builtin.lib.kubernetes.name": r_lib_kubernetes_name,
    "builtin.lib.kubernetes.subject": r_lib_kubernetes_subject,
    "builtin.lib.kubernetes.ephemeral_containers": r_lib_kubernetes_ephemeral_containers,
    "builtin.lib.kubernetes.init_containers": r_lib_kubernetes_init_containers,
    "builtin.lib.kubernetes.regular_containers": r_lib_kubernetes_regular_containers,
    "builtin.lib.kubernetes.containers": r_lib_kubernetes_containers,
    "builtin.lib.kubernetes.inherited_fields": r_lib_kubernetes_inherited_fields,
    "builtin.lib.kubernetes.pod_security_context": r_lib_kubernetes_pod_security_context,
    "builtin.lib.kubernetes.inherited_security_context": r_lib_kubernetes_inherited_security_context,
    "builtin.lib.kubernetes.resolved_containers": r_lib_kubernetes_resolved_containers,
    "builtin.kubernetes.KSV001.deny": r_kubernetes_KSV001_deny,
    "builtin.kubernetes.KSV002.annotation_prefix": r_kubernetes_KSV002_annotation_prefix,
    "builtin.lib.kubernetes.pod_metadata": r_lib_kubernetes_pod_metadata,
    "builtin.lib.kubernetes.pod_annotations": r_lib_kubernetes_pod_annotations,
    "builtin.lib.kubernetes.stated_contexts": r_lib_kubernetes_stated_contexts,
    "builtin.kubernetes.KSV002.deny": r_kubernetes_KSV002_deny,
    "builtin.kubernetes.KSV003.deny": r_kubernetes_KSV003_deny,
    "builtin.kubernetes.KSV004.deny": r_kubernetes_KSV004_deny,
    "builtin.kubernetes.KSV005.deny": r_kubernetes_KSV005_deny,
    "builtin.kubernetes.KSV006.sockets": r_kubernetes_KSV006_sockets,
    "builtin.lib.kubernetes.volumes": r_lib_kubernetes_volumes,
    "builtin.kubernetes.KSV006.deny": r_kubernetes_KSV006_deny,
    "builtin.kubernetes.KSV007.deny": r_kubernetes_KSV007_deny,
    "builtin.kubernetes.KSV008.deny": r_kubernetes_KSV008_deny,
    "builtin.kubernetes.KSV009.deny": r_kubernetes_KSV009_deny,
    "builtin.kubernetes.KSV010.deny": r_kubernetes_KSV010_deny,
    "builtin.kubernetes.KSV01010.personal_words": r_kubernetes_KSV01010_personal_words,
    "builtin.lib.credentials.not_literal": r_lib_credentials_not_literal,
    "builtin.kubernetes.KSV01010.deny": r_kubernetes_KSV01010_deny,
    "builtin.lib.rbac.harmless_roles": r_lib_rbac_harmless_roles,
    "builtin.lib.rbac.api_groups": r_lib_rbac_api_groups,
    "builtin.lib.rbac.kind": r_lib_rbac_kind,
    "builtin.lib.rbac.is_binding": r_lib_rbac_is_binding,
    "builtin.lib.rbac.role_name": r_lib_rbac_role_name,
    "builtin.lib.rbac.binds_harmless_role": r_lib_rbac_binds_harmless_role,
    "builtin.lib.rbac.name": r_lib_rbac_name,
    "builtin.lib.rbac.title": r_lib_rbac_title,
    "builtin.lib.rbac.subjects": r_lib_rbac_subjects,
    "builtin.kubernetes.KSV01011.deny": r_kubernetes_KSV01011_deny,
    "builtin.lib.kubernetes.is_service": r_lib_kubernetes_is_service,
    "builtin.kubernetes.KSV0108.deny": r_kubernetes_KSV0108_deny,
    "builtin.kubernetes.KSV0109.settings": r_kubernetes_KSV0109_settings,
    "builtin.lib.credentials.credential_words": r_lib_credentials_credential_words,
    "builtin.lib.credentials.harmless_words": r_lib_credentials_harmless_words,
    "builtin.kubernetes.KSV0109.exposing_keys": r_kubernetes_KSV0109_exposing_keys,
    "builtin.lib.credentials.settings": r_lib_credentials_settings,
    "builtin.kubernetes.KSV0109.deny": r_kubernetes_KSV0109_deny,
    "builtin.lib.kubernetes.resource_containers": r_lib_kubernetes_resource_containers,
    "builtin.kubernetes.KSV011.deny": r_kubernetes_KSV011_deny,
    "builtin.kubernetes.KSV012.deny": r_kubernetes_KSV012_deny,
    "builtin.kubernetes.KSV0123.deny": r_kubernetes_KSV0123_deny,
    "builtin.kubernetes.KSV0124.deny": r_kubernetes_KSV0124_deny,
    "builtin.kubernetes.KSV0125.cloud_registries": r_kubernetes_KSV0125_cloud_registries,
    "builtin.kubernetes.KSV0125.trusted_registries": r_kubernetes_KSV0125_trusted_registries,
    "builtin.kubernetes.KSV0125.deny": r_kubernetes_KSV0125_deny,
    "builtin.kubernetes.KSV013.deny": r_kubernetes_KSV013_deny,
    "builtin.kubernetes.KSV014.deny": r_kubernetes_KSV014_deny,
    "builtin.kubernetes.KSV015.deny": r_kubernetes_KSV015_deny,
    "builtin.kubernetes.KSV016.deny": r_kubernetes_KSV016_deny,
    "builtin.kubernetes.KSV017.deny": r_kubernetes_KSV017_deny,
    "builtin.kubernetes.KSV018.deny": r_kubernetes_KSV018_deny,
    "builtin.kubernetes.KSV020.deny": r_kubernetes_KSV020_deny,
    "builtin.kubernetes.KSV021.deny": r_kubernetes_KSV021_deny,
    "builtin.kubernetes.KSV022.default_capabilities": r_kubernetes_KSV022_default_capabilities,
    "builtin.kubernetes.KSV022.deny": r_kubernetes_KSV022_deny,
    "builtin.kubernetes.KSV023.deny": r_kubernetes_KSV023_deny,
    "builtin.kubernetes.KSV024.deny": r_kubernetes_KSV024_deny,
    "builtin.kubernetes.KSV025.deny": r_kubernetes_KSV025_deny,
    "builtin.kubernetes.KSV026.safe_sysctls": r_kubernetes_KSV026_safe_sysctls,
    "builtin.kubernetes.KSV026.deny": r_kubernetes_KSV026_deny,
    "builtin.kubernetes.KSV027.deny": r_kubernetes_KSV027_deny,
    "builtin.kubernetes.KSV028.allowed_fields": r_kubernetes_KSV028_allowed_fields,
    "builtin.kubernetes.KSV028.deny": r_kubernetes_KSV028_deny,
    "builtin.kubernetes.KSV030.deny": r_kubernetes_KSV030_deny,
    "builtin.kubernetes.KSV034.public_registries": r_kubernetes_KSV034_public_registries,
    "builtin.kubernetes.KSV034.deny": r_kubernetes_KSV034_deny,
    "builtin.lib.kubernetes.workload": r_lib_kubernetes_workload,
    "builtin.kubernetes.KSV036.deny": r_kubernetes_KSV036_deny,
    "builtin.kubernetes.KSV037.may_be_needed": r_kubernetes_KSV037_may_be_needed,
    "builtin.lib.kubernetes.labels": r_lib_kubernetes_labels,
    "builtin.kubernetes.KSV037.part_of_the_cluster": r_kubernetes_KSV037_part_of_the_cluster,
    "builtin.kubernetes.KSV037.deny": r_kubernetes_KSV037_deny,
    "builtin.kubernetes.KSV038.peers": r_kubernetes_KSV038_peers,
    "builtin.kubernetes.KSV038.deny": r_kubernetes_KSV038_deny,
    "builtin.kubernetes.KSV039.deny": r_kubernetes_KSV039_deny,
    "builtin.kubernetes.KSV040.bounds": r_kubernetes_KSV040_bounds,
    "builtin.kubernetes.KSV040.deny": r_kubernetes_KSV040_deny,
    "builtin.lib.rbac.is_role": r_lib_rbac_is_role,
    "builtin.lib.rbac.served_by": r_lib_rbac_served_by,
    "builtin.lib.rbac.broad_groups": r_lib_rbac_broad_groups,
    "builtin.lib.rbac.resources_of": r_lib_rbac_resources_of,
    "builtin.lib.rbac.grants": r_lib_rbac_grants,
    "builtin.lib.rbac.on": r_lib_rbac_on,
    "builtin.lib.rbac.write_verbs": r_lib_rbac_write_verbs,
    "builtin.kubernetes.KSV041.deny": r_kubernetes_KSV041_deny,
    "builtin.kubernetes.KSV042.deny": r_kubernetes_KSV042_deny,
    "builtin.kubernetes.KSV043.deny": r_kubernetes_KSV043_deny,
    "builtin.kubernetes.KSV044.deny": r_kubernetes_KSV044_deny,
    "builtin.kubernetes.KSV045.deny": r_kubernetes_KSV045_deny,
    "builtin.kubernetes.KSV046.deny": r_kubernetes_KSV046_deny,
    "builtin.kubernetes.KSV047.deny": r_kubernetes_KSV047_deny,
    "builtin.kubernetes.KSV048.resources": r_kubernetes_KSV048_resources,
    "builtin.kubernetes.KSV048.deny": r_kubernetes_KSV048_deny,
    "builtin.kubernetes.KSV049.deny": r_kubernetes_KSV049_deny,
    "builtin.kubernetes.KSV050.resources": r_kubernetes_KSV050_resources,
    "builtin.kubernetes.KSV050.escalating": r_kubernetes_KSV050_escalating,
    "builtin.kubernetes.KSV050.deny": r_kubernetes_KSV050_deny,
    "builtin.kubernetes.KSV051.deny": r_kubernetes_KSV051_deny,
    "builtin.kubernetes.KSV052.deny": r_kubernetes_KSV052_deny,
    "builtin.kubernetes.KSV053.deny": r_kubernetes_KSV053_deny,
    "builtin.kubernetes.KSV054.deny": r_kubernetes_KSV054_deny,
    "builtin.kubernetes.KSV055.resources": r_kubernetes_KSV055_resources,
    "builtin.kubernetes.KSV055.deny": r_kubernetes_KSV055_deny,
    "builtin.kubernetes.KSV056.resources": r_kubernetes_KSV056_resources,
    "builtin.kubernetes.KSV056.deny": r_kubernetes_KSV056_deny,
    "builtin.kubernetes.KSV102.deny": r_kubernetes_KSV102_deny,
    "builtin.kubernetes.KSV103.deny": r_kubernetes_KSV103_deny,
    "builtin.kubernetes.KSV104.deny": r_kubernetes_KSV104_deny,
    "builtin.kubernetes.KSV105.deny": r_kubernetes_KSV105_deny,
    "builtin.kubernetes.KSV106.deny": r_kubernetes_KSV106_deny,
    "builtin.kubernetes.KSV110.names_namespace": r_kubernetes_KSV110_names_namespace,
    "builtin.kubernetes.KSV110.deny": r_kubernetes_KSV110_deny,
    "builtin.kubernetes.KSV111.powerful": r_kubernetes_KSV111_powerful,
    "builtin.kubernetes.KSV111.deny": r_kubernetes_KSV111_deny,
    "builtin.kubernetes.KSV112.deny": r_kubernetes_KSV112_deny,
    "builtin.kubernetes.KSV113.deny": r_kubernetes_KSV113_deny,
    "builtin.kubernetes.KSV114.resources": r_kubernetes_KSV114_resources,
    "builtin.kubernetes.KSV114.deny": r_kubernetes_KSV114_deny,
    "builtin.kubernetes.KSV115.deny": r_kubernetes_KSV115_deny,
    "builtin.kubernetes.KSV116.deny": r_kubernetes_KSV116_deny,
    "builtin.kubernetes.KSV117.deny": r_kubernetes_KSV117_deny,
    "builtin.kubernetes.KSV118.deny": r_kubernetes_KSV118_deny,
    "builtin.kubernetes.KSV119.deny": r_kubernetes_KSV119_deny,
    "builtin.kubernetes.KSV120.deny": r_kubernetes_KSV120_deny,
    "builtin.kubernetes.KSV121.sensitive_paths": r_kubernetes_KSV121_sensitive_paths,
    "builtin.kubernetes.KSV121.deny": r_kubernetes_KSV121_deny,
    "builtin.kubernetes.KSV122.anonymous": r_kubernetes_KSV122_anonymous,
    "builtin.kubernetes.KSV122.deny": r_kubernetes_KSV122_deny,
    "builtin.kubernetes.RPV_K8S_001.deny": r_kubernetes_RPV_K8S_001_deny,
    "builtin.lib.kubernetes.is_job": r_lib_kubernetes_is_job,
    "builtin.lib.kubernetes.long_running": r_lib_kubernetes_long_running,
    "builtin.kubernetes.RPV_K8S_002.deny": r_kubernetes_RPV_K8S_002_deny,
    "builtin.kubernetes.RPV_K8S_003.deny": r_kubernetes_RPV_K8S_003_deny,
    "builtin.kubernetes.RPV_K8S_004.handlers": r_kubernetes_RPV_K8S_004_handlers,
    "builtin.kubernetes.RPV_K8S_004.deny": r_kubernetes_RPV_K8S_004_deny,
    "builtin.kubernetes.RPV_K8S_010.deny": r_kubernetes_RPV_K8S_010_deny,
    "builtin.kubernetes.RPV_K8S_011.annotations": r_kubernetes_RPV_K8S_011_annotations,
    "builtin.kubernetes.RPV_K8S_011.is_internal": r_kubernetes_RPV_K8S_011_is_internal,
    "builtin.kubernetes.RPV_K8S_011.is_restricted": r_kubernetes_RPV_K8S_011_is_restricted,
    "builtin.kubernetes.RPV_K8S_011.deny": r_kubernetes_RPV_K8S_011_deny,
    "builtin.kubernetes.RPV_K8S_012.deny": r_kubernetes_RPV_K8S_012_deny,
    "builtin.kubernetes.RPV_K8S_013.certificate_annotations": r_kubernetes_RPV_K8S_013_certificate_annotations,
    "builtin.kubernetes.RPV_K8S_013.tls_by_annotation": r_kubernetes_RPV_K8S_013_tls_by_annotation,
    "builtin.kubernetes.RPV_K8S_013.deny": r_kubernetes_RPV_K8S_013_deny,
    "builtin.kubernetes.RPV_K8S_014.deny": r_kubernetes_RPV_K8S_014_deny,
    "builtin.kubernetes.RPV_K8S_015.deny": r_kubernetes_RPV_K8S_015_deny,
    "builtin.kubernetes.RPV_K8S_016.deny": r_kubernetes_RPV_K8S_016_deny,
    "builtin.kubernetes.RPV_K8S_017.deny": r_kubernetes_RPV_K8S_017_deny,
    "builtin.kubernetes.RPV_K8S_018.deny": r_kubernetes_RPV_K8S_018_deny,
    "builtin.kubernetes.RPV_K8S_019.deny": r_kubernetes_RPV_K8S_019_deny,
    "builtin.kubernetes.RPV_K8S_020.deny": r_kubernetes_RPV_K8S_020_deny,
    "builtin.kubernetes.RPV_K8S_021.deny": r_kubernetes_RPV_K8S_021_deny,
    "builtin.kubernetes.RPV_K8S_022.deny": r_kubernetes_RPV_K8S_022_deny,
    "builtin.kubernetes.RPV_K8S_023.deny": r_kubernetes_RPV_K8S_023_deny,
    "builtin.kubernetes.RPV_K8S_024.deny": r_kubernetes_RPV_K8S_024_deny,
    "builtin.kubernetes.RPV_K8S_025.names_account": r_kubernetes_RPV_K8S_025_names_account,
    "builtin.kubernetes.RPV_K8S_025.deny": r_kubernetes_RPV_K8S_025_deny,
    "builtin.lib.kubernetes.namespace": r_lib_kubernetes_namespace,
    "builtin.kubernetes.RPV_K8S_026.deny": r_kubernetes_RPV_K8S_026_deny,
    "builtin.kubernetes.RPV_K8S_027.deny": r_kubernetes_RPV_K8S_027_deny,
    "builtin.kubernetes.RPV_K8S_028.deny": r_kubernetes_RPV_K8S_028_deny,
    "builtin.kubernetes.RPV_K8S_029.deny": r_kubernetes_RPV_K8S_029_deny,
    "builtin.kubernetes.RPV_K8S_030.label": r_kubernetes_RPV_K8S_030_label,
    "builtin.kubernetes.RPV_K8S_030.enforces": r_kubernetes_RPV_K8S_030_enforces,
    "builtin.lib.kubernetes.is_namespace": r_lib_kubernetes_is_namespace,
    "builtin.kubernetes.RPV_K8S_030.deny": r_kubernetes_RPV_K8S_030_deny,
    "builtin.kubernetes.RPV_K8S_031.deny": r_kubernetes_RPV_K8S_031_deny,
    "builtin.kubernetes.RPV_K8S_032.deny": r_kubernetes_RPV_K8S_032_deny,
}
CONSTANT = {
    "builtin.lib.kubernetes.controller_kinds",
    "builtin.lib.kubernetes.inherited_fields",
    "builtin.kubernetes.KSV002.annotation_prefix",
    "builtin.kubernetes.KSV006.sockets",
    "builtin.kubernetes.KSV01010.personal_words",
    "builtin.lib.credentials.not_literal",
    "builtin.lib.rbac.harmless_roles",
    "builtin.lib.rbac.api_groups",
    "builtin.lib.credentials.credential_words",
    "builtin.lib.credentials.harmless_words",
    "builtin.lib.credentials.settings",
    "builtin.kubernetes.KSV0125.cloud_registries",
    "builtin.kubernetes.KSV0125.trusted_registries",
    "builtin.kubernetes.KSV022.default_capabilities",
    "builtin.kubernetes.KSV026.safe_sysctls",
    "builtin.kubernetes.KSV028.allowed_fields",
    "builtin.kubernetes.KSV034.public_registries",
    "builtin.kubernetes.KSV037.may_be_needed",
    "builtin.kubernetes.KSV038.peers",
    "builtin.lib.rbac.served_by",
    "builtin.lib.rbac.broad_groups",
    "builtin.lib.rbac.resources_of",
    "builtin.lib.rbac.write_verbs",
    "builtin.kubernetes.KSV048.resources",
    "builtin.kubernetes.KSV050.resources",
    "builtin.kubernetes.KSV055.resources",
    "builtin.kubernetes.KSV056.resources",
    "builtin.kubernetes.KSV114.resources",
    "builtin.kubernetes.KSV121.sensitive_paths",
    "builtin.kubernetes.KSV122.anonymous",
    "builtin.kubernetes.RPV_K8S_004.handlers",
    "builtin.kubernetes.RPV_K8S_013.certificate_annotations",
    "builtin.kubernetes.RPV_K8S_030.label",
}
DATA = {
    "ksv0125",
}
SOURCES = {
    "builtin/checks/kubernetes/KSV001/check.rego": "cfbc76ecb672a887",
    "builtin/checks/kubernetes/KSV002/check.rego": "1511173f4fdc1b58",
    "builtin/checks/kubernetes/KSV003/check.rego": "d3fc8ed0accbc67b",
    "builtin/checks/kubernetes/KSV004/check.rego": "ed8e13034bac0dc7",
    "builtin/checks/kubernetes/KSV005/check.rego": "d11e0f4063e54b5a",
    "builtin/checks/kubernetes/KSV006/check.rego": "3cc37be5c494dac7",
    "builtin/checks/kubernetes/KSV007/check.rego": "290b832679997d30",
    "builtin/checks/kubernetes/KSV008/check.rego": "4d9752e6e72bb5e5",
    "builtin/checks/kubernetes/KSV009/check.rego": "5b9598272e71b464",
    "builtin/checks/kubernetes/KSV010/check.rego": "f94e3b9c924108cd",
    "builtin/checks/kubernetes/KSV01010/check.rego": "401faeb94be51c9c",
    "builtin/checks/kubernetes/KSV01011/check.rego": "c3ff6334071d5393",
    "builtin/checks/kubernetes/KSV0108/check.rego": "88f584b9ed2e1cc9",
    "builtin/checks/kubernetes/KSV0109/check.rego": "14db94ca11058aff",
    "builtin/checks/kubernetes/KSV011/check.rego": "27ea45fafd5d1fc8",
    "builtin/checks/kubernetes/KSV012/check.rego": "8d4cdc8e9c451791",
    "builtin/checks/kubernetes/KSV0123/check.rego": "03fa3a2e3f2d670f",
    "builtin/checks/kubernetes/KSV0124/check.rego": "34670d2958b46716",
    "builtin/checks/kubernetes/KSV0125/check.rego": "2530a4c80a63047e",
    "builtin/checks/kubernetes/KSV013/check.rego": "c4432206ab7894ae",
    "builtin/checks/kubernetes/KSV014/check.rego": "bdb123784d8c4c5d",
    "builtin/checks/kubernetes/KSV015/check.rego": "8aa27a116ad65761",
    "builtin/checks/kubernetes/KSV016/check.rego": "5573a4913da17f5b",
    "builtin/checks/kubernetes/KSV017/check.rego": "98c11148ec29d7c3",
    "builtin/checks/kubernetes/KSV018/check.rego": "5a993ef9e4109e1c",
    "builtin/checks/kubernetes/KSV020/check.rego": "e4b7a0d678d2e68c",
    "builtin/checks/kubernetes/KSV021/check.rego": "c78aa42779a5f53f",
    "builtin/checks/kubernetes/KSV022/check.rego": "58e4a2f8a8bc6021",
    "builtin/checks/kubernetes/KSV023/check.rego": "49a7be4bca0d5521",
    "builtin/checks/kubernetes/KSV024/check.rego": "97e7b3ac965e222d",
    "builtin/checks/kubernetes/KSV025/check.rego": "1df3412758823bac",
    "builtin/checks/kubernetes/KSV026/check.rego": "b159d4cfd50f015b",
    "builtin/checks/kubernetes/KSV027/check.rego": "90500f6326d6bbe1",
    "builtin/checks/kubernetes/KSV028/check.rego": "33c422649ea4be84",
    "builtin/checks/kubernetes/KSV030/check.rego": "ae9514572c70cd9a",
    "builtin/checks/kubernetes/KSV034/check.rego": "ea2f1eb1ad4763f5",
    "builtin/checks/kubernetes/KSV036/check.rego": "35f839c9b8f8387a",
    "builtin/checks/kubernetes/KSV037/check.rego": "b631cbc123335e04",
    "builtin/checks/kubernetes/KSV038/check.rego": "b0da631380d37504",
    "builtin/checks/kubernetes/KSV039/check.rego": "7e48ecc0e186260c",
    "builtin/checks/kubernetes/KSV040/check.rego": "03b8e35591f99e4e",
    "builtin/checks/kubernetes/KSV041/check.rego": "b94a645a06e0ab84",
    "builtin/checks/kubernetes/KSV042/check.rego": "877406965b4a522f",
    "builtin/checks/kubernetes/KSV043/check.rego": "bfa29d84ceb4fdef",
    "builtin/checks/kubernetes/KSV044/check.rego": "464de8e782e03ff7",
    "builtin/checks/kubernetes/KSV045/check.rego": "86d1509b05f18237",
    "builtin/checks/kubernetes/KSV046/check.rego": "8e071782e35a47a7",
    "builtin/checks/kubernetes/KSV047/check.rego": "0ebb7ed147f1116b",
    "builtin/checks/kubernetes/KSV048/check.rego": "7fb3211635ba7d9f",
    "builtin/checks/kubernetes/KSV049/check.rego": "7b66ecabf105b317",
    "builtin/checks/kubernetes/KSV050/check.rego": "86a768df96bf7860",
    "builtin/checks/kubernetes/KSV051/check.rego": "24b7d59d893f4b86",
    "builtin/checks/kubernetes/KSV052/check.rego": "ddb34d337b451054",
    "builtin/checks/kubernetes/KSV053/check.rego": "98bd8db98d69a472",
    "builtin/checks/kubernetes/KSV054/check.rego": "8561ab963aaa25bd",
    "builtin/checks/kubernetes/KSV055/check.rego": "496046532c43acef",
    "builtin/checks/kubernetes/KSV056/check.rego": "e2eb62cbc910ae7c",
    "builtin/checks/kubernetes/KSV102/check.rego": "8f037c8c0da13956",
    "builtin/checks/kubernetes/KSV103/check.rego": "403a4cfeb95e9853",
    "builtin/checks/kubernetes/KSV104/check.rego": "541f99600830affe",
    "builtin/checks/kubernetes/KSV105/check.rego": "680da4a537c6bd1f",
    "builtin/checks/kubernetes/KSV106/check.rego": "e35c33dd959d6a8a",
    "builtin/checks/kubernetes/KSV110/check.rego": "54a401d7c991db56",
    "builtin/checks/kubernetes/KSV111/check.rego": "4851579f3dd984b6",
    "builtin/checks/kubernetes/KSV112/check.rego": "6bb36be217db7fba",
    "builtin/checks/kubernetes/KSV113/check.rego": "96926c8a79492f3d",
    "builtin/checks/kubernetes/KSV114/check.rego": "5cc4fe88ca95dd5c",
    "builtin/checks/kubernetes/KSV115/check.rego": "bccfbfa6208022bc",
    "builtin/checks/kubernetes/KSV116/check.rego": "8b63f69b48333fc0",
    "builtin/checks/kubernetes/KSV117/check.rego": "b5dea1a30d4ff601",
    "builtin/checks/kubernetes/KSV118/check.rego": "bd11df1ba435b13f",
    "builtin/checks/kubernetes/KSV119/check.rego": "6183760f66605918",
    "builtin/checks/kubernetes/KSV120/check.rego": "28f2f59613417239",
    "builtin/checks/kubernetes/KSV121/check.rego": "7a3c7723961b1c05",
    "builtin/checks/kubernetes/KSV122/check.rego": "9fd0b9a321324b5b",
    "builtin/checks/kubernetes/RPV-K8S-001/check.rego": "1e593ddc75970cc7",
    "builtin/checks/kubernetes/RPV-K8S-002/check.rego": "30d14904e99f2a4f",
    "builtin/checks/kubernetes/RPV-K8S-003/check.rego": "d5ee99ed8260fe82",
    "builtin/checks/kubernetes/RPV-K8S-004/check.rego": "a6aaf2b7eb74ba4e",
    "builtin/checks/kubernetes/RPV-K8S-010/check.rego": "f9b0a6cf5d250f83",
    "builtin/checks/kubernetes/RPV-K8S-011/check.rego": "f7c5f50e6e662d04",
    "builtin/checks/kubernetes/RPV-K8S-012/check.rego": "8fd449833090e8ad",
    "builtin/checks/kubernetes/RPV-K8S-013/check.rego": "bc0bf5b6c54b28e7",
    "builtin/checks/kubernetes/RPV-K8S-014/check.rego": "76ed8c2a6abfd11e",
    "builtin/checks/kubernetes/RPV-K8S-015/check.rego": "c39cf1a26bbe925c",
    "builtin/checks/kubernetes/RPV-K8S-016/check.rego": "56bf3434d57cf018",
    "builtin/checks/kubernetes/RPV-K8S-017/check.rego": "8d314f050cb95e04",
    "builtin/checks/kubernetes/RPV-K8S-018/check.rego": "87fa22421bb7a8a5",
    "builtin/checks/kubernetes/RPV-K8S-019/check.rego": "9a3d6e2b31fde383",
    "builtin/checks/kubernetes/RPV-K8S-020/check.rego": "6892e7c7ba1e0fe2",
    "builtin/checks/kubernetes/RPV-K8S-021/check.rego": "325bce0de4e394fe",
    "builtin/checks/kubernetes/RPV-K8S-022/check.rego": "2d8a97074a34acef",
    "builtin/checks/kubernetes/RPV-K8S-023/check.rego": "d6a9ec3e4adce6ab",
    "builtin/checks/kubernetes/RPV-K8S-024/check.rego": "991902d732c6f61d",
    "builtin/checks/kubernetes/RPV-K8S-025/check.rego": "8bb0f656814539ea",
    "builtin/checks/kubernetes/RPV-K8S-026/check.rego": "7f3678d03a0ba330",
    "builtin/checks/kubernetes/RPV-K8S-027/check.rego": "886bde4342141c91",
    "builtin/checks/kubernetes/RPV-K8S-028/check.rego": "bb8e6b9ac3db454d",
    "builtin/checks/kubernetes/RPV-K8S-029/check.rego": "fc1915574a51f46c",
    "builtin/checks/kubernetes/RPV-K8S-030/check.rego": "317264f6e68f6a33",
    "builtin/checks/kubernetes/RPV-K8S-031/check.rego": "a34923d556831bd6",
    "builtin/checks/kubernetes/RPV-K8S-032/check.rego": "78e88001b1ef3d28",
    "builtin/lib/credentials.rego": "a27d3d180f19b8fe",
    "builtin/lib/fields.rego": "a8c27267c32e002a",
    "builtin/lib/kubernetes.rego": "d23346cd5d7ed06e",
    "builtin/lib/rbac.rego": "227e70002bfa662b",
    "builtin/lib/utils.rego": "a929d3f1101ea50d",
}
