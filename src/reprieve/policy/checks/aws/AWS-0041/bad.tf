resource "aws_eks_cluster" "shop" {
  name     = "shop"
  role_arn = aws_iam_role.eks.arn

  vpc_config {
    subnet_ids             = aws_subnet.private[*].id
    endpoint_public_access = true
    public_access_cidrs    = ["0.0.0.0/0"]
  }
}
