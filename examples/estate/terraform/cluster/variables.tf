variable "subnets" {
  type        = list(string)
  description = "Of the cluster, one in each zone."
}
