"""Terraform modules: a folder is looked at once for each call, with what the call says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reprieve.policy.inputs import modules, terraform
from reprieve.policy.inputs.modules import Combined
from reprieve.scan.model import Options
from reprieve.scan.scan import Scanned, scan
from tests.policy.scanning import write

BUCKET = """\
variable "acl" {
  default = "private"
}
variable "name" {}
variable "made" {
  default = true
}

resource "aws_s3_bucket" "this" {
  count  = var.made ? 1 : 0
  bucket = var.name
}

resource "aws_s3_bucket_acl" "this" {
  bucket = aws_s3_bucket.this[0].id
  acl    = var.acl
}

output "id" {
  value = aws_s3_bucket.this[0].id
}

output "name" {
  value = "the-${var.name}"
}
"""


def combined(files: dict[str, str]) -> Combined:
    read = [document for path, text in files.items() for document in terraform.read(path, text)]
    return modules.combine(read)


def resources(found: Combined) -> dict[str, Any]:
    """Address → values, of every document."""
    clouds = [one.value["resources"] for one in found.documents if one.kind == "cloud"]
    return {each["address"]: each["values"] for one in clouds for each in one}


def attribute(expression: str, child: str, arguments: str = "") -> Any:
    """What an expression comes to in a module that calls another as `m`."""
    root = (
        f'module "m" {{\n source = "./m"\n {arguments}\n}}\nresource "x_y" "z" {{\n  a = {expression}\n}}\n'
    )
    return resources(combined({"main.tf": root, "m/main.tf": child}))["x_y.z"]["a"]


def argument(said: str, expression: str = "var.x", more: str = "", variable: str = "") -> Any:
    """What an expression comes to in a module that is called with `x`."""
    root = f'module "m" {{\n source = "./m"\n {said}\n}}\n{more}'
    child = f'variable "x" {{\n{variable}\n}}\nresource "x_y" "z" {{\n  a = {expression}\n}}\n'
    return resources(combined({"main.tf": root, "m/main.tf": child}))["module.m.x_y.z"]["a"]


def test_a_module_is_looked_at_once_for_each_call_and_not_by_itself() -> None:
    root = """\
module "open" {
  source = "./modules/bucket"
  name   = "a"
  acl    = "public-read"
}
module "closed" {
  source = "./modules/bucket/"
  name   = local.name
}
locals {
  name = "b"
}
"""
    found = combined({"infra/main.tf": root, "infra/modules/bucket/main.tf": BUCKET})
    assert [(one.kind, one.path) for one in found.documents] == [
        ("terraform", "infra/main.tf"),
        ("terraform", "infra/modules/bucket/main.tf"),
        ("cloud", "infra"),
    ]
    values = resources(found)
    assert list(values) == [
        "module.open.aws_s3_bucket.this",
        "module.open.aws_s3_bucket_acl.this",
        "module.closed.aws_s3_bucket.this",
        "module.closed.aws_s3_bucket_acl.this",
    ]
    assert values["module.open.aws_s3_bucket_acl.this"]["acl"] == "public-read"
    assert values["module.closed.aws_s3_bucket_acl.this"]["acl"] == "private"
    assert values["module.closed.aws_s3_bucket.this"]["bucket"] == "b"
    assert values["module.open.aws_s3_bucket_acl.this"]["bucket"] == {
        "__reference__": "module.open.aws_s3_bucket.this",
        "__attribute__": "id",
    }
    first = found.documents[2].value["resources"][0]
    assert (first["__path__"], first["__start_line__"], first["__end_line__"]) == (
        "infra/modules/bucket/main.tf",
        9,
        12,
    )
    assert (found.faults, found.skipped) == ([], {})


def test_a_module_that_nobody_calls_is_a_root_with_its_defaults() -> None:
    values = resources(combined({"modules/bucket/main.tf": BUCKET}))
    assert values["aws_s3_bucket_acl.this"]["acl"] == "private"
    assert values["aws_s3_bucket.this"]["bucket"] == {"__unknown__": "var.name"}


def test_values_files_count_for_a_root_only() -> None:
    call = 'module "m" {\n  source = "./m"\n  name = var.name\n}\nvariable "name" {}\n'
    files = {"main.tf": call, "terraform.tfvars": 'name = "given"\n', "m/main.tf": BUCKET}
    values = resources(combined({**files, "m/terraform.tfvars": 'acl = "public-read"\nname = "own"\n'}))
    assert values["module.m.aws_s3_bucket.this"]["bucket"] == "given"
    assert values["module.m.aws_s3_bucket_acl.this"]["acl"] == "private"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("x = 1", 1),
        ("x = null", None),
        ('x = ["a", local.b]', ["a", "bee"]),
        ("x = data.aws_region.here.name", {"__unknown__": "data.aws_region.here.name"}),
        ('x = local.b == "bee" ? "yes" : "no"', "yes"),
        ("x = upper(local.b)", {"__unknown__": "upper(local.b)"}),
        ('x = "$${var.y}"', "${var.y}"),
        ("", {"__unknown__": "var.x"}),
        ("x = aws_kms_key.k.arn", {"__reference__": "aws_kms_key.k", "__attribute__": "arn"}),
    ],
)
def test_arguments_are_followed_where_they_stand(said: str, expected: object) -> None:
    assert argument(said, more='locals {\n  b = "bee"\n}\n') == expected


def test_null_gives_way_to_the_default_where_the_variable_says_so() -> None:
    assert argument("x = null", variable="default = 5") is None
    assert argument("x = null", variable="default = 5\nnullable = false") == 5


def test_a_resource_that_is_handed_over_as_a_whole_keeps_its_address() -> None:
    assert argument("x = aws_kms_key.k", "var.x.arn") == {
        "__reference__": "aws_kms_key.k",
        "__attribute__": "arn",
    }
    assert argument("x = upper(local.b)", "var.x.arn") == {"__unknown__": "var.x.arn"}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("module.m.id", {"__reference__": "module.m.aws_s3_bucket.this", "__attribute__": "id"}),
        ("module.m[0].name", "the-logs"),
        ('module.m["a"].name', "the-logs"),
        ("module.m[*].name", {"__unknown__": "module.m[*].name"}),
        ("module.m.nothing", {"__unknown__": "module.m.nothing"}),
        ("module.other.name", {"__unknown__": "module.other.name"}),
        ('"a ${module.m.name}"', "a the-logs"),
    ],
)
def test_outputs_are_followed_into_the_module(expression: str, expected: object) -> None:
    assert attribute(expression, BUCKET, 'name = "logs"') == expected


@pytest.mark.parametrize("switch", ["count = 0", "for_each = {}", "count = local.off ? 1 : 0"])
def test_a_call_that_is_switched_off_makes_nothing(switch: str) -> None:
    root = f'module "m" {{\n  source = "./m"\n  {switch}\n}}\nlocals {{\n  off = false\n}}\n'
    assert resources(combined({"main.tf": root, "m/main.tf": BUCKET})) == {}


def test_a_flag_of_the_call_switches_a_resource_off_and_an_unknown_one_does_not() -> None:
    def made(flag: str) -> bool:
        root = f'module "m" {{\n  source = "./m"\n  made = {flag}\n}}\n'
        return "module.m.aws_s3_bucket.this" in resources(combined({"main.tf": root, "m/main.tf": BUCKET}))

    assert [made(flag) for flag in ("true", "false", "var.unknown", 'f("x")', '"false"')] == [
        True,
        False,
        True,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("!local.yes", False),
        ("!(local.yes && local.no)", True),
        ("local.no && var.unknown", False),
        ("local.yes || var.unknown", True),
        ("local.yes && var.unknown", {"__unknown__": "local.yes && var.unknown"}),
        ("local.one == 1 && local.yes", True),
        ('local.one == "1"', {"__unknown__": 'local.one == "1"'}),
        ("local.one != 2", True),
        ("local.none == null", True),
        ("var.unknown == null", {"__unknown__": "var.unknown == null"}),
        ("local.no ? 1 : local.yes ? 2 : 3", 2),
        ("var.unknown ? 1 : 2", {"__unknown__": "var.unknown ? 1 : 2"}),
        ("local.one > 0 ? 1 : 2", {"__unknown__": "local.one > 0 ? 1 : 2"}),
    ],
)
def test_choices_between_what_is_known_are_made(expression: str, expected: object) -> None:
    known = "locals {\n  yes = true\n  no = false\n  one = 1\n  none = null\n}\n"
    found = resources(combined({"main.tf": f'{known}resource "x_y" "z" {{\n  a = {expression}\n}}\n'}))
    assert found["x_y.z"]["a"] == expected


def test_modules_within_modules_hand_on_and_give_back() -> None:
    root = 'module "a" {\n  source = "./a"\n  x = "deep"\n}\nresource "x_y" "z" {\n  a = module.a.back\n}\n'
    between = (
        'variable "x" {}\nmodule "b" {\n  source = "../b"\n  x = var.x\n}\n'
        'output "back" {\n  value = module.b.back\n}\n'
    )
    inner = (
        'variable "x" {}\nresource "x_y" "in" {\n  a = var.x\n}\noutput "back" {\n  value = x_y.in.id\n}\n'
    )
    values = resources(combined({"main.tf": root, "a/main.tf": between, "b/main.tf": inner}))
    assert values["module.a.module.b.x_y.in"]["a"] == "deep"
    assert values["x_y.z"]["a"] == {"__reference__": "module.a.module.b.x_y.in", "__attribute__": "id"}


def test_calls_in_json_are_calls() -> None:
    root = '{"module": {"m": {"source": "./m", "name": "logs"}}}'
    values = resources(combined({"main.tf.json": root, "m/main.tf": BUCKET}))
    assert values["module.m.aws_s3_bucket.this"]["bucket"] == "logs"


def test_a_block_that_a_call_hands_over_keeps_its_file() -> None:
    root = """\
module "m" {
  source = "./m"
  x = jsonencode({
    Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }]
  })
}
"""
    child = 'variable "x" {}\nresource "aws_iam_policy" "p" {\n  policy = var.x\n}\n'
    values = resources(combined({"main.tf": root, "m/main.tf": child}))
    (statement,) = values["module.m.aws_iam_policy.p"]["policy"]["Statement"]
    assert (statement["__path__"], statement["__start_line__"]) == ("main.tf", 4)
    assert statement["__address__"] == "module.m.aws_iam_policy.p"


def test_modules_that_call_each_other_in_a_circle_are_said_and_looked_at_all_the_same() -> None:
    def calling(other: str) -> str:
        return f'resource "x_y" "z" {{}}\nmodule "m" {{\n  source = "../{other}"\n}}\n'

    found = combined({"infra/a/main.tf": calling("b"), "infra/b/main.tf": calling("a")})
    (fault,) = found.faults
    assert (fault.path, fault.line) == ("infra/b/main.tf", 2)
    assert "calls itself: infra/a → infra/b → infra/a" in fault.message
    assert list(resources(found)) == ["x_y.z", "module.m.x_y.z"]
    (fault,) = combined({"a/main.tf": calling("a")}).faults
    assert "calls itself: a → a" in fault.message


def test_modules_that_call_each_other_twice_are_bounded() -> None:
    def twice(number: int) -> str:
        return "".join(f'module "{name}" {{\n  source = "../m{number + 1}"\n}}\n' for name in "ab")

    files = {f"m{number}/main.tf": twice(number) for number in range(30)}
    found = combined({**files, "m30/main.tf": 'resource "x_y" "z" {}\n', "other/main.tf": BUCKET})
    (fault,) = found.faults
    assert (fault.path, fault.message) == ("m0/main.tf", "more than 5,000 calls of modules")
    assert "aws_s3_bucket.this" in resources(found), "one root does not stop the others"


def test_outputs_and_arguments_that_mean_each_other_end() -> None:
    root = """\
module "a" {
  source = "./m"
  x = module.b.back
}
module "b" {
  source = "./m"
  x = module.a.back
}
"""
    child = 'variable "x" {}\nresource "x_y" "z" {\n  a = var.x\n}\noutput "back" {\n  value = var.x\n}\n'
    values = resources(combined({"main.tf": root, "m/main.tf": child}))
    assert values["module.a.x_y.z"]["a"].keys() == {"__unknown__"}


def test_arguments_that_stand_for_gigabytes_are_an_error() -> None:
    root = 'module "m" {\n  source = "./m"\n  x = module.m.back\n}\n'
    child = (
        'variable "x" {}\nresource "x_y" "z" {\n  a = var.x\n}\n'
        f'output "back" {{\n  value = [{", ".join(["var.x"] * 20)}]\n}}\n'
    )
    (fault,) = combined({"main.tf": root, "m/main.tf": child}).faults
    assert "unfold to millions" in fault.message


@pytest.mark.parametrize(
    ("source", "skipped", "fault"),
    [
        ("hashicorp/consul/aws", {"Terraform module from elsewhere": 1}, None),
        ("git::https://git.example.com/m.git", {"Terraform module from elsewhere": 1}, None),
        ("./empty", {"Terraform module outside of what is scanned": 1}, None),
        ("../outside", {"Terraform module outside of what is scanned": 1}, None),
        ("./mistyped", {}, "the module `m` is not there: no folder `{}/mistyped`"),
    ],
)
def test_what_is_not_looked_into_is_said(
    tmp_path: Path, source: str, skipped: dict[str, int], fault: str | None
) -> None:
    folder = tmp_path / "infra"
    for name in ("infra/empty", "outside"):
        (tmp_path / name).mkdir(parents=True)
    found = combined({f"{folder}/main.tf": f'\n\nmodule "m" {{\n  source = "{source}"\n}}\n{BUCKET}'})
    assert found.skipped == skipped
    said = [(one.message, one.line) for one in found.faults]
    assert said == ([(fault.format(folder), 3)] if fault else [])
    assert "aws_s3_bucket.this" in resources(found)


def scanned(folder: Path) -> Scanned:
    return scan([str(folder)], Options(secrets=False, cache=False))


OPEN = """\
variable "cidrs" {
  default = ["10.0.0.0/8"]
}

resource "aws_security_group" "this" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = var.cidrs
  }
}
"""


def test_a_scan_finds_what_only_a_call_makes_wrong_in_each_call(tmp_path: Path) -> None:
    call = 'module "{}" {{\n  source = "../modules/group"\n  cidrs = ["{}"]\n}}\n'
    files = {
        "infra/main.tf": call.format("all", "0.0.0.0/0") + call.format("every", "0.0.0.0/0"),
        "infra/own.tf": call.format("own", "10.1.0.0/16"),
        "modules/group/main.tf": OPEN,
    }
    found = scanned(write(tmp_path, files)).report
    ssh = [one for one in found.findings if one.check == "AWS-0107"]
    assert [(one.resource, one.line, one.end_line) for one in ssh] == [
        ("module.all.aws_security_group.this", 6, 11),
        ("module.every.aws_security_group.this", 6, 11),
    ]
    assert {one.path for one in ssh} == {str(tmp_path / "modules/group/main.tf")}
    alone = scanned(tmp_path / "modules").report
    assert not [one for one in alone.findings if one.check == "AWS-0107"]
    assert {"module.own.aws_security_group.this"} <= {address for _, address in found.objects}


def test_two_roots_that_call_a_module_by_the_same_name_are_told_apart(tmp_path: Path) -> None:
    call = 'module "web" {\n  source = "../../modules/group"\n  cidrs = ["0.0.0.0/0"]\n}\n'
    files = {"envs/dev/main.tf": call, "envs/prod/main.tf": call, "modules/group/main.tf": OPEN}
    found = scanned(write(tmp_path, files)).report
    ssh = [one for one in found.findings if one.check == "AWS-0107"]
    assert {one.resource for one in ssh} == {"module.web.aws_security_group.this"}
    assert [one.message.partition(" (called from ")[2] for one in ssh] == [
        f"{tmp_path}/envs/dev)",
        f"{tmp_path}/envs/prod)",
    ]
    assert len({one.context for one in ssh}) == 2


def test_a_call_that_only_a_comment_makes_leaves_the_module_a_root(tmp_path: Path) -> None:
    files = {
        "main.tf": '# module "m" { source = "./group" }\n',
        "group/main.tf": OPEN.replace("10.0.0.0/8", "0.0.0.0/0"),
    }
    found = scanned(write(tmp_path, files)).report
    assert [one.resource for one in found.findings if one.check == "AWS-0107"] == ["aws_security_group.this"]


def test_links_are_not_followed_into_modules(tmp_path: Path) -> None:
    write(tmp_path, {"infra/main.tf": 'module "m" {\n  source = "./loop/loop"\n}\n', "group/main.tf": OPEN})
    (tmp_path / "infra/loop").symlink_to(tmp_path / "infra")
    found = scanned(tmp_path)
    assert found.looked.skipped["Terraform module outside of what is scanned"] == 1
    assert found.report.faults == ()
