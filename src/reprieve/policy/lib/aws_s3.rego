package builtin.lib.aws_s3

import rego.v1

import data.builtin.lib.aws

buckets := aws.of_type("aws_s3_bucket")

# The resources of a type that are about a bucket. One whose bucket is not known may be about any.
beside(bucket, type) := aws.at({position |
	some key in keys(bucket) | {"?"}
	some position in object.get(about, concat(" ", [type, key]), set())
})

about[place] contains position if {
	some position, resource in aws.resources
	startswith(resource.type, "aws_s3_bucket_")
	some key in meant(object.get(resource.values, "bucket", null))
	place := concat(" ", [resource.type, key])
}

# The ways in which an attribute can mean a bucket.
keys(bucket) := {key |
	some key in array.concat([bucket.address, without_index(bucket.address)], names(bucket))
	is_string(key)
}

names(bucket) := [key |
	some name in ["bucket", "id"]
	some key in meant(object.get(bucket.values, name, null))
	key != "?"
]

meant(value) := {concat("", ["=", value])} if {
	is_string(value)
	value != ""
}

meant(value) := {value.__reference__} if {
	is_object(value)
	is_string(object.get(value, "__reference__", null))
}

meant(value) := {"?"} | {concat("", ["?", text]) |
	text := object.get(value, "__unknown__", null)
	is_string(text)
} if {
	aws.may_be_any(value)
}

without_index(address) := regex.replace(address, `\[[^\[\]]*\]$`, "") if is_string(address)

without_index(address) := address if not is_string(address)

without_access_block := [bucket |
	some bucket in buckets
	count(beside(bucket, "aws_s3_bucket_public_access_block")) == 0
]

# What lacks one of the four settings of a public access block: the bucket without any, or the block.
unblocked(setting) := array.concat(without_access_block, [block |
	some block in aws.of_type("aws_s3_bucket_public_access_block")
	aws.off(block.values, setting)
])
