output "pictures" {
  value = aws_s3_bucket.pictures.arn
}
