"""What the engine does and the offline preview does, too; tests/engine compares the whole where the CLI is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulumi
import pulumi_aws as aws
import pytest

from preview import run, stackfile
from preview.plan import Record


def records(tmp_path: Path, program: Callable[[], Any], settings: str = "config: {}\n") -> dict[str, Record]:
    """What `program` registers in the deployed phase, by name."""
    file = tmp_path / "Pulumi.dev.yaml"
    file.write_text(settings)
    phase = run.run_phase("deployed", stackfile.read(file, "p"), project="p", program=program)
    return {record.name: record for record in phase.records}


def test_a_child_inherits_protection_and_retention_unless_it_says_otherwise(tmp_path: Path) -> None:
    def program() -> None:
        options = pulumi.ResourceOptions(protect=True, retain_on_delete=True)
        top = pulumi.ComponentResource("p:i:Top", "top", None, options)
        inner = pulumi.ComponentResource("p:i:Inner", "inner", None, pulumi.ResourceOptions(parent=top))
        aws.sns.Topic("heir", opts=pulumi.ResourceOptions(parent=inner))
        own = pulumi.ResourceOptions(parent=inner, protect=False, retain_on_delete=False)
        aws.sns.Topic("free", opts=own)

    by_name = records(tmp_path, program)
    assert (by_name["heir"].protect, by_name["heir"].retain_on_delete) == (True, True)
    assert (by_name["free"].protect, by_name["free"].retain_on_delete) == (False, False)


def test_default_tags_come_from_the_settings_or_the_explicit_provider_and_show_in_outputs(tmp_path: Path) -> None:
    seen: list[Any] = []

    def program() -> None:
        tags = aws.ProviderDefaultTagsArgs(tags={"from": "provider"})
        provider = aws.Provider("own", region="eu-west-1", default_tags=tags)
        topic = aws.sns.Topic("default", tags={"a": "b"})
        topic.tags.apply(seen.append)
        aws.sns.Topic("explicit", opts=pulumi.ResourceOptions(provider=provider))

    by_name = records(tmp_path, program, "config: {aws:defaultTags: {tags: {from: settings}}, aws:region: us-west-2}\n")
    assert by_name["default"].inputs["tags"] == {"a": "b", "from": "settings"}
    assert by_name["explicit"].inputs["tags"] == {"from": "provider"}
    assert seen == [{"a": "b", "from": "settings"}]
    assert ":us-west-2:" in by_name["default"].outputs["arn"]
    assert ":eu-west-1:" in by_name["explicit"].outputs["arn"]


def test_a_resource_given_for_an_id_arrives_as_its_id(tmp_path: Path) -> None:
    def program() -> None:
        role: Any = aws.iam.Role("role", assume_role_policy="{}")
        policy = aws.iam.RolePolicyAttachment("attached", role=role, policy_arn="arn:aws:iam::aws:policy/X")
        aws.sns.Topic("named", display_name=policy.role)

    by_name = records(tmp_path, program)
    assert by_name["attached"].inputs["role"] == by_name["named"].inputs["displayName"] == by_name["role"].id


def test_the_text_of_an_asset_is_no_property(tmp_path: Path) -> None:
    def program() -> None:
        code = pulumi.AssetArchive({"index.py": pulumi.StringAsset("def handler(event=None): ...")})
        aws.lambda_.Function("function", role="arn:aws:iam::123456789012:role/r", code=code)

    assert "assets" in records(tmp_path, program)["function"].inputs["code"]


def test_a_transform_is_refused_since_only_the_engine_runs_it(tmp_path: Path) -> None:
    def program() -> None:
        pulumi.runtime.register_resource_transform(lambda args: None)
        options = pulumi.ResourceOptions(transforms=[lambda args: None])
        aws.sns.Topic("changed", opts=options)

    with pytest.raises(run.ProgramError, match=r"the stack has transforms(?s:.)*changed has transforms"):
        records(tmp_path, program)
