resource "aws_cloudfront_distribution" "shop" {
  enabled = true

  origin {
    domain_name = "shop.example.com"
    origin_id   = "shop"
  }

  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "shop"
    viewer_protocol_policy = "redirect-to-https"
  }
}
