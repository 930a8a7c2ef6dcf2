"""Plans: what will be there, with what is not known yet and which resources mean which."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reprieve.policy.inputs import plan
from reprieve.policy.inputs.interface import Document, InputError


def resource(type_: str, name: str, values: dict[str, Any], module: str = "", **more: Any) -> dict[str, Any]:
    address = f"{module}{type_}.{name}"
    return {"address": address, "mode": "managed", "type": type_, "name": name, "values": values, **more}


BUCKET = resource("aws_s3_bucket", "logs", {"bucket": "logs"})
VERSIONING = resource(
    "aws_s3_bucket_versioning", "logs", {"versioning_configuration": [{"status": "Enabled"}]}
)
CONFIGURED = {
    "type": "aws_s3_bucket_versioning",
    "name": "logs",
    "expressions": {"bucket": {"references": ["aws_s3_bucket.logs.id", "aws_s3_bucket.logs"]}},
}


def planned(*resources: dict[str, Any], **more: Any) -> dict[str, Any]:
    root = {"resources": list(resources)}
    return {
        "format_version": "1.2",
        "terraform_version": "1.9.0",
        "planned_values": {"root_module": root},
        **more,
    }


def cloud(value: dict[str, Any], indent: int | None = None) -> Document:
    return plan.read("plan.json", json.dumps(value, indent=indent))[1]


def test_a_plan_is_known_by_its_first_keys() -> None:
    assert plan.claims("plan.json", json.dumps(planned()))
    assert not plan.claims("x.json", '{"format_version": "1"}')
    assert not plan.claims("x.json", '{"planned_values": {}}')


def test_the_plan_itself_is_kept_as_it_is() -> None:
    raw, _ = plan.read("plan.json", json.dumps(planned(BUCKET)))
    assert (raw.kind, raw.value) == ("terraform", planned(BUCKET))


def test_resources_have_their_values_and_lines() -> None:
    document = cloud(planned(BUCKET), indent=2)
    (found,) = document.value["resources"]
    assert (found["type"], found["address"], found["values"]) == (
        "aws_s3_bucket",
        "aws_s3_bucket.logs",
        {"bucket": "logs"},
    )
    assert (found["__start_line__"], found["__end_line__"], found["__path__"]) == (7, 15, "plan.json")
    assert document.lines is not None
    assert document.lines(["resources", 0, "values", "bucket"]) == (13, 13)


def test_data_sources_and_odd_resources_are_left_out() -> None:
    data = resource("aws_ami", "x", {}) | {"mode": "data"}
    odd: list[Any] = [data, {}, {"type": "a"}, resource("aws_x", "y", {}) | {"values": []}]
    assert cloud(planned(*odd)).value == {"resources": []}


def test_a_reference_comes_from_the_configuration() -> None:
    value = planned(BUCKET, VERSIONING, configuration={"root_module": {"resources": [CONFIGURED]}})
    found = cloud(value).value["resources"][1]["values"]
    assert found["bucket"] == {"__reference__": "aws_s3_bucket.logs", "__attribute__": "id"}
    assert found["versioning_configuration"][0]["status"] == "Enabled"


def test_a_reference_within_a_module_has_the_module_in_its_address() -> None:
    prefix = 'module.m["a"].'
    child = {
        "address": prefix[:-1],
        "resources": [VERSIONING | {"address": prefix + "aws_s3_bucket_versioning.logs"}],
    }
    value = planned(
        configuration={"root_module": {"module_calls": {"m": {"module": {"resources": [CONFIGURED]}}}}}
    )
    value["planned_values"]["root_module"]["child_modules"] = [child]
    (found,) = cloud(value).value["resources"]
    assert found["values"]["bucket"]["__reference__"] == prefix + "aws_s3_bucket.logs"


def test_what_is_known_only_after_apply_is_unknown() -> None:
    change = {
        "address": "aws_x.y",
        "change": {"after_unknown": {"arn": True, "block": [{"key": True}], "other": False}},
    }
    value = planned(resource("aws_x", "y", {"block": [{"a": 1}]}), resource_changes=[change])
    (found,) = cloud(value).value["resources"]
    assert found["values"]["arn"] == {"__unknown__": "known after apply"}
    assert found["values"]["block"][0]["key"] == {"__unknown__": "known after apply"}
    assert "other" not in found["values"]


def test_policies_are_decoded() -> None:
    policy = json.dumps({"Statement": [{"Action": "*"}]})
    (found,) = cloud(planned(resource("aws_iam_policy", "p", {"policy": policy}))).value["resources"]
    assert found["values"]["policy"]["Statement"][0]["Action"] == "*"


def test_a_state_is_read_too() -> None:
    state = {"format_version": "1.0", "values": {"root_module": {"resources": [BUCKET]}}}
    assert len(cloud(state).value["resources"]) == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"format_version": "1"}', 1),
        ("[]", 1),
        ('{"format_version":\n}', 2),
        ('{"a": 1,\n "a": 2}', 2),
        ("[" * 5000, 1),
        ('{"a": NaN}', 1),
        ('{"a": 1e999}', 1),
        ('{"a": 1,}', 1),
        ('{"a": 1} x', 1),
        ('{"a": "', 1),
    ],
)
def test_what_is_not_a_plan_is_said_with_its_place(text: str, line: int) -> None:
    with pytest.raises(InputError) as caught:
        plan.read("plan.json", text)
    assert caught.value.line == line


@pytest.mark.parametrize("odd", [None, 5, [], [None], {"root_module": 5}, {"root_module": {"resources": 5}}])
def test_odd_shapes_are_no_crash(odd: object) -> None:
    value = planned(resource_changes=[odd], configuration=odd)
    assert cloud(value | {"planned_values": odd}).value == {"resources": []}
