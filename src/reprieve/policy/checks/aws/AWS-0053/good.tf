resource "aws_lb" "web" {
  name     = "web"
  internal = true
  subnets  = aws_subnet.private[*].id
}
