resource "aws_lb" "web" {
  name     = "web"
  internal = false
  subnets  = aws_subnet.public[*].id
}
