resource "aws_db_instance" "orders" {
  engine                      = "postgres"
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  manage_master_user_password = true
}
