package builtin.lib.aws_metadata_service

import rego.v1

import data.builtin.lib.aws

# Where the first version stays on: the block that leaves it on, or the resource without a block.
without_tokens(resource) := causes if {
	options := aws.blocks(resource.values, "metadata_options")
	count(options) > 0
	causes := [option |
		some option in options
		leaves_on(option)
	]
}

without_tokens(resource) := [resource] if {
	aws.missing(resource.values, "metadata_options")
	count(aws.blocks(resource.values, "metadata_options")) == 0
}

leaves_on(option) if {
	tokens := object.get(option, "http_tokens", "optional")
	tokens in [null, "", "optional"]
	not aws.text(option, "http_endpoint") == "disabled"
	not aws.unresolved(object.get(option, "http_endpoint", null))
}
