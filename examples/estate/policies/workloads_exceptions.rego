# Rule-based: rules of this package by what follows `deny_`, for the documents that the condition admits.
package user.shop.workloads

import rego.v1

# METADATA
# description: The bridge had no owner while two teams argued. It has one now, so this can go.
# custom: {exception: EXC-004}
exception contains ["owner"] if input.metadata.name == "erp-bridge"
