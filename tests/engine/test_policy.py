"""The pack under the engine: the offline verdicts at preview, at up and on a state; a violation stops in time."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from preview.run import ROOT
from tests.engine.cli import Workspace
from tests.engine.conftest import MakeWorkspace
from tests.engine.programs import offline
from tests.engine.verdicts import Pack, offline_verdicts

BASELINE = ROOT / "policy" / "profiles" / "baseline.json"
UNSAFE = Path(__file__).parents[1] / "policy" / "programs" / "raw.py"


@pytest.fixture
def unsafe(workspace: MakeWorkspace, tmp_path: Path) -> Workspace:
    """A program that breaks ten rules."""
    folder = tmp_path / "source"
    folder.mkdir()
    shutil.copy(UNSAFE, folder / "__main__.py")
    (folder / "Pulumi.yaml").write_text("{name: unsafe, runtime: python}")
    (folder / "Pulumi.dev.yaml").write_text("config: {aws:region: us-east-1}\n")
    return workspace(folder, folder / "Pulumi.dev.yaml")


def test_the_verdicts_are_the_same_three_ways(unsafe: Workspace) -> None:
    pack = Pack(unsafe, BASELINE, advisory=True)
    phases = pack.judge(offline(unsafe.program, unsafe.settings_file))
    unsafe.preview(*pack.flags)
    at_preview = pack.said()
    assert len({policy for policy, *_ in at_preview}) >= 10
    assert at_preview == offline_verdicts(phases["preview"])
    unsafe.up(*pack.flags)
    assert pack.said() == offline_verdicts(phases["deployed"])
    state = unsafe.folder / "state.json"
    unsafe.run("stack", "export", "--show-secrets", "--file", str(state))
    analysed = unsafe.run("policy", "analyze", "--json", "--file", str(state), *pack.only)
    assert pack.said(analysed) == offline_verdicts(phases["deployed"])


def test_a_mandatory_violation_stops_the_resource_before_it_is_made(unsafe: Workspace) -> None:
    pack = Pack(unsafe, BASELINE)
    unsafe.up(*pack.flags, fails=True)
    stopped = {urn for _, urn, level, _ in pack.said() if level == "mandatory"}
    assert stopped
    made = {call["urn"] for call in unsafe.journal.read() if call["call"] == "created"}
    assert not made & stopped
