# METADATA
# title: Buckets are public by their access control list
# description: A canned list such as `public-read` lets everybody, or every holder of an AWS account, list or change what is in the bucket.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
# custom:
#   id: AWS-0092
#   aliases: []
#   severity: HIGH
#   recommended_action: Use the access control list `private`, and a policy for those who need access.
#   compliance:
#     cis-aws: ["2.1.4"]
#     nist-800-53: ["AC-3", "AC-6", "SC-7"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.s3.aws0092

import rego.v1

import data.builtin.lib.aws
import data.builtin.lib.aws_s3

public := {"public-read", "public-read-write", "authenticated-read", "website"}

everybody := {"allusers", "authenticatedusers"}

deny contains res if {
	some owner in aws.of_types(["aws_s3_bucket", "aws_s3_bucket_acl"])
	acl := aws.text(owner.values, "acl")
	acl in public
	not neutralised(owner)
	res := result.new(sprintf("'%s' has the public access control list '%s'", [aws.label(owner), acl]), owner)
}

deny contains res if {
	some owner in aws.of_types(["aws_s3_bucket", "aws_s3_bucket_acl"])
	some grant in grants(owner)
	parts := split(aws.text(grant.grantee, "uri"), "/")
	group := parts[count(parts) - 1]
	group in everybody
	not neutralised(owner)
	res := result.new(sprintf("'%s' grants access to the group '%s'", [aws.label(owner), group]), grant.cause)
}

grants(owner) := [{"grantee": grantee, "cause": owner} |
	holders := array.concat([owner.values], aws.blocks(owner.values, "access_control_policy"))
	some holder in holders
	some grant in aws.blocks(holder, "grant")
	some grantee in array.concat([grant], aws.blocks(grant, "grantee"))
]

# A public access block takes the list's effect away.
neutralised(owner) if {
	some bucket in aws_s3.buckets
	owned_by(owner, bucket)
	some access_block in aws_s3.beside(bucket, "aws_s3_bucket_public_access_block")
	some setting in ["ignore_public_acls", "block_public_acls"]
	not aws.off(access_block.values, setting)
}

owned_by(owner, bucket) if owner == bucket

owned_by(owner, bucket) if {
	some key in aws_s3.meant(object.get(owner.values, "bucket", null))
	key in aws_s3.keys(bucket) | {"?"}
}
