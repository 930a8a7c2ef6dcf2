resource "aws_dynamodb_table" "baskets" {
  name         = "baskets"
  hash_key     = "id"
  billing_mode = "PAY_PER_REQUEST"

  attribute {
    name = "id"
    type = "S"
  }
}
