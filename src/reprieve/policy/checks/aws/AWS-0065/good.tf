resource "aws_kms_key" "orders" {
  description         = "Orders"
  enable_key_rotation = true
}
