"""Automatic names offline: by the stack's patterns, as long as AWS takes them."""

from __future__ import annotations

import json
from typing import Any

import pulumi_aws as aws
import pytest

from preview import run
from preview.autonaming import Autonaming
from preview.plan import Plan
from preview.stackfile import StackFile

TARGET_GROUP = "aws:lb/targetGroup:TargetGroup"
DIGEST = "0123456789abcdef" * 4
SETTING: dict[str, Any] = {
    "providers": {
        "aws": {
            "pattern": "${stack}-${name}-${hex(7)}",
            "resources": {TARGET_GROUP: {"pattern": "${stack}-${num(4)}"}, "aws:sns/topic:Topic": {"mode": "default"}},
        }
    }
}


def _autonaming(value: Any = SETTING, stack: str = "dev") -> Autonaming:
    return Autonaming.of(json.dumps(value), stack=stack, project="shop")


@pytest.mark.parametrize(
    ("token", "name"),
    [
        ("aws:iam/role:Role", "dev-api-0123456"),
        (TARGET_GROUP, "dev-0123"),
        ("aws:sns/topic:Topic", "api-0123456"),
        ("random:index/randomId:RandomId", "api-0123456"),
    ],
)
def test_the_most_specific_pattern_counts(token: str, name: str) -> None:
    assert _autonaming().name(token, "api", DIGEST) == name


def test_without_the_setting_the_logical_name_and_seven_digits() -> None:
    for text in (None, "", "[", "3"):
        assert (
            Autonaming.of(text, stack="dev", project="shop").name("aws:iam/role:Role", "api", DIGEST) == "api-0123456"
        )


def test_expressions() -> None:
    value = {"pattern": "${project}-${name}-${alphanum(3)}${string(2)}${Name}"}
    assert _autonaming(value).name("aws:iam/role:Role", "api", DIGEST) == "shop-api-abcab${Name}"


def test_buckets_are_lower_case() -> None:
    assert _autonaming().name("aws:s3/bucket:Bucket", "Files", DIGEST) == "dev-files-0123456"


def _plan(stack: str, program: Any) -> Plan:
    values = {"aws:region": "us-east-1", "pulumi:autonaming": json.dumps(SETTING)}
    file = StackFile(stack=stack, path=run.ROOT / "x.yaml", values=values, secret_keys=())
    return run.plan(file, project="shop", phases=("preview", "deployed"), program=program)


def test_names_reach_the_plan() -> None:
    plan = _plan("dev", lambda: aws.s3.Bucket("files"))
    (bucket,) = plan.phases["deployed"].of_type("aws:s3/bucket:Bucket")
    assert bucket.outputs["bucket"].startswith("dev-files-")


def test_a_name_too_long_is_a_fault() -> None:
    with pytest.raises(run.ProgramError, match=r"api-worker \(aws:lb.*has 36 characters, and AWS takes 32; shorten"):
        _plan("a-stack-that-is-rather-longer-x", lambda: aws.lb.TargetGroup("api-worker", port=80))


def test_a_form_that_aws_refuses_is_a_fault() -> None:
    with pytest.raises(run.ProgramError, match=r"x_y \(aws:kms.*has a form that AWS refuses; rename the stack"):
        _plan("h2o.prod", lambda: aws.kms.Alias("x_y", target_key_id="k"))


def test_a_name_of_its_own_is_left_to_aws() -> None:
    _plan("h2o.prod", lambda: aws.lb.TargetGroup("api", name="fixed", port=80))
    _plan("h2o.prod", lambda: aws.lb.TargetGroup("api", name_prefix="api-", port=80))
