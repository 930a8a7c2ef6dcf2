package main

import rego.v1

exception contains rules if {
	input.metadata.name == "x"
	rules := ["run_as_root"]
}
