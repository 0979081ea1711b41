"""What differs from an earlier plan: named by resource and property path, never with a secret."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pulumi
import pulumi_aws as aws
import pytest

from preview import diff
from preview.against import against
from preview.cli import preview
from preview.plan import Plan
from preview.run import ROOT
from tests.recording import record
from tests.shown import page_of

CANARY = "canary-51c7e2-never-show"


def program(
    *, topics: tuple[str, ...] = ("a", "b"), days: int = 30, actions: tuple[str, ...] = ("s3:GetObject",), **more: Any
) -> Callable[[], None]:
    def run() -> None:
        for name in topics:
            aws.iam.User(name)
        aws.cloudwatch.LogGroup("group", retention_in_days=days, tags=more.get("tags"))
        statements = [{"Effect": "Allow", "Action": action, "Resource": "*"} for action in actions]
        aws.iam.Policy("policy", policy=json.dumps({"Version": "2012-10-17", "Statement": statements}))
        secret = more.get("secret", "first")
        aws.ssm.Parameter("parameter", type="SecureString", value=pulumi.Output.secret(f"{CANARY}-{secret}"))
        options = pulumi.ResourceOptions(protect=more.get("protect", False))
        aws.ec2.Subnet("subnet", vpc_id="vpc-1", cidr_block="10.0.0.0/24", opts=options)
        pulumi.export("days", days)

    return run


def written(plan: Plan, folder: Path) -> Path:
    path = folder / "plan.json"
    path.write_text(json.dumps(plan.to_json()))
    return path


def compared(folder: Path, **changed: Any) -> dict[str, diff.Difference]:
    earlier = diff.read(written(record(program()), folder))
    return {difference.phase: difference for difference in diff.differences(earlier, record(program(**changed)))}


def changes_by_name(difference: diff.Difference) -> dict[str, list[tuple[str, str, str]]]:
    """The changes by logical name."""
    return {
        urn.rpartition("::")[2]: [(change.path, change.before, change.after) for change in changes]
        for urn, changes in difference.changed.items()
    }


def test_the_same_plan_does_not_differ(tmp_path: Path) -> None:
    by_phase = compared(tmp_path)
    assert list(by_phase) == ["preview", "deployed"]
    assert not any(by_phase.values())


def test_created_and_deleted(tmp_path: Path) -> None:
    for difference in compared(tmp_path, topics=("b", "c")).values():
        assert [urn.rpartition("::")[2] for urn in difference.created] == ["c"]
        assert [urn.rpartition("::")[2] for urn in difference.deleted] == ["a"]
        assert not difference.changed


def test_changed_properties_protection_and_outputs(tmp_path: Path) -> None:
    for difference in compared(tmp_path, days=90, tags={"team": "x"}, protect=True).values():
        assert changes_by_name(difference) == {
            "group": [("retentionInDays", "30", "90"), ("tags", "nothing", '{"team": "x"}')],
            "subnet": [("protect (option)", "false", "true")],
        }
        assert [(change.path, change.before, change.after) for change in difference.outputs] == [("days", "30", "90")]


def test_documents_are_looked_into_and_lists_aligned(tmp_path: Path) -> None:
    difference = compared(tmp_path, actions=("s3:PutObject", "s3:GetObject"))["deployed"]
    assert changes_by_name(difference) == {
        "policy": [
            ("policy.Statement[0]", "nothing", '{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}'),
        ]
    }


def test_neither_a_secret_nor_its_change_is_shown(tmp_path: Path) -> None:
    assert not any(compared(tmp_path, secret="second").values())


def test_what_becomes_secret_is_masked_on_both_sides(tmp_path: Path) -> None:
    clear = record(lambda: aws.sns.Topic("topic", display_name=CANARY))
    now = record(lambda: aws.sns.Topic("topic", display_name=pulumi.Output.secret(CANARY)))
    (first, _) = diff.differences(diff.read(written(clear, tmp_path)), now)
    assert changes_by_name(first) == {"topic": [("displayName", "<secret>", "<secret>")]}


def test_rendering(tmp_path: Path) -> None:
    path = written(record(program()), tmp_path)
    earlier = diff.read(path)
    changed = record(program(topics=("b", "[c]"), days=90, secret="second"))
    text = page_of(changed, against(earlier, changed), diff.differences(earlier, changed))
    lines = text.splitlines()
    start = lines.index(f"Against {path}")
    assert lines[start + 1].startswith("  `up` would ")
    assert lines[start + 2 : lines.index("Outputs (with made-up ids and addresses)")] == [
        "  preview: 1 created, 1 deleted, 1 changed, 1 in outputs",
        "    + aws:iam/user:User [c]",
        "    - aws:iam/user:User a",
        "    ~ aws:cloudwatch/logGroup:LogGroup group",
        "        retentionInDays: 30 -> 90",
        "    ~ output days: 30 -> 90",
        "  deployed: 1 created, 1 deleted, 1 changed, 1 in outputs",
        "    4 as above",
    ]
    assert CANARY not in text


def test_rendering_of_no_difference(tmp_path: Path) -> None:
    plan = record(program())
    earlier = diff.read(written(plan, tmp_path))
    text = page_of(plan, against(earlier, plan), diff.differences(earlier, plan))
    assert text.count("no difference") == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "No such file"),
        ("{", "is not valid JSON"),
        ("\ufeff{}", "is not valid JSON"),
        ("[]", "is not a plan"),
        ('{"stack": "test"}', "is not a plan"),
        ('{"stack": "test", "phases": {"preview": {"resources": [{}], "outputs": {}}}}', "is not a plan"),
        ('{"stack": "test", "phases": []}', "is not a plan"),
    ],
)
def test_what_is_no_plan(text: str | None, words: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(diff.DiffError, match=words) as refused:
        diff.read(path)
    assert "--json" in str(refused.value)


def test_plans_of_two_stacks(tmp_path: Path) -> None:
    earlier = diff.read(written(record(program(), stack="prod"), tmp_path))
    with pytest.raises(diff.DiffError, match="is a plan of prod, and this is one of test"):
        diff.differences(earlier, record(program()))


def test_a_plan_without_the_phase(tmp_path: Path) -> None:
    path = written(record(program()), tmp_path)
    data = json.loads(path.read_text())
    path.write_text(json.dumps({**data, "phases": {}}))
    with pytest.raises(diff.DiffError, match="has no phase preview or deployed"):
        diff.differences(diff.read(path), record(program()))


def test_the_command(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    file = ROOT / "Pulumi.dev.yaml"
    with redirect_stdout(io.StringIO()) as said:
        preview(config_file=file, json_file=path)
        preview(config_file=file, against_file=path)
    lines = said.getvalue().splitlines()
    start = lines.index(f"Against {path}")
    assert lines[start + 1 : start + 4] == [
        "  `up` would change nothing",
        "  preview: no difference",
        "  deployed: no difference",
    ]
    with redirect_stderr(io.StringIO()) as faults, pytest.raises(SystemExit) as ended:
        preview(config_file=file, against_file=tmp_path / "nothing.json")
    assert ended.value.code == 1
    assert faults.getvalue().startswith("error: ")
