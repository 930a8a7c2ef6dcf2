# METADATA
# title: IAM policies allow every action of a service
# description: A wildcard gives more than the task needs, today and with each action that the service gains; whoever takes over the identity has it all.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
# custom:
#   id: AWS-0057
#   aliases: []
#   severity: HIGH
#   recommended_action: Name the actions that are needed, and the resources they are needed on.
#   compliance:
#     cis-aws: ["1.16"]
#     nist-800-53: ["AC-6"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.iam.aws0057

import rego.v1

import data.builtin.lib.aws
import data.builtin.lib.aws_iam

deny contains res if {
	some statement in aws_iam.allowed
	some action in aws_iam.texts(statement.body, "Action")
	too_wide(action)
	res := result.new(sprintf("'%s' allows '%s'", [aws.label(statement.owner), action]), statement.cause)
}

too_wide(action) if action == "*"

too_wide(action) if endswith(action, ":*")
