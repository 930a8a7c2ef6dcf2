"""Terraform's files: conftest's shape, and the resources with what their expressions come to."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from reprieve.policy.inputs import modules, terraform
from reprieve.policy.inputs.interface import Document, InputError

MODULE = """\
variable "stage" {
  default = "test"
}

locals {
  ranges = ["0.0.0.0/0"]
  name   = "logs-${var.stage}"
}

resource "aws_s3_bucket" "logs" {
  bucket = local.name
  tags   = { stage = var.stage, owner = var.owner }
}

resource "aws_s3_bucket_versioning" "logs" {
  bucket = aws_s3_bucket.logs[0].id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_security_group" "web" {
  dynamic "ingress" {
    for_each = var.ports
    content {
      from_port   = ingress.value
      cidr_blocks = concat(local.ranges, ["10.0.0.0/8"])
    }
  }
}
"""


def raw(text: str, path: str = "main.tf") -> Any:
    return terraform.read(path, text)[0].value


def cloud(text: str, path: str = "main.tf") -> Document:
    return terraform.read(path, text)[1]


def values(text: str, path: str = "main.tf") -> Any:
    (resource,) = cloud(text, path).value["resources"]
    return resource["values"]


def attribute(expression: str) -> Any:
    return values(f'resource "x_y" "z" {{\n  a = {expression}\n}}\n')["a"]


def test_a_file_is_known_by_its_name() -> None:
    assert terraform.claims("a/main.tf", "") and terraform.claims("main.tf.json", "")
    assert not terraform.claims("main.json", "{}") and not terraform.claims("tf", "")


def test_blocks_are_nested_by_their_labels_as_conftest_has_them() -> None:
    value = raw(MODULE)
    assert value["variable"] == {"stage": [{"default": "test"}]}
    assert value["locals"] == [{"ranges": ["0.0.0.0/0"], "name": "logs-${var.stage}"}]
    assert value["resource"]["aws_s3_bucket"]["logs"][0]["bucket"] == "${local.name}"
    (ingress,) = value["resource"]["aws_security_group"]["web"][0]["dynamic"]["ingress"]
    assert ingress["for_each"] == "${var.ports}"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("1", 1),
        ("-3", -3),
        ("1.5", 1.5),
        ("true", True),
        ("null", None),
        ('"text"', "text"),
        ('""', ""),
        (r'"a\"b\n\u00e9"', 'a"b\né'),
        ("var.x", "${var.x}"),
        ('"${var.x}"', "${var.x}"),
        ('"a ${ var.x } b"', "a ${var.x} b"),
        ('"$${kept}"', "$${kept}"),
        ("f(1)", "${f(1)}"),
        ("(1 + 2)", "${(1 + 2)}"),
        ("a ? 1 : 2", "${a ? 1 : 2}"),
        ('[1, "b", var.c]', [1, "b", "${var.c}"]),
        ('{ a = 1, "b" : 2, 5 = 6, in = 7 }', {"a": 1, "b": 2, "5": 6, "in": 7}),
        ("<<EOT\n  one\n    ${x}\nEOT", "  one\n    ${x}\n"),
        ("<<-EOT\n  one\n    two\n  EOT", "one\n  two\n"),
        ("9" * 30, "9" * 30),
    ],
)
def test_expressions_are_literals_or_their_source(expression: str, expected: object) -> None:
    assert raw(f"v = {expression}\n") == {"v": expected}


def test_windows_line_ends_and_a_byte_order_mark_are_taken() -> None:
    assert raw('\ufeffb {\r\n  a = "x"\r\n}\r\n') == {"b": [{"a": "x"}]}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a = 1\n}\n", 2, 1),
        ("a = 1\nb = ]\n", 2, 5),
        ("a = 1\na = 2\n", 2, 1),
        ('resource "x" "y" {\n', 2, 1),
        ("a = [" + "(" * 3000, 1, 1),
        ("a = <<E\n" + "\n" * 5000 + "E\n", 1, 1),
        ("a = " + "9" * 2000, None, None),
        ("a = 1e999", None, None),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(text: str, line: int | None, column: int | None) -> None:
    with pytest.raises(InputError) as caught:
        raw(text)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_deep_nesting_is_an_error_and_not_a_crash() -> None:
    with pytest.raises(InputError, match="too deeply"):
        raw("a = " + "[" * 5000 + "]" * 5000)


def test_resources_carry_their_file_and_lines() -> None:
    document = cloud(MODULE)
    logs, versioning, web = document.value["resources"]
    assert (logs["address"], logs["__path__"]) == ("aws_s3_bucket.logs", "main.tf")
    assert (logs["__start_line__"], logs["__end_line__"]) == (10, 13)
    (block,) = versioning["values"]["versioning_configuration"]
    assert (block["__start_line__"], block["__end_line__"], block["__path__"]) == (17, 19, "main.tf")
    assert document.lines is not None
    assert document.lines(["resources", 0]) == (10, 13)
    assert document.lines(["resources", 1, "values", "versioning_configuration", 0, "status"]) == (18, 18)
    assert document.lines(["resources", 9]) == (1, 1)
    assert web["type"] == "aws_security_group"


def test_the_raw_document_has_lines_too() -> None:
    document = terraform.read("main.tf", MODULE)[0]
    assert document.lines is not None
    assert document.lines(["resource", "aws_s3_bucket", "logs", 0, "bucket"]) == (11, 11)
    assert document.lines(["resource", "aws_s3_bucket", "nowhere"]) == (10, 13)


def test_variables_and_locals_are_followed_and_the_rest_is_unknown() -> None:
    logs, versioning, web = cloud(MODULE).value["resources"]
    assert logs["values"]["bucket"] == "logs-test"
    assert logs["values"]["tags"] == {"stage": "test", "owner": {"__unknown__": "var.owner"}}
    assert versioning["values"]["bucket"] == {"__reference__": "aws_s3_bucket.logs", "__attribute__": "id"}
    (ingress,) = web["values"]["ingress"]
    assert ingress["cidr_blocks"] == ["0.0.0.0/0", "10.0.0.0/8"]
    assert ingress["from_port"] == {"__unknown__": "ingress.value"}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('tostring("a")', "a"),
        ('toset(["a"])', ["a"]),
        ("jsonencode({ a = [1] })", {"a": [1]}),
        ('"$${kept}"', "${kept}"),
        ('aws_x.a["k"].arn', {"__reference__": "aws_x.a", "__attribute__": "arn"}),
        ("aws_x.a[*].id", {"__reference__": "aws_x.a", "__attribute__": "id"}),
        ("module.m.id", {"__unknown__": "module.m.id"}),
        ("data.aws_x.a.id", {"__unknown__": "data.aws_x.a.id"}),
        ("each.value", {"__unknown__": "each.value"}),
        ("a ? 1 : 2", {"__unknown__": "a ? 1 : 2"}),
        ('"a-${var.x}"', {"__unknown__": "a-${var.x}"}),
        ('file("x")', {"__unknown__": 'file("x")'}),
        ('[for x in y : "z"]', {"__unknown__": '[for x in y : "z"]'}),
    ],
)
def test_what_expressions_come_to(expression: str, expected: object) -> None:
    assert attribute(expression) == expected


def test_names_that_mean_each_other_end() -> None:
    text = 'locals {\n a = local.b\n b = local.a\n}\nresource "x_y" "z" {\n v = local.a\n}\n'
    assert "__unknown__" in values(text)["v"]


def test_members_of_locals_are_found() -> None:
    text = 'locals {\n m = { a = [{ b = 5 }] }\n}\nresource "x_y" "z" {\n v = local.m.a[0]["b"]\n}\n'
    assert values(text)["v"] == 5


@pytest.mark.parametrize("switch", ["count = 0", "for_each = {}", "for_each = toset([])"])
def test_a_resource_that_is_switched_off_is_left_out(switch: str) -> None:
    assert cloud(f'resource "x_y" "z" {{\n  {switch}\n}}\n').value == {"resources": []}


POLICIES = {
    "encoded": 'policy = jsonencode({ Statement = [{ Action = "s3:*" }] })',
    "text": 'policy = <<E\n{"Statement": [{"Action": "s3:*"}]}\nE',
    "data": "policy = data.aws_iam_policy_document.d.json",
}
DATA = 'data "aws_iam_policy_document" "d" {\n  statement {\n    actions = "s3:*"\n  }\n}\n'


@pytest.mark.parametrize("written", POLICIES.values(), ids=POLICIES.keys())
def test_policies_are_objects_however_they_were_written(written: str) -> None:
    (statement,) = values(f'resource "aws_iam_policy" "p" {{\n  {written}\n}}\n{DATA}')["policy"]["Statement"]
    assert statement["Action"] == "s3:*"
    assert statement["__start_line__"] > 1


def test_a_policy_with_an_unknown_part_keeps_the_others() -> None:
    text = '{"Statement": [{"Action": "s3:*", "Resource": "${aws_x.a.arn}/*"}]}'
    written = values(f'resource "aws_iam_policy" "p" {{\n  policy = <<E\n{text}\nE\n}}\n')
    (statement,) = written["policy"]["Statement"]
    assert statement["Action"] == "s3:*"
    assert statement["Resource"] == {"__unknown__": "${…}/*"}


def test_json_is_read_like_the_language() -> None:
    text = """{
  "variable": {"acl": {"default": "private"}},
  "resource": {
    "aws_s3_bucket": {
      "logs": {
        "acl": "${var.acl}",
        "versioning": {"enabled": true}
      }
    }
  }
}"""
    (resource,) = cloud(text, "main.tf.json").value["resources"]
    assert resource["values"]["acl"] == "private"
    assert resource["values"]["versioning"]["enabled"] is True
    assert (resource["__start_line__"], resource["__end_line__"]) == (5, 8)


@pytest.mark.parametrize(
    "text", ["[]", "5", '{"resource": 5}', '{"resource": [{"a": [null, {"b": "c"}]}]}', ""]
)
def test_json_of_another_shape_declares_nothing(text: str) -> None:
    if text:
        assert cloud(text, "x.tf.json").value == {"resources": []}
    else:
        assert cloud(text, "x.tf").value == {"resources": []}


def combined(*files: tuple[str, str]) -> list[Document]:
    documents = [document for path, text in files for document in terraform.read(path, text)]
    return modules.combine(documents).documents


def test_the_files_of_a_directory_are_one_module() -> None:
    documents = combined(
        ("infra/s3.tf", 'resource "aws_s3_bucket" "a" {\n  bucket = var.name\n}\n'),
        ("infra/variables.tf", 'variable "name" {\n  default = "one"\n}\n'),
        ("other/s3.tf", 'resource "aws_s3_bucket" "a" {\n  bucket = var.name\n}\n'),
    )
    assert [document.kind for document in documents] == ["terraform"] * 3 + ["cloud"] * 2
    infra, other = documents[3:]
    assert (infra.path, other.path) == ("infra", "other/s3.tf")
    (resource,) = infra.value["resources"]
    assert (resource["values"]["bucket"], resource["__path__"]) == ("one", "infra/s3.tf")
    assert other.value["resources"][0]["values"]["bucket"] == {"__unknown__": "var.name"}
    assert infra.lines is not None
    assert infra.lines(["resources", 0, "values", "bucket"]) == (2, 2)


def test_values_that_terraform_reads_unasked_stand_for_variables() -> None:
    variables = 'variable "acl" {\n  default = "private"\n}\nvariable "size" {}\n'
    main = f'{variables}resource "x_y" "z" {{\n  acl = var.acl\n  size = var.size\n  other = var.other\n}}\n'
    files = [
        ("infra/main.tf", main),
        ("infra/b.auto.tfvars.json", '{"acl": "from-b"}'),
        ("infra/a.auto.tfvars", 'acl = "from-a"\n'),
        ("infra/terraform.tfvars", 'acl = "first"\nsize = 5\n'),
        ("elsewhere/terraform.tfvars", "other = 1\n"),
    ]
    documents = combined(*files)
    assert [(one.kind, one.path) for one in documents] == [
        ("terraform", "infra/main.tf"),
        ("cloud", "infra/main.tf"),
    ]
    (resource,) = documents[1].value["resources"]
    values = resource["values"]
    assert (values["acl"], values["size"], values["other"]) == ("from-b", 5, {"__unknown__": "var.other"})
    assert documents[1].lines is not None
    assert documents[1].lines(["resources", 0, "values", "acl"]) == (6, 6)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("terraform.tfvars", True),
        ("a/terraform.tfvars.json", True),
        ("x.auto.tfvars", True),
        ("x.auto.tfvars.json", True),
        ("prod.tfvars", False),
        ("my-terraform.tfvars", False),
    ],
)
def test_only_values_that_terraform_reads_unasked_are_read(name: str, read: bool) -> None:
    assert terraform.claims(name, "") is read


def test_a_statement_from_another_file_keeps_its_file() -> None:
    policy = 'resource "aws_iam_policy" "p" {\n  policy = data.aws_iam_policy_document.d.json\n}\n'
    (module,) = combined(("a.tf", policy), ("b.tf", DATA))[2:]
    (resource,) = module.value["resources"]
    (statement,) = resource["values"]["policy"]["Statement"]
    assert (resource["__path__"], statement["__path__"], statement["__start_line__"]) == ("a.tf", "b.tf", 2)


def test_other_documents_pass_through() -> None:
    other = Document("kubernetes", "a.yaml", {})
    assert modules.combine([other]).documents == [other]


def test_documents_go_from_process_to_process() -> None:
    documents = pickle.loads(pickle.dumps(terraform.read("main.tf", MODULE)))
    assert documents[1].value == cloud(MODULE).value
    assert modules.combine(documents).documents[1].value == cloud(MODULE).value


def test_locals_that_stand_for_gigabytes_are_an_error() -> None:
    doubling = "".join(f"  a{n} = [{', '.join([f'local.a{n + 1}'] * 10)}]\n" for n in range(9))
    with pytest.raises(InputError, match="unfold"):
        cloud(f'locals {{\n{doubling}  a9 = "x"\n}}\nresource "x_y" "z" {{\n  v = local.a0\n}}\n')


def test_what_is_nested_too_deeply_only_when_put_together_is_an_error() -> None:
    deep = "[" * 60 + "{}" + "]" * 60
    text = f"locals {{\n  a = {deep.format('local.b')}\n  b = {deep.format(1)}\n}}\n"
    with pytest.raises(InputError, match="too deeply"):
        cloud(text + 'resource "x_y" "z" {\n  v = local.a\n}\n')
