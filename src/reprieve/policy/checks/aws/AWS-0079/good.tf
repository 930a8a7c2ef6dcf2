resource "aws_rds_cluster" "orders" {
  engine                      = "aurora-postgresql"
  manage_master_user_password = true
  storage_encrypted           = true
}
