package bench.images

import rego.v1

import data.shared.pods

trusted := ["registry.example.com/", "mirror.example.com/"]

deny_registry contains message if {
	some container in pods.containers
	not from_trusted(container.image)
	message := sprintf("container '%s' of %s runs %s", [container.name, pods.subject, container.image])
}

from_trusted(image) if {
	some registry in trusted
	startswith(image, registry)
}

deny_tag contains message if {
	some container in pods.containers
	not contains(container.image, "@sha256:")
	tag(container.image) == "latest"
	message := sprintf("container '%s' of %s has no fixed tag", [container.name, pods.subject])
}

tag(image) := last_of(split(part, ":")) if {
	part := last_of(split(image, "/"))
	contains(part, ":")
}

tag(image) := "latest" if not contains(last_of(split(image, "/")), ":")

last_of(parts) := parts[count(parts) - 1]
