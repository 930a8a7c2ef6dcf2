"""CloudFormation: the short forms of its functions, and its resources under Terraform's names."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reprieve.policy.inputs import cloudformation
from reprieve.policy.inputs.interface import Document, InputError
from reprieve.policy.inputs.nodes import from_yaml, plain

TEMPLATE = """\
AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Encrypted:
    Type: String
    Default: "true"
  Size:
    Type: Number
Resources:
  Logs:
    Type: AWS::S3::Bucket
    Properties:
      AccessControl: PublicRead
      VersioningConfiguration:
        Status: Enabled
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      StorageEncrypted: !Ref Encrypted
      BackupRetentionPeriod: !Ref Size
      PubliclyAccessible: !If [Public, true, false]
      KmsKeyId: !GetAtt Key.Arn
      Engine: !Ref AWS::NoValue
  Key:
    Type: AWS::KMS::Key
  Other:
    Type: AWS::Unheard::Of
"""


def raw(text: str) -> Any:
    return cloudformation.read("t.yaml", text)[0].value


def cloud(text: str) -> Document:
    return cloudformation.read("t.yaml", text)[1]


def resources(text: str) -> dict[str, Any]:
    return {resource["address"]: resource for resource in cloud(text).value["resources"]}


def one(type_: str, properties: dict[str, Any]) -> Any:
    (found,) = cloud(json.dumps({"Resources": {"X": {"Type": type_, "Properties": properties}}})).value[
        "resources"
    ]
    return found["values"]


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("t.yaml", "AWSTemplateFormatVersion: '2010-09-09'\n", True),
        ("t.json", '{"AWSTemplateFormatVersion": "2010-09-09"', True),
        ("t.template", "Resources:\n  A:\n    Type: AWS::S3::Bucket\n", True),
        ("t.json", '{"Resources": {"A": {"Type": "AWS::S3::Bucket"', True),
        ("t.yaml", "kind: Deployment\n", False),
        ("t.txt", "AWSTemplateFormatVersion: '2010-09-09'\n", False),
    ],
)
def test_a_template_is_known_by_its_content(name: str, head: str, expected: bool) -> None:
    assert cloudformation.claims(name, head) is expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("!Ref A", {"Ref": "A"}),
        ("!Condition A", {"Condition": "A"}),
        ("!GetAtt A.B.C", {"Fn::GetAtt": ["A", "B.C"]}),
        ("!GetAtt [A, B]", {"Fn::GetAtt": ["A", "B"]}),
        ("!Sub '${A}-x'", {"Fn::Sub": "${A}-x"}),
        ("!Join ['-', [a, !Ref B]]", {"Fn::Join": ["-", ["a", {"Ref": "B"}]]}),
        ("!Base64 5", {"Fn::Base64": "5"}),
        ("2012-10-17", "2012-10-17"),
        ("yes", True),
        ("0123", "0123"),
        ("-5", -5),
        ("1.5", 1.5),
        ("'5'", "5"),
        ("~", None),
        ("99999999999999999999", "99999999999999999999"),
    ],
)
def test_values_and_short_forms(written: str, expected: object) -> None:
    assert raw(f"a: {written}\n") == {"a": expected}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: [", 2, 1),
        ("a: 1\na: 2\n", 2, 1),
        ("a: !Nope b\n", 1, 4),
        ("a: &x\n  b: *x\n", 2, 6),
        ("<<: 1\n", 1, 1),
        ("<<: [{a: 1}, 2]\n", 1, 1),
        ("a: 1\nb: *x\n", 2, 4),
        ("a: 1\n---\nb: 2\n", 2, 1),
        ("? [a]\n: b\n", 1, 3),
        ("- a\n", 1, 1),
        ("", 1, 1),
        ('{"a": 1, "a": 2}', 1, 10),
        ('{"a": }', 1, 7),
    ],
)
def test_what_is_refused_is_said_with_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(InputError) as caught:
        raw(text)
    assert caught.value.line == line
    assert column in (caught.value.column, 1)


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 20_000,
        "\n".join(" " * depth + f"k{depth}:" for depth in range(300)),
        "- " * 20_000 + "x",
        "a: " + "!Sub [" * 20_000,
        '{"a":' * 20_000,
    ],
)
def test_deep_nesting_is_an_error_and_not_a_crash(text: str) -> None:
    with pytest.raises(InputError, match=r"deep|nesting|ends"):
        raw(text)


def test_resources_have_terraforms_names() -> None:
    found = resources(TEMPLATE)
    logs = found["Logs"]
    assert (logs["type"], logs["name"], logs["__path__"]) == ("aws_s3_bucket", "Logs", "t.yaml")
    assert (logs["__start_line__"], logs["__end_line__"]) == (9, 16)
    assert logs["values"]["acl"] == "public-read"
    (versioning,) = logs["values"]["versioning"]
    assert (versioning["enabled"], versioning["__start_line__"], versioning["__end_line__"]) == (True, 13, 14)
    assert "Other" not in found


def test_a_property_that_is_a_resource_in_terraform_becomes_one() -> None:
    block = resources(TEMPLATE)["Logs.PublicAccessBlockConfiguration"]
    assert block["type"] == "aws_s3_bucket_public_access_block"
    assert block["values"] == {
        "bucket": {"__reference__": "Logs", "__attribute__": "id"},
        "block_public_acls": True,
    }
    assert (block["__start_line__"], block["__end_line__"]) == (15, 16)


def test_functions_are_followed_or_unknown() -> None:
    values = resources(TEMPLATE)["Orders"]["values"]
    assert values == {
        "storage_encrypted": "true",
        "backup_retention_period": {"__unknown__": "Size"},
        "publicly_accessible": {"__unknown__": "Fn::If"},
        "kms_key_id": {"__reference__": "Key", "__attribute__": "Arn"},
    }


def test_lines_are_found_by_path() -> None:
    document = cloud(TEMPLATE)
    assert document.lines is not None
    position = [each["address"] for each in document.value["resources"]].index("Orders")
    assert document.lines(["resources", position, "values", "storage_encrypted"]) == (20, 20)
    template = cloudformation.read("t.yaml", TEMPLATE)[0]
    assert template.lines is not None
    assert template.lines(["Resources", "Key"]) == (25, 26)


def test_what_stands_deeper_in_the_template_is_lifted() -> None:
    behavior = {"ViewerProtocolPolicy": "allow-all"}
    values = one("AWS::CloudFront::Distribution", {"DistributionConfig": {"DefaultCacheBehavior": behavior}})
    assert values["default_cache_behavior"][0]["viewer_protocol_policy"] == "allow-all"
    values = one("AWS::CloudFront::Distribution", {"DistributionConfig": {"Ref": "Somewhere"}})
    assert values["default_cache_behavior"] == {"__unknown__": "Somewhere"}


def test_rules_of_security_groups_are_blocks_with_lists() -> None:
    rules = [{"CidrIp": "0.0.0.0/0", "FromPort": "22"}, {"CidrIpv6": "::/0"}]
    values = one("AWS::EC2::SecurityGroup", {"SecurityGroupIngress": rules})
    assert values["ingress"][0]["cidr_blocks"] == ["0.0.0.0/0"]
    assert values["ingress"][1]["ipv6_cidr_blocks"] == ["::/0"]


def test_statements_of_policies_carry_their_lines() -> None:
    text = "Resources:\n  P:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyDocument:\n"
    text += "        Statement:\n          - Effect: Allow\n            Action: '*'\n"
    (statement,) = resources(text)["P"]["values"]["policy"]["Statement"]
    assert (statement["Action"], statement["__start_line__"], statement["__end_line__"]) == ("*", 7, 8)


@pytest.mark.parametrize(
    "odd",
    [
        {"Resources": 5},
        {"Resources": {"A": 5, "B": {"Type": 5}, "C": {"Type": ["AWS::S3::Bucket"]}}},
        {"Resources": {"A": {"Type": "AWS::Unheard::Of"}}, "Parameters": [1]},
        {"Resources": {"Ref": "X"}},
    ],
)
def test_odd_templates_declare_nothing(odd: dict[str, Any]) -> None:
    assert cloud(json.dumps(odd)).value == {"resources": []}


@pytest.mark.parametrize("odd", [5, "x", [], [5], {"Ref": "X"}, {"Ref": 5}, {"Fn::GetAtt": 5}, None])
@pytest.mark.parametrize("type_", ["AWS::S3::Bucket", "AWS::EC2::SecurityGroup", "AWS::IAM::Role"])
def test_odd_properties_are_no_crash(type_: str, odd: object) -> None:
    names = ["VersioningConfiguration", "BucketEncryption", "SecurityGroupIngress", "Policies"]
    names += ["AccessControl", "PublicAccessBlockConfiguration"]
    one(type_, dict.fromkeys(names, odd))
    cloud(json.dumps({"Resources": {"X": {"Type": type_, "Properties": odd}}}))


def test_aliases_and_merge_keys_are_followed() -> None:
    text = """\
common: &common {a: 1, b: &b [2, x]}
again: *common
list: *b
merged:
  <<: *common
  a: 3
both:
  <<: [{a: 4, c: 5}, *common]
quoted:
  "<<": kept
short: !Sub &s "${AWS::Region}"
"""
    common = {"a": 1, "b": [2, "x"]}
    assert raw(text) == {
        "common": common,
        "again": common,
        "list": [2, "x"],
        "merged": {"a": 3, "b": [2, "x"]},
        "both": {"a": 4, "b": [2, "x"], "c": 5},
        "quoted": {"<<": "kept"},
        "short": {"Fn::Sub": "${AWS::Region}"},
    }


def test_keys_may_have_anchors_and_be_aliases() -> None:
    text = "a: {&k x: 1}\nb: {*k : 2, y: *k}\n"
    assert plain(from_yaml(text, lambda _tag, node: node)) == {"a": {"x": 1}, "b": {"x": 2, "y": "x"}}


@pytest.mark.parametrize("key", ["*k ", "? [x]\n", "? {x: 1}\n"])
def test_keys_that_are_no_text_are_an_error(key: str) -> None:
    with pytest.raises(InputError, match="a key that is not plain text"):
        from_yaml(f"a: &k [1]\n{key}: 2\n", lambda _tag, node: node)


def test_lines_of_an_alias_are_where_it_stands_and_below_it_where_it_is_written() -> None:
    document = cloudformation.read("a.yaml", "a: &x\n  b: [1]\nc: *x\n")[0]
    assert document.lines is not None
    assert (document.lines(["c"]), document.lines(["c", "b"])) == ((3, 3), (2, 2))


def test_aliases_that_stand_for_gigabytes_are_an_error() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    with pytest.raises(InputError, match="unfold to more than 1,000,000 nodes"):
        raw("\n".join(lines))
