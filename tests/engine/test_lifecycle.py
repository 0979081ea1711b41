"""A stack's life under the engine: up, no change, one change, refresh, protection, destroy."""

from __future__ import annotations

from tests.engine.cli import Workspace
from tests.engine.conftest import MakeWorkspace
from tests.engine.plugins.journal import living, made_twice
from tests.engine.programs import SAMPLE, SAMPLE_FILE

# What a destroy of the sample leaves, on purpose: all else must go.
RETAINED = {
    "sample:data:Database$aws:kms/key:Key::db-key",
    *(
        f"sample:edges:Edges${type_}::edges"
        for type_ in (
            "aws:cloudwatch/metricAlarm:MetricAlarm",
            "aws:ec2/vpc:Vpc",
            "aws:iam/role:Role",
            "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            "aws:lambda/function:Function",
            "aws:lb/targetGroup:TargetGroup",
        )
    ),
    "sample:edges:Edges$aws:ec2/vpc:Vpc$aws:ec2/subnet:Subnet::edges-below",
}


def operations(made: Workspace) -> dict[str, str]:
    """What a preview would do, by resource; the unchanged are left out."""
    return {short(s["urn"]): s["op"] for s in made.preview()["steps"] if s["op"] not in ("same", "refresh")}


def mutations(made: Workspace, since: int) -> list[tuple[str, str]]:
    """What the providers were told to change since a point in the journal."""
    return [
        (call["call"], short(call["urn"]))
        for call in made.journal.read()[since:]
        if call["call"] in ("created", "updated", "deleted")
    ]


def short(urn: str) -> str:
    return urn.split("::", 2)[2]


def test_a_stack_lives_and_ends_as_planned(workspace: MakeWorkspace) -> None:
    made = workspace(SAMPLE, SAMPLE_FILE)
    planned = {name for name, op in operations(made).items() if op == "create"}
    made.up()
    assert {short(r["urn"]) for r in made.state()} >= planned
    assert made_twice(made.journal.read()) == []

    after_up = len(made.journal.read())
    made.up("--expect-no-changes")
    assert mutations(made, after_up) == []

    made.set("sample:size", "db.t4g.small")
    version = "aws:secretsmanager/secretVersion:SecretVersion"
    changed = {
        "sample:data:Database$aws:rds/instance:Instance::db": "update",
        f"sample:data:Database$sample:data:Credentials${version}::db-credentials": "update",
        "sample:edges:Edges::edges": "update",
    }
    assert operations(made) == changed
    before = len(made.journal.read())
    made.up()
    assert {name for call, name in mutations(made, before)} == {n for n in changed if "aws:" in n}
    assert {call for call, _ in mutations(made, before)} == {"updated"}

    made.run("refresh", "--yes", "--skip-preview", "--expect-no-changes", "--stack", made.stack)

    refused = made.run("destroy", "--yes", "--skip-preview", "--stack", made.stack, fails=True)
    assert "protected" in refused
    made.set("sample:protect", False)
    made.up()
    made.run("destroy", "--yes", "--skip-preview", "--stack", made.stack)
    assert made.state() == []
    assert {short(urn) for urn in living(made.journal.read()).values()} == RETAINED
