resource "aws_eks_cluster" "shop" {
  name     = "shop"
  role_arn = aws_iam_role.eks.arn
}
