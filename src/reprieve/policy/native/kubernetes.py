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
    t1 = m["input"]
    t2 = t1.get('review', U) if t1.__class__ is dict else at(t1, 'review')
    if t2 is not U:
        t3 = t2.get('object', U) if t2.__class__ is dict else at(t2, 'object')
        if t3 is not U:
            if t3.__class__ is dict:
                return True
    return False

def r_lib_kubernetes_object(m):
    t1 = m["builtin.lib.kubernetes.is_gatekeeper"]
    if t1 is not False:
        t2 = m["input"]
        t3 = t2.get('review', U) if t2.__class__ is dict else at(t2, 'review')
        if t3 is not U:
            t4 = t3.get('object', U) if t3.__class__ is dict else at(t3, 'object')
            if t4 is not U:
                return t4
    t5 = m["input"]
    if t5.__class__ is dict:
        return t5
    return {}

def r_lib_kubernetes_api_version_1(m):
    t1 = m["builtin.lib.kubernetes.object"]
    if t1 is not U:
        t2 = t1.get('apiVersion', U) if t1.__class__ is dict else at(t1, 'apiVersion')
        if t2 is not U:
            if t2.__class__ is str:
                return t2
    return U
def r_lib_kubernetes_api_version(m):
    value = r_lib_kubernetes_api_version_1(m)
    return '' if value is U else value

def r_lib_kubernetes_kind_1(m):
    t1 = m["builtin.lib.kubernetes.object"]
    if t1 is not U:
        t2 = t1.get('kind', U) if t1.__class__ is dict else at(t1, 'kind')
        if t2 is not U:
            if t2.__class__ is str:
                return t2
    return U
def r_lib_kubernetes_kind(m):
    value = r_lib_kubernetes_kind_1(m)
    return '' if value is U else value

S_lib_kubernetes_is_deploymentconfig_2 = Set.of('apps.openshift.io/v1', 'v1')
def r_lib_kubernetes_is_deploymentconfig(m):
    t1 = m["builtin.lib.kubernetes.kind"]
    if t1 == 'DeploymentConfig':
        t2 = m["builtin.lib.kubernetes.api_version"]
        if member(t2, S_lib_kubernetes_is_deploymentconfig_2):
            return True
    return False

def r_lib_kubernetes_is_controller(m):
    t1 = m["builtin.lib.kubernetes.kind"]
    t2 = m["builtin.lib.kubernetes.controller_kinds"]
    if t2 is not U:
        if member(t1, t2):
            return True
    t3 = m["builtin.lib.kubernetes.is_deploymentconfig"]
    if t3 is not False:
        return True
    return False

def r_lib_kubernetes_is_cronjob(m):
    t1 = m["builtin.lib.kubernetes.kind"]
    if t1 == 'CronJob':
        return True
    return False

def r_lib_kubernetes_is_pod(m):
    t1 = m["builtin.lib.kubernetes.kind"]
    if t1 == 'Pod':
        return True
    return False

def r_lib_kubernetes_is_podtemplate(m):
    t1 = m["builtin.lib.kubernetes.kind"]
    if t1 == 'PodTemplate':
        return True
    return False

def r_lib_kubernetes_spec_1(m):
    t1 = m["builtin.lib.kubernetes.object"]
    if t1 is not U:
        t2 = t1.get('spec', U) if t1.__class__ is dict else at(t1, 'spec')
        if t2 is not U:
            if t2.__class__ is dict:
                return t2
    return U
def r_lib_kubernetes_spec(m):
    value = r_lib_kubernetes_spec_1(m)
    return {} if value is U else value

def r_lib_kubernetes_pod_template(m):
    t1 = m["builtin.lib.kubernetes.is_pod"]
    if t1 is not False:
        t2 = m["builtin.lib.kubernetes.object"]
        if t2 is not U:
            return t2
    t3 = m["builtin.lib.kubernetes.is_controller"]
    if t3 is not False:
        t4 = m["builtin.lib.kubernetes.spec"]
        t5 = t4.get('template', U) if t4.__class__ is dict else at(t4, 'template')
        if t5 is not U:
            return t5
    t6 = m["builtin.lib.kubernetes.is_cronjob"]
    if t6 is not False:
        t7 = m["builtin.lib.kubernetes.spec"]
        t8 = t7.get('jobTemplate', U) if t7.__class__ is dict else at(t7, 'jobTemplate')
        if t8 is not U:
            t9 = t8.get('spec', U) if t8.__class__ is dict else at(t8, 'spec')
            if t9 is not U:
                t10 = t9.get('template', U) if t9.__class__ is dict else at(t9, 'template')
                if t10 is not U:
                    return t10
    t11 = m["builtin.lib.kubernetes.is_podtemplate"]
    if t11 is not False:
        t12 = m["builtin.lib.kubernetes.object"]
        if t12 is not U:
            t13 = t12.get('template', U) if t12.__class__ is dict else at(t12, 'template')
            if t13 is not U:
                return t13
    return U

def r_lib_kubernetes_pod(m):
    t1 = m["builtin.lib.kubernetes.pod_template"]
    if t1 is not U:
        t2 = t1.get('spec', U) if t1.__class__ is dict else at(t1, 'spec')
        if t2 is not U:
            if t2.__class__ is dict:
                return t2
    return U

def r_lib_kubernetes_is_windows(m):
    t1 = m["builtin.lib.kubernetes.pod"]
    if t1 is not U:
        t2 = t1.get('os', U) if t1.__class__ is dict else at(t1, 'os')
        if t2 is not U:
            t3 = t2.get('name', U) if t2.__class__ is dict else at(t2, 'name')
            if t3 is not U:
                if t3 == 'windows':
                    return True
    return False

@remembered
def r_lib_kubernetes_capability(m, a0):
    t1 = upper(a0)
    t2 = trim_prefix(t1, 'CAP_')
    return t2

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
    t2 = a0.get('securityContext', U) if a0.__class__ is dict else at(a0, 'securityContext')
    if t2 is not U:
        t3 = t2.get('capabilities', U) if t2.__class__ is dict else at(t2, 'capabilities')
        if t3 is not U:
            t4 = t3.get('add', U) if t3.__class__ is dict else at(t3, 'add')
            if t4 is not U:
                t5 = r_lib_utils_strings(m, t4)
                if t5 is not U:
                    for text_6 in some(t5):
                        t7 = r_lib_kubernetes_capability(m, text_6)
                        if t7 is not U:
                            t1.add(t7)
    return t1

@remembered
def r_lib_kubernetes_container_name(m, a0):
    t1 = a0.get('name', U) if a0.__class__ is dict else at(a0, 'name')
    if t1 is not U:
        if t1.__class__ is str:
            return t1
    return '(unnamed)'

def r_lib_kubernetes_metadata_1(m):
    t1 = m["builtin.lib.kubernetes.object"]
    if t1 is not U:
        t2 = t1.get('metadata', U) if t1.__class__ is dict else at(t1, 'metadata')
        if t2 is not U:
            if t2.__class__ is dict:
                return t2
    return U
def r_lib_kubernetes_metadata(m):
    value = r_lib_kubernetes_metadata_1(m)
    return {} if value is U else value

def r_lib_kubernetes_name(m):
    t1 = m["builtin.lib.kubernetes.metadata"]
    t2 = t1.get('name', U) if t1.__class__ is dict else at(t1, 'name')
    if t2 is not U:
        if t2.__class__ is str:
            return t2
    t3 = m["builtin.lib.kubernetes.metadata"]
    t4 = t3.get('generateName', U) if t3.__class__ is dict else at(t3, 'generateName')
    if t4 is not U:
        if t4.__class__ is str:
            return t4
    return ''

def r_lib_kubernetes_subject(m):
    t1 = m["builtin.lib.kubernetes.kind"]
    t2 = m["builtin.lib.kubernetes.name"]
    if t2 is not U:
        t3 = sprintf("%s '%s'", [t1, t2])
        return t3
    return U

def r_lib_kubernetes_container_subject(m, a0):
    t1 = r_lib_kubernetes_container_name(m, a0)
    if t1 is not U:
        t2 = m["builtin.lib.kubernetes.subject"]
        if t2 is not U:
            t3 = sprintf("Container '%s' of %s", [t1, t2])
            return t3
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
    t1 = m["builtin.lib.kubernetes.pod"]
    if t1 is not U:
        t2 = t1.get('ephemeralContainers', U) if t1.__class__ is dict else at(t1, 'ephemeralContainers')
        if t2 is not U:
            t3 = r_lib_utils_objects(m, t2)
            if t3 is not U:
                for container_4 in some(t3):
                    found.add(container_4)
    return found

def r_lib_kubernetes_init_containers(m):
    found = Set()
    t1 = m["builtin.lib.kubernetes.pod"]
    if t1 is not U:
        t2 = t1.get('initContainers', U) if t1.__class__ is dict else at(t1, 'initContainers')
        if t2 is not U:
            t3 = r_lib_utils_objects(m, t2)
            if t3 is not U:
                for container_4 in some(t3):
                    found.add(container_4)
    return found

def r_lib_kubernetes_regular_containers(m):
    found = Set()
    t1 = m["builtin.lib.kubernetes.pod"]
    if t1 is not U:
        t2 = t1.get('containers', U) if t1.__class__ is dict else at(t1, 'containers')
        if t2 is not U:
            t3 = r_lib_utils_objects(m, t2)
            if t3 is not U:
                for container_4 in some(t3):
                    found.add(container_4)
    return found

def r_lib_kubernetes_containers(m):
    t1 = m["builtin.lib.kubernetes.regular_containers"]
    t2 = m["builtin.lib.kubernetes.init_containers"]
    t3 = m["builtin.lib.kubernetes.ephemeral_containers"]
    return union(union(t1, t2), t3)

@remembered
def r_lib_kubernetes_dropped_capabilities(m, a0):
    t1 = Set()
    t2 = a0.get('securityContext', U) if a0.__class__ is dict else at(a0, 'securityContext')
    if t2 is not U:
        t3 = t2.get('capabilities', U) if t2.__class__ is dict else at(t2, 'capabilities')
        if t3 is not U:
            t4 = t3.get('drop', U) if t3.__class__ is dict else at(t3, 'drop')
            if t4 is not U:
                t5 = r_lib_utils_strings(m, t4)
                if t5 is not U:
                    for text_6 in some(t5):
                        t7 = r_lib_kubernetes_capability(m, text_6)
                        if t7 is not U:
                            t1.add(t7)
    return t1

S_lib_kubernetes_inherited_fields_0 = Set.of('appArmorProfile', 'runAsGroup', 'runAsNonRoot', 'runAsUser', 'seLinuxOptions', 'seccompProfile', 'windowsOptions')
def r_lib_kubernetes_inherited_fields(m):
    return S_lib_kubernetes_inherited_fields_0

def r_lib_kubernetes_pod_security_context_1(m):
    t1 = m["builtin.lib.kubernetes.pod"]
    if t1 is not U:
        t2 = t1.get('securityContext', U) if t1.__class__ is dict else at(t1, 'securityContext')
        if t2 is not U:
            if t2.__class__ is dict:
                return t2
    return U
def r_lib_kubernetes_pod_security_context(m):
    value = r_lib_kubernetes_pod_security_context_1(m)
    return {} if value is U else value

def r_lib_kubernetes_inherited_security_context(m):
    t1 = {}
    t2 = m["builtin.lib.kubernetes.pod_security_context"]
    for field_3, value_4 in some_pairs(t2):
        t5 = m["builtin.lib.kubernetes.inherited_fields"]
        if t5 is not U:
            if member(field_3, t5):
                if value_4 is not None:
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
    t1 = at(a0, a1)
    if t1 is not U:
        return True
    return U

def r_lib_kubernetes_pick_1(m, a0, a1, a2):
    t1 = at(a1, a2)
    if t1 is not U:
        return t1
    return U
def r_lib_kubernetes_pick_2(m, a0, a1, a2):
    t2 = True
    t3 = r_lib_utils_has_key(m, a1, a2)
    if t3 is not U:
        if t3 is not False:
            t2 = False
    if t2:
        t4 = at(a0, a2)
        if t4 is not U:
            return t4
    return U
def r_lib_kubernetes_pick(m, a0, a1, a2):
    value = one_of(r_lib_kubernetes_pick_1(m, a0, a1, a2), r_lib_kubernetes_pick_2(m, a0, a1, a2))
    return U if value is U else value

def r_lib_kubernetes_object_overlay(m, a0, a1):
    t1 = {}
    t2 = r_lib_kubernetes_object_keys(m, a0, a1)
    if t2 is not U:
        for key_3 in some(t2):
            t4 = r_lib_kubernetes_pick(m, a0, a1, key_3)
            if t4 is not U:
                put(t1, key_3, t4)
    return t1

@remembered
def r_lib_kubernetes_own_security_context(m, a0):
    t1 = a0.get('securityContext', U) if a0.__class__ is dict else at(a0, 'securityContext')
    if t1 is not U:
        if t1.__class__ is dict:
            t2 = {}
            for field_3, value_4 in some_pairs(t1):
                if value_4 is not None:
                    put(t2, field_3, value_4)
            return t2
    return {}

def r_lib_kubernetes_security_context(m, a0):
    t1 = m["builtin.lib.kubernetes.inherited_security_context"]
    if t1 is not U:
        t2 = r_lib_kubernetes_own_security_context(m, a0)
        if t2 is not U:
            t3 = r_lib_kubernetes_object_overlay(m, t1, t2)
            if t3 is not U:
                return t3
    return U

def r_lib_kubernetes_resolved_containers(m):
    t1 = []
    t2 = m["builtin.lib.kubernetes.containers"]
    if t2 is not U:
        for container_3 in in_order(t2):
            t4 = r_lib_kubernetes_container_subject(m, container_3)
            if t4 is not U:
                t5 = r_lib_kubernetes_security_context(m, container_3)
                if t5 is not U:
                    t6 = r_lib_kubernetes_added_capabilities(m, container_3)
                    if t6 is not U:
                        t7 = r_lib_kubernetes_dropped_capabilities(m, container_3)
                        if t7 is not U:
                            resolved_8 = {'container': container_3, 'subject': t4, 'context': t5, 'added': t6, 'dropped': t7}
                            t1.append(resolved_8)
    return t1

def r_kubernetes_KSV001_deny(m):
    found = []
    t1 = True
    t2 = m["builtin.lib.kubernetes.is_windows"]
    if t2 is not False:
        t1 = False
    if t1:
        t3 = m["builtin.lib.kubernetes.resolved_containers"]
        if t3 is not U:
            for resolved_4 in some(t3):
                t5 = True
                t6 = resolved_4.get('context', U) if resolved_4.__class__ is dict else at(resolved_4, 'context')
                if t6 is not U:
                    t7 = t6.get('allowPrivilegeEscalation', U) if t6.__class__ is dict else at(t6, 'allowPrivilegeEscalation')
                    if t7 is not U:
                        if t7 is False:
                            t5 = False
                if t5:
                    t8 = resolved_4.get('subject', U) if resolved_4.__class__ is dict else at(resolved_4, 'subject')
                    if t8 is not U:
                        t9 = sprintf("%s should set 'securityContext.allowPrivilegeEscalation' to false", [t8])
                        t10 = resolved_4.get('container', U) if resolved_4.__class__ is dict else at(resolved_4, 'container')
                        if t10 is not U:
                            t11 = result_new(t9, t10)
                            found.append(t11)
    return found

S_kubernetes_KSV002_accepted_0 = Set.of('', 'runtime/default')
@remembered
def r_kubernetes_KSV002_accepted(m, a0):
    if member(a0, S_kubernetes_KSV002_accepted_0):
        return True
    if a0.__class__ is str:
        t2 = startswith(a0, 'localhost/')
        if t2:
            return True
    return U

def r_kubernetes_KSV002_annotation_prefix(m):
    return 'container.apparmor.security.beta.kubernetes.io/'

def r_lib_kubernetes_pod_metadata_1(m):
    t1 = m["builtin.lib.kubernetes.pod_template"]
    if t1 is not U:
        t2 = t1.get('metadata', U) if t1.__class__ is dict else at(t1, 'metadata')
        if t2 is not U:
            if t2.__class__ is dict:
                return t2
    return U
def r_lib_kubernetes_pod_metadata(m):
    value = r_lib_kubernetes_pod_metadata_1(m)
    return {} if value is U else value

def r_lib_kubernetes_pod_annotations_1(m):
    t1 = m["builtin.lib.kubernetes.pod_metadata"]
    t2 = t1.get('annotations', U) if t1.__class__ is dict else at(t1, 'annotations')
    if t2 is not U:
        if t2.__class__ is dict:
            return t2
    return U
def r_lib_kubernetes_pod_annotations(m):
    value = r_lib_kubernetes_pod_annotations_1(m)
    return {} if value is U else value

def r_lib_kubernetes_stated_contexts(m):
    t1 = []
    t2 = m["builtin.lib.kubernetes.pod"]
    if t2 is not U:
        t3 = t2.get('securityContext', U) if t2.__class__ is dict else at(t2, 'securityContext')
        if t3 is not U:
            if t3.__class__ is dict:
                t4 = m["builtin.lib.kubernetes.subject"]
                if t4 is not U:
                    stated_5 = {'subject': t4, 'element': t3, 'context': t3}
                    t1.append(stated_5)
    t6 = []
    t7 = m["builtin.lib.kubernetes.resolved_containers"]
    if t7 is not U:
        for resolved_8 in in_order(t7):
            t9 = resolved_8.get('container', U) if resolved_8.__class__ is dict else at(resolved_8, 'container')
            if t9 is not U:
                t10 = t9.get('securityContext', U) if t9.__class__ is dict else at(t9, 'securityContext')
                if t10 is not U:
                    if t10.__class__ is dict:
                        t11 = resolved_8.get('subject', U) if resolved_8.__class__ is dict else at(resolved_8, 'subject')
                        if t11 is not U:
                            stated_12 = {'subject': t11, 'element': t9, 'context': t10}
                            t6.append(stated_12)
    t13 = array_concat(t1, t6)
    return t13

S_kubernetes_KSV002_deny_6 = Set.of('RuntimeDefault', 'Localhost')
def r_kubernetes_KSV002_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.stated_contexts"]
    if t1 is not U:
        for stated_2 in some(t1):
            t3 = stated_2.get('context', U) if stated_2.__class__ is dict else at(stated_2, 'context')
            if t3 is not U:
                t4 = t3.get('appArmorProfile', U) if t3.__class__ is dict else at(t3, 'appArmorProfile')
                if t4 is not U:
                    t5 = t4.get('type', U) if t4.__class__ is dict else at(t4, 'type')
                    if t5 is not U:
                        if t5 is not None:
                            t6 = True
                            if member(t5, S_kubernetes_KSV002_deny_6):
                                t6 = False
                            if t6:
                                t8 = stated_2.get('subject', U) if stated_2.__class__ is dict else at(stated_2, 'subject')
                                if t8 is not U:
                                    t9 = sprintf("%s should not use the AppArmor profile '%v'", [t8, t5])
                                    t10 = stated_2.get('element', U) if stated_2.__class__ is dict else at(stated_2, 'element')
                                    if t10 is not U:
                                        t11 = result_new(t9, t10)
                                        found.append(t11)
    t12 = m["builtin.lib.kubernetes.pod_annotations"]
    for key_13, profile_14 in some_pairs(t12):
        t15 = m["builtin.kubernetes.KSV002.annotation_prefix"]
        if t15 is not U:
            t16 = startswith(key_13, t15)
            if t16:
                t17 = True
                t18 = r_kubernetes_KSV002_accepted(m, profile_14)
                if t18 is not U:
                    if t18 is not False:
                        t17 = False
                if t17:
                    t19 = m["builtin.lib.kubernetes.subject"]
                    if t19 is not U:
                        t20 = sprintf("%s should not use the AppArmor profile '%v' in its annotation '%s'", [t19, profile_14, key_13])
                        t21 = result_new(t20, t12)
                        found.append(t21)
    return found

def r_kubernetes_KSV003_deny(m):
    found = []
    t1 = True
    t2 = m["builtin.lib.kubernetes.is_windows"]
    if t2 is not False:
        t1 = False
    if t1:
        t3 = m["builtin.lib.kubernetes.resolved_containers"]
        if t3 is not U:
            for resolved_4 in some(t3):
                t5 = True
                t6 = resolved_4.get('dropped', U) if resolved_4.__class__ is dict else at(resolved_4, 'dropped')
                if t6 is not U:
                    if member('ALL', t6):
                        t5 = False
                if t5:
                    t7 = resolved_4.get('subject', U) if resolved_4.__class__ is dict else at(resolved_4, 'subject')
                    if t7 is not U:
                        t8 = sprintf("%s should add 'ALL' to 'securityContext.capabilities.drop'", [t7])
                        t9 = resolved_4.get('container', U) if resolved_4.__class__ is dict else at(resolved_4, 'container')
                        if t9 is not U:
                            t10 = result_new(t8, t9)
                            found.append(t10)
    return found

def r_kubernetes_KSV004_deny(m):
    found = []
    t1 = True
    t2 = m["builtin.lib.kubernetes.is_windows"]
    if t2 is not False:
        t1 = False
    if t1:
        t3 = m["builtin.lib.kubernetes.resolved_containers"]
        if t3 is not U:
            for resolved_4 in some(t3):
                t5 = resolved_4.get('dropped', U) if resolved_4.__class__ is dict else at(resolved_4, 'dropped')
                if t5 is not U:
                    t6 = count(t5)
                    if is_number_equal(t6, 0):
                        t7 = resolved_4.get('subject', U) if resolved_4.__class__ is dict else at(resolved_4, 'subject')
                        if t7 is not U:
                            t8 = sprintf("%s should drop capabilities in 'securityContext.capabilities.drop'", [t7])
                            t9 = resolved_4.get('container', U) if resolved_4.__class__ is dict else at(resolved_4, 'container')
                            if t9 is not U:
                                t10 = result_new(t8, t9)
                                found.append(t10)
    return found

S_kubernetes_KSV005_deny_4 = Set.of('SYS_ADMIN', 'ALL')
def r_kubernetes_KSV005_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.resolved_containers"]
    if t1 is not U:
        for resolved_2 in some(t1):
            t3 = resolved_2.get('added', U) if resolved_2.__class__ is dict else at(resolved_2, 'added')
            if t3 is not U:
                for added_4 in some(t3):
                    if member(added_4, S_kubernetes_KSV005_deny_4):
                        t6 = resolved_2.get('subject', U) if resolved_2.__class__ is dict else at(resolved_2, 'subject')
                        if t6 is not U:
                            t7 = sprintf("%s should not add '%s' to 'securityContext.capabilities.add'", [t6, added_4])
                            t8 = resolved_2.get('container', U) if resolved_2.__class__ is dict else at(resolved_2, 'container')
                            if t8 is not U:
                                t9 = result_new(t7, t8)
                                found.append(t9)
    return found

S_kubernetes_KSV006_sockets_0 = Set.of('/run/docker.sock', '/var/run/docker.sock', '/run/containerd/containerd.sock', '/var/run/containerd/containerd.sock', '/run/crio/crio.sock', '/var/run/crio/crio.sock', '/run/podman/podman.sock', '/var/run/podman/podman.sock')
def r_kubernetes_KSV006_sockets(m):
    return S_kubernetes_KSV006_sockets_0

@remembered
def r_lib_kubernetes_host_path(m, a0):
    t1 = a0.get('hostPath', U) if a0.__class__ is dict else at(a0, 'hostPath')
    if t1 is not U:
        t2 = t1.get('path', U) if t1.__class__ is dict else at(t1, 'path')
        if t2 is not U:
            if t2.__class__ is str:
                t3 = []
                t4 = split(t2, '/')
                for part_5 in in_order(t4):
                    if part_5 != '':
                        t3.append(part_5)
                t6 = concat('/', t3)
                t7 = concat('', ['/', t6])
                return t7
    return U

@remembered
def r_lib_kubernetes_volume_name(m, a0):
    t1 = a0.get('name', U) if a0.__class__ is dict else at(a0, 'name')
    if t1 is not U:
        if t1.__class__ is str:
            return t1
    return '(unnamed)'

def r_lib_kubernetes_volumes(m):
    found = Set()
    t1 = m["builtin.lib.kubernetes.pod"]
    if t1 is not U:
        t2 = t1.get('volumes', U) if t1.__class__ is dict else at(t1, 'volumes')
        if t2 is not U:
            t3 = r_lib_utils_objects(m, t2)
            if t3 is not U:
                for volume_4 in some(t3):
                    found.add(volume_4)
    return found

def r_kubernetes_KSV006_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.volumes"]
    for volume_2 in some(t1):
        t3 = r_lib_kubernetes_host_path(m, volume_2)
        if t3 is not U:
            t4 = m["builtin.kubernetes.KSV006.sockets"]
            if t4 is not U:
                if member(t3, t4):
                    t5 = m["builtin.lib.kubernetes.subject"]
                    if t5 is not U:
                        t6 = r_lib_kubernetes_volume_name(m, volume_2)
                        if t6 is not U:
                            t7 = sprintf("%s should not mount '%s' as '%s'", [t5, t3, t6])
                            t8 = result_new(t7, volume_2)
                            found.append(t8)
    return found

def r_kubernetes_KSV007_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.pod"]
    if t1 is not U:
        t2 = t1.get('hostAliases', U) if t1.__class__ is dict else at(t1, 'hostAliases')
        if t2 is not U:
            for t3 in members(t2):
                if t3.__class__ is dict:
                    t4 = m["builtin.lib.kubernetes.subject"]
                    if t4 is not U:
                        t5 = object_get(t3, 'ip', '')
                        t6 = sprintf("%s should not set 'hostAliases' for '%v'", [t4, t5])
                        t7 = result_new(t6, t3)
                        found.append(t7)
    return found

def r_kubernetes_KSV008_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.pod"]
    if t1 is not U:
        t2 = t1.get('hostIPC', U) if t1.__class__ is dict else at(t1, 'hostIPC')
        if t2 is not U:
            if t2 is True:
                t3 = m["builtin.lib.kubernetes.subject"]
                if t3 is not U:
                    t4 = sprintf("%s should not set 'hostIPC' to true", [t3])
                    t5 = result_new(t4, t1)
                    found.append(t5)
    return found

def r_kubernetes_KSV009_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.pod"]
    if t1 is not U:
        t2 = t1.get('hostNetwork', U) if t1.__class__ is dict else at(t1, 'hostNetwork')
        if t2 is not U:
            if t2 is True:
                t3 = m["builtin.lib.kubernetes.subject"]
                if t3 is not U:
                    t4 = sprintf("%s should not set 'hostNetwork' to true", [t3])
                    t5 = result_new(t4, t1)
                    found.append(t5)
    return found

def r_kubernetes_KSV010_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.pod"]
    if t1 is not U:
        t2 = t1.get('hostPID', U) if t1.__class__ is dict else at(t1, 'hostPID')
        if t2 is not U:
            if t2 is True:
                t3 = m["builtin.lib.kubernetes.subject"]
                if t3 is not U:
                    t4 = sprintf("%s should not set 'hostPID' to true", [t3])
                    t5 = result_new(t4, t1)
                    found.append(t5)
    return found

def r_kubernetes_KSV01010_personal_words(m):
    return '(^|_)(username|user_?name|login|e?mail|e?mail_address|phone_number|ssn|iban)$'

def r_lib_credentials_not_literal(m):
    t1 = concat('', ['^\\s*$|^[$<{\\[|>&*%/]|^(ENC\\[|vault:|ref\\+|file:|env:|secret:|arn:)', '|^(?i:true|false|yes|no|on|off|none|null|nil|enabled|disabled|required|optional|[0-9]{1,2}|\\*+|x+)$'])
    return t1

@remembered
def r_lib_credentials_literal(m, a0):
    if a0.__class__ is str:
        t1 = True
        t2 = m["builtin.lib.credentials.not_literal"]
        if t2 is not U:
            t3 = regex_match(t2, a0)
            if t3:
                t1 = False
        if t1:
            return True
    return U

@remembered
def r_lib_credentials_snake_case(m, a0):
    t1 = regex_replace(a0, '([a-z0-9])([A-Z])', '${1}_${2}')
    t2 = regex_replace(t1, '[-.]+', '_')
    t3 = lower(t2)
    return t3

def r_lib_fields_texts(m, a0, a1):
    t1 = {}
    t2 = at(a0, a1)
    if t2 is not U:
        if t2.__class__ is dict:
            t3 = at(a0, a1)
            if t3 is not U:
                for name_4, text_5 in some_pairs(t3):
                    if text_5.__class__ is str:
                        put(t1, name_4, text_5)
    return t1

def r_kubernetes_KSV01010_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.kind"]
    if t1 == 'ConfigMap':
        t2 = m["builtin.lib.kubernetes.object"]
        if t2 is not U:
            t3 = r_lib_fields_texts(m, t2, 'data')
            if t3 is not U:
                for key_4, value_5 in some_pairs(t3):
                    t6 = r_lib_credentials_literal(m, value_5)
                    if t6 is not U:
                        if t6 is not False:
                            t7 = m["builtin.kubernetes.KSV01010.personal_words"]
                            if t7 is not U:
                                t8 = r_lib_credentials_snake_case(m, key_4)
                                if t8 is not U:
                                    t9 = regex_match(t7, t8)
                                    if t9:
                                        t10 = m["builtin.lib.kubernetes.name"]
                                        if t10 is not U:
                                            t11 = sprintf("ConfigMap '%s' holds personal data or a login name under '%s'", [t10, key_4])
                                            t12 = t2.get('data', U) if t2.__class__ is dict else at(t2, 'data')
                                            if t12 is not U:
                                                t13 = result_new(t11, t12)
                                                found.append(t13)
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
    if member(t1, S_lib_rbac_kind_1):
        t3 = m["builtin.lib.kubernetes.api_version"]
        t4 = split(t3, '/')
        t5 = at(t4, 0)
        if t5 is not U:
            t6 = m["builtin.lib.rbac.api_groups"]
            if t6 is not U:
                if member(t5, t6):
                    return t1
    return U

S_lib_rbac_is_binding_1 = Set.of('RoleBinding', 'ClusterRoleBinding')
def r_lib_rbac_is_binding(m):
    t1 = m["builtin.lib.rbac.kind"]
    if t1 is not U:
        if member(t1, S_lib_rbac_is_binding_1):
            return True
    return U

def r_lib_rbac_role_name_1(m):
    t1 = m["builtin.lib.rbac.is_binding"]
    if t1 is not U:
        if t1 is not False:
            t2 = m["builtin.lib.kubernetes.object"]
            if t2 is not U:
                t3 = t2.get('roleRef', U) if t2.__class__ is dict else at(t2, 'roleRef')
                if t3 is not U:
                    t4 = t3.get('name', U) if t3.__class__ is dict else at(t3, 'name')
                    if t4 is not U:
                        if t4.__class__ is str:
                            return t4
    return U
def r_lib_rbac_role_name(m):
    value = r_lib_rbac_role_name_1(m)
    return '' if value is U else value

def r_lib_rbac_binds_harmless_role(m):
    t1 = m["builtin.lib.kubernetes.object"]
    if t1 is not U:
        t2 = t1.get('roleRef', U) if t1.__class__ is dict else at(t1, 'roleRef')
        if t2 is not U:
            t3 = t2.get('kind', U) if t2.__class__ is dict else at(t2, 'kind')
            if t3 is not U:
                if t3 == 'ClusterRole':
                    t4 = m["builtin.lib.rbac.role_name"]
                    t5 = m["builtin.lib.rbac.harmless_roles"]
                    if t5 is not U:
                        if member(t4, t5):
                            return True
    return U

def r_lib_rbac_name(m):
    t1 = m["builtin.lib.kubernetes.name"]
    if t1 is not U:
        if t1 != '':
            return t1
    return '(unnamed)'

def r_lib_rbac_title(m):
    t1 = m["builtin.lib.rbac.kind"]
    if t1 is not U:
        t2 = m["builtin.lib.rbac.name"]
        if t2 is not U:
            t3 = sprintf("%s '%s'", [t1, t2])
            return t3
    return U

def r_lib_rbac_subjects(m):
    found = Set()
    t1 = m["builtin.lib.rbac.is_binding"]
    if t1 is not U:
        if t1 is not False:
            t2 = m["builtin.lib.kubernetes.object"]
            if t2 is not U:
                t3 = t2.get('subjects', U) if t2.__class__ is dict else at(t2, 'subjects')
                if t3 is not U:
                    t4 = r_lib_utils_objects(m, t3)
                    if t4 is not U:
                        for element_5 in some(t4):
                            t6 = element_5.get('kind', U) if element_5.__class__ is dict else at(element_5, 'kind')
                            if t6 is not U:
                                if t6.__class__ is str:
                                    t7 = element_5.get('name', U) if element_5.__class__ is dict else at(element_5, 'name')
                                    if t7 is not U:
                                        if t7.__class__ is str:
                                            t8 = m["builtin.lib.rbac.title"]
                                            if t8 is not U:
                                                t9 = sprintf("%s '%s' in %s", [t6, t7, t8])
                                                subject_10 = {'element': element_5, 'kind': t6, 'name': t7, 'title': t9}
                                                found.add(subject_10)
    return found

def r_kubernetes_KSV01011_deny(m):
    found = []
    t1 = True
    t2 = m["builtin.lib.rbac.binds_harmless_role"]
    if t2 is not U:
        if t2 is not False:
            t1 = False
    if t1:
        t3 = m["builtin.lib.rbac.subjects"]
        for subject_4 in some(t3):
            t5 = subject_4.get('kind', U) if subject_4.__class__ is dict else at(subject_4, 'kind')
            if t5 is not U:
                if t5 == 'Group':
                    t6 = subject_4.get('name', U) if subject_4.__class__ is dict else at(subject_4, 'name')
                    if t6 is not U:
                        if t6 == 'system:authenticated':
                            t7 = subject_4.get('title', U) if subject_4.__class__ is dict else at(subject_4, 'title')
                            if t7 is not U:
                                t8 = m["builtin.lib.rbac.role_name"]
                                t9 = sprintf("%s gives everybody who can log in the role '%s'", [t7, t8])
                                t10 = subject_4.get('element', U) if subject_4.__class__ is dict else at(subject_4, 'element')
                                if t10 is not U:
                                    t11 = result_new(t9, t10)
                                    found.append(t11)
    return found

def r_lib_fields_strings(m, a0, a1):
    t1 = []
    t2 = at(a0, a1)
    if t2 is not U:
        for t3 in in_order(t2):
            if t3.__class__ is str:
                t1.append(t3)
    return t1

def r_lib_kubernetes_is_service(m):
    t1 = m["builtin.lib.kubernetes.kind"]
    if t1 == 'Service':
        return True
    return False

def r_kubernetes_KSV0108_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.is_service"]
    if t1 is not False:
        t2 = m["builtin.lib.kubernetes.spec"]
        t3 = r_lib_fields_strings(m, t2, 'externalIPs')
        if t3 is not U:
            t4 = count(t3)
            if less(0, t4):
                t5 = m["builtin.lib.kubernetes.name"]
                if t5 is not U:
                    t6 = concat(', ', t3)
                    t7 = sprintf("Service '%s' claims external addresses: %s", [t5, t6])
                    t8 = result_new(t7, t2)
                    found.append(t8)
    return found

def r_kubernetes_KSV0109_settings(m):
    t1 = m["builtin.lib.kubernetes.kind"]
    if t1 == 'ConfigMap':
        t2 = m["builtin.lib.kubernetes.object"]
        if t2 is not U:
            t3 = r_lib_fields_texts(m, t2, 'data')
            if t3 is not U:
                return t3
    return U

@remembered
def r_lib_credentials_has_url_password(m, a0):
    if a0.__class__ is str:
        t1 = regex_match('[a-z][a-z0-9+.-]*://[^\\s/:@$<{]*:[^\\s/:@$<{%*][^\\s/@$<{]*@', a0)
        if t1:
            return True
    return U

@remembered
def r_lib_credentials_is_private_key(m, a0):
    if a0.__class__ is str:
        t1 = regex_match('-----BEGIN [A-Z ]*PRIVATE KEY-----', a0)
        if t1:
            return True
    return U

def r_lib_credentials_credential_words(m):
    t1 = concat('', ['(^|_)(secret|token|pwd|passphrase|credentials?|(api|access|secret|private|signing|encryption|master|account)_?key)[0-9]*$', '|(password|passwd|apikey)[0-9]*$'])
    return t1

def r_lib_credentials_harmless_words(m):
    return '^(pwd|.*(existing|pull|tls|from|kube)_secret|(allow|use|enable|disable|require|max|min|num)_.*)$'

@remembered
def r_lib_credentials_names_credential(m, a0):
    if a0.__class__ is str:
        t1 = r_lib_credentials_snake_case(m, a0)
        if t1 is not U:
            t2 = m["builtin.lib.credentials.credential_words"]
            if t2 is not U:
                t3 = regex_match(t2, t1)
                if t3:
                    t4 = True
                    t5 = m["builtin.lib.credentials.harmless_words"]
                    if t5 is not U:
                        t6 = regex_match(t5, t1)
                        if t6:
                            t4 = False
                    if t4:
                        return True
    return U

def r_lib_credentials_exposes(m, a0, a1):
    t1 = r_lib_credentials_literal(m, a1)
    if t1 is not U:
        if t1 is not False:
            t2 = r_lib_credentials_names_credential(m, a0)
            if t2 is not U:
                if t2 is not False:
                    return True
    t3 = r_lib_credentials_is_private_key(m, a1)
    if t3 is not U:
        if t3 is not False:
            return True
    t4 = r_lib_credentials_has_url_password(m, a1)
    if t4 is not U:
        if t4 is not False:
            return True
    return U

def r_kubernetes_KSV0109_exposing_keys(m):
    found = Set()
    t1 = m["builtin.kubernetes.KSV0109.settings"]
    if t1 is not U:
        for key_2, text_3 in some_pairs(t1):
            t4 = r_lib_credentials_exposes(m, key_2, text_3)
            if t4 is not U:
                if t4 is not False:
                    found.add(key_2)
    return found

def r_lib_credentials_settings(m):
    t1 = concat('', ['(?im)(?:^|[{,])[ \\t]*["\']?([a-z0-9_.-]*(?:pass|pwd|secret|token|key|credential)[a-z0-9_.-]*)["\']?[ \\t]*[:=][ \\t]*["\']?([^\\s"\',;#]+)'])
    return t1

@remembered
def r_lib_credentials_exposed_in(m, a0):
    t1 = Set()
    if a0.__class__ is str:
        t2 = m["builtin.lib.credentials.settings"]
        if t2 is not U:
            t3 = regex_find_all_string_submatch_n(t2, a0, -1)
            for t4 in some(t3):
                if t4.__class__ is list and len(t4) == 3:
                    name_5 = t4[1]
                    value_6 = t4[2]
                    t7 = r_lib_credentials_literal(m, value_6)
                    if t7 is not U:
                        if t7 is not False:
                            t8 = r_lib_credentials_names_credential(m, name_5)
                            if t8 is not U:
                                if t8 is not False:
                                    t1.add(name_5)
    return t1

def r_kubernetes_KSV0109_deny(m):
    found = []
    t1 = m["builtin.kubernetes.KSV0109.exposing_keys"]
    for key_2 in some(t1):
        t3 = m["builtin.lib.kubernetes.name"]
        if t3 is not U:
            t4 = sprintf("ConfigMap '%s' holds a credential under '%s'", [t3, key_2])
            t5 = m["builtin.lib.kubernetes.object"]
            if t5 is not U:
                t6 = t5.get('data', U) if t5.__class__ is dict else at(t5, 'data')
                if t6 is not U:
                    t7 = result_new(t4, t6)
                    found.append(t7)
    t8 = m["builtin.kubernetes.KSV0109.settings"]
    if t8 is not U:
        for key_9, text_10 in some_pairs(t8):
            t11 = True
            t12 = m["builtin.kubernetes.KSV0109.exposing_keys"]
            if member(key_9, t12):
                t11 = False
            if t11:
                t13 = r_lib_credentials_exposed_in(m, text_10)
                if t13 is not U:
                    for name_14 in some(t13):
                        t15 = m["builtin.lib.kubernetes.name"]
                        if t15 is not U:
                            t16 = sprintf("ConfigMap '%s' holds a credential under '%s', as '%s'", [t15, key_9, name_14])
                            t17 = m["builtin.lib.kubernetes.object"]
                            if t17 is not U:
                                t18 = t17.get('data', U) if t17.__class__ is dict else at(t17, 'data')
                                if t18 is not U:
                                    t19 = result_new(t16, t18)
                                    found.append(t19)
    return found

def r_lib_kubernetes_stated_resource(m, a0, a1, a2):
    t1 = a0.get('resources', U) if a0.__class__ is dict else at(a0, 'resources')
    if t1 is not U:
        t2 = at(t1, a1)
        if t2 is not U:
            t3 = at(t2, a2)
            if t3 is not U:
                if t3 is not None:
                    t4 = at(t1, a1)
                    if t4 is not U:
                        t5 = at(t4, a2)
                        if t5 is not U:
                            return t5
    t6 = m["builtin.lib.kubernetes.pod"]
    if t6 is not U:
        t7 = t6.get('resources', U) if t6.__class__ is dict else at(t6, 'resources')
        if t7 is not U:
            t8 = at(t7, a1)
            if t8 is not U:
                t9 = at(t8, a2)
                if t9 is not U:
                    if t9 is not None:
                        t10 = at(t7, a1)
                        if t10 is not U:
                            t11 = at(t10, a2)
                            if t11 is not U:
                                return t11
    return U

def r_lib_kubernetes_resource(m, a0, a1, a2):
    t1 = r_lib_kubernetes_stated_resource(m, a0, a1, a2)
    if t1 is not U:
        return t1
    if a1 == 'requests':
        t2 = r_lib_kubernetes_stated_resource(m, a0, 'limits', a2)
        if t2 is not U:
            return t2
    return U

def r_lib_kubernetes_resource_containers(m):
    t1 = m["builtin.lib.kubernetes.regular_containers"]
    t2 = m["builtin.lib.kubernetes.init_containers"]
    return union(t1, t2)

def r_kubernetes_KSV011_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.resource_containers"]
    if t1 is not U:
        for container_2 in some(t1):
            t3 = True
            t4 = r_lib_kubernetes_resource(m, container_2, 'limits', 'cpu')
            if t4 is not U:
                if t4 is not False:
                    t3 = False
            if t3:
                t5 = r_lib_kubernetes_container_subject(m, container_2)
                if t5 is not U:
                    t6 = sprintf("%s should set 'resources.limits.cpu'", [t5])
                    t7 = result_new(t6, container_2)
                    found.append(t7)
    return found

def r_kubernetes_KSV012_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.resolved_containers"]
    if t1 is not U:
        for resolved_2 in some(t1):
            t3 = True
            t4 = resolved_2.get('context', U) if resolved_2.__class__ is dict else at(resolved_2, 'context')
            if t4 is not U:
                t5 = t4.get('runAsNonRoot', U) if t4.__class__ is dict else at(t4, 'runAsNonRoot')
                if t5 is not U:
                    if t5 is True:
                        t3 = False
            if t3:
                t6 = resolved_2.get('subject', U) if resolved_2.__class__ is dict else at(resolved_2, 'subject')
                if t6 is not U:
                    t7 = sprintf("%s should set 'securityContext.runAsNonRoot' to true", [t6])
                    t8 = resolved_2.get('container', U) if resolved_2.__class__ is dict else at(resolved_2, 'container')
                    if t8 is not U:
                        t9 = result_new(t7, t8)
                        found.append(t9)
    return found

def r_kubernetes_KSV0123_deny(m):
    found = []
    t1 = True
    t2 = m["builtin.lib.rbac.binds_harmless_role"]
    if t2 is not U:
        if t2 is not False:
            t1 = False
    if t1:
        t3 = m["builtin.lib.rbac.subjects"]
        for subject_4 in some(t3):
            t5 = subject_4.get('kind', U) if subject_4.__class__ is dict else at(subject_4, 'kind')
            if t5 is not U:
                if t5 == 'Group':
                    t6 = subject_4.get('name', U) if subject_4.__class__ is dict else at(subject_4, 'name')
                    if t6 is not U:
                        if t6 == 'system:masters':
                            t7 = subject_4.get('title', U) if subject_4.__class__ is dict else at(subject_4, 'title')
                            if t7 is not U:
                                t8 = m["builtin.lib.rbac.role_name"]
                                t9 = sprintf("%s is given the role '%s'", [t7, t8])
                                t10 = subject_4.get('element', U) if subject_4.__class__ is dict else at(subject_4, 'element')
                                if t10 is not U:
                                    t11 = result_new(t9, t10)
                                    found.append(t11)
    return found

@remembered
def r_lib_kubernetes_image_digest(m, a0):
    t1 = contains(a0, '@')
    if t1:
        t2 = indexof(a0, '@')
        t3 = substring(a0, plus(t2, 1), -1)
        return t3
    return ''

@remembered
def r_lib_kubernetes_last_part(m, a0):
    t1 = split(a0, '/')
    t3 = count(t1)
    t2 = at(t1, minus(t3, 1))
    if t2 is not U:
        return t2
    return U

@remembered
def r_lib_kubernetes_image_tag(m, a0):
    t1 = r_lib_kubernetes_last_part(m, a0)
    if t1 is not U:
        t2 = contains(t1, ':')
        if t2:
            t3 = r_lib_kubernetes_last_part(m, a0)
            if t3 is not U:
                t4 = r_lib_kubernetes_last_part(m, a0)
                if t4 is not U:
                    t5 = indexof(t4, ':')
                    t6 = substring(t3, plus(t5, 1), -1)
                    return t6
    return ''

@remembered
def r_lib_kubernetes_image_name(m, a0):
    t1 = r_lib_kubernetes_last_part(m, a0)
    if t1 is not U:
        t2 = contains(t1, ':')
        if t2:
            t3 = count(a0)
            t4 = r_lib_kubernetes_image_tag(m, a0)
            if t4 is not U:
                t5 = count(t4)
                t6 = substring(a0, 0, minus(minus(t3, t5), 1))
                return t6
    return a0

@remembered
def r_lib_kubernetes_is_host(m, a0):
    if a0 == 'localhost':
        return True
    t1 = contains(a0, '.')
    if t1:
        return True
    t2 = contains(a0, ':')
    if t2:
        return True
    return U

@remembered
def r_lib_kubernetes_image_registry(m, a0):
    t1 = contains(a0, '/')
    if t1:
        t2 = split(a0, '/')
        t3 = at(t2, 0)
        if t3 is not U:
            t4 = r_lib_kubernetes_is_host(m, t3)
            if t4 is not U:
                if t4 is not False:
                    t5 = lower(t3)
                    return t5
    return 'docker.io'

@remembered
def r_lib_kubernetes_image_parts(m, a0):
    if a0.__class__ is str:
        t1 = split(a0, '@')
        t2 = at(t1, 0)
        if t2 is not U:
            t3 = r_lib_kubernetes_image_registry(m, a0)
            if t3 is not U:
                t4 = r_lib_kubernetes_image_name(m, t2)
                if t4 is not U:
                    t5 = r_lib_kubernetes_image_tag(m, t2)
                    if t5 is not U:
                        t6 = r_lib_kubernetes_image_digest(m, a0)
                        if t6 is not U:
                            return {'registry': t3, 'name': t4, 'tag': t5, 'digest': t6}
    return U

@remembered
def r_kubernetes_KSV0124_is_closed(m, a0):
    t1 = endswith(a0, '/')
    if t1:
        return True
    t2 = r_lib_kubernetes_image_parts(m, a0)
    if t2 is not U:
        t3 = t2.get('digest', U) if t2.__class__ is dict else at(t2, 'digest')
        if t3 is not U:
            if t3 != '':
                return True
    t4 = contains(a0, '/')
    if t4:
        t5 = r_lib_kubernetes_image_parts(m, a0)
        if t5 is not U:
            t6 = t5.get('tag', U) if t5.__class__ is dict else at(t5, 'tag')
            if t6 is not U:
                if t6 != '':
                    return True
    return U

def r_kubernetes_KSV0124_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.kind"]
    if t1 == 'K8sAllowedRepos':
        t2 = m["builtin.lib.kubernetes.api_version"]
        t3 = startswith(t2, 'constraints.gatekeeper.sh/')
        if t3:
            t4 = m["builtin.lib.kubernetes.spec"]
            t5 = t4.get('parameters', U) if t4.__class__ is dict else at(t4, 'parameters')
            if t5 is not U:
                t6 = r_lib_fields_strings(m, t5, 'repos')
                if t6 is not U:
                    for repo_7 in some(t6):
                        t8 = True
                        t9 = r_kubernetes_KSV0124_is_closed(m, repo_7)
                        if t9 is not U:
                            if t9 is not False:
                                t8 = False
                        if t8:
                            t10 = m["builtin.lib.kubernetes.name"]
                            if t10 is not U:
                                t11 = sprintf("K8sAllowedRepos '%s' allows everything that begins with '%s'", [t10, repo_7])
                                t12 = result_new(t11, t5)
                                found.append(t12)
    return found

def r_kubernetes_KSV0125_cloud_registries(m):
    return ['azurecr.io', 'gcr.io', 'pkg.dev', 'registry.k8s.io']

def r_kubernetes_KSV0125_trusted_registries(m):
    t1 = m["data"]
    t2 = t1.get('ksv0125', U) if t1.__class__ is dict else at(t1, 'ksv0125')
    if t2 is not U:
        t3 = t2.get('trusted_registries', U) if t2.__class__ is dict else at(t2, 'trusted_registries')
        if t3 is not U:
            t4 = r_lib_utils_strings(m, t3)
            if t4 is not U:
                t5 = count(t4)
                if less(0, t5):
                    return t4
    t6 = m["builtin.kubernetes.KSV0125.cloud_registries"]
    if t6 is not U:
        return t6
    return U

def r_kubernetes_KSV0125_trusted(m, a0):
    t1 = m["builtin.kubernetes.KSV0125.trusted_registries"]
    if t1 is not U:
        for name_2 in some(t1):
            if equal(a0, name_2):
                return True
    t3 = m["builtin.kubernetes.KSV0125.trusted_registries"]
    if t3 is not U:
        for name_4 in some(t3):
            t5 = concat('', ['.', name_4])
            t6 = endswith(a0, t5)
            if t6:
                return True
    t7 = m["builtin.kubernetes.KSV0125.trusted_registries"]
    if t7 is not U:
        t8 = m["builtin.kubernetes.KSV0125.cloud_registries"]
        if t8 is not U:
            if equal(t7, t8):
                t9 = regex_match('\\.dkr\\.ecr(-fips)?\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?$', a0)
                if t9:
                    return True
    return U

def r_kubernetes_KSV0125_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.containers"]
    if t1 is not U:
        for container_2 in some(t1):
            t3 = container_2.get('image', U) if container_2.__class__ is dict else at(container_2, 'image')
            if t3 is not U:
                t4 = r_lib_kubernetes_image_parts(m, t3)
                if t4 is not U:
                    t5 = t4.get('registry', U) if t4.__class__ is dict else at(t4, 'registry')
                    if t5 is not U:
                        if t5 != 'docker.io':
                            t6 = True
                            t7 = r_kubernetes_KSV0125_trusted(m, t5)
                            if t7 is not U:
                                if t7 is not False:
                                    t6 = False
                            if t6:
                                t8 = r_lib_kubernetes_container_subject(m, container_2)
                                if t8 is not U:
                                    t9 = sprintf("%s should not use the image '%s' of an untrusted registry", [t8, t3])
                                    t10 = result_new(t9, container_2)
                                    found.append(t10)
    return found

S_kubernetes_KSV013_deny_6 = Set.of('', 'latest')
def r_kubernetes_KSV013_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.containers"]
    if t1 is not U:
        for container_2 in some(t1):
            t3 = container_2.get('image', U) if container_2.__class__ is dict else at(container_2, 'image')
            if t3 is not U:
                t4 = r_lib_kubernetes_image_parts(m, t3)
                if t4 is not U:
                    t5 = t4.get('digest', U) if t4.__class__ is dict else at(t4, 'digest')
                    if t5 is not U:
                        if t5 == '':
                            t6 = t4.get('tag', U) if t4.__class__ is dict else at(t4, 'tag')
                            if t6 is not U:
                                if member(t6, S_kubernetes_KSV013_deny_6):
                                    t8 = r_lib_kubernetes_container_subject(m, container_2)
                                    if t8 is not U:
                                        t9 = sprintf("%s should name the version of the image '%s'", [t8, t3])
                                        t10 = result_new(t9, container_2)
                                        found.append(t10)
    return found

def r_kubernetes_KSV014_deny(m):
    found = []
    t1 = True
    t2 = m["builtin.lib.kubernetes.is_windows"]
    if t2 is not False:
        t1 = False
    if t1:
        t3 = m["builtin.lib.kubernetes.resolved_containers"]
        if t3 is not U:
            for resolved_4 in some(t3):
                t5 = True
                t6 = resolved_4.get('context', U) if resolved_4.__class__ is dict else at(resolved_4, 'context')
                if t6 is not U:
                    t7 = t6.get('readOnlyRootFilesystem', U) if t6.__class__ is dict else at(t6, 'readOnlyRootFilesystem')
                    if t7 is not U:
                        if t7 is True:
                            t5 = False
                if t5:
                    t8 = resolved_4.get('subject', U) if resolved_4.__class__ is dict else at(resolved_4, 'subject')
                    if t8 is not U:
                        t9 = sprintf("%s should set 'securityContext.readOnlyRootFilesystem' to true", [t8])
                        t10 = resolved_4.get('container', U) if resolved_4.__class__ is dict else at(resolved_4, 'container')
                        if t10 is not U:
                            t11 = result_new(t9, t10)
                            found.append(t11)
    return found

def r_kubernetes_KSV015_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.resource_containers"]
    if t1 is not U:
        for container_2 in some(t1):
            t3 = True
            t4 = r_lib_kubernetes_resource(m, container_2, 'requests', 'cpu')
            if t4 is not U:
                if t4 is not False:
                    t3 = False
            if t3:
                t5 = r_lib_kubernetes_container_subject(m, container_2)
                if t5 is not U:
                    t6 = sprintf("%s should set 'resources.requests.cpu'", [t5])
                    t7 = result_new(t6, container_2)
                    found.append(t7)
    return found

def r_kubernetes_KSV016_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.resource_containers"]
    if t1 is not U:
        for container_2 in some(t1):
            t3 = True
            t4 = r_lib_kubernetes_resource(m, container_2, 'requests', 'memory')
            if t4 is not U:
                if t4 is not False:
                    t3 = False
            if t3:
                t5 = r_lib_kubernetes_container_subject(m, container_2)
                if t5 is not U:
                    t6 = sprintf("%s should set 'resources.requests.memory'", [t5])
                    t7 = result_new(t6, container_2)
                    found.append(t7)
    return found

def r_kubernetes_KSV017_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.resolved_containers"]
    if t1 is not U:
        for resolved_2 in some(t1):
            t3 = resolved_2.get('context', U) if resolved_2.__class__ is dict else at(resolved_2, 'context')
            if t3 is not U:
                t4 = t3.get('privileged', U) if t3.__class__ is dict else at(t3, 'privileged')
                if t4 is not U:
                    if t4 is True:
                        t5 = resolved_2.get('subject', U) if resolved_2.__class__ is dict else at(resolved_2, 'subject')
                        if t5 is not U:
                            t6 = sprintf("%s should not set 'securityContext.privileged' to true", [t5])
                            t7 = resolved_2.get('container', U) if resolved_2.__class__ is dict else at(resolved_2, 'container')
                            if t7 is not U:
                                t8 = result_new(t6, t7)
                                found.append(t8)
    return found

def r_kubernetes_KSV018_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.resource_containers"]
    if t1 is not U:
        for container_2 in some(t1):
            t3 = True
            t4 = r_lib_kubernetes_resource(m, container_2, 'limits', 'memory')
            if t4 is not U:
                if t4 is not False:
                    t3 = False
            if t3:
                t5 = r_lib_kubernetes_container_subject(m, container_2)
                if t5 is not U:
                    t6 = sprintf("%s should set 'resources.limits.memory'", [t5])
                    t7 = result_new(t6, container_2)
                    found.append(t7)
    return found

@remembered
def r_kubernetes_KSV020_high(m, a0):
    t1 = is_number(a0)
    if t1:
        if less(10000, a0):
            return True
    return U

def r_kubernetes_KSV020_deny(m):
    found = []
    t1 = True
    t2 = m["builtin.lib.kubernetes.is_windows"]
    if t2 is not False:
        t1 = False
    if t1:
        t3 = m["builtin.lib.kubernetes.resolved_containers"]
        if t3 is not U:
            for resolved_4 in some(t3):
                t5 = True
                t6 = resolved_4.get('context', U) if resolved_4.__class__ is dict else at(resolved_4, 'context')
                if t6 is not U:
                    t7 = t6.get('runAsUser', U) if t6.__class__ is dict else at(t6, 'runAsUser')
                    if t7 is not U:
                        t8 = r_kubernetes_KSV020_high(m, t7)
                        if t8 is not U:
                            if t8 is not False:
                                t5 = False
                if t5:
                    t9 = resolved_4.get('subject', U) if resolved_4.__class__ is dict else at(resolved_4, 'subject')
                    if t9 is not U:
                        t10 = sprintf("%s should set 'securityContext.runAsUser' above 10000", [t9])
                        t11 = resolved_4.get('container', U) if resolved_4.__class__ is dict else at(resolved_4, 'container')
                        if t11 is not U:
                            t12 = result_new(t10, t11)
                            found.append(t12)
    return found

@remembered
def r_kubernetes_KSV021_high(m, a0):
    t1 = is_number(a0)
    if t1:
        if less(10000, a0):
            return True
    return U

def r_kubernetes_KSV021_deny(m):
    found = []
    t1 = True
    t2 = m["builtin.lib.kubernetes.is_windows"]
    if t2 is not False:
        t1 = False
    if t1:
        t3 = m["builtin.lib.kubernetes.resolved_containers"]
        if t3 is not U:
            for resolved_4 in some(t3):
                t5 = True
                t6 = resolved_4.get('context', U) if resolved_4.__class__ is dict else at(resolved_4, 'context')
                if t6 is not U:
                    t7 = t6.get('runAsGroup', U) if t6.__class__ is dict else at(t6, 'runAsGroup')
                    if t7 is not U:
                        t8 = r_kubernetes_KSV021_high(m, t7)
                        if t8 is not U:
                            if t8 is not False:
                                t5 = False
                if t5:
                    t9 = resolved_4.get('subject', U) if resolved_4.__class__ is dict else at(resolved_4, 'subject')
                    if t9 is not U:
                        t10 = sprintf("%s should set 'securityContext.runAsGroup' above 10000", [t9])
                        t11 = resolved_4.get('container', U) if resolved_4.__class__ is dict else at(resolved_4, 'container')
                        if t11 is not U:
                            t12 = result_new(t10, t11)
                            found.append(t12)
    return found

S_kubernetes_KSV022_default_capabilities_0 = Set.of('AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT')
def r_kubernetes_KSV022_default_capabilities(m):
    return S_kubernetes_KSV022_default_capabilities_0

def r_kubernetes_KSV022_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.resolved_containers"]
    if t1 is not U:
        for resolved_2 in some(t1):
            t3 = resolved_2.get('added', U) if resolved_2.__class__ is dict else at(resolved_2, 'added')
            if t3 is not U:
                t4 = m["builtin.kubernetes.KSV022.default_capabilities"]
                if t4 is not U:
                    beyond_5 = minus(t3, t4)
                    t6 = count(beyond_5)
                    if less(0, t6):
                        t7 = resolved_2.get('subject', U) if resolved_2.__class__ is dict else at(resolved_2, 'subject')
                        if t7 is not U:
                            t8 = concat(', ', beyond_5)
                            t9 = sprintf('%s should not add the capabilities %s', [t7, t8])
                            t10 = resolved_2.get('container', U) if resolved_2.__class__ is dict else at(resolved_2, 'container')
                            if t10 is not U:
                                t11 = result_new(t9, t10)
                                found.append(t11)
    return found

def r_kubernetes_KSV023_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.volumes"]
    for volume_2 in some(t1):
        t3 = volume_2.get('hostPath', U) if volume_2.__class__ is dict else at(volume_2, 'hostPath')
        if t3 is not U:
            if t3 is not None:
                t4 = m["builtin.lib.kubernetes.subject"]
                if t4 is not U:
                    t5 = r_lib_kubernetes_volume_name(m, volume_2)
                    if t5 is not U:
                        t6 = sprintf("%s should not mount the hostPath volume '%s'", [t4, t5])
                        t7 = result_new(t6, volume_2)
                        found.append(t7)
    return found

def r_kubernetes_KSV024_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.resolved_containers"]
    if t1 is not U:
        for resolved_2 in some(t1):
            t3 = resolved_2.get('container', U) if resolved_2.__class__ is dict else at(resolved_2, 'container')
            if t3 is not U:
                t4 = t3.get('ports', U) if t3.__class__ is dict else at(t3, 'ports')
                if t4 is not U:
                    for t5 in members(t4):
                        t6 = t5.get('hostPort', U) if t5.__class__ is dict else at(t5, 'hostPort')
                        if t6 is not U:
                            t7 = is_number(t6)
                            if t7:
                                if not is_number_equal(t6, 0):
                                    t8 = resolved_2.get('subject', U) if resolved_2.__class__ is dict else at(resolved_2, 'subject')
                                    if t8 is not U:
                                        t9 = sprintf('%s should not use the host port %v', [t8, t6])
                                        t10 = result_new(t9, t5)
                                        found.append(t10)
    return found

def r_kubernetes_KSV025_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.stated_contexts"]
    if t1 is not U:
        for stated_2 in some(t1):
            t3 = stated_2.get('context', U) if stated_2.__class__ is dict else at(stated_2, 'context')
            if t3 is not U:
                t4 = t3.get('seLinuxOptions', U) if t3.__class__ is dict else at(t3, 'seLinuxOptions')
                if t4 is not U:
                    t5 = t4.get('type', U) if t4.__class__ is dict else at(t4, 'type')
                    if t5 is not U:
                        t6 = True
                        if member(t5, Set.of(None, '', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t')):
                            t6 = False
                        if t6:
                            t7 = stated_2.get('subject', U) if stated_2.__class__ is dict else at(stated_2, 'subject')
                            if t7 is not U:
                                t8 = sprintf("%s should not use the SELinux type '%v'", [t7, t5])
                                t9 = stated_2.get('element', U) if stated_2.__class__ is dict else at(stated_2, 'element')
                                if t9 is not U:
                                    t10 = result_new(t8, t9)
                                    found.append(t10)
    t11 = m["builtin.lib.kubernetes.stated_contexts"]
    if t11 is not U:
        for stated_12 in some(t11):
            for field_13 in some(['role', 'user']):
                t14 = stated_12.get('context', U) if stated_12.__class__ is dict else at(stated_12, 'context')
                if t14 is not U:
                    t15 = t14.get('seLinuxOptions', U) if t14.__class__ is dict else at(t14, 'seLinuxOptions')
                    if t15 is not U:
                        t16 = at(t15, field_13)
                        if t16 is not U:
                            t17 = True
                            if member(t16, Set.of(None, '')):
                                t17 = False
                            if t17:
                                t18 = stated_12.get('subject', U) if stated_12.__class__ is dict else at(stated_12, 'subject')
                                if t18 is not U:
                                    t19 = sprintf("%s should not set the SELinux %s '%v'", [t18, field_13, t16])
                                    t20 = stated_12.get('element', U) if stated_12.__class__ is dict else at(stated_12, 'element')
                                    if t20 is not U:
                                        t21 = result_new(t19, t20)
                                        found.append(t21)
    return found

S_kubernetes_KSV026_safe_sysctls_0 = Set.of('kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_local_reserved_ports', 'net.ipv4.ip_unprivileged_port_start', 'net.ipv4.ping_group_range', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes', 'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_syncookies', 'net.ipv4.tcp_wmem')
def r_kubernetes_KSV026_safe_sysctls(m):
    return S_kubernetes_KSV026_safe_sysctls_0

def r_kubernetes_KSV026_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.pod_security_context"]
    t2 = t1.get('sysctls', U) if t1.__class__ is dict else at(t1, 'sysctls')
    if t2 is not U:
        for t3 in members(t2):
            t4 = True
            t5 = t3.get('name', U) if t3.__class__ is dict else at(t3, 'name')
            if t5 is not U:
                t6 = m["builtin.kubernetes.KSV026.safe_sysctls"]
                if t6 is not U:
                    if member(t5, t6):
                        t4 = False
            if t4:
                t7 = m["builtin.lib.kubernetes.subject"]
                if t7 is not U:
                    t8 = t3.get('name', U) if t3.__class__ is dict else at(t3, 'name')
                    if t8 is not U:
                        t9 = sprintf("%s should not set the sysctl '%v'", [t7, t8])
                        t10 = result_new(t9, t3)
                        found.append(t10)
    return found

def r_kubernetes_KSV027_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.resolved_containers"]
    if t1 is not U:
        for resolved_2 in some(t1):
            t3 = resolved_2.get('context', U) if resolved_2.__class__ is dict else at(resolved_2, 'context')
            if t3 is not U:
                t4 = t3.get('procMount', U) if t3.__class__ is dict else at(t3, 'procMount')
                if t4 is not U:
                    if t4 != 'Default':
                        t5 = resolved_2.get('subject', U) if resolved_2.__class__ is dict else at(resolved_2, 'subject')
                        if t5 is not U:
                            t6 = sprintf("%s should not set 'securityContext.procMount' to '%v'", [t5, t4])
                            t7 = resolved_2.get('container', U) if resolved_2.__class__ is dict else at(resolved_2, 'container')
                            if t7 is not U:
                                t8 = result_new(t6, t7)
                                found.append(t8)
    return found

S_kubernetes_KSV028_allowed_fields_0 = Set.of('name', 'hostPath', 'configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret')
def r_kubernetes_KSV028_allowed_fields(m):
    return S_kubernetes_KSV028_allowed_fields_0

def r_kubernetes_KSV028_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.volumes"]
    for volume_2 in some(t1):
        for type_3, source_4 in some_pairs(volume_2):
            if source_4 is not None:
                t5 = True
                t6 = m["builtin.kubernetes.KSV028.allowed_fields"]
                if t6 is not U:
                    if member(type_3, t6):
                        t5 = False
                if t5:
                    t7 = m["builtin.lib.kubernetes.subject"]
                    if t7 is not U:
                        t8 = r_lib_kubernetes_volume_name(m, volume_2)
                        if t8 is not U:
                            t9 = sprintf("%s should not use the volume type '%s' for '%s'", [t7, type_3, t8])
                            t10 = result_new(t9, volume_2)
                            found.append(t10)
    return found

S_kubernetes_KSV030_confined_3 = Set.of('RuntimeDefault', 'Localhost')
S_kubernetes_KSV030_confined_13 = Set.of('runtime/default', 'docker/default')
def r_kubernetes_KSV030_confined(m, a0):
    t1 = a0.get('context', U) if a0.__class__ is dict else at(a0, 'context')
    if t1 is not U:
        t2 = t1.get('seccompProfile', U) if t1.__class__ is dict else at(t1, 'seccompProfile')
        if t2 is not U:
            t3 = t2.get('type', U) if t2.__class__ is dict else at(t2, 'type')
            if t3 is not U:
                if member(t3, S_kubernetes_KSV030_confined_3):
                    return True
    t5 = True
    t6 = a0.get('context', U) if a0.__class__ is dict else at(a0, 'context')
    if t6 is not U:
        t7 = t6.get('seccompProfile', U) if t6.__class__ is dict else at(t6, 'seccompProfile')
        if t7 is not U:
            if t7 is not False:
                t5 = False
    if t5:
        t8 = a0.get('container', U) if a0.__class__ is dict else at(a0, 'container')
        if t8 is not U:
            t9 = r_lib_kubernetes_container_name(m, t8)
            if t9 is not U:
                t10 = concat('', ['container.seccomp.security.alpha.kubernetes.io/', t9])
                for key_11 in some([t10, 'seccomp.security.alpha.kubernetes.io/pod']):
                    t12 = m["builtin.lib.kubernetes.pod_annotations"]
                    t13 = at(t12, key_11)
                    if t13 is not U:
                        if member(t13, S_kubernetes_KSV030_confined_13):
                            return True
    return U

def r_kubernetes_KSV030_deny(m):
    found = []
    t1 = True
    t2 = m["builtin.lib.kubernetes.is_windows"]
    if t2 is not False:
        t1 = False
    if t1:
        t3 = m["builtin.lib.kubernetes.resolved_containers"]
        if t3 is not U:
            for resolved_4 in some(t3):
                t5 = True
                t6 = r_kubernetes_KSV030_confined(m, resolved_4)
                if t6 is not U:
                    if t6 is not False:
                        t5 = False
                if t5:
                    t7 = resolved_4.get('subject', U) if resolved_4.__class__ is dict else at(resolved_4, 'subject')
                    if t7 is not U:
                        t8 = sprintf("%s should set 'securityContext.seccompProfile.type' to RuntimeDefault", [t7])
                        t9 = resolved_4.get('container', U) if resolved_4.__class__ is dict else at(resolved_4, 'container')
                        if t9 is not U:
                            t10 = result_new(t8, t9)
                            found.append(t10)
    return found

S_kubernetes_KSV034_public_registries_0 = Set.of('docker.io', 'index.docker.io', 'registry-1.docker.io', 'ghcr.io', 'public.ecr.aws', 'quay.io')
def r_kubernetes_KSV034_public_registries(m):
    return S_kubernetes_KSV034_public_registries_0

def r_kubernetes_KSV034_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.containers"]
    if t1 is not U:
        for container_2 in some(t1):
            t3 = container_2.get('image', U) if container_2.__class__ is dict else at(container_2, 'image')
            if t3 is not U:
                t4 = r_lib_kubernetes_image_parts(m, t3)
                if t4 is not U:
                    t5 = t4.get('registry', U) if t4.__class__ is dict else at(t4, 'registry')
                    if t5 is not U:
                        t6 = m["builtin.kubernetes.KSV034.public_registries"]
                        if t6 is not U:
                            if member(t5, t6):
                                t7 = r_lib_kubernetes_container_subject(m, container_2)
                                if t7 is not U:
                                    t8 = sprintf("%s should not use the image '%s' of a public registry", [t7, t3])
                                    t9 = result_new(t8, container_2)
                                    found.append(t9)
    return found

def r_lib_kubernetes_workload(m):
    t1 = m["builtin.lib.kubernetes.pod"]
    if t1 is not U:
        if t1 is not False:
            return True
    return False

def r_kubernetes_KSV036_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.workload"]
    if t1 is not False:
        t2 = True
        t3 = m["builtin.lib.kubernetes.pod"]
        if t3 is not U:
            t4 = t3.get('automountServiceAccountToken', U) if t3.__class__ is dict else at(t3, 'automountServiceAccountToken')
            if t4 is not U:
                if t4 is False:
                    t2 = False
        if t2:
            t5 = m["builtin.lib.kubernetes.kind"]
            t6 = m["builtin.lib.kubernetes.name"]
            if t6 is not U:
                t7 = sprintf("%s '%s' should set 'automountServiceAccountToken' to false", [t5, t6])
                t8 = m["builtin.lib.kubernetes.pod"]
                if t8 is not U:
                    t9 = result_new(t7, t8)
                    found.append(t9)
    return found

S_kubernetes_KSV037_may_be_needed_0 = Set.of('Lease', 'Role', 'RoleBinding')
def r_kubernetes_KSV037_may_be_needed(m):
    return S_kubernetes_KSV037_may_be_needed_0

def r_lib_kubernetes_labels_1(m):
    t1 = m["builtin.lib.kubernetes.metadata"]
    t2 = t1.get('labels', U) if t1.__class__ is dict else at(t1, 'labels')
    if t2 is not U:
        if t2.__class__ is dict:
            return t2
    return U
def r_lib_kubernetes_labels(m):
    value = r_lib_kubernetes_labels_1(m)
    return {} if value is U else value

def r_kubernetes_KSV037_part_of_the_cluster(m):
    t1 = m["builtin.lib.kubernetes.labels"]
    t2 = t1.get('tier', U) if t1.__class__ is dict else at(t1, 'tier')
    if t2 is not U:
        if t2 == 'control-plane':
            return True
    t3 = m["builtin.lib.kubernetes.labels"]
    t4 = t3.get('kubernetes.io/cluster-service', U) if t3.__class__ is dict else at(t3, 'kubernetes.io/cluster-service')
    if t4 is not U:
        if t4 == 'true':
            return True
    t5 = m["builtin.lib.kubernetes.labels"]
    t6 = t5.get('k8s-app', U) if t5.__class__ is dict else at(t5, 'k8s-app')
    if t6 is not U:
        if t6.__class__ is str:
            return True
    return U

def r_kubernetes_KSV037_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.metadata"]
    t2 = t1.get('namespace', U) if t1.__class__ is dict else at(t1, 'namespace')
    if t2 is not U:
        if t2 == 'kube-system':
            t3 = True
            t4 = m["builtin.lib.kubernetes.kind"]
            t5 = m["builtin.kubernetes.KSV037.may_be_needed"]
            if t5 is not U:
                if member(t4, t5):
                    t3 = False
            if t3:
                t6 = True
                t7 = m["builtin.kubernetes.KSV037.part_of_the_cluster"]
                if t7 is not U:
                    if t7 is not False:
                        t6 = False
                if t6:
                    t8 = m["builtin.lib.kubernetes.kind"]
                    t9 = m["builtin.lib.kubernetes.name"]
                    if t9 is not U:
                        t10 = sprintf("%s '%s' should not be in the namespace kube-system", [t8, t9])
                        t11 = result_new(t10, t1)
                        found.append(t11)
    return found

@remembered
def r_kubernetes_KSV038_all_pods(m, a0):
    t1 = a0.get('namespaceSelector', U) if a0.__class__ is dict else at(a0, 'namespaceSelector')
    if t1 is not U:
        if is_empty_object(t1):
            t2 = object_get(a0, 'podSelector', {})
            if is_empty_object(t2):
                return True
    return U

def r_kubernetes_KSV038_peers(m):
    return {'ingress': 'from', 'egress': 'to'}

def r_lib_fields_objects(m, a0, a1):
    t1 = []
    t2 = at(a0, a1)
    if t2 is not U:
        for t3 in in_order(t2):
            if t3.__class__ is dict:
                t1.append(t3)
    return t1

def r_kubernetes_KSV038_restricts(m, a0, a1):
    t1 = r_lib_fields_objects(m, a0, a1)
    if t1 is not U:
        t2 = count(t1)
        if less(0, t2):
            return True
    return U

def r_kubernetes_KSV038_rules(m, a0):
    t1 = m["builtin.lib.kubernetes.kind"]
    if t1 == 'NetworkPolicy':
        t2 = m["builtin.lib.kubernetes.spec"]
        t3 = r_lib_fields_objects(m, t2, a0)
        if t3 is not U:
            return t3
    return U

def r_kubernetes_KSV038_deny(m):
    found = []
    for field_1 in some(['ingress', 'egress']):
        t2 = r_kubernetes_KSV038_rules(m, field_1)
        if t2 is not U:
            for rule_3 in some(t2):
                t4 = True
                t5 = r_kubernetes_KSV038_restricts(m, rule_3, 'ports')
                if t5 is not U:
                    if t5 is not False:
                        t4 = False
                if t4:
                    t6 = True
                    t7 = m["builtin.kubernetes.KSV038.peers"]
                    if t7 is not U:
                        t8 = at(t7, field_1)
                        if t8 is not U:
                            t9 = r_kubernetes_KSV038_restricts(m, rule_3, t8)
                            if t9 is not U:
                                if t9 is not False:
                                    t6 = False
                    if t6:
                        t10 = m["builtin.lib.kubernetes.name"]
                        if t10 is not U:
                            t11 = sprintf("NetworkPolicy '%s' has a rule that allows all %s", [t10, field_1])
                            t12 = result_new(t11, rule_3)
                            found.append(t12)
    for field_13 in some(['ingress', 'egress']):
        t14 = r_kubernetes_KSV038_rules(m, field_13)
        if t14 is not U:
            for rule_15 in some(t14):
                t16 = True
                t17 = r_kubernetes_KSV038_restricts(m, rule_15, 'ports')
                if t17 is not U:
                    if t17 is not False:
                        t16 = False
                if t16:
                    t18 = m["builtin.kubernetes.KSV038.peers"]
                    if t18 is not U:
                        t19 = at(t18, field_13)
                        if t19 is not U:
                            t20 = r_lib_fields_objects(m, rule_15, t19)
                            if t20 is not U:
                                for peer_21 in some(t20):
                                    t22 = r_kubernetes_KSV038_all_pods(m, peer_21)
                                    if t22 is not U:
                                        if t22 is not False:
                                            t23 = m["builtin.lib.kubernetes.name"]
                                            if t23 is not U:
                                                t24 = sprintf("NetworkPolicy '%s' allows %s of every pod of the cluster", [t23, field_13])
                                                t25 = result_new(t24, peer_21)
                                                found.append(t25)
    return found

def r_kubernetes_KSV039_limited(m, a0, a1):
    for field_1 in some(['default', 'max']):
        t2 = at(a0, field_1)
        if t2 is not U:
            t3 = r_lib_utils_has_key(m, t2, a1)
            if t3 is not U:
                if t3 is not False:
                    return True
    return U

def r_kubernetes_KSV039_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.kind"]
    if t1 == 'LimitRange':
        t2 = m["builtin.lib.kubernetes.spec"]
        t3 = r_lib_fields_objects(m, t2, 'limits')
        if t3 is not U:
            t4 = count(t3)
            if is_number_equal(t4, 0):
                t5 = m["builtin.lib.kubernetes.name"]
                if t5 is not U:
                    t6 = sprintf("LimitRange '%s' limits nothing", [t5])
                    t7 = m["builtin.lib.kubernetes.object"]
                    if t7 is not U:
                        t8 = result_new(t6, t7)
                        found.append(t8)
    t9 = m["builtin.lib.kubernetes.kind"]
    if t9 == 'LimitRange':
        t10 = m["builtin.lib.kubernetes.spec"]
        t11 = r_lib_fields_objects(m, t10, 'limits')
        if t11 is not U:
            for limit_12 in some(t11):
                t13 = limit_12.get('type', U) if limit_12.__class__ is dict else at(limit_12, 'type')
                if t13 is not U:
                    if t13 == 'Container':
                        for resource_14 in some(['cpu', 'memory']):
                            t15 = True
                            t16 = r_kubernetes_KSV039_limited(m, limit_12, resource_14)
                            if t16 is not U:
                                if t16 is not False:
                                    t15 = False
                            if t15:
                                t17 = m["builtin.lib.kubernetes.name"]
                                if t17 is not U:
                                    t18 = sprintf("LimitRange '%s' gives containers no default or maximum of %s", [t17, resource_14])
                                    t19 = result_new(t18, limit_12)
                                    found.append(t19)
    return found

def r_kubernetes_KSV040_bounds(m):
    found = Set()
    t1 = m["builtin.lib.kubernetes.spec"]
    t2 = t1.get('hard', U) if t1.__class__ is dict else at(t1, 'hard')
    if t2 is not U:
        if t2.__class__ is dict:
            for name_3, t4 in some_pairs(t2):
                found.add(name_3)
    return found

def r_kubernetes_KSV040_is_bounded(m, a0):
    t1 = m["builtin.kubernetes.KSV040.bounds"]
    t2 = concat('.', ['requests', a0])
    t3 = concat('.', ['limits', a0])
    t4 = count(intersection(t1, Set.of(a0, t2, t3)))
    if less(0, t4):
        return True
    return U

def r_kubernetes_KSV040_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.kind"]
    if t1 == 'ResourceQuota':
        t2 = m["builtin.kubernetes.KSV040.bounds"]
        t3 = count(t2)
        if is_number_equal(t3, 0):
            t4 = m["builtin.lib.kubernetes.name"]
            if t4 is not U:
                t5 = sprintf("ResourceQuota '%s' bounds nothing", [t4])
                t6 = m["builtin.lib.kubernetes.object"]
                if t6 is not U:
                    t7 = result_new(t5, t6)
                    found.append(t7)
    t8 = m["builtin.lib.kubernetes.kind"]
    if t8 == 'ResourceQuota':
        for bounded_9, open_10 in some_pairs({'cpu': 'memory', 'memory': 'cpu'}):
            t11 = r_kubernetes_KSV040_is_bounded(m, bounded_9)
            if t11 is not U:
                if t11 is not False:
                    t12 = True
                    t13 = r_kubernetes_KSV040_is_bounded(m, open_10)
                    if t13 is not U:
                        if t13 is not False:
                            t12 = False
                    if t12:
                        t14 = m["builtin.lib.kubernetes.name"]
                        if t14 is not U:
                            t15 = sprintf("ResourceQuota '%s' bounds %s but not %s", [t14, bounded_9, open_10])
                            t16 = m["builtin.lib.kubernetes.spec"]
                            t17 = t16.get('hard', U) if t16.__class__ is dict else at(t16, 'hard')
                            if t17 is not U:
                                t18 = result_new(t15, t17)
                                found.append(t18)
    return found

S_lib_rbac_is_role_1 = Set.of('Role', 'ClusterRole')
def r_lib_rbac_is_role(m):
    t1 = m["builtin.lib.rbac.kind"]
    if t1 is not U:
        if member(t1, S_lib_rbac_is_role_1):
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
    t26 = m["builtin.lib.rbac.api_groups"]
    if t26 is not U:
        return {'configmaps': S_lib_rbac_served_by_0, 'endpoints': S_lib_rbac_served_by_1, 'groups': S_lib_rbac_served_by_2, 'nodes/proxy': S_lib_rbac_served_by_3, 'persistentvolumes': S_lib_rbac_served_by_4, 'pods': S_lib_rbac_served_by_5, 'pods/attach': S_lib_rbac_served_by_6, 'pods/ephemeralcontainers': S_lib_rbac_served_by_7, 'pods/exec': S_lib_rbac_served_by_8, 'pods/log': S_lib_rbac_served_by_9, 'replicationcontrollers': S_lib_rbac_served_by_10, 'secrets': S_lib_rbac_served_by_11, 'serviceaccounts': S_lib_rbac_served_by_12, 'serviceaccounts/token': S_lib_rbac_served_by_13, 'services': S_lib_rbac_served_by_14, 'users': S_lib_rbac_served_by_15, 'daemonsets': S_lib_rbac_served_by_16, 'deployments': S_lib_rbac_served_by_17, 'replicasets': S_lib_rbac_served_by_18, 'statefulsets': S_lib_rbac_served_by_19, 'cronjobs': S_lib_rbac_served_by_20, 'jobs': S_lib_rbac_served_by_21, 'endpointslices': S_lib_rbac_served_by_22, 'ingresses': S_lib_rbac_served_by_23, 'networkpolicies': S_lib_rbac_served_by_24, 'clusterrolebindings': t26, 'clusterroles': t26, 'rolebindings': t26, 'roles': t26, 'certificatesigningrequests/approval': S_lib_rbac_served_by_26, 'mutatingwebhookconfigurations': S_lib_rbac_served_by_27, 'validatingwebhookconfigurations': S_lib_rbac_served_by_28}
    return U

def r_lib_rbac_serves(m, a0, a1):
    if member('*', a0):
        return True
    t1 = count(intersection(a0, a1))
    if less(0, t1):
        return True
    return U

def r_lib_rbac_named(m, a0, a1):
    t1 = Set()
    for resource_2 in some(a1):
        t3 = m["builtin.lib.rbac.served_by"]
        if t3 is not U:
            t4 = at(t3, resource_2)
            if t4 is not U:
                t5 = r_lib_rbac_serves(m, a0, t4)
                if t5 is not U:
                    if t5 is not False:
                        t1.add(resource_2)
    return t1

def r_lib_rbac_strings(m, a0, a1):
    t1 = Set()
    t2 = at(a0, a1)
    if t2 is not U:
        t3 = r_lib_utils_strings(m, t2)
        if t3 is not U:
            for word_4 in some(t3):
                t1.add(word_4)
    return t1

def r_lib_rbac_subresources(m, a0, a1):
    t1 = Set()
    for pattern_2 in some(a1):
        t3 = startswith(pattern_2, '*/')
        if t3:
            t4 = m["builtin.lib.rbac.served_by"]
            if t4 is not U:
                for resource_5, by_6 in some_pairs(t4):
                    t7 = trim_prefix(pattern_2, '*')
                    t8 = endswith(resource_5, t7)
                    if t8:
                        t9 = r_lib_rbac_serves(m, a0, by_6)
                        if t9 is not U:
                            if t9 is not False:
                                t1.add(resource_5)
    return t1

S_lib_rbac_broad_groups_0 = Set.of('', '*')
def r_lib_rbac_broad_groups(m):
    return S_lib_rbac_broad_groups_0

def r_lib_rbac_resources_of(m):
    found = {}
    t1 = m["builtin.lib.rbac.served_by"]
    if t1 is not U:
        for resource_2, groups_3 in some_pairs(t1):
            for group_4 in some(groups_3):
                under(found, group_4).add(resource_2)
    return found

def r_lib_rbac_whole_group(m, a0, a1):
    t1 = Set()
    if member('*', a1):
        t2 = m["builtin.lib.rbac.broad_groups"]
        if t2 is not U:
            for group_3 in some(minus(a0, t2)):
                t4 = m["builtin.lib.rbac.resources_of"]
                t5 = at(t4, group_3)
                if t5 is not U:
                    for resource_6 in some(t5):
                        t1.add(resource_6)
    return t1

def r_lib_rbac_grants(m):
    found = Set()
    t1 = m["builtin.lib.rbac.is_role"]
    if t1 is not U:
        if t1 is not False:
            t2 = m["builtin.lib.kubernetes.object"]
            if t2 is not U:
                t3 = t2.get('rules', U) if t2.__class__ is dict else at(t2, 'rules')
                if t3 is not U:
                    if t3.__class__ is list:
                        for position_4, rule_5 in some_pairs(t3):
                            if rule_5.__class__ is dict:
                                t6 = r_lib_rbac_strings(m, rule_5, 'apiGroups')
                                if t6 is not U:
                                    t7 = r_lib_rbac_strings(m, rule_5, 'resources')
                                    if t7 is not U:
                                        t8 = m["builtin.lib.rbac.title"]
                                        if t8 is not U:
                                            t9 = sprintf('Rule %d of %s', [plus(position_4, 1), t8])
                                            t10 = r_lib_rbac_strings(m, rule_5, 'verbs')
                                            if t10 is not U:
                                                t11 = r_lib_rbac_strings(m, rule_5, 'resourceNames')
                                                if t11 is not U:
                                                    t12 = r_lib_rbac_strings(m, rule_5, 'nonResourceURLs')
                                                    if t12 is not U:
                                                        t13 = r_lib_rbac_named(m, t6, t7)
                                                        if t13 is not U:
                                                            t14 = r_lib_rbac_whole_group(m, t6, t7)
                                                            if t14 is not U:
                                                                t15 = r_lib_rbac_subresources(m, t6, t7)
                                                                if t15 is not U:
                                                                    grant_16 = {'rule': rule_5, 'title': t9, 'groups': t6, 'resources': t7, 'verbs': t10, 'names': t11, 'urls': t12, 'covers': union(union(t13, t14), t15)}
                                                                    found.add(grant_16)
    return found

def r_lib_rbac_on(m):
    found = {}
    t1 = m["builtin.lib.rbac.grants"]
    for grant_2 in some(t1):
        t3 = grant_2.get('covers', U) if grant_2.__class__ is dict else at(grant_2, 'covers')
        if t3 is not U:
            for resource_4 in some(t3):
                under(found, resource_4).add(grant_2)
    return found

S_lib_rbac_allowing_6 = Set.of('*')
def r_lib_rbac_allowing(m, a0, a1):
    t1 = Set()
    for resource_2 in some(a0):
        t3 = m["builtin.lib.rbac.on"]
        t4 = at(t3, resource_2)
        if t4 is not U:
            for grant_5 in some(t4):
                t6 = grant_5.get('verbs', U) if grant_5.__class__ is dict else at(grant_5, 'verbs')
                if t6 is not U:
                    t8 = count(intersection(t6, union(a1, S_lib_rbac_allowing_6)))
                    if less(0, t8):
                        t1.add(grant_5)
    return t1

def r_lib_rbac_allowing_any(m, a0, a1):
    t1 = Set()
    t2 = r_lib_rbac_allowing(m, a0, a1)
    if t2 is not U:
        for grant_3 in some(t2):
            t4 = grant_3.get('names', U) if grant_3.__class__ is dict else at(grant_3, 'names')
            if t4 is not U:
                t5 = count(t4)
                if is_number_equal(t5, 0):
                    t1.add(grant_3)
    return t1

S_lib_rbac_write_verbs_0 = Set.of('create', 'update', 'patch', 'delete', 'deletecollection')
def r_lib_rbac_write_verbs(m):
    return S_lib_rbac_write_verbs_0

S_kubernetes_KSV041_deny_1 = Set.of('secrets')
S_kubernetes_KSV041_deny_3 = Set.of('get', 'list', 'watch')
def r_kubernetes_KSV041_deny(m):
    found = []
    t1 = m["builtin.lib.rbac.kind"]
    if t1 is not U:
        if t1 == 'ClusterRole':
            t3 = m["builtin.lib.rbac.write_verbs"]
            if t3 is not U:
                t5 = r_lib_rbac_allowing_any(m, S_kubernetes_KSV041_deny_1, union(t3, S_kubernetes_KSV041_deny_3))
                if t5 is not U:
                    for grant_6 in some(t5):
                        t7 = grant_6.get('verbs', U) if grant_6.__class__ is dict else at(grant_6, 'verbs')
                        if t7 is not U:
                            t8 = sort(t7)
                            t9 = concat(', ', t8)
                            t10 = grant_6.get('title', U) if grant_6.__class__ is dict else at(grant_6, 'title')
                            if t10 is not U:
                                t11 = sprintf("%s grants '%s' on the secrets of all namespaces, whichever they are", [t10, t9])
                                t12 = grant_6.get('rule', U) if grant_6.__class__ is dict else at(grant_6, 'rule')
                                if t12 is not U:
                                    t13 = result_new(t11, t12)
                                    found.append(t13)
    return found

S_kubernetes_KSV042_deny_0 = Set.of('pods/log')
S_kubernetes_KSV042_deny_1 = Set.of('delete', 'deletecollection')
def r_kubernetes_KSV042_deny(m):
    found = []
    t3 = r_lib_rbac_allowing_any(m, S_kubernetes_KSV042_deny_0, S_kubernetes_KSV042_deny_1)
    if t3 is not U:
        for grant_4 in some(t3):
            t5 = grant_4.get('title', U) if grant_4.__class__ is dict else at(grant_4, 'title')
            if t5 is not U:
                t6 = sprintf('%s lets its subjects delete the logs of pods', [t5])
                t7 = grant_4.get('rule', U) if grant_4.__class__ is dict else at(grant_4, 'rule')
                if t7 is not U:
                    t8 = result_new(t6, t7)
                    found.append(t8)
    return found

@remembered
def r_kubernetes_KSV043_reaches_privileged(m, a0):
    t1 = a0.get('names', U) if a0.__class__ is dict else at(a0, 'names')
    if t1 is not U:
        t2 = count(t1)
        if is_number_equal(t2, 0):
            return True
    t3 = a0.get('names', U) if a0.__class__ is dict else at(a0, 'names')
    if t3 is not U:
        for name_4 in some(t3):
            t5 = startswith(name_4, 'system:')
            if t5:
                return True
    return U

def r_lib_rbac_listed(m, a0, a1):
    t1 = a0.get('covers', U) if a0.__class__ is dict else at(a0, 'covers')
    if t1 is not U:
        t2 = sort(intersection(t1, a1))
        t3 = concat(', ', t2)
        return t3
    return U

S_kubernetes_KSV043_deny_0 = Set.of('groups', 'serviceaccounts', 'users')
S_kubernetes_KSV043_deny_1 = Set.of('impersonate')
def r_kubernetes_KSV043_deny(m):
    found = []
    t3 = r_lib_rbac_allowing(m, S_kubernetes_KSV043_deny_0, S_kubernetes_KSV043_deny_1)
    if t3 is not U:
        for grant_4 in some(t3):
            t5 = r_kubernetes_KSV043_reaches_privileged(m, grant_4)
            if t5 is not U:
                if t5 is not False:
                    t6 = grant_4.get('title', U) if grant_4.__class__ is dict else at(grant_4, 'title')
                    if t6 is not U:
                        t7 = r_lib_rbac_listed(m, grant_4, S_kubernetes_KSV043_deny_0)
                        if t7 is not U:
                            t8 = sprintf('%s lets its subjects impersonate %s', [t6, t7])
                            t9 = grant_4.get('rule', U) if grant_4.__class__ is dict else at(grant_4, 'rule')
                            if t9 is not U:
                                t10 = result_new(t8, t9)
                                found.append(t10)
    return found

@remembered
def r_lib_rbac_all_resources(m, a0):
    t1 = a0.get('resources', U) if a0.__class__ is dict else at(a0, 'resources')
    if t1 is not U:
        if member('*', t1):
            t2 = a0.get('groups', U) if a0.__class__ is dict else at(a0, 'groups')
            if t2 is not U:
                t3 = m["builtin.lib.rbac.broad_groups"]
                if t3 is not U:
                    t4 = count(intersection(t2, t3))
                    if less(0, t4):
                        t5 = a0.get('verbs', U) if a0.__class__ is dict else at(a0, 'verbs')
                        if t5 is not U:
                            t6 = count(t5)
                            if less(0, t6):
                                return True
    return U

def r_kubernetes_KSV044_deny(m):
    found = []
    t1 = m["builtin.lib.rbac.grants"]
    for grant_2 in some(t1):
        t3 = r_lib_rbac_all_resources(m, grant_2)
        if t3 is not U:
            if t3 is not False:
                t4 = grant_2.get('verbs', U) if grant_2.__class__ is dict else at(grant_2, 'verbs')
                if t4 is not U:
                    if member('*', t4):
                        t5 = grant_2.get('title', U) if grant_2.__class__ is dict else at(grant_2, 'title')
                        if t5 is not U:
                            t6 = sprintf('%s allows every verb on every resource', [t5])
                            t7 = grant_2.get('rule', U) if grant_2.__class__ is dict else at(grant_2, 'rule')
                            if t7 is not U:
                                t8 = result_new(t6, t7)
                                found.append(t8)
    return found

def r_kubernetes_KSV045_deny(m):
    found = []
    t1 = m["builtin.lib.rbac.grants"]
    for grant_2 in some(t1):
        t3 = grant_2.get('verbs', U) if grant_2.__class__ is dict else at(grant_2, 'verbs')
        if t3 is not U:
            if member('*', t3):
                t4 = grant_2.get('covers', U) if grant_2.__class__ is dict else at(grant_2, 'covers')
                if t4 is not U:
                    t5 = count(t4)
                    if less(0, t5):
                        t6 = grant_2.get('title', U) if grant_2.__class__ is dict else at(grant_2, 'title')
                        if t6 is not U:
                            t7 = sort(t4)
                            t8 = concat(', ', t7)
                            t9 = sprintf('%s allows every verb on %s', [t6, t8])
                            t10 = grant_2.get('rule', U) if grant_2.__class__ is dict else at(grant_2, 'rule')
                            if t10 is not U:
                                t11 = result_new(t9, t10)
                                found.append(t11)
    return found

def r_kubernetes_KSV046_deny(m):
    found = []
    t1 = m["builtin.lib.rbac.kind"]
    if t1 is not U:
        if t1 == 'ClusterRole':
            t2 = m["builtin.lib.rbac.grants"]
            for grant_3 in some(t2):
                t4 = r_lib_rbac_all_resources(m, grant_3)
                if t4 is not U:
                    if t4 is not False:
                        t5 = grant_3.get('title', U) if grant_3.__class__ is dict else at(grant_3, 'title')
                        if t5 is not U:
                            t6 = sprintf('%s reaches every resource of the cluster', [t5])
                            t7 = grant_3.get('rule', U) if grant_3.__class__ is dict else at(grant_3, 'rule')
                            if t7 is not U:
                                t8 = result_new(t6, t7)
                                found.append(t8)
    return found

def r_kubernetes_KSV047_deny(m):
    found = []
    t1 = m["builtin.lib.rbac.on"]
    t2 = t1.get('nodes/proxy', U) if t1.__class__ is dict else at(t1, 'nodes/proxy')
    if t2 is not U:
        for grant_3 in some(t2):
            t4 = grant_3.get('verbs', U) if grant_3.__class__ is dict else at(grant_3, 'verbs')
            if t4 is not U:
                t5 = count(t4)
                if less(0, t5):
                    t6 = grant_3.get('title', U) if grant_3.__class__ is dict else at(grant_3, 'title')
                    if t6 is not U:
                        t7 = sprintf('%s lets its subjects reach the kubelet through nodes/proxy', [t6])
                        t8 = grant_3.get('rule', U) if grant_3.__class__ is dict else at(grant_3, 'rule')
                        if t8 is not U:
                            t9 = result_new(t7, t8)
                            found.append(t9)
    return found

S_kubernetes_KSV048_resources_0 = Set.of('cronjobs', 'daemonsets', 'deployments', 'jobs', 'pods', 'replicasets', 'replicationcontrollers', 'statefulsets')
def r_kubernetes_KSV048_resources(m):
    return S_kubernetes_KSV048_resources_0

S_kubernetes_KSV048_deny_1 = Set.of('create', 'update', 'patch')
def r_kubernetes_KSV048_deny(m):
    found = []
    t1 = m["builtin.kubernetes.KSV048.resources"]
    if t1 is not U:
        t3 = r_lib_rbac_allowing_any(m, t1, S_kubernetes_KSV048_deny_1)
        if t3 is not U:
            for grant_4 in some(t3):
                t5 = grant_4.get('title', U) if grant_4.__class__ is dict else at(grant_4, 'title')
                if t5 is not U:
                    t6 = r_lib_rbac_listed(m, grant_4, t1)
                    if t6 is not U:
                        t7 = sprintf('%s lets its subjects create or change %s', [t5, t6])
                        t8 = grant_4.get('rule', U) if grant_4.__class__ is dict else at(grant_4, 'rule')
                        if t8 is not U:
                            t9 = result_new(t7, t8)
                            found.append(t9)
    return found

S_kubernetes_KSV049_deny_0 = Set.of('configmaps')
def r_kubernetes_KSV049_deny(m):
    found = []
    t2 = m["builtin.lib.rbac.write_verbs"]
    if t2 is not U:
        t3 = r_lib_rbac_allowing_any(m, S_kubernetes_KSV049_deny_0, t2)
        if t3 is not U:
            for grant_4 in some(t3):
                t5 = grant_4.get('title', U) if grant_4.__class__ is dict else at(grant_4, 'title')
                if t5 is not U:
                    t6 = sprintf('%s lets its subjects change all config maps', [t5])
                    t7 = grant_4.get('rule', U) if grant_4.__class__ is dict else at(grant_4, 'rule')
                    if t7 is not U:
                        t8 = result_new(t6, t7)
                        found.append(t8)
    return found

S_kubernetes_KSV050_binds_powerful_3 = Set.of('cluster-admin', 'admin', 'edit')
@remembered
def r_kubernetes_KSV050_binds_powerful(m, a0):
    t1 = a0.get('names', U) if a0.__class__ is dict else at(a0, 'names')
    if t1 is not U:
        t2 = count(t1)
        if is_number_equal(t2, 0):
            return True
    t3 = a0.get('names', U) if a0.__class__ is dict else at(a0, 'names')
    if t3 is not U:
        t5 = count(intersection(t3, S_kubernetes_KSV050_binds_powerful_3))
        if less(0, t5):
            return True
    return U

S_kubernetes_KSV050_resources_0 = Set.of('clusterrolebindings', 'clusterroles', 'rolebindings', 'roles')
def r_kubernetes_KSV050_resources(m):
    return S_kubernetes_KSV050_resources_0

S_kubernetes_KSV050_escalating_1 = Set.of('escalate')
def r_kubernetes_KSV050_escalating(m):
    t1 = m["builtin.kubernetes.KSV050.resources"]
    if t1 is not U:
        t3 = r_lib_rbac_allowing(m, t1, S_kubernetes_KSV050_escalating_1)
        if t3 is not U:
            return t3
    return U

def r_kubernetes_KSV050_message(m, a0, a1):
    t1 = a0.get('title', U) if a0.__class__ is dict else at(a0, 'title')
    if t1 is not U:
        t2 = m["builtin.kubernetes.KSV050.resources"]
        if t2 is not U:
            t3 = r_lib_rbac_listed(m, a0, t2)
            if t3 is not U:
                t4 = sprintf("%s allows '%s' on %s", [t1, a1, t3])
                return t4
    return U

S_kubernetes_KSV050_deny_6 = Set.of('bind')
def r_kubernetes_KSV050_deny(m):
    found = []
    t1 = m["builtin.kubernetes.KSV050.escalating"]
    if t1 is not U:
        for grant_2 in some(t1):
            t3 = r_kubernetes_KSV050_message(m, grant_2, 'escalate')
            if t3 is not U:
                t4 = grant_2.get('rule', U) if grant_2.__class__ is dict else at(grant_2, 'rule')
                if t4 is not U:
                    t5 = result_new(t3, t4)
                    found.append(t5)
    t6 = m["builtin.kubernetes.KSV050.resources"]
    if t6 is not U:
        t8 = r_lib_rbac_allowing(m, t6, S_kubernetes_KSV050_deny_6)
        if t8 is not U:
            t9 = m["builtin.kubernetes.KSV050.escalating"]
            if t9 is not U:
                for grant_10 in some(minus(t8, t9)):
                    t11 = r_kubernetes_KSV050_binds_powerful(m, grant_10)
                    if t11 is not U:
                        if t11 is not False:
                            t12 = r_kubernetes_KSV050_message(m, grant_10, 'bind')
                            if t12 is not U:
                                t13 = grant_10.get('rule', U) if grant_10.__class__ is dict else at(grant_10, 'rule')
                                if t13 is not U:
                                    t14 = result_new(t12, t13)
                                    found.append(t14)
    return found

S_kubernetes_KSV051_deny_0 = Set.of('rolebindings')
S_kubernetes_KSV051_deny_1 = Set.of('create')
S_kubernetes_KSV051_deny_4 = Set.of('clusterroles', 'roles')
S_kubernetes_KSV051_deny_5 = Set.of('bind')
def r_kubernetes_KSV051_deny(m):
    found = []
    t3 = r_lib_rbac_allowing_any(m, S_kubernetes_KSV051_deny_0, S_kubernetes_KSV051_deny_1)
    if t3 is not U:
        for grant_4 in some(t3):
            t7 = r_lib_rbac_allowing_any(m, S_kubernetes_KSV051_deny_4, S_kubernetes_KSV051_deny_5)
            if t7 is not U:
                t8 = count(t7)
                if less(0, t8):
                    t9 = grant_4.get('title', U) if grant_4.__class__ is dict else at(grant_4, 'title')
                    if t9 is not U:
                        t10 = sprintf('%s and its right to bind roles let its subjects grant any role in a namespace', [t9])
                        t11 = grant_4.get('rule', U) if grant_4.__class__ is dict else at(grant_4, 'rule')
                        if t11 is not U:
                            t12 = result_new(t10, t11)
                            found.append(t12)
    return found

S_kubernetes_KSV052_deny_0 = Set.of('clusterrolebindings')
S_kubernetes_KSV052_deny_1 = Set.of('create')
S_kubernetes_KSV052_deny_4 = Set.of('clusterroles')
S_kubernetes_KSV052_deny_5 = Set.of('bind')
def r_kubernetes_KSV052_deny(m):
    found = []
    t3 = r_lib_rbac_allowing_any(m, S_kubernetes_KSV052_deny_0, S_kubernetes_KSV052_deny_1)
    if t3 is not U:
        for grant_4 in some(t3):
            t7 = r_lib_rbac_allowing_any(m, S_kubernetes_KSV052_deny_4, S_kubernetes_KSV052_deny_5)
            if t7 is not U:
                t8 = count(t7)
                if less(0, t8):
                    t9 = grant_4.get('title', U) if grant_4.__class__ is dict else at(grant_4, 'title')
                    if t9 is not U:
                        t10 = sprintf('%s and its right to bind roles let its subjects grant any role in the whole cluster', [t9])
                        t11 = grant_4.get('rule', U) if grant_4.__class__ is dict else at(grant_4, 'rule')
                        if t11 is not U:
                            t12 = result_new(t10, t11)
                            found.append(t12)
    return found

S_kubernetes_KSV053_deny_0 = Set.of('pods/exec')
S_kubernetes_KSV053_deny_1 = Set.of('create', 'get')
def r_kubernetes_KSV053_deny(m):
    found = []
    t3 = r_lib_rbac_allowing_any(m, S_kubernetes_KSV053_deny_0, S_kubernetes_KSV053_deny_1)
    if t3 is not U:
        for grant_4 in some(t3):
            t5 = grant_4.get('title', U) if grant_4.__class__ is dict else at(grant_4, 'title')
            if t5 is not U:
                t6 = sprintf('%s lets its subjects run commands in any pod', [t5])
                t7 = grant_4.get('rule', U) if grant_4.__class__ is dict else at(grant_4, 'rule')
                if t7 is not U:
                    t8 = result_new(t6, t7)
                    found.append(t8)
    return found

S_kubernetes_KSV054_deny_0 = Set.of('pods/attach')
S_kubernetes_KSV054_deny_1 = Set.of('create', 'get')
def r_kubernetes_KSV054_deny(m):
    found = []
    t3 = r_lib_rbac_allowing_any(m, S_kubernetes_KSV054_deny_0, S_kubernetes_KSV054_deny_1)
    if t3 is not U:
        for grant_4 in some(t3):
            t5 = grant_4.get('title', U) if grant_4.__class__ is dict else at(grant_4, 'title')
            if t5 is not U:
                t6 = sprintf('%s lets its subjects attach to the containers of any pod', [t5])
                t7 = grant_4.get('rule', U) if grant_4.__class__ is dict else at(grant_4, 'rule')
                if t7 is not U:
                    t8 = result_new(t6, t7)
                    found.append(t8)
    return found

S_kubernetes_KSV055_resources_0 = Set.of('clusterrolebindings', 'rolebindings')
def r_kubernetes_KSV055_resources(m):
    return S_kubernetes_KSV055_resources_0

S_kubernetes_KSV055_deny_1 = Set.of('update', 'patch')
def r_kubernetes_KSV055_deny(m):
    found = []
    t1 = m["builtin.kubernetes.KSV055.resources"]
    if t1 is not U:
        t3 = r_lib_rbac_allowing_any(m, t1, S_kubernetes_KSV055_deny_1)
        if t3 is not U:
            for grant_4 in some(t3):
                t5 = grant_4.get('title', U) if grant_4.__class__ is dict else at(grant_4, 'title')
                if t5 is not U:
                    t6 = r_lib_rbac_listed(m, grant_4, t1)
                    if t6 is not U:
                        t7 = sprintf('%s lets its subjects add others to existing %s', [t5, t6])
                        t8 = grant_4.get('rule', U) if grant_4.__class__ is dict else at(grant_4, 'rule')
                        if t8 is not U:
                            t9 = result_new(t7, t8)
                            found.append(t9)
    return found

S_kubernetes_KSV056_resources_0 = Set.of('endpoints', 'endpointslices', 'ingresses', 'networkpolicies', 'services')
def r_kubernetes_KSV056_resources(m):
    return S_kubernetes_KSV056_resources_0

def r_kubernetes_KSV056_deny(m):
    found = []
    t1 = m["builtin.kubernetes.KSV056.resources"]
    if t1 is not U:
        t2 = m["builtin.lib.rbac.write_verbs"]
        if t2 is not U:
            t3 = r_lib_rbac_allowing_any(m, t1, t2)
            if t3 is not U:
                for grant_4 in some(t3):
                    t5 = grant_4.get('title', U) if grant_4.__class__ is dict else at(grant_4, 'title')
                    if t5 is not U:
                        t6 = r_lib_rbac_listed(m, grant_4, t1)
                        if t6 is not U:
                            t7 = sprintf('%s lets its subjects change %s', [t5, t6])
                            t8 = grant_4.get('rule', U) if grant_4.__class__ is dict else at(grant_4, 'rule')
                            if t8 is not U:
                                t9 = result_new(t7, t8)
                                found.append(t9)
    return found

def r_kubernetes_KSV102_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.containers"]
    if t1 is not U:
        for container_2 in some(t1):
            t3 = container_2.get('image', U) if container_2.__class__ is dict else at(container_2, 'image')
            if t3 is not U:
                t4 = r_lib_kubernetes_image_parts(m, t3)
                if t4 is not U:
                    t5 = t4.get('name', U) if t4.__class__ is dict else at(t4, 'name')
                    if t5 is not U:
                        t6 = split(t5, '/')
                        t8 = count(t6)
                        t7 = at(t6, minus(t8, 1))
                        if t7 is not U:
                            if t7 == 'tiller':
                                t9 = r_lib_kubernetes_container_name(m, container_2)
                                if t9 is not U:
                                    t10 = m["builtin.lib.kubernetes.kind"]
                                    t11 = m["builtin.lib.kubernetes.name"]
                                    if t11 is not U:
                                        t12 = sprintf("Container '%s' of %s '%s' runs Tiller", [t9, t10, t11])
                                        t13 = result_new(t12, container_2)
                                        found.append(t13)
    t14 = m["builtin.lib.kubernetes.is_service"]
    if t14 is not False:
        t15 = m["builtin.lib.kubernetes.labels"]
        t16 = t15.get('app', U) if t15.__class__ is dict else at(t15, 'app')
        if t16 is not U:
            if t16 == 'helm':
                t17 = t15.get('name', U) if t15.__class__ is dict else at(t15, 'name')
                if t17 is not U:
                    if t17 == 'tiller':
                        t18 = m["builtin.lib.kubernetes.name"]
                        if t18 is not U:
                            t19 = sprintf("Service '%s' leads to Tiller", [t18])
                            t20 = m["builtin.lib.kubernetes.metadata"]
                            t21 = result_new(t19, t20)
                            found.append(t21)
    return found

def r_kubernetes_KSV103_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.stated_contexts"]
    if t1 is not U:
        for stated_2 in some(t1):
            t3 = stated_2.get('context', U) if stated_2.__class__ is dict else at(stated_2, 'context')
            if t3 is not U:
                t4 = t3.get('windowsOptions', U) if t3.__class__ is dict else at(t3, 'windowsOptions')
                if t4 is not U:
                    t5 = t4.get('hostProcess', U) if t4.__class__ is dict else at(t4, 'hostProcess')
                    if t5 is not U:
                        if t5 is True:
                            t6 = stated_2.get('subject', U) if stated_2.__class__ is dict else at(stated_2, 'subject')
                            if t6 is not U:
                                t7 = sprintf("%s should not set 'securityContext.windowsOptions.hostProcess' to true", [t6])
                                t8 = stated_2.get('element', U) if stated_2.__class__ is dict else at(stated_2, 'element')
                                if t8 is not U:
                                    t9 = result_new(t7, t8)
                                    found.append(t9)
    return found

def r_kubernetes_KSV104_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.stated_contexts"]
    if t1 is not U:
        for stated_2 in some(t1):
            t3 = stated_2.get('context', U) if stated_2.__class__ is dict else at(stated_2, 'context')
            if t3 is not U:
                t4 = t3.get('seccompProfile', U) if t3.__class__ is dict else at(t3, 'seccompProfile')
                if t4 is not U:
                    t5 = t4.get('type', U) if t4.__class__ is dict else at(t4, 'type')
                    if t5 is not U:
                        if t5 == 'Unconfined':
                            t6 = stated_2.get('subject', U) if stated_2.__class__ is dict else at(stated_2, 'subject')
                            if t6 is not U:
                                t7 = sprintf('%s should not turn seccomp off', [t6])
                                t8 = stated_2.get('element', U) if stated_2.__class__ is dict else at(stated_2, 'element')
                                if t8 is not U:
                                    t9 = result_new(t7, t8)
                                    found.append(t9)
    t10 = m["builtin.lib.kubernetes.pod_annotations"]
    for key_11, profile_12 in some_pairs(t10):
        t13 = contains(key_11, 'seccomp.security.alpha.kubernetes.io/')
        if t13:
            if profile_12 == 'unconfined':
                t14 = m["builtin.lib.kubernetes.subject"]
                if t14 is not U:
                    t15 = sprintf("%s should not turn seccomp off in its annotation '%s'", [t14, key_11])
                    t16 = result_new(t15, t10)
                    found.append(t16)
    return found

def r_kubernetes_KSV105_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.stated_contexts"]
    if t1 is not U:
        for stated_2 in some(t1):
            t3 = stated_2.get('context', U) if stated_2.__class__ is dict else at(stated_2, 'context')
            if t3 is not U:
                t4 = t3.get('runAsUser', U) if t3.__class__ is dict else at(t3, 'runAsUser')
                if t4 is not U:
                    if is_number_equal(t4, 0):
                        t5 = stated_2.get('subject', U) if stated_2.__class__ is dict else at(stated_2, 'subject')
                        if t5 is not U:
                            t6 = sprintf("%s should set 'securityContext.runAsUser' above 0", [t5])
                            t7 = stated_2.get('element', U) if stated_2.__class__ is dict else at(stated_2, 'element')
                            if t7 is not U:
                                t8 = result_new(t6, t7)
                                found.append(t8)
    return found

S_kubernetes_KSV106_deny_15 = Set.of('NET_BIND_SERVICE')
def r_kubernetes_KSV106_deny(m):
    found = []
    t1 = True
    t2 = m["builtin.lib.kubernetes.is_windows"]
    if t2 is not False:
        t1 = False
    if t1:
        t3 = m["builtin.lib.kubernetes.resolved_containers"]
        if t3 is not U:
            for resolved_4 in some(t3):
                t5 = True
                t6 = resolved_4.get('dropped', U) if resolved_4.__class__ is dict else at(resolved_4, 'dropped')
                if t6 is not U:
                    if member('ALL', t6):
                        t5 = False
                if t5:
                    t7 = resolved_4.get('subject', U) if resolved_4.__class__ is dict else at(resolved_4, 'subject')
                    if t7 is not U:
                        t8 = sprintf('%s should drop all capabilities', [t7])
                        t9 = resolved_4.get('container', U) if resolved_4.__class__ is dict else at(resolved_4, 'container')
                        if t9 is not U:
                            t10 = result_new(t8, t9)
                            found.append(t10)
    t11 = True
    t12 = m["builtin.lib.kubernetes.is_windows"]
    if t12 is not False:
        t11 = False
    if t11:
        t13 = m["builtin.lib.kubernetes.resolved_containers"]
        if t13 is not U:
            for resolved_14 in some(t13):
                t15 = resolved_14.get('added', U) if resolved_14.__class__ is dict else at(resolved_14, 'added')
                if t15 is not U:
                    beyond_17 = minus(t15, S_kubernetes_KSV106_deny_15)
                    t18 = count(beyond_17)
                    if less(0, t18):
                        t19 = resolved_14.get('subject', U) if resolved_14.__class__ is dict else at(resolved_14, 'subject')
                        if t19 is not U:
                            t20 = concat(', ', beyond_17)
                            t21 = sprintf('%s should add no capability but NET_BIND_SERVICE, and adds %s', [t19, t20])
                            t22 = resolved_14.get('container', U) if resolved_14.__class__ is dict else at(resolved_14, 'container')
                            if t22 is not U:
                                t23 = result_new(t21, t22)
                                found.append(t23)
    return found

def r_kubernetes_KSV110_names_namespace(m):
    t1 = m["builtin.lib.kubernetes.metadata"]
    t2 = t1.get('namespace', U) if t1.__class__ is dict else at(t1, 'namespace')
    if t2 is not U:
        if t2.__class__ is str:
            if t2 != '':
                return True
    return U

def r_kubernetes_KSV110_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.workload"]
    if t1 is not False:
        t2 = m["builtin.lib.kubernetes.metadata"]
        t3 = t2.get('namespace', U) if t2.__class__ is dict else at(t2, 'namespace')
        if t3 is not U:
            if t3 == 'default':
                t4 = m["builtin.lib.kubernetes.kind"]
                t5 = m["builtin.lib.kubernetes.name"]
                if t5 is not U:
                    t6 = sprintf("%s '%s' should not be in the default namespace", [t4, t5])
                    t7 = result_new(t6, t2)
                    found.append(t7)
    t8 = m["builtin.lib.kubernetes.workload"]
    if t8 is not False:
        t9 = True
        t10 = m["builtin.kubernetes.KSV110.names_namespace"]
        if t10 is not U:
            if t10 is not False:
                t9 = False
        if t9:
            t11 = m["builtin.lib.kubernetes.kind"]
            t12 = m["builtin.lib.kubernetes.name"]
            if t12 is not U:
                t13 = sprintf("%s '%s' names no namespace and lands in the default one", [t11, t12])
                t14 = m["builtin.lib.kubernetes.metadata"]
                t15 = result_new(t13, t14)
                found.append(t15)
    return found

S_kubernetes_KSV111_powerful_6 = Set.of('admin', 'edit')
def r_kubernetes_KSV111_powerful(m):
    t1 = m["builtin.lib.kubernetes.object"]
    if t1 is not U:
        t2 = t1.get('roleRef', U) if t1.__class__ is dict else at(t1, 'roleRef')
        if t2 is not U:
            t3 = t2.get('kind', U) if t2.__class__ is dict else at(t2, 'kind')
            if t3 is not U:
                if t3 == 'ClusterRole':
                    t4 = m["builtin.lib.rbac.role_name"]
                    if t4 == 'cluster-admin':
                        return True
    t5 = m["builtin.lib.rbac.kind"]
    if t5 is not U:
        if t5 == 'ClusterRoleBinding':
            t6 = m["builtin.lib.rbac.role_name"]
            if member(t6, S_kubernetes_KSV111_powerful_6):
                return True
    return U

def r_kubernetes_KSV111_deny(m):
    found = []
    t1 = m["builtin.lib.rbac.is_binding"]
    if t1 is not U:
        if t1 is not False:
            t2 = m["builtin.kubernetes.KSV111.powerful"]
            if t2 is not U:
                if t2 is not False:
                    t3 = m["builtin.lib.rbac.title"]
                    if t3 is not U:
                        t4 = m["builtin.lib.rbac.role_name"]
                        t5 = sprintf("%s gives its subjects the role '%s'", [t3, t4])
                        t6 = m["builtin.lib.kubernetes.object"]
                        if t6 is not U:
                            t7 = t6.get('roleRef', U) if t6.__class__ is dict else at(t6, 'roleRef')
                            if t7 is not U:
                                t8 = result_new(t5, t7)
                                found.append(t8)
    return found

def r_kubernetes_KSV112_deny(m):
    found = []
    t1 = m["builtin.lib.rbac.kind"]
    if t1 is not U:
        if t1 == 'Role':
            t2 = m["builtin.lib.rbac.grants"]
            for grant_3 in some(t2):
                t4 = r_lib_rbac_all_resources(m, grant_3)
                if t4 is not U:
                    if t4 is not False:
                        t5 = grant_3.get('title', U) if grant_3.__class__ is dict else at(grant_3, 'title')
                        if t5 is not U:
                            t6 = sprintf('%s reaches every resource of the namespace', [t5])
                            t7 = grant_3.get('rule', U) if grant_3.__class__ is dict else at(grant_3, 'rule')
                            if t7 is not U:
                                t8 = result_new(t6, t7)
                                found.append(t8)
    return found

S_kubernetes_KSV113_deny_1 = Set.of('secrets')
S_kubernetes_KSV113_deny_3 = Set.of('get', 'list', 'watch')
def r_kubernetes_KSV113_deny(m):
    found = []
    t1 = m["builtin.lib.rbac.kind"]
    if t1 is not U:
        if t1 == 'Role':
            t3 = m["builtin.lib.rbac.write_verbs"]
            if t3 is not U:
                t5 = r_lib_rbac_allowing_any(m, S_kubernetes_KSV113_deny_1, union(t3, S_kubernetes_KSV113_deny_3))
                if t5 is not U:
                    for grant_6 in some(t5):
                        t7 = grant_6.get('verbs', U) if grant_6.__class__ is dict else at(grant_6, 'verbs')
                        if t7 is not U:
                            t8 = sort(t7)
                            t9 = concat(', ', t8)
                            t10 = grant_6.get('title', U) if grant_6.__class__ is dict else at(grant_6, 'title')
                            if t10 is not U:
                                t11 = sprintf("%s grants '%s' on the secrets of its namespace, whichever they are", [t10, t9])
                                t12 = grant_6.get('rule', U) if grant_6.__class__ is dict else at(grant_6, 'rule')
                                if t12 is not U:
                                    t13 = result_new(t11, t12)
                                    found.append(t13)
    return found

S_kubernetes_KSV114_resources_0 = Set.of('mutatingwebhookconfigurations', 'validatingwebhookconfigurations')
def r_kubernetes_KSV114_resources(m):
    return S_kubernetes_KSV114_resources_0

def r_kubernetes_KSV114_deny(m):
    found = []
    t1 = m["builtin.kubernetes.KSV114.resources"]
    if t1 is not U:
        t2 = m["builtin.lib.rbac.write_verbs"]
        if t2 is not U:
            t3 = r_lib_rbac_allowing_any(m, t1, t2)
            if t3 is not U:
                for grant_4 in some(t3):
                    t5 = grant_4.get('title', U) if grant_4.__class__ is dict else at(grant_4, 'title')
                    if t5 is not U:
                        t6 = r_lib_rbac_listed(m, grant_4, t1)
                        if t6 is not U:
                            t7 = sprintf('%s lets its subjects change %s', [t5, t6])
                            t8 = grant_4.get('rule', U) if grant_4.__class__ is dict else at(grant_4, 'rule')
                            if t8 is not U:
                                t9 = result_new(t7, t8)
                                found.append(t9)
    return found

S_kubernetes_KSV115_deny_0 = Set.of('configmaps')
def r_kubernetes_KSV115_deny(m):
    found = []
    t2 = m["builtin.lib.rbac.write_verbs"]
    if t2 is not U:
        t3 = r_lib_rbac_allowing(m, S_kubernetes_KSV115_deny_0, t2)
        if t3 is not U:
            for grant_4 in some(t3):
                t5 = grant_4.get('names', U) if grant_4.__class__ is dict else at(grant_4, 'names')
                if t5 is not U:
                    if member('aws-auth', t5):
                        t6 = grant_4.get('title', U) if grant_4.__class__ is dict else at(grant_4, 'title')
                        if t6 is not U:
                            t7 = sprintf('%s lets its subjects change the config map aws-auth', [t6])
                            t8 = grant_4.get('rule', U) if grant_4.__class__ is dict else at(grant_4, 'rule')
                            if t8 is not U:
                                t9 = result_new(t7, t8)
                                found.append(t9)
    return found

def r_kubernetes_KSV116_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.stated_contexts"]
    if t1 is not U:
        for stated_2 in some(t1):
            t3 = stated_2.get('context', U) if stated_2.__class__ is dict else at(stated_2, 'context')
            if t3 is not U:
                t4 = t3.get('runAsGroup', U) if t3.__class__ is dict else at(t3, 'runAsGroup')
                if t4 is not U:
                    if is_number_equal(t4, 0):
                        t5 = stated_2.get('subject', U) if stated_2.__class__ is dict else at(stated_2, 'subject')
                        if t5 is not U:
                            t6 = sprintf("%s should not set 'securityContext.runAsGroup' to 0", [t5])
                            t7 = stated_2.get('element', U) if stated_2.__class__ is dict else at(stated_2, 'element')
                            if t7 is not U:
                                t8 = result_new(t6, t7)
                                found.append(t8)
    t9 = m["builtin.lib.kubernetes.pod_security_context"]
    t10 = t9.get('fsGroup', U) if t9.__class__ is dict else at(t9, 'fsGroup')
    if t10 is not U:
        if is_number_equal(t10, 0):
            t11 = m["builtin.lib.kubernetes.subject"]
            if t11 is not U:
                t12 = sprintf("%s should not set 'securityContext.fsGroup' to 0", [t11])
                t13 = result_new(t12, t9)
                found.append(t13)
    t14 = m["builtin.lib.kubernetes.pod_security_context"]
    t15 = t14.get('supplementalGroups', U) if t14.__class__ is dict else at(t14, 'supplementalGroups')
    if t15 is not U:
        for t16 in members(t15):
            if is_number_equal(t16, 0):
                t17 = m["builtin.lib.kubernetes.subject"]
                if t17 is not U:
                    t18 = sprintf("%s should not have 0 in 'securityContext.supplementalGroups'", [t17])
                    t19 = result_new(t18, t14)
                    found.append(t19)
    return found

def r_kubernetes_KSV117_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.resolved_containers"]
    if t1 is not U:
        for resolved_2 in some(t1):
            t3 = resolved_2.get('container', U) if resolved_2.__class__ is dict else at(resolved_2, 'container')
            if t3 is not U:
                t4 = t3.get('ports', U) if t3.__class__ is dict else at(t3, 'ports')
                if t4 is not U:
                    for t5 in members(t4):
                        t6 = t5.get('containerPort', U) if t5.__class__ is dict else at(t5, 'containerPort')
                        if t6 is not U:
                            t7 = is_number(t6)
                            if t7:
                                if less(t6, 1024):
                                    t8 = resolved_2.get('subject', U) if resolved_2.__class__ is dict else at(resolved_2, 'subject')
                                    if t8 is not U:
                                        t9 = sprintf('%s should not listen on the port %v', [t8, t6])
                                        t10 = result_new(t9, t5)
                                        found.append(t10)
    return found

def r_kubernetes_KSV118_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.pod_security_context"]
    t2 = count(t1)
    if is_number_equal(t2, 0):
        t3 = m["builtin.lib.kubernetes.resolved_containers"]
        if t3 is not U:
            for resolved_4 in some(t3):
                t5 = resolved_4.get('container', U) if resolved_4.__class__ is dict else at(resolved_4, 'container')
                if t5 is not U:
                    t6 = r_lib_kubernetes_own_security_context(m, t5)
                    if t6 is not U:
                        t7 = count(t6)
                        if is_number_equal(t7, 0):
                            t8 = resolved_4.get('subject', U) if resolved_4.__class__ is dict else at(resolved_4, 'subject')
                            if t8 is not U:
                                t9 = sprintf('%s should have a security context, or its pod', [t8])
                                t10 = result_new(t9, t5)
                                found.append(t10)
    return found

S_kubernetes_KSV119_deny_4 = Set.of('NET_RAW', 'ALL')
def r_kubernetes_KSV119_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.resolved_containers"]
    if t1 is not U:
        for resolved_2 in some(t1):
            t3 = resolved_2.get('added', U) if resolved_2.__class__ is dict else at(resolved_2, 'added')
            if t3 is not U:
                for added_4 in some(t3):
                    if member(added_4, S_kubernetes_KSV119_deny_4):
                        t6 = resolved_2.get('subject', U) if resolved_2.__class__ is dict else at(resolved_2, 'subject')
                        if t6 is not U:
                            t7 = sprintf("%s should not add '%s' to 'securityContext.capabilities.add'", [t6, added_4])
                            t8 = resolved_2.get('container', U) if resolved_2.__class__ is dict else at(resolved_2, 'container')
                            if t8 is not U:
                                t9 = result_new(t7, t8)
                                found.append(t9)
    return found

S_kubernetes_KSV120_deny_4 = Set.of('SYS_MODULE', 'ALL')
def r_kubernetes_KSV120_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.resolved_containers"]
    if t1 is not U:
        for resolved_2 in some(t1):
            t3 = resolved_2.get('added', U) if resolved_2.__class__ is dict else at(resolved_2, 'added')
            if t3 is not U:
                for added_4 in some(t3):
                    if member(added_4, S_kubernetes_KSV120_deny_4):
                        t6 = resolved_2.get('subject', U) if resolved_2.__class__ is dict else at(resolved_2, 'subject')
                        if t6 is not U:
                            t7 = sprintf("%s should not add '%s' to 'securityContext.capabilities.add'", [t6, added_4])
                            t8 = resolved_2.get('container', U) if resolved_2.__class__ is dict else at(resolved_2, 'container')
                            if t8 is not U:
                                t9 = result_new(t7, t8)
                                found.append(t9)
    return found

S_kubernetes_KSV121_sensitive_paths_0 = Set.of('/', '/bin', '/boot', '/dev', '/etc', '/etc/kubernetes', '/lib', '/lib64', '/proc', '/root', '/run', '/sbin', '/sys', '/usr', '/var', '/var/lib', '/var/lib/containerd', '/var/lib/docker', '/var/lib/etcd', '/var/lib/kubelet', '/var/run')
def r_kubernetes_KSV121_sensitive_paths(m):
    return S_kubernetes_KSV121_sensitive_paths_0

def r_kubernetes_KSV121_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.volumes"]
    for volume_2 in some(t1):
        t3 = r_lib_kubernetes_host_path(m, volume_2)
        if t3 is not U:
            t4 = m["builtin.kubernetes.KSV121.sensitive_paths"]
            if t4 is not U:
                if member(t3, t4):
                    t5 = m["builtin.lib.kubernetes.subject"]
                    if t5 is not U:
                        t6 = r_lib_kubernetes_volume_name(m, volume_2)
                        if t6 is not U:
                            t7 = sprintf("%s should not mount '%s' of the node as '%s'", [t5, t3, t6])
                            t8 = result_new(t7, volume_2)
                            found.append(t8)
    return found

def r_kubernetes_KSV122_anonymous(m):
    return {'User': 'system:anonymous', 'Group': 'system:unauthenticated'}

def r_kubernetes_KSV122_deny(m):
    found = []
    t1 = True
    t2 = m["builtin.lib.rbac.binds_harmless_role"]
    if t2 is not U:
        if t2 is not False:
            t1 = False
    if t1:
        t3 = m["builtin.lib.rbac.subjects"]
        for subject_4 in some(t3):
            t5 = m["builtin.kubernetes.KSV122.anonymous"]
            if t5 is not U:
                t7 = subject_4.get('kind', U) if subject_4.__class__ is dict else at(subject_4, 'kind')
                if t7 is not U:
                    t6 = at(t5, t7)
                    if t6 is not U:
                        t8 = subject_4.get('name', U) if subject_4.__class__ is dict else at(subject_4, 'name')
                        if t8 is not U:
                            if equal(t6, t8):
                                t9 = subject_4.get('title', U) if subject_4.__class__ is dict else at(subject_4, 'title')
                                if t9 is not U:
                                    t10 = m["builtin.lib.rbac.role_name"]
                                    t11 = sprintf("%s gives everybody without login the role '%s'", [t9, t10])
                                    t12 = subject_4.get('element', U) if subject_4.__class__ is dict else at(subject_4, 'element')
                                    if t12 is not U:
                                        t13 = result_new(t11, t12)
                                        found.append(t13)
    return found

def r_kubernetes_RPV_K8S_001_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.containers"]
    if t1 is not U:
        for container_2 in some(t1):
            t3 = container_2.get('image', U) if container_2.__class__ is dict else at(container_2, 'image')
            if t3 is not U:
                t4 = r_lib_kubernetes_image_parts(m, t3)
                if t4 is not U:
                    t5 = t4.get('digest', U) if t4.__class__ is dict else at(t4, 'digest')
                    if t5 is not U:
                        if t5 == '':
                            t6 = r_lib_kubernetes_container_subject(m, container_2)
                            if t6 is not U:
                                t7 = sprintf("%s should name the digest of the image '%s'", [t6, t3])
                                t8 = result_new(t7, container_2)
                                found.append(t8)
    return found

def r_lib_kubernetes_is_job(m):
    t1 = m["builtin.lib.kubernetes.kind"]
    if t1 == 'Job':
        return True
    return False

S_lib_kubernetes_long_running_8 = Set.of('Never', 'OnFailure')
def r_lib_kubernetes_long_running(m):
    t1 = m["builtin.lib.kubernetes.is_controller"]
    if t1 is not False:
        t2 = True
        t3 = m["builtin.lib.kubernetes.is_job"]
        if t3 is not False:
            t2 = False
        if t2:
            return True
    t4 = m["builtin.lib.kubernetes.is_pod"]
    if t4 is not False:
        t5 = True
        t6 = m["builtin.lib.kubernetes.object"]
        if t6 is not U:
            t7 = t6.get('spec', U) if t6.__class__ is dict else at(t6, 'spec')
            if t7 is not U:
                t8 = t7.get('restartPolicy', U) if t7.__class__ is dict else at(t7, 'restartPolicy')
                if t8 is not U:
                    if member(t8, S_lib_kubernetes_long_running_8):
                        t5 = False
        if t5:
            return True
    return False

def r_kubernetes_RPV_K8S_002_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.long_running"]
    if t1 is not False:
        t2 = m["builtin.lib.kubernetes.regular_containers"]
        for container_3 in some(t2):
            t4 = True
            t5 = container_3.get('livenessProbe', U) if container_3.__class__ is dict else at(container_3, 'livenessProbe')
            if t5 is not U:
                if t5.__class__ is dict:
                    t4 = False
            if t4:
                t6 = r_lib_kubernetes_container_subject(m, container_3)
                if t6 is not U:
                    t7 = sprintf("%s should have a 'livenessProbe'", [t6])
                    t8 = result_new(t7, container_3)
                    found.append(t8)
    return found

def r_kubernetes_RPV_K8S_003_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.long_running"]
    if t1 is not False:
        t2 = m["builtin.lib.kubernetes.regular_containers"]
        for container_3 in some(t2):
            t4 = True
            t5 = container_3.get('readinessProbe', U) if container_3.__class__ is dict else at(container_3, 'readinessProbe')
            if t5 is not U:
                if t5.__class__ is dict:
                    t4 = False
            if t4:
                t6 = r_lib_kubernetes_container_subject(m, container_3)
                if t6 is not U:
                    t7 = sprintf("%s should have a 'readinessProbe'", [t6])
                    t8 = result_new(t7, container_3)
                    found.append(t8)
    return found

def r_kubernetes_RPV_K8S_004_handlers(m):
    return [['livenessProbe'], ['readinessProbe'], ['startupProbe'], ['lifecycle', 'postStart'], ['lifecycle', 'preStop']]

def r_kubernetes_RPV_K8S_004_nested_1(m, a0, a1):
    t1 = count(a1)
    if is_number_equal(t1, 1):
        t3 = at(a1, 0)
        if t3 is not U:
            t2 = at(a0, t3)
            if t2 is not U:
                return t2
    return U
def r_kubernetes_RPV_K8S_004_nested_2(m, a0, a1):
    t4 = count(a1)
    if is_number_equal(t4, 2):
        t6 = at(a1, 0)
        if t6 is not U:
            t5 = at(a0, t6)
            if t5 is not U:
                t8 = at(a1, 1)
                if t8 is not U:
                    t7 = at(t5, t8)
                    if t7 is not U:
                        return t7
    return U
def r_kubernetes_RPV_K8S_004_nested(m, a0, a1):
    value = one_of(r_kubernetes_RPV_K8S_004_nested_1(m, a0, a1), r_kubernetes_RPV_K8S_004_nested_2(m, a0, a1))
    return U if value is U else value

def r_kubernetes_RPV_K8S_004_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.resolved_containers"]
    if t1 is not U:
        for resolved_2 in some(t1):
            t3 = m["builtin.kubernetes.RPV_K8S_004.handlers"]
            if t3 is not U:
                for where_4 in some(t3):
                    t5 = resolved_2.get('container', U) if resolved_2.__class__ is dict else at(resolved_2, 'container')
                    if t5 is not U:
                        t6 = r_kubernetes_RPV_K8S_004_nested(m, t5, where_4)
                        if t6 is not U:
                            for action_7 in some(['httpGet', 'tcpSocket']):
                                t8 = at(t6, action_7)
                                if t8 is not U:
                                    t9 = t8.get('host', U) if t8.__class__ is dict else at(t8, 'host')
                                    if t9 is not U:
                                        t10 = True
                                        if member(t9, Set.of(None, '')):
                                            t10 = False
                                        if t10:
                                            t11 = resolved_2.get('subject', U) if resolved_2.__class__ is dict else at(resolved_2, 'subject')
                                            if t11 is not U:
                                                t12 = concat('.', where_4)
                                                t13 = sprintf("%s should not name the host '%v' in '%s.%s'", [t11, t9, t12, action_7])
                                                t14 = result_new(t13, t6)
                                                found.append(t14)
    return found

def r_kubernetes_RPV_K8S_010_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.containers"]
    if t1 is not U:
        for container_2 in some(t1):
            t3 = r_lib_fields_objects(m, container_2, 'env')
            if t3 is not U:
                for entry_4 in some(t3):
                    t5 = entry_4.get('name', U) if entry_4.__class__ is dict else at(entry_4, 'name')
                    if t5 is not U:
                        t6 = entry_4.get('value', U) if entry_4.__class__ is dict else at(entry_4, 'value')
                        if t6 is not U:
                            t7 = r_lib_credentials_exposes(m, t5, t6)
                            if t7 is not U:
                                if t7 is not False:
                                    t8 = r_lib_kubernetes_container_name(m, container_2)
                                    if t8 is not U:
                                        t9 = m["builtin.lib.kubernetes.kind"]
                                        t10 = m["builtin.lib.kubernetes.name"]
                                        if t10 is not U:
                                            t11 = sprintf("Container '%s' of %s '%s' has a credential written out in its variable '%s'", [t8, t9, t10, t5])
                                            t12 = result_new(t11, entry_4)
                                            found.append(t12)
    return found

def r_kubernetes_RPV_K8S_011_annotations(m):
    t1 = m["builtin.lib.kubernetes.metadata"]
    t2 = r_lib_fields_texts(m, t1, 'annotations')
    if t2 is not U:
        return t2
    return U

S_kubernetes_RPV_K8S_011_is_internal_5 = Set.of('internal', 'true', '0.0.0.0/0', 'private', 'intranet')
def r_kubernetes_RPV_K8S_011_is_internal(m):
    t1 = m["builtin.kubernetes.RPV_K8S_011.annotations"]
    if t1 is not U:
        for name_2, value_3 in some_pairs(t1):
            t4 = regex_match('(load-?balancer|lb).*(internal|scheme|type)|internal-load-balancer', name_2)
            if t4:
                t5 = lower(value_3)
                if member(t5, S_kubernetes_RPV_K8S_011_is_internal_5):
                    return True
    return U

def r_kubernetes_RPV_K8S_011_is_restricted(m):
    t1 = m["builtin.lib.kubernetes.spec"]
    t2 = r_lib_fields_strings(m, t1, 'loadBalancerSourceRanges')
    if t2 is not U:
        t3 = count(t2)
        if less(0, t3):
            t4 = True
            if member('0.0.0.0/0', t2):
                t4 = False
            if t4:
                t5 = True
                if member('::/0', t2):
                    t5 = False
                if t5:
                    return True
    t6 = m["builtin.kubernetes.RPV_K8S_011.annotations"]
    if t6 is not U:
        t7 = t6.get('service.beta.kubernetes.io/load-balancer-source-ranges', U) if t6.__class__ is dict else at(t6, 'service.beta.kubernetes.io/load-balancer-source-ranges')
        if t7 is not U:
            if t7 != '':
                t8 = True
                t9 = contains(t7, '0.0.0.0/0')
                if t9:
                    t8 = False
                if t8:
                    return True
    return U

def r_kubernetes_RPV_K8S_011_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.is_service"]
    if t1 is not False:
        t2 = m["builtin.lib.kubernetes.spec"]
        t3 = t2.get('type', U) if t2.__class__ is dict else at(t2, 'type')
        if t3 is not U:
            if t3 == 'LoadBalancer':
                t4 = True
                t5 = m["builtin.kubernetes.RPV_K8S_011.is_internal"]
                if t5 is not U:
                    if t5 is not False:
                        t4 = False
                if t4:
                    t6 = True
                    t7 = m["builtin.kubernetes.RPV_K8S_011.is_restricted"]
                    if t7 is not U:
                        if t7 is not False:
                            t6 = False
                    if t6:
                        t8 = m["builtin.lib.kubernetes.name"]
                        if t8 is not U:
                            t9 = sprintf("Service '%s' opens a load balancer to every address", [t8])
                            t10 = result_new(t9, t2)
                            found.append(t10)
    return found

def r_kubernetes_RPV_K8S_012_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.is_service"]
    if t1 is not False:
        t2 = m["builtin.lib.kubernetes.spec"]
        t3 = t2.get('type', U) if t2.__class__ is dict else at(t2, 'type')
        if t3 is not U:
            if t3 == 'NodePort':
                t4 = m["builtin.lib.kubernetes.name"]
                if t4 is not U:
                    t5 = sprintf("Service '%s' opens a port on every node", [t4])
                    t6 = result_new(t5, t2)
                    found.append(t6)
    return found

S_kubernetes_RPV_K8S_013_certificate_annotations_0 = Set.of('alb.ingress.kubernetes.io/certificate-arn', 'appgw.ingress.kubernetes.io/appgw-ssl-certificate', 'ingress.gcp.kubernetes.io/pre-shared-cert', 'networking.gke.io/managed-certificates', 'route.openshift.io/termination', 'traefik.ingress.kubernetes.io/router.tls', 'traefik.ingress.kubernetes.io/router.tls.certresolver')
def r_kubernetes_RPV_K8S_013_certificate_annotations(m):
    return S_kubernetes_RPV_K8S_013_certificate_annotations_0

S_kubernetes_RPV_K8S_013_tls_by_annotation_6 = Set.of('', 'false')
def r_kubernetes_RPV_K8S_013_tls_by_annotation(m):
    t1 = m["builtin.lib.kubernetes.metadata"]
    t2 = r_lib_fields_texts(m, t1, 'annotations')
    if t2 is not U:
        for name_3, value_4 in some_pairs(t2):
            t5 = m["builtin.kubernetes.RPV_K8S_013.certificate_annotations"]
            if t5 is not U:
                if member(name_3, t5):
                    t6 = True
                    if member(value_4, S_kubernetes_RPV_K8S_013_tls_by_annotation_6):
                        t6 = False
                    if t6:
                        return True
    return U

def r_kubernetes_RPV_K8S_013_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.kind"]
    if t1 == 'Ingress':
        t2 = m["builtin.lib.kubernetes.spec"]
        t3 = r_lib_fields_objects(m, t2, 'tls')
        if t3 is not U:
            t4 = count(t3)
            if is_number_equal(t4, 0):
                t5 = True
                t6 = m["builtin.kubernetes.RPV_K8S_013.tls_by_annotation"]
                if t6 is not U:
                    if t6 is not False:
                        t5 = False
                if t5:
                    t7 = m["builtin.lib.kubernetes.name"]
                    if t7 is not U:
                        t8 = sprintf("Ingress '%s' has no TLS", [t7])
                        t9 = result_new(t8, t2)
                        found.append(t9)
    return found

def r_kubernetes_RPV_K8S_014_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.kind"]
    if t1 == 'PersistentVolume':
        t2 = m["builtin.lib.kubernetes.spec"]
        t3 = t2.get('hostPath', U) if t2.__class__ is dict else at(t2, 'hostPath')
        if t3 is not U:
            if t3.__class__ is dict:
                t4 = m["builtin.lib.kubernetes.name"]
                if t4 is not U:
                    t5 = object_get(t3, 'path', '')
                    t6 = sprintf("PersistentVolume '%s' points to the folder '%v' of the node", [t4, t5])
                    t7 = result_new(t6, t3)
                    found.append(t7)
    return found

S_kubernetes_RPV_K8S_015_deny_1 = Set.of('ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration')
def r_kubernetes_RPV_K8S_015_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.kind"]
    if member(t1, S_kubernetes_RPV_K8S_015_deny_1):
        t3 = m["builtin.lib.kubernetes.object"]
        if t3 is not U:
            t4 = r_lib_fields_objects(m, t3, 'webhooks')
            if t4 is not U:
                for webhook_5 in some(t4):
                    t6 = webhook_5.get('failurePolicy', U) if webhook_5.__class__ is dict else at(webhook_5, 'failurePolicy')
                    if t6 is not U:
                        if t6 == 'Ignore':
                            t7 = object_get(webhook_5, 'name', '')
                            t8 = m["builtin.lib.kubernetes.name"]
                            if t8 is not U:
                                t9 = sprintf("Webhook '%v' of %s '%s' is skipped when it fails", [t7, t1, t8])
                                t10 = result_new(t9, webhook_5)
                                found.append(t10)
    return found

def r_kubernetes_RPV_K8S_016_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.kind"]
    if t1 == 'NetworkPolicy':
        t2 = m["builtin.lib.kubernetes.spec"]
        t3 = r_lib_fields_strings(m, t2, 'policyTypes')
        if t3 is not U:
            t4 = count(t3)
            if less(0, t4):
                for direction_5, field_6 in some_pairs({'Ingress': 'ingress', 'Egress': 'egress'}):
                    t7 = r_lib_fields_objects(m, t2, field_6)
                    if t7 is not U:
                        t8 = count(t7)
                        if less(0, t8):
                            t9 = True
                            if member(direction_5, t3):
                                t9 = False
                            if t9:
                                t10 = m["builtin.lib.kubernetes.name"]
                                if t10 is not U:
                                    t11 = sprintf("NetworkPolicy '%s' has %s rules, but 'policyTypes' lacks %s", [t10, field_6, direction_5])
                                    t12 = result_new(t11, t2)
                                    found.append(t12)
    return found

S_kubernetes_RPV_K8S_017_deny_12 = Set.of('0.0.0.0/0', '::/0')
def r_kubernetes_RPV_K8S_017_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.kind"]
    if t1 == 'NetworkPolicy':
        for field_2, peers_3 in some_pairs({'ingress': 'from', 'egress': 'to'}):
            t4 = m["builtin.lib.kubernetes.spec"]
            t5 = r_lib_fields_objects(m, t4, field_2)
            if t5 is not U:
                for rule_6 in some(t5):
                    t7 = r_lib_fields_objects(m, rule_6, 'ports')
                    if t7 is not U:
                        t8 = count(t7)
                        if is_number_equal(t8, 0):
                            t9 = r_lib_fields_objects(m, rule_6, peers_3)
                            if t9 is not U:
                                for peer_10 in some(t9):
                                    t11 = peer_10.get('ipBlock', U) if peer_10.__class__ is dict else at(peer_10, 'ipBlock')
                                    if t11 is not U:
                                        t12 = t11.get('cidr', U) if t11.__class__ is dict else at(t11, 'cidr')
                                        if t12 is not U:
                                            if member(t12, S_kubernetes_RPV_K8S_017_deny_12):
                                                t14 = r_lib_fields_strings(m, t11, 'except')
                                                if t14 is not U:
                                                    t15 = count(t14)
                                                    if is_number_equal(t15, 0):
                                                        t16 = m["builtin.lib.kubernetes.name"]
                                                        if t16 is not U:
                                                            t17 = sprintf("NetworkPolicy '%s' opens all ports of %s to '%s'", [t16, field_2, t12])
                                                            t18 = result_new(t17, peer_10)
                                                            found.append(t18)
    return found

S_kubernetes_RPV_K8S_018_deny_0 = Set.of('pods/ephemeralcontainers')
S_kubernetes_RPV_K8S_018_deny_1 = Set.of('update', 'patch')
def r_kubernetes_RPV_K8S_018_deny(m):
    found = []
    t3 = r_lib_rbac_allowing_any(m, S_kubernetes_RPV_K8S_018_deny_0, S_kubernetes_RPV_K8S_018_deny_1)
    if t3 is not U:
        for grant_4 in some(t3):
            t5 = grant_4.get('title', U) if grant_4.__class__ is dict else at(grant_4, 'title')
            if t5 is not U:
                t6 = sprintf('%s lets its subjects add containers to any running pod', [t5])
                t7 = grant_4.get('rule', U) if grant_4.__class__ is dict else at(grant_4, 'rule')
                if t7 is not U:
                    t8 = result_new(t6, t7)
                    found.append(t8)
    return found

S_kubernetes_RPV_K8S_019_deny_0 = Set.of('serviceaccounts/token')
S_kubernetes_RPV_K8S_019_deny_1 = Set.of('create')
def r_kubernetes_RPV_K8S_019_deny(m):
    found = []
    t3 = r_lib_rbac_allowing_any(m, S_kubernetes_RPV_K8S_019_deny_0, S_kubernetes_RPV_K8S_019_deny_1)
    if t3 is not U:
        for grant_4 in some(t3):
            t5 = grant_4.get('title', U) if grant_4.__class__ is dict else at(grant_4, 'title')
            if t5 is not U:
                t6 = sprintf('%s lets its subjects issue tokens of any service account', [t5])
                t7 = grant_4.get('rule', U) if grant_4.__class__ is dict else at(grant_4, 'rule')
                if t7 is not U:
                    t8 = result_new(t6, t7)
                    found.append(t8)
    return found

S_kubernetes_RPV_K8S_020_deny_0 = Set.of('persistentvolumes')
S_kubernetes_RPV_K8S_020_deny_1 = Set.of('create')
def r_kubernetes_RPV_K8S_020_deny(m):
    found = []
    t3 = r_lib_rbac_allowing_any(m, S_kubernetes_RPV_K8S_020_deny_0, S_kubernetes_RPV_K8S_020_deny_1)
    if t3 is not U:
        for grant_4 in some(t3):
            t5 = grant_4.get('title', U) if grant_4.__class__ is dict else at(grant_4, 'title')
            if t5 is not U:
                t6 = sprintf('%s lets its subjects create persistent volumes', [t5])
                t7 = grant_4.get('rule', U) if grant_4.__class__ is dict else at(grant_4, 'rule')
                if t7 is not U:
                    t8 = result_new(t6, t7)
                    found.append(t8)
    return found

S_kubernetes_RPV_K8S_021_deny_0 = Set.of('certificatesigningrequests/approval')
S_kubernetes_RPV_K8S_021_deny_1 = Set.of('update', 'patch')
def r_kubernetes_RPV_K8S_021_deny(m):
    found = []
    t3 = r_lib_rbac_allowing_any(m, S_kubernetes_RPV_K8S_021_deny_0, S_kubernetes_RPV_K8S_021_deny_1)
    if t3 is not U:
        for grant_4 in some(t3):
            t5 = grant_4.get('title', U) if grant_4.__class__ is dict else at(grant_4, 'title')
            if t5 is not U:
                t6 = sprintf('%s lets its subjects approve certificate requests', [t5])
                t7 = grant_4.get('rule', U) if grant_4.__class__ is dict else at(grant_4, 'rule')
                if t7 is not U:
                    t8 = result_new(t6, t7)
                    found.append(t8)
    return found

@remembered
def r_kubernetes_RPV_K8S_022_graver(m, a0):
    t1 = r_lib_rbac_all_resources(m, a0)
    if t1 is not U:
        if t1 is not False:
            return True
    t2 = a0.get('verbs', U) if a0.__class__ is dict else at(a0, 'verbs')
    if t2 is not U:
        if member('*', t2):
            t3 = a0.get('covers', U) if a0.__class__ is dict else at(a0, 'covers')
            if t3 is not U:
                t4 = count(t3)
                if less(0, t4):
                    return True
    return U

@remembered
def r_kubernetes_RPV_K8S_022_wildcards(m, a0):
    t1 = a0.get('groups', U) if a0.__class__ is dict else at(a0, 'groups')
    if t1 is not U:
        t2 = a0.get('resources', U) if a0.__class__ is dict else at(a0, 'resources')
        if t2 is not U:
            t3 = a0.get('verbs', U) if a0.__class__ is dict else at(a0, 'verbs')
            if t3 is not U:
                t4 = a0.get('urls', U) if a0.__class__ is dict else at(a0, 'urls')
                if t4 is not U:
                    return {'apiGroups': t1, 'resources': t2, 'verbs': t3, 'nonResourceURLs': t4}
    return U

def r_kubernetes_RPV_K8S_022_deny(m):
    found = []
    t1 = m["builtin.lib.rbac.grants"]
    for grant_2 in some(t1):
        for field_3 in some(['apiGroups', 'resources', 'verbs', 'nonResourceURLs']):
            t4 = r_kubernetes_RPV_K8S_022_wildcards(m, grant_2)
            if t4 is not U:
                t5 = at(t4, field_3)
                if t5 is not U:
                    if member('*', t5):
                        t6 = True
                        t7 = r_kubernetes_RPV_K8S_022_graver(m, grant_2)
                        if t7 is not U:
                            if t7 is not False:
                                t6 = False
                        if t6:
                            t8 = grant_2.get('title', U) if grant_2.__class__ is dict else at(grant_2, 'title')
                            if t8 is not U:
                                t9 = sprintf("%s uses '*' for %s", [t8, field_3])
                                t10 = grant_2.get('rule', U) if grant_2.__class__ is dict else at(grant_2, 'rule')
                                if t10 is not U:
                                    t11 = result_new(t9, t10)
                                    found.append(t11)
    return found

def r_kubernetes_RPV_K8S_023_deny(m):
    found = []
    t1 = True
    t2 = m["builtin.lib.rbac.binds_harmless_role"]
    if t2 is not U:
        if t2 is not False:
            t1 = False
    if t1:
        t3 = m["builtin.lib.rbac.subjects"]
        for subject_4 in some(t3):
            t5 = subject_4.get('kind', U) if subject_4.__class__ is dict else at(subject_4, 'kind')
            if t5 is not U:
                if t5 == 'ServiceAccount':
                    t6 = subject_4.get('name', U) if subject_4.__class__ is dict else at(subject_4, 'name')
                    if t6 is not U:
                        if t6 == 'default':
                            t7 = subject_4.get('title', U) if subject_4.__class__ is dict else at(subject_4, 'title')
                            if t7 is not U:
                                t8 = m["builtin.lib.rbac.role_name"]
                                t9 = sprintf("%s gives every pod without service account the role '%s'", [t7, t8])
                                t10 = subject_4.get('element', U) if subject_4.__class__ is dict else at(subject_4, 'element')
                                if t10 is not U:
                                    t11 = result_new(t9, t10)
                                    found.append(t11)
    return found

def r_kubernetes_RPV_K8S_024_deny(m):
    found = []
    t1 = True
    t2 = m["builtin.lib.rbac.binds_harmless_role"]
    if t2 is not U:
        if t2 is not False:
            t1 = False
    if t1:
        t3 = m["builtin.lib.rbac.subjects"]
        for subject_4 in some(t3):
            t5 = subject_4.get('kind', U) if subject_4.__class__ is dict else at(subject_4, 'kind')
            if t5 is not U:
                if t5 == 'Group':
                    t6 = subject_4.get('name', U) if subject_4.__class__ is dict else at(subject_4, 'name')
                    if t6 is not U:
                        if t6 == 'system:serviceaccounts':
                            t7 = subject_4.get('title', U) if subject_4.__class__ is dict else at(subject_4, 'title')
                            if t7 is not U:
                                t8 = m["builtin.lib.rbac.role_name"]
                                t9 = sprintf("%s gives every pod of the cluster the role '%s'", [t7, t8])
                                t10 = subject_4.get('element', U) if subject_4.__class__ is dict else at(subject_4, 'element')
                                if t10 is not U:
                                    t11 = result_new(t9, t10)
                                    found.append(t11)
    return found

S_kubernetes_RPV_K8S_025_names_account_4 = Set.of('', 'default')
def r_kubernetes_RPV_K8S_025_names_account(m):
    for field_1 in some(['serviceAccountName', 'serviceAccount']):
        t2 = m["builtin.lib.kubernetes.pod"]
        if t2 is not U:
            t3 = at(t2, field_1)
            if t3 is not U:
                if t3.__class__ is str:
                    t4 = True
                    if member(t3, S_kubernetes_RPV_K8S_025_names_account_4):
                        t4 = False
                    if t4:
                        return True
    return U

def r_kubernetes_RPV_K8S_025_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.workload"]
    if t1 is not False:
        t2 = True
        t3 = m["builtin.lib.kubernetes.pod"]
        if t3 is not U:
            t4 = t3.get('automountServiceAccountToken', U) if t3.__class__ is dict else at(t3, 'automountServiceAccountToken')
            if t4 is not U:
                if t4 is False:
                    t2 = False
        if t2:
            t5 = True
            t6 = m["builtin.kubernetes.RPV_K8S_025.names_account"]
            if t6 is not U:
                if t6 is not False:
                    t5 = False
            if t5:
                t7 = m["builtin.lib.kubernetes.kind"]
                t8 = m["builtin.lib.kubernetes.name"]
                if t8 is not U:
                    t9 = sprintf("%s '%s' should name a service account of its own", [t7, t8])
                    t10 = m["builtin.lib.kubernetes.pod"]
                    if t10 is not U:
                        t11 = result_new(t9, t10)
                        found.append(t11)
    return found

def r_lib_kubernetes_namespace_1(m):
    t1 = m["builtin.lib.kubernetes.metadata"]
    t2 = t1.get('namespace', U) if t1.__class__ is dict else at(t1, 'namespace')
    if t2 is not U:
        if t2.__class__ is str:
            return t2
    return U
def r_lib_kubernetes_namespace(m):
    value = r_lib_kubernetes_namespace_1(m)
    return 'default' if value is U else value

def r_kubernetes_RPV_K8S_026_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.kind"]
    if t1 == 'ServiceAccount':
        t2 = m["builtin.lib.kubernetes.name"]
        if t2 is not U:
            if t2 == 'default':
                t3 = True
                t4 = m["builtin.lib.kubernetes.object"]
                if t4 is not U:
                    t5 = t4.get('automountServiceAccountToken', U) if t4.__class__ is dict else at(t4, 'automountServiceAccountToken')
                    if t5 is not U:
                        if t5 is False:
                            t3 = False
                if t3:
                    t6 = m["builtin.lib.kubernetes.namespace"]
                    t7 = sprintf("ServiceAccount 'default' of namespace '%s' should set 'automountServiceAccountToken' to false", [t6])
                    t8 = m["builtin.lib.kubernetes.object"]
                    if t8 is not U:
                        t9 = result_new(t7, t8)
                        found.append(t9)
    return found

def r_kubernetes_RPV_K8S_027_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.kind"]
    if t1 == 'Secret':
        t2 = m["builtin.lib.kubernetes.object"]
        if t2 is not U:
            t3 = t2.get('type', U) if t2.__class__ is dict else at(t2, 'type')
            if t3 is not U:
                if t3 == 'kubernetes.io/service-account-token':
                    t4 = m["builtin.lib.kubernetes.name"]
                    if t4 is not U:
                        t5 = sprintf("Secret '%s' holds a service account token without end of validity", [t4])
                        t6 = result_new(t5, t2)
                        found.append(t6)
    return found

def r_kubernetes_RPV_K8S_028_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.kind"]
    if t1 == 'Ingress':
        t2 = m["builtin.lib.kubernetes.metadata"]
        t3 = r_lib_fields_texts(m, t2, 'annotations')
        if t3 is not U:
            for name_4, t5 in some_pairs(t3):
                t6 = regex_match('^nginx\\.(ingress\\.kubernetes\\.io|org)/.*-snippets?$', name_4)
                if t6:
                    t7 = m["builtin.lib.kubernetes.name"]
                    if t7 is not U:
                        t8 = sprintf("Ingress '%s' puts configuration of its own into the proxy with '%s'", [t7, name_4])
                        t9 = t2.get('annotations', U) if t2.__class__ is dict else at(t2, 'annotations')
                        if t9 is not U:
                            t10 = result_new(t8, t9)
                            found.append(t10)
    return found

def r_kubernetes_RPV_K8S_029_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.kind"]
    if t1 == 'APIService':
        t2 = m["builtin.lib.kubernetes.spec"]
        t3 = t2.get('insecureSkipTLSVerify', U) if t2.__class__ is dict else at(t2, 'insecureSkipTLSVerify')
        if t3 is not U:
            if t3 is True:
                t4 = m["builtin.lib.kubernetes.name"]
                if t4 is not U:
                    t5 = sprintf("APIService '%s' is trusted without checking its certificate", [t4])
                    t6 = result_new(t5, t2)
                    found.append(t6)
    return found

def r_kubernetes_RPV_K8S_030_label(m):
    return 'pod-security.kubernetes.io/enforce'

S_kubernetes_RPV_K8S_030_enforces_3 = Set.of('baseline', 'restricted')
def r_kubernetes_RPV_K8S_030_enforces(m):
    t1 = m["builtin.lib.kubernetes.labels"]
    t3 = m["builtin.kubernetes.RPV_K8S_030.label"]
    if t3 is not U:
        t2 = at(t1, t3)
        if t2 is not U:
            if member(t2, S_kubernetes_RPV_K8S_030_enforces_3):
                return True
    return U

def r_lib_kubernetes_is_namespace(m):
    t1 = m["builtin.lib.kubernetes.kind"]
    if t1 == 'Namespace':
        return True
    return False

def r_kubernetes_RPV_K8S_030_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.is_namespace"]
    if t1 is not False:
        t2 = True
        t3 = m["builtin.lib.kubernetes.name"]
        if t3 is not U:
            t4 = startswith(t3, 'kube-')
            if t4:
                t2 = False
        if t2:
            t5 = True
            t6 = m["builtin.kubernetes.RPV_K8S_030.enforces"]
            if t6 is not U:
                if t6 is not False:
                    t5 = False
            if t5:
                t7 = m["builtin.lib.kubernetes.name"]
                if t7 is not U:
                    t8 = sprintf("Namespace '%s' enforces no pod security level", [t7])
                    t9 = m["builtin.lib.kubernetes.metadata"]
                    t10 = result_new(t8, t9)
                    found.append(t10)
    return found

def r_kubernetes_RPV_K8S_031_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.containers"]
    if t1 is not U:
        for container_2 in some(t1):
            t3 = r_lib_fields_objects(m, container_2, 'env')
            if t3 is not U:
                for entry_4 in some(t3):
                    t5 = entry_4.get('valueFrom', U) if entry_4.__class__ is dict else at(entry_4, 'valueFrom')
                    if t5 is not U:
                        t6 = t5.get('secretKeyRef', U) if t5.__class__ is dict else at(t5, 'secretKeyRef')
                        if t6 is not U:
                            if t6.__class__ is dict:
                                t7 = r_lib_kubernetes_container_name(m, container_2)
                                if t7 is not U:
                                    t8 = m["builtin.lib.kubernetes.kind"]
                                    t9 = m["builtin.lib.kubernetes.name"]
                                    if t9 is not U:
                                        t10 = object_get(entry_4, 'name', '')
                                        t11 = sprintf("Container '%s' of %s '%s' gets a secret in its variable '%v'", [t7, t8, t9, t10])
                                        t12 = result_new(t11, entry_4)
                                        found.append(t12)
    t13 = m["builtin.lib.kubernetes.containers"]
    if t13 is not U:
        for container_14 in some(t13):
            t15 = r_lib_fields_objects(m, container_14, 'envFrom')
            if t15 is not U:
                for source_16 in some(t15):
                    t17 = source_16.get('secretRef', U) if source_16.__class__ is dict else at(source_16, 'secretRef')
                    if t17 is not U:
                        if t17.__class__ is dict:
                            t18 = r_lib_kubernetes_container_name(m, container_14)
                            if t18 is not U:
                                t19 = m["builtin.lib.kubernetes.kind"]
                                t20 = m["builtin.lib.kubernetes.name"]
                                if t20 is not U:
                                    t21 = object_get(t17, 'name', '')
                                    t22 = sprintf("Container '%s' of %s '%s' gets all of the secret '%v' in variables", [t18, t19, t20, t21])
                                    t23 = result_new(t22, source_16)
                                    found.append(t23)
    return found

def r_kubernetes_RPV_K8S_032_exposes(m, a0, a1):
    t1 = at(a0, a1)
    if t1 is not U:
        t2 = regex_find_all_string_submatch_n('^-+([A-Za-z0-9._-]+)=(.*)$', t1, 1)
        t3 = at(t2, 0)
        if t3 is not U:
            t4 = at(t3, 1)
            if t4 is not U:
                t5 = at(t2, 0)
                if t5 is not U:
                    t6 = at(t5, 2)
                    if t6 is not U:
                        t7 = r_lib_credentials_exposes(m, t4, t6)
                        if t7 is not U:
                            if t7 is not False:
                                return True
    t8 = at(a0, a1)
    if t8 is not U:
        t9 = trim_left(t8, '-')
        t10 = r_lib_credentials_names_credential(m, t9)
        if t10 is not U:
            if t10 is not False:
                t11 = at(a0, plus(a1, 1))
                if t11 is not U:
                    t12 = True
                    t13 = startswith(t11, '-')
                    if t13:
                        t12 = False
                    if t12:
                        t14 = r_lib_credentials_literal(m, t11)
                        if t14 is not U:
                            if t14 is not False:
                                return True
    return U

def r_kubernetes_RPV_K8S_032_deny(m):
    found = []
    t1 = m["builtin.lib.kubernetes.containers"]
    if t1 is not U:
        for container_2 in some(t1):
            t3 = r_lib_fields_strings(m, container_2, 'command')
            if t3 is not U:
                t4 = r_lib_fields_strings(m, container_2, 'args')
                if t4 is not U:
                    t5 = array_concat(t3, t4)
                    for position_6, word_7 in some_pairs(t5):
                        t8 = startswith(word_7, '-')
                        if t8:
                            t9 = r_kubernetes_RPV_K8S_032_exposes(m, t5, position_6)
                            if t9 is not U:
                                if t9 is not False:
                                    t10 = split(word_7, '=')
                                    t11 = at(t10, 0)
                                    if t11 is not U:
                                        t12 = r_lib_kubernetes_container_name(m, container_2)
                                        if t12 is not U:
                                            t13 = m["builtin.lib.kubernetes.kind"]
                                            t14 = m["builtin.lib.kubernetes.name"]
                                            if t14 is not U:
                                                t15 = sprintf("Container '%s' of %s '%s' has a credential written out after '%s'", [t12, t13, t14, t11])
                                                t16 = result_new(t15, container_2)
                                                found.append(t16)
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
REPORTING = {
    "builtin.kubernetes.KSV001.deny",
    "builtin.kubernetes.KSV002.deny",
    "builtin.kubernetes.KSV003.deny",
    "builtin.kubernetes.KSV004.deny",
    "builtin.kubernetes.KSV005.deny",
    "builtin.kubernetes.KSV006.deny",
    "builtin.kubernetes.KSV007.deny",
    "builtin.kubernetes.KSV008.deny",
    "builtin.kubernetes.KSV009.deny",
    "builtin.kubernetes.KSV010.deny",
    "builtin.kubernetes.KSV01010.deny",
    "builtin.kubernetes.KSV01011.deny",
    "builtin.kubernetes.KSV0108.deny",
    "builtin.kubernetes.KSV0109.deny",
    "builtin.kubernetes.KSV011.deny",
    "builtin.kubernetes.KSV012.deny",
    "builtin.kubernetes.KSV0123.deny",
    "builtin.kubernetes.KSV0124.deny",
    "builtin.kubernetes.KSV0125.deny",
    "builtin.kubernetes.KSV013.deny",
    "builtin.kubernetes.KSV014.deny",
    "builtin.kubernetes.KSV015.deny",
    "builtin.kubernetes.KSV016.deny",
    "builtin.kubernetes.KSV017.deny",
    "builtin.kubernetes.KSV018.deny",
    "builtin.kubernetes.KSV020.deny",
    "builtin.kubernetes.KSV021.deny",
    "builtin.kubernetes.KSV022.deny",
    "builtin.kubernetes.KSV023.deny",
    "builtin.kubernetes.KSV024.deny",
    "builtin.kubernetes.KSV025.deny",
    "builtin.kubernetes.KSV026.deny",
    "builtin.kubernetes.KSV027.deny",
    "builtin.kubernetes.KSV028.deny",
    "builtin.kubernetes.KSV030.deny",
    "builtin.kubernetes.KSV034.deny",
    "builtin.kubernetes.KSV036.deny",
    "builtin.kubernetes.KSV037.deny",
    "builtin.kubernetes.KSV038.deny",
    "builtin.kubernetes.KSV039.deny",
    "builtin.kubernetes.KSV040.deny",
    "builtin.kubernetes.KSV041.deny",
    "builtin.kubernetes.KSV042.deny",
    "builtin.kubernetes.KSV043.deny",
    "builtin.kubernetes.KSV044.deny",
    "builtin.kubernetes.KSV045.deny",
    "builtin.kubernetes.KSV046.deny",
    "builtin.kubernetes.KSV047.deny",
    "builtin.kubernetes.KSV048.deny",
    "builtin.kubernetes.KSV049.deny",
    "builtin.kubernetes.KSV050.deny",
    "builtin.kubernetes.KSV051.deny",
    "builtin.kubernetes.KSV052.deny",
    "builtin.kubernetes.KSV053.deny",
    "builtin.kubernetes.KSV054.deny",
    "builtin.kubernetes.KSV055.deny",
    "builtin.kubernetes.KSV056.deny",
    "builtin.kubernetes.KSV102.deny",
    "builtin.kubernetes.KSV103.deny",
    "builtin.kubernetes.KSV104.deny",
    "builtin.kubernetes.KSV105.deny",
    "builtin.kubernetes.KSV106.deny",
    "builtin.kubernetes.KSV110.deny",
    "builtin.kubernetes.KSV111.deny",
    "builtin.kubernetes.KSV112.deny",
    "builtin.kubernetes.KSV113.deny",
    "builtin.kubernetes.KSV114.deny",
    "builtin.kubernetes.KSV115.deny",
    "builtin.kubernetes.KSV116.deny",
    "builtin.kubernetes.KSV117.deny",
    "builtin.kubernetes.KSV118.deny",
    "builtin.kubernetes.KSV119.deny",
    "builtin.kubernetes.KSV120.deny",
    "builtin.kubernetes.KSV121.deny",
    "builtin.kubernetes.KSV122.deny",
    "builtin.kubernetes.RPV_K8S_001.deny",
    "builtin.kubernetes.RPV_K8S_002.deny",
    "builtin.kubernetes.RPV_K8S_003.deny",
    "builtin.kubernetes.RPV_K8S_004.deny",
    "builtin.kubernetes.RPV_K8S_010.deny",
    "builtin.kubernetes.RPV_K8S_011.deny",
    "builtin.kubernetes.RPV_K8S_012.deny",
    "builtin.kubernetes.RPV_K8S_013.deny",
    "builtin.kubernetes.RPV_K8S_014.deny",
    "builtin.kubernetes.RPV_K8S_015.deny",
    "builtin.kubernetes.RPV_K8S_016.deny",
    "builtin.kubernetes.RPV_K8S_017.deny",
    "builtin.kubernetes.RPV_K8S_018.deny",
    "builtin.kubernetes.RPV_K8S_019.deny",
    "builtin.kubernetes.RPV_K8S_020.deny",
    "builtin.kubernetes.RPV_K8S_021.deny",
    "builtin.kubernetes.RPV_K8S_022.deny",
    "builtin.kubernetes.RPV_K8S_023.deny",
    "builtin.kubernetes.RPV_K8S_024.deny",
    "builtin.kubernetes.RPV_K8S_025.deny",
    "builtin.kubernetes.RPV_K8S_026.deny",
    "builtin.kubernetes.RPV_K8S_027.deny",
    "builtin.kubernetes.RPV_K8S_028.deny",
    "builtin.kubernetes.RPV_K8S_029.deny",
    "builtin.kubernetes.RPV_K8S_030.deny",
    "builtin.kubernetes.RPV_K8S_031.deny",
    "builtin.kubernetes.RPV_K8S_032.deny",
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
