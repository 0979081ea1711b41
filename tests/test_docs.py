"""README and docs name nothing that is not there: settings, outputs, pages, commands; their examples are sound."""

from __future__ import annotations

import json
import re
import typing
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pydantic import BaseModel

from preview import coreyaml, run, stackfile
from preview.coreyaml import as_text
from settings.autonaming import KEY as AUTONAMING
from settings.autonaming import autonaming_faults
from settings.loader import SettingsError, parse
from settings.stack import AREAS, Settings

ROOT = run.ROOT
PAGES = sorted(ROOT.glob("docs/*.md"))
TEXTS = [ROOT / "README.md", *PAGES]
PROJECT = "agent-platform"
# What an example leaves unsaid, because another page says it.
AROUND: dict[str, Any] = {
    "environment": "dev",
    "networking": {"zones": ["us-east-1a", "us-east-1b"]},
    "data": {"postgres": {"main": {}}, "redis": {"cache": {}}, "queues": {"jobs": {}}},
    "edge": {"load_balancer": {"certificate": {"domain": "origin.example.com", "zone": "Z0123456789ABC"}}},
    "compute": {"services": {"api": {"port": 8000, "route": {"paths": ["/api/*"], "health": "/api/health"}}}},
}
# Files that a command of the docs writes.
WRITTEN = {"bootstrap/Pulumi.state.yaml", "bootstrap/state/"}
# Where a fragment belongs that begins below its area.
HOMES = {
    "route": "compute.services.api",
    "files": "compute.services.api",
    "replicas": "compute.services.api",
    "connects_to": "compute.services.api",
    "security_headers": "edge.distribution",
}


class Block(NamedTuple):
    """One YAML example."""

    page: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def blocks() -> Iterator[Block]:
    for path in TEXTS:
        for found in re.finditer(r"^( *)```yaml\n(.*?)^ *```$", path.read_text(), re.MULTILINE | re.DOTALL):
            line = path.read_text()[: found.start()].count("\n") + 1
            yield Block(path.relative_to(ROOT).as_posix(), line, found[2])


BLOCKS = list(blocks())


def test_there_are_examples() -> None:
    assert len(BLOCKS) > 25


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_an_example_is_sound(block: Block) -> None:
    areas = deepcopy(_merged(AROUND, _areas(block)))
    _fill(areas)
    config = {f"{PROJECT}:{area}": as_text(value) for area, value in areas.items()}
    try:
        parse({"aws:region": "us-east-1", "amplify:github_token": "x", **config}, PROJECT, "dev")
    except SettingsError as error:
        pytest.fail(f"{block}:\n{error}")


def _areas(block: Block) -> dict[str, Any]:
    """The areas that an example sets. One with a line of `…` goes on from the example before it."""
    lines = block.text.replace("web/amplify.yml", "Makefile").splitlines()  # a file that the repository has
    goes_on = any(line.strip() == "…" for line in lines)
    loaded = coreyaml.load("\n".join(line for line in lines if line.strip() != "…"))
    areas: dict[str, Any] = {}
    for key, value in _without_dots(loaded.get("config", loaded)).items():
        if key.startswith("aws:"):
            continue
        if key == AUTONAMING:
            assert list(autonaming_faults(json.dumps(value))) == []
            continue
        if key.startswith(f"{PROJECT}:"):
            areas = _merged(areas, {key.removeprefix(f"{PROJECT}:"): value})
        else:
            assert key in HOMES, f"{block}: {key} stands below no area; begin with agent-platform:<area>"
            areas = _merged(areas, _below([*HOMES[key].split("."), key], value))
    before = [other for other in BLOCKS if other.page == block.page and other.line < block.line]
    return _merged(_areas(before[-1]), areas) if goes_on and before else areas


def _without_dots(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_dots(item) for key, item in value.items() if "…" not in (key, item)}
    return [_without_dots(item) for item in value] if isinstance(value, list) else value


def _below(path: list[str], value: Any) -> dict[str, Any]:
    return {path[0]: _below(path[1:], value) if path[1:] else value}


def _merged(first: Any, second: Any) -> Any:
    if isinstance(first, dict) and isinstance(second, dict):
        return {
            key: _merged(first.get(key), second.get(key)) if key in second else first[key] for key in first | second
        }
    return second


def _fill(areas: dict[str, Any]) -> None:
    """Give each container what every one needs."""
    compute = areas["compute"]
    for service in compute["services"].values():
        service.setdefault("architecture", "arm64")
        if not {"tag", "build", "image"} & set(service):
            service["image"] = "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1"
        if "consumes" not in service:
            service.setdefault("port", 8000)
    for task in compute.get("tasks", {}).values():
        task.setdefault("architecture", "arm64")
        if "image_from" not in task:
            task.setdefault("image", "example/app:1")
    for schedule in compute.get("schedules", {}).values():
        compute.setdefault("tasks", {}).setdefault(schedule["task"], {"image_from": "api", "architecture": "arm64"})


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_settings_that_are_named_exist(path: Any) -> None:
    """`data.postgres.<name>.proxy` and the like, wherever they stand in backticks."""
    areas = "|".join(name for name in Settings.model_fields if name not in ("stack", "environment", "region"))
    for found in re.finditer(rf"`(?:{PROJECT}:)?((?:{areas})\.[a-z_<>.]+)", path.read_text()):
        assert _exists(Settings, found[1].rstrip("._").split(".")), f"{path.name}: {found[1]} is no setting"


def _exists(at: Any, path: list[str]) -> bool:
    """Whether a model has the setting; a `<name>`, or a name of somebody's, stands for any key of a map."""
    if not path:
        return True
    if typing.get_origin(at) is dict:
        return _exists(typing.get_args(at)[1], path[1:])
    if isinstance(at, type) and issubclass(at, BaseModel):
        names = [name for name in at.model_fields if name == path[0] or (not path[1:] and name.startswith(path[0]))]
        return any(_exists(at.model_fields[name].annotation, path[1:]) for name in names)
    return any(_exists(member, path) for member in typing.get_args(at) if member is not type(None))


def test_readme_names_every_page() -> None:
    text = (ROOT / "README.md").read_text()
    assert [page.name for page in PAGES if f"](docs/{page.name})" not in text] == []


def test_readme_names_every_system() -> None:
    text = (ROOT / "README.md").read_text()
    assert [file.name for file in ROOT.glob("systems/*.yaml") if f"systems/{file.name}" not in text] == []


@pytest.mark.parametrize("path", [*TEXTS, ROOT / "policy" / "README.md"], ids=lambda path: path.as_posix()[-20:])
def test_links_lead_somewhere(path: Any) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text()):
        if not target.startswith("http"):
            file, _, anchor = target.partition("#")
            there = path.parent / file if file else path
            assert there.exists(), f"{path.name}: {target}"
            titles = re.findall(r"^#+ (.+)$", there.read_text(), re.MULTILINE) if anchor else []
            assert not anchor or anchor in [re.sub(r"[^\w -]", "", t).lower().replace(" ", "-") for t in titles], target


def test_commands_that_are_named_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for path in [*TEXTS, *ROOT.glob("settings/**/*.py")]:
        text = path.read_text()
        assert set(re.findall(r"`make (?:-C \S+ )?([a-z-]+)", text)) <= targets, path
        assert not re.search(r"`ops ", text), f"{path}: there is no command ops"


def test_every_area_has_its_row() -> None:
    text = (ROOT / "docs" / "settings.md").read_text()
    assert [name for name in AREAS if f"| `{name}` |" not in text] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_files_that_are_named_exist(path: Any) -> None:
    """`components/data/queue.py` and the like, wherever they stand in backticks."""
    folders = "|".join(sorted(entry.name for entry in ROOT.iterdir() if entry.is_dir() and entry.name[0] != "."))
    for found in re.finditer(rf"`((?:{folders})/[\w./-]+)`", path.read_text()):
        assert found[1] in WRITTEN or (ROOT / found[1]).exists(), f"{path.name}: there is no {found[1]}"


def test_the_stack_file_of_the_readme_runs(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text()
    (example,) = re.findall(r"```yaml\n(config:\n.*?)```", text, re.DOTALL)
    path = tmp_path / "Pulumi.dev.yaml"
    path.write_text(example)
    plan = run.plan(stackfile.read(path, PROJECT), project=PROJECT, phases=("preview", "deployed"))
    assert list(plan.phases["deployed"].outputs) == ["application_url"]
