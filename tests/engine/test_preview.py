"""The engine's preview and the offline plan are the same, but for the differences listed here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import settings
from preview import stackfile
from preview.plan import STACK_TYPE, Phase
from preview.policies import config_for
from preview.run import ROOT
from tests.engine.cli import Workspace
from tests.engine.compare import differences, of_engine, of_plan
from tests.engine.conftest import MakeWorkspace
from tests.engine.programs import SAMPLE, SAMPLE_FILE, STACK_FILES, offline
from tests.engine.verdicts import Pack, offline_verdicts

# Where the two may differ, and why.
LISTED = (
    (
        r"::pulumi:providers:\w+::\S+: inputs\.(version|__internal): ",
        "the engine notes the plugin's version, and a place of its own, with an explicit provider",
    ),
    (
        r"::awsx:ecr:Image::\S+: (inputs|property_dependencies)\.",
        "a remote component registers itself without inputs; the plan shows what the program sends it",
    ),
    (
        r"awsx:ecr:Image\$docker-build:index:Image::\S+: only the engine has it",
        "a remote component's children are made by its plugin, out of the program's sight",
    ),
    (
        r": inputs\.[\w.]+: engine '<secret>', plan \[.*'<secret>'.*\]$",
        "of a list with a secret item the engine hides the whole, for a provider that takes no secrets itself",
    ),
)


def named(path: Path) -> str:
    """A stack file's name in a test's name; the program's folder has none."""
    return path.stem if path.suffix else ""


EVERY_STACK = pytest.mark.parametrize(
    ("program", "stack_file"),
    [(SAMPLE, SAMPLE_FILE), *STACK_FILES],
    ids=named,
)


@EVERY_STACK
def test_the_engines_preview_equals_the_offline_plan(workspace: MakeWorkspace, program: Path, stack_file: Path) -> None:
    made = workspace(program, stack_file)
    pack = Pack(made, configuration(made, program, stack_file), advisory=program == SAMPLE)
    states = [step["newState"] for step in made.preview(*pack.flags)["steps"]]
    plan = pack.judge(offline(program, stack_file))["preview"]
    assert unlisted(states, plan) == []
    assert pack.said() == offline_verdicts(plan)
    assert unknown_paths(made) == {r.urn: list(r.unknown) for r in plan.records if is_checked(r.urn)}
    assert sent_to_components(made) == {
        r.name: (of_plan(plan)[r.urn]["inputs"], list(r.unknown)) for r in plan.records if r.type.startswith("awsx:")
    }


@pytest.mark.parametrize(("program", "stack_file"), [(SAMPLE, SAMPLE_FILE), *STACK_FILES[:1]], ids=named)
def test_the_engines_state_after_up_equals_the_deployed_phase(
    workspace: MakeWorkspace, program: Path, stack_file: Path
) -> None:
    made = workspace(program, stack_file)
    made.up()
    state = made.state()
    plan = offline(program, stack_file).phases["deployed"]
    assert unlisted(state, plan) == []
    root = next(resource for resource in state if resource["type"] == STACK_TYPE)
    shown = of_engine([{**root, "urn": "outputs", "type": "", "inputs": root.get("outputs", {})}])
    assert shown["outputs"]["inputs"] == plan.to_json()["outputs"]
    if program == SAMPLE:
        found = list(differences(of_engine(state), of_plan(plan)))
        gone = [reason for pattern, reason in LISTED if not any(re.search(pattern, line) for line in found)]
        assert gone == [], "a listed difference no longer occurs: take it off the list"


def configuration(made: Workspace, program: Path, stack_file: Path) -> Path:
    """The configuration of the pack that the offline preview chooses; the sample program has no settings."""
    project = stackfile.project_name(program)
    file = stackfile.read(stack_file, project)
    protected = program == SAMPLE or settings.parse(file.values, project, made.stack).protected
    return config_for(ROOT, made.stack, protected=protected)


def unlisted(states: list[dict[str, Any]], plan: Phase) -> list[str]:
    found = differences(of_engine(states), of_plan(plan))
    return [line for line in found if not any(re.search(pattern, line) for pattern, _ in LISTED)]


def is_checked(urn: str) -> bool:
    """Whether the provider checks this resource: a custom one, and not a provider."""
    return re.search(r"[:$](aws|random):[^$]*::[^:]+\Z", urn) is not None and ":pulumi:providers:" not in urn


def unknown_paths(made: Workspace) -> dict[str, list[str]]:
    """What the providers were asked to check: the unknown paths of each resource, those in secrets, too."""
    return {call["urn"]: call["unknown"] for call in made.journal.read() if call["call"] == "check"}


def sent_to_components(made: Workspace) -> dict[str, Any]:
    """What the engine sends to remote components: the inputs and their unknown paths."""
    return {
        call["name"]: (call["inputs"], call["unknown"]) for call in made.journal.read() if call["call"] == "construct"
    }
