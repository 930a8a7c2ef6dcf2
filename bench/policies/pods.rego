# What the policies share: the pod that an object makes, and its containers.
package shared.pods

import rego.v1

default spec := {}

spec := input.spec if input.kind == "Pod"

spec := input.spec.jobTemplate.spec.template.spec if input.kind == "CronJob"

spec := input.spec.template.spec if input.kind in {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job"}

default running := []

running := spec.containers

default starting := []

starting := spec.initContainers

containers := array.concat(running, starting)

subject := sprintf("%s '%s'", [input.kind, input.metadata.name])
