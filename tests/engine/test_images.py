"""Images that `pulumi up` builds: two services of one context, and a change of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from preview.run import ROOT
from tests.engine.cli import Workspace
from tests.engine.conftest import MakeWorkspace
from tests.stacks import SMALL_DEV

BUILD = "docker-build:index:Image"


def stack_file(folder: Path) -> Path:
    """A small stack whose two services are built from one folder."""
    stack = yaml.safe_load((ROOT / SMALL_DEV).read_text(encoding="utf-8"))
    services: dict[str, Any] = stack["config"]["agent-platform:compute"]["services"]
    del services["api"]["image"]
    services["api"]["build"] = {"context": "app"}
    services["worker"] = {"architecture": "arm64", "build": {"context": "app"}}
    file = folder / "Pulumi.dev.yaml"
    file.write_text(yaml.safe_dump(stack), encoding="utf-8")
    return file


def images(made: Workspace) -> dict[str, dict[str, Any]]:
    """The images in state, by name."""
    return {each["urn"].rpartition("::")[2]: each for each in made.state() if each["type"] == BUILD}


def test_two_services_of_one_context_and_an_image_that_follows(workspace: MakeWorkspace, tmp_path: Path) -> None:
    made = workspace(ROOT, stack_file(tmp_path))
    app = made.program / "app"
    app.mkdir()
    (app / "Dockerfile").write_text("FROM scratch\n")
    made.up()
    first = images(made)
    assert sorted(name.partition("-")[0] for name in first) == ["api", "worker"]
    assert all(each["retainOnDelete"] for each in first.values())
    (app / "main.py").write_text("print(1)\n")
    since = len(made.journal.read())
    made.up()
    assert len(images(made)) == 2
    assert images(made).keys().isdisjoint(first)
    assert not [call for call in made.journal.read()[since:] if call["call"] == "deleted" and BUILD in call["urn"]]
