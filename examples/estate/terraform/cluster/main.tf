# The production cluster. On purpose: its API can be reached from the internet (EXC-019 asks to accept that).
resource "aws_eks_cluster" "prod" {
  name     = "prod-eu-1"
  role_arn = aws_iam_role.cluster.arn

  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]

  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = aws_kms_key.cluster.arn
    }
  }

  vpc_config {
    subnet_ids              = var.subnets
    endpoint_private_access = true
    endpoint_public_access  = true
    public_access_cidrs     = ["0.0.0.0/0"]
  }
}

resource "aws_kms_key" "cluster" {
  description         = "Secrets of prod-eu-1"
  enable_key_rotation = true
}

resource "aws_iam_role" "cluster" {
  name = "prod-eu-1"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "eks.amazonaws.com" }
    }]
  })
}
