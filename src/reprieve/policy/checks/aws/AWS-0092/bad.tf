resource "aws_s3_bucket" "invoices" {
  bucket = "invoices.example.com"
}

resource "aws_s3_bucket_acl" "invoices" {
  bucket = aws_s3_bucket.invoices.id
  acl    = "public-read"
}
