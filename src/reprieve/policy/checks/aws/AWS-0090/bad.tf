resource "aws_s3_bucket" "invoices" {
  bucket = "invoices.example.com"
}

resource "aws_s3_bucket_versioning" "invoices" {
  bucket = aws_s3_bucket.invoices.id

  versioning_configuration {
    status = "Suspended"
  }
}
