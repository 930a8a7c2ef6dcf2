package builtin.lib.aws_iam

import rego.v1

import data.builtin.lib.aws

policy_types := ["aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy"]

holders := array.concat(
	[{"owner": resource, "policy": resource.values.policy} |
		some resource in aws.of_types(policy_types)
		is_object(object.get(resource.values, "policy", null))
	],
	[{"owner": resource, "policy": block.policy} |
		some resource in aws.of_types(["aws_iam_role", "aws_iam_user", "aws_iam_group"])
		some block in aws.blocks(resource.values, "inline_policy")
		is_object(object.get(block, "policy", null))
	],
)

statements := [{"owner": holder.owner, "body": statement, "cause": cause(holder.owner, statement)} |
	some holder in holders
	some statement in aws.items(object.get(holder.policy, "Statement", null))
	is_object(statement)
	not aws.unresolved(statement)
]

cause(_, statement) := statement if is_number(object.get(statement, "__start_line__", null))

cause(owner, statement) := owner if not is_number(object.get(statement, "__start_line__", null))

allowed := [statement |
	some statement in statements
	aws.text(statement.body, "Effect") == "allow"
]

texts(body, name) := {value |
	some value in aws.items(object.get(body, name, null))
	is_string(value)
}
