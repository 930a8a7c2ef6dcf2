variable "prefix" {
  type        = string
  description = "What the names of all buckets begin with."
  default     = "shop-example"
}

locals {
  tags = { team = "platform" }
}
