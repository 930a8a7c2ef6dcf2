"""CloudFormation's resource types and properties, and the names that Terraform has for them.

Only what a check of the pack `aws` looks at is here. A property maps to an attribute's name, or to one of the
shapes below where more than the name differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec


class Field(msgspec.Struct, frozen=True):
    """An attribute whose words differ, or that is a list in Terraform only."""

    name: str
    words: Mapping[Any, Any] = {}
    listed: bool = False


class Block(msgspec.Struct, frozen=True):
    """A nested block; one for each item, where the property is a list."""

    name: str
    fields: Mapping[str, str | Field | Block | Inner]


class Inner(msgspec.Struct, frozen=True):
    """A property whose own properties stand one level higher in Terraform."""

    fields: Mapping[str, str | Field | Block | Inner]


class Part(msgspec.Struct, frozen=True):
    """A property that is a resource of its own in Terraform."""

    source: str
    type: str
    owner: str
    """The attribute there that names the resource the property was found in."""
    fields: Mapping[str, str | Field | Block | Inner]


class Resource(msgspec.Struct, frozen=True):
    """A resource type's name in Terraform, and its properties'."""

    type: str
    fields: Mapping[str, str | Field | Block | Inner]
    parts: tuple[Part, ...] = ()


Fields = Mapping[str, str | Field | Block | Inner]

_STATUS = {"Enabled": True, "Suspended": False}
_INLINE_POLICIES = Block("inline_policy", {"PolicyName": "name", "PolicyDocument": "policy"})
_RULE: Fields = {
    "CidrIp": Field("cidr_blocks", listed=True),
    "CidrIpv6": Field("ipv6_cidr_blocks", listed=True),
    "IpProtocol": "protocol",
    "FromPort": "from_port",
    "ToPort": "to_port",
    "Description": "description",
}
_SINGLE_RULE: Fields = {
    "GroupId": "security_group_id",
    "CidrIp": "cidr_ipv4",
    "CidrIpv6": "cidr_ipv6",
    "IpProtocol": "ip_protocol",
    "FromPort": "from_port",
    "ToPort": "to_port",
    "Description": "description",
}
_DEVICE: Fields = {
    "DeviceName": "device_name",
    "Ebs": Inner({"Encrypted": "encrypted", "KmsKeyId": "kms_key_id", "SnapshotId": "snapshot_id"}),
}
_METADATA_OPTIONS = Block("metadata_options", {"HttpTokens": "http_tokens", "HttpEndpoint": "http_endpoint"})

RESOURCES: Mapping[str, Resource] = {
    "AWS::S3::Bucket": Resource(
        "aws_s3_bucket",
        {
            "BucketName": "bucket",
            "AccessControl": Field(
                "acl",
                {
                    "Private": "private",
                    "PublicRead": "public-read",
                    "PublicReadWrite": "public-read-write",
                    "AuthenticatedRead": "authenticated-read",
                    "LogDeliveryWrite": "log-delivery-write",
                },
            ),
            "BucketEncryption": Block(
                "server_side_encryption_configuration",
                {
                    "ServerSideEncryptionConfiguration": Block(
                        "rule",
                        {
                            "ServerSideEncryptionByDefault": Block(
                                "apply_server_side_encryption_by_default",
                                {"SSEAlgorithm": "sse_algorithm", "KMSMasterKeyID": "kms_master_key_id"},
                            )
                        },
                    )
                },
            ),
            "VersioningConfiguration": Block("versioning", {"Status": Field("enabled", _STATUS)}),
            "LoggingConfiguration": Block(
                "logging", {"DestinationBucketName": "target_bucket", "LogFilePrefix": "target_prefix"}
            ),
        },
        (
            Part(
                "PublicAccessBlockConfiguration",
                "aws_s3_bucket_public_access_block",
                "bucket",
                {
                    "BlockPublicAcls": "block_public_acls",
                    "BlockPublicPolicy": "block_public_policy",
                    "IgnorePublicAcls": "ignore_public_acls",
                    "RestrictPublicBuckets": "restrict_public_buckets",
                },
            ),
        ),
    ),
    "AWS::EC2::SecurityGroup": Resource(
        "aws_security_group",
        {
            "GroupName": "name",
            "GroupDescription": "description",
            "SecurityGroupIngress": Block("ingress", _RULE),
            "SecurityGroupEgress": Block("egress", _RULE),
        },
    ),
    "AWS::EC2::SecurityGroupIngress": Resource("aws_vpc_security_group_ingress_rule", _SINGLE_RULE),
    "AWS::EC2::SecurityGroupEgress": Resource("aws_vpc_security_group_egress_rule", _SINGLE_RULE),
    "AWS::EC2::Volume": Resource("aws_ebs_volume", {"Encrypted": "encrypted", "KmsKeyId": "kms_key_id"}),
    "AWS::EC2::LaunchTemplate": Resource(
        "aws_launch_template",
        {"LaunchTemplateData": Inner({"MetadataOptions": _METADATA_OPTIONS})},
    ),
    "AWS::EC2::Instance": Resource(
        "aws_instance",
        {
            "BlockDeviceMappings": Block("ebs_block_device", _DEVICE),
            "LaunchTemplate": Block(
                "launch_template", {"LaunchTemplateId": "id", "LaunchTemplateName": "name"}
            ),
            "MetadataOptions": _METADATA_OPTIONS,
        },
    ),
    "AWS::EC2::VPC": Resource("aws_vpc", {"CidrBlock": "cidr_block"}),
    "AWS::EC2::FlowLog": Resource(
        "aws_flow_log",
        {"ResourceId": "vpc_id", "TrafficType": "traffic_type"},
    ),
    "AWS::RDS::DBInstance": Resource(
        "aws_db_instance",
        {
            "DBInstanceIdentifier": "identifier",
            "DBClusterIdentifier": "cluster_identifier",
            "Engine": "engine",
            "StorageEncrypted": "storage_encrypted",
            "KmsKeyId": "kms_key_id",
            "PubliclyAccessible": "publicly_accessible",
            "BackupRetentionPeriod": "backup_retention_period",
            "SourceDBInstanceIdentifier": "replicate_source_db",
            "DBSnapshotIdentifier": "snapshot_identifier",
            "DeletionProtection": "deletion_protection",
        },
    ),
    "AWS::RDS::DBCluster": Resource(
        "aws_rds_cluster",
        {
            "DBClusterIdentifier": "cluster_identifier",
            "Engine": "engine",
            "StorageEncrypted": "storage_encrypted",
            "KmsKeyId": "kms_key_id",
            "BackupRetentionPeriod": "backup_retention_period",
            "ReplicationSourceIdentifier": "replication_source_identifier",
            "SnapshotIdentifier": "snapshot_identifier",
            "DeletionProtection": "deletion_protection",
        },
    ),
    "AWS::IAM::Policy": Resource("aws_iam_policy", {"PolicyName": "name", "PolicyDocument": "policy"}),
    "AWS::IAM::ManagedPolicy": Resource(
        "aws_iam_policy", {"ManagedPolicyName": "name", "PolicyDocument": "policy"}
    ),
    "AWS::IAM::Role": Resource(
        "aws_iam_role",
        {"AssumeRolePolicyDocument": "assume_role_policy", "Policies": _INLINE_POLICIES},
    ),
    "AWS::IAM::User": Resource("aws_iam_user", {"Policies": _INLINE_POLICIES}),
    "AWS::IAM::Group": Resource("aws_iam_group", {"Policies": _INLINE_POLICIES}),
    "AWS::CloudTrail::Trail": Resource(
        "aws_cloudtrail",
        {
            "TrailName": "name",
            "IsMultiRegionTrail": "is_multi_region_trail",
            "EnableLogFileValidation": "enable_log_file_validation",
            "KMSKeyId": "kms_key_id",
            "S3BucketName": "s3_bucket_name",
            "CloudWatchLogsLogGroupArn": "cloud_watch_logs_group_arn",
        },
    ),
    "AWS::EKS::Cluster": Resource(
        "aws_eks_cluster",
        {
            "Name": "name",
            "ResourcesVpcConfig": Block(
                "vpc_config",
                {
                    "EndpointPublicAccess": "endpoint_public_access",
                    "EndpointPrivateAccess": "endpoint_private_access",
                    "PublicAccessCidrs": "public_access_cidrs",
                },
            ),
            "EncryptionConfig": Block(
                "encryption_config",
                {"Resources": "resources", "Provider": Block("provider", {"KeyArn": "key_arn"})},
            ),
            "Logging": Inner(
                {
                    "ClusterLogging": Inner(
                        {"EnabledTypes": Block("enabled_cluster_log_types", {"Type": "type"})}
                    )
                }
            ),
        },
    ),
    "AWS::ECR::Repository": Resource(
        "aws_ecr_repository",
        {
            "RepositoryName": "name",
            "ImageTagMutability": "image_tag_mutability",
            "ImageScanningConfiguration": Block(
                "image_scanning_configuration", {"ScanOnPush": "scan_on_push"}
            ),
            "EncryptionConfiguration": Block(
                "encryption_configuration", {"EncryptionType": "encryption_type", "KmsKey": "kms_key"}
            ),
        },
    ),
    "AWS::KMS::Key": Resource(
        "aws_kms_key",
        {
            "EnableKeyRotation": "enable_key_rotation",
            "KeyUsage": "key_usage",
            "KeySpec": "customer_master_key_spec",
            "Origin": "origin",
        },
    ),
    "AWS::SQS::Queue": Resource(
        "aws_sqs_queue",
        {
            "QueueName": "name",
            "KmsMasterKeyId": "kms_master_key_id",
            "SqsManagedSseEnabled": "sqs_managed_sse_enabled",
        },
    ),
    "AWS::SNS::Topic": Resource(
        "aws_sns_topic", {"TopicName": "name", "KmsMasterKeyId": "kms_master_key_id"}
    ),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": Resource(
        "aws_lb",
        {
            "Name": "name",
            "Type": "load_balancer_type",
            "Scheme": Field("internal", {"internal": True, "internet-facing": False}),
        },
    ),
    "AWS::ElasticLoadBalancingV2::Listener": Resource(
        "aws_lb_listener",
        {
            "Protocol": "protocol",
            "Port": "port",
            "SslPolicy": "ssl_policy",
            "LoadBalancerArn": "load_balancer_arn",
            "DefaultActions": Block(
                "default_action",
                {"Type": "type", "RedirectConfig": Block("redirect", {"Protocol": "protocol"})},
            ),
        },
    ),
    "AWS::CloudFront::Distribution": Resource(
        "aws_cloudfront_distribution",
        {
            "DistributionConfig": Inner(
                {
                    "DefaultCacheBehavior": Block(
                        "default_cache_behavior", {"ViewerProtocolPolicy": "viewer_protocol_policy"}
                    ),
                    "CacheBehaviors": Block(
                        "ordered_cache_behavior",
                        {"PathPattern": "path_pattern", "ViewerProtocolPolicy": "viewer_protocol_policy"},
                    ),
                    "Logging": Block("logging_config", {"Bucket": "bucket"}),
                    "WebACLId": "web_acl_id",
                    "ViewerCertificate": Block(
                        "viewer_certificate",
                        {
                            "MinimumProtocolVersion": "minimum_protocol_version",
                            "CloudFrontDefaultCertificate": "cloudfront_default_certificate",
                        },
                    ),
                }
            )
        },
    ),
    "AWS::EFS::FileSystem": Resource(
        "aws_efs_file_system", {"Encrypted": "encrypted", "KmsKeyId": "kms_key_id"}
    ),
    "AWS::DynamoDB::Table": Resource(
        "aws_dynamodb_table",
        {
            "TableName": "name",
            "PointInTimeRecoverySpecification": Block(
                "point_in_time_recovery", {"PointInTimeRecoveryEnabled": "enabled"}
            ),
        },
    ),
    "AWS::Redshift::Cluster": Resource(
        "aws_redshift_cluster",
        {
            "ClusterIdentifier": "cluster_identifier",
            "Encrypted": "encrypted",
            "KmsKeyId": "kms_key_id",
            "PubliclyAccessible": "publicly_accessible",
        },
    ),
    "AWS::ElastiCache::ReplicationGroup": Resource(
        "aws_elasticache_replication_group",
        {
            "ReplicationGroupId": "replication_group_id",
            "AtRestEncryptionEnabled": "at_rest_encryption_enabled",
            "TransitEncryptionEnabled": "transit_encryption_enabled",
        },
    ),
    "AWS::Lambda::Permission": Resource(
        "aws_lambda_permission",
        {"Principal": "principal", "SourceArn": "source_arn", "SourceAccount": "source_account"},
    ),
}
