resource "aws_s3_bucket" "logs" {
  bucket = "logs.example.com"
}

resource "aws_s3_bucket" "invoices" {
  bucket = "invoices.example.com"
}

resource "aws_s3_bucket_logging" "invoices" {
  bucket        = aws_s3_bucket.invoices.id
  target_bucket = aws_s3_bucket.logs.id
  target_prefix = "invoices/"
}
