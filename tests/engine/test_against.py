"""What `--against` says of a state that the engine wrote is what the engine does with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from preview import diff, run, stackfile
from preview.against import Against, against
from preview.run import ROOT
from tests.engine.cli import Workspace
from tests.engine.conftest import MakeWorkspace

DEV = ROOT / "Pulumi.dev.yaml"


@pytest.fixture
def made(workspace: MakeWorkspace) -> Workspace:
    """The dev stack after its first `up`."""
    made = workspace(ROOT, DEV)
    made.up()
    return made


def change(made: Workspace, area: str, *path: str, value: Any) -> None:
    """Set one value within an area of the stack's file."""
    settings = stackfile.read(made.settings_file, "agent-platform")
    data = json.loads(settings.values[f"agent-platform:{area}"])
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    made.set(f"agent-platform:{area}", data)


def compared(made: Workspace, folder: Path) -> Against:
    """The plan of the stack's file against the state that the CLI exports."""
    state = folder / "state.json"
    made.run("stack", "export", "--file", str(state))
    file = stackfile.read(made.settings_file, "agent-platform")
    return against(diff.read(state), run.plan(file, project="agent-platform", phases=("preview", "deployed")))


def operations(made: Workspace) -> dict[str, str]:
    """What the engine's preview would do, by URN, with one word for the steps of a replacement."""
    words = {"create": "created", "update": "updated", "delete": "deleted", "replace": "replaced"}
    steps = [(step["urn"], step["op"]) for step in made.preview()["steps"]]
    return {urn: words[op] for urn, op in steps if op in words and "$aws:" in urn}


def test_a_state_after_up_has_no_change(made: Workspace, tmp_path: Path) -> None:
    found = compared(made, tmp_path)
    assert list(found.transition.notable()) == []


def test_a_new_network_is_replaced_as_the_engine_replaces_it(made: Workspace, tmp_path: Path) -> None:
    change(made, "networking", "cidr", value="10.99.0.0/16")
    found = compared(made, tmp_path)
    offline = {o.urn: o.action for o in found.transition.outcomes.values() if o.action != "same"}
    engine = operations(made)
    assert {urn for urn, op in engine.items() if op == "replaced"} == {
        urn for urn, action in offline.items() if action == "replaced"
    }
    assert offline.keys() <= engine.keys()
    assert any(loss.text.startswith("the VPC network would be replaced") for loss in found.losses)


def test_what_is_refused_offline_fails_in_the_engine(made: Workspace, tmp_path: Path) -> None:
    change(made, "data", "postgres", "main", "version", value="15")
    (outcome,) = compared(made, tmp_path).transition.having("refused")
    (reason,) = outcome.refused
    assert reason in made.up(fails=True)
