# The buckets of the shop. On purpose: no access log before the new account (EXC-014), and pictures without versions.
resource "aws_s3_bucket" "invoices" {
  bucket = "${var.prefix}-invoices"
  tags   = local.tags
}

resource "aws_s3_bucket_versioning" "invoices" {
  bucket = aws_s3_bucket.invoices.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "pictures" {
  bucket = "${var.prefix}-pictures"
  tags   = local.tags
}
