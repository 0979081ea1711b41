"""A stack's life under the engine: up, no change, a change, a replacement, refresh, protection, destroy."""

from __future__ import annotations

from pathlib import Path

import pytest

from preview.run import ROOT
from tests.engine.cli import Workspace
from tests.engine.conftest import MakeWorkspace
from tests.engine.plugins.journal import living, made_twice
from tests.engine.programs import SAMPLE, SAMPLE_FILE

# What a destroy of the sample leaves, on purpose: all else must go.
RETAINED = {
    "sample:data:Database$aws:kms/key:Key::db-key",
    "sample:edges:Edges$aws:cloudwatch/metricAlarm:MetricAlarm::edges",
    "sample:edges:Edges$aws:ec2/vpc:Vpc$aws:ec2/subnet:Subnet::edges-below",
    "sample:edges:Edges$aws:ec2/vpc:Vpc::edges",
    "sample:edges:Edges$aws:iam/role:Role::edges",
    "sample:edges:Edges$aws:iam/rolePolicyAttachment:RolePolicyAttachment::edges",
    "sample:edges:Edges$aws:lambda/function:Function::edges",
    "sample:edges:Edges$aws:lb/targetGroup:TargetGroup::edges",
}
# What the setting `size` is used in.
_VERSION = "aws:secretsmanager/secretVersion:SecretVersion"
CHANGED = {
    "sample:data:Database$aws:rds/instance:Instance::db": "update",
    f"sample:data:Database$sample:data:Credentials${_VERSION}::db-credentials": "update",
    "sample:edges:Edges::edges": "update",
}
REFRESH = ("refresh", "--yes", "--skip-preview", "--expect-no-changes")
DEV, PROD = ROOT / "Pulumi.dev.yaml", ROOT / "Pulumi.prod.yaml"


def operations(made: Workspace) -> dict[str, str]:
    """What a preview would do, by resource; the unchanged are left out."""
    return {short(step["urn"]): step["op"] for step in made.preview()["steps"] if step["op"] != "same"}


def mutations(made: Workspace, since: int) -> set[tuple[str, str]]:
    """What the providers were told to change since a point in the journal."""
    kinds = ("created", "updated", "deleted")
    return {(call["call"], short(call["urn"])) for call in made.journal.read()[since:] if call["call"] in kinds}


def short(urn: str) -> str:
    return urn.split("::", 2)[2]


def test_a_stack_lives_and_ends_as_planned(workspace: MakeWorkspace) -> None:
    made = workspace(SAMPLE, SAMPLE_FILE)
    made.up()
    after_up = len(made.journal.read())
    made.up("--expect-no-changes")
    assert mutations(made, after_up) == set()

    made.set("sample:size", "db.t4g.small")
    assert operations(made) == CHANGED
    made.up()
    assert mutations(made, after_up) == {("updated", name) for name in CHANGED if "$aws:" in name}

    before = len(made.journal.read())
    made.set("sample:username", "admin")
    made.set("sample:topic", "renamed")
    made.set("sample:protect", False)
    made.up()
    calls = [(c["call"], short(c["urn"])) for c in made.journal.read()[before:] if c["call"] in ("created", "deleted")]
    assert [call for call, name in calls if name.endswith("Topic::elsewhere")] == ["created", "deleted"]
    assert [call for call, name in calls if name.endswith("Instance::db")] == ["deleted", "created"]
    assert made_twice(made.journal.read()) == []

    made.run(*REFRESH)
    made.run("destroy", "--yes", "--skip-preview")
    assert made.state() == []
    assert {short(urn) for urn in living(made.journal.read()).values()} == RETAINED


@pytest.mark.parametrize("stack_file", [DEV, PROD], ids=["dev", "prod"])
def test_a_stack_settles_and_is_destroyed_as_documented(workspace: MakeWorkspace, stack_file: Path) -> None:
    """`protect: false`, `up`, `destroy`, in an AWS in which every bucket, repository and vault holds something."""
    made = workspace(ROOT, stack_file)
    made.up()
    settled = living(made.journal.read())
    made.up("--expect-no-changes")
    made.run(*REFRESH)
    if stack_file == PROD:
        assert "because it is protected" in made.run("destroy", "--yes", fails=True)
        assert living(made.journal.read()) == settled
        made.set("agent-platform:protect", False)
        made.up()
    made.run("destroy", "--yes")
    assert made.state() == []
    # The data key stays, since snapshots taken before would be unreadable without it (`data.retain_keys`).
    kept = ["aws:kms/key:Key::data"] if stack_file == PROD else []
    assert [urn.rpartition("$")[2] for urn in living(made.journal.read()).values()] == kept
    assert made_twice(made.journal.read()) == []


def test_a_stack_that_was_destroyed_can_be_created_again(workspace: MakeWorkspace) -> None:
    """Secrets without a recovery window leave their names free."""
    made = workspace(ROOT, DEV)
    made.up()
    made.run("destroy", "--yes", "--skip-preview")
    made.up()
    assert made_twice(made.journal.read()) == []
