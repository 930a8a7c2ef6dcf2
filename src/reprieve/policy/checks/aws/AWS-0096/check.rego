# METADATA
# title: SQS queues are not encrypted
# description: Messages that wait in the queue are stored as they were sent.
# scope: package
# related_resources:
#   - https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html
# custom:
#   id: AWS-0096
#   aliases: []
#   severity: HIGH
#   recommended_action: Set `sqs_managed_sse_enabled = true`, or `kms_master_key_id`.
#   compliance:
#     nist-800-53: ["SC-28"]
#   input:
#     selector:
#       - type: cloud
package builtin.aws.sqs.aws0096

import rego.v1

import data.builtin.lib.aws

deny contains res if {
	some queue in aws.of_type("aws_sqs_queue")
	aws.missing(queue.values, "kms_master_key_id")
	aws.off(queue.values, "sqs_managed_sse_enabled")
	res := result.new(sprintf("'%s' is not encrypted", [aws.label(queue)]), queue)
}
