"""The JSON Schema in the repository is the models' own, and accepts what the models accept."""

from __future__ import annotations

import json
import subprocess
import sys

from preview import run, stackfile
from settings import schema, stack


def test_file_is_up_to_date() -> None:
    assert schema.FILE.read_text(encoding="utf-8") == schema.text(), "run `make schema`"


def test_every_area_is_there() -> None:
    properties = json.loads(schema.text())["properties"]["config"]["properties"]
    assert set(properties) == {f"agent-platform:{area}" for area in stack.AREAS} | {
        "aws:region",
        "aws:allowedAccountIds",
    }


def test_every_setting_says_what_it_is() -> None:
    def undescribed(node: object, path: str) -> list[str]:
        if isinstance(node, list):
            return [name for i, item in enumerate(node) for name in undescribed(item, f"{path}[{i}]")]
        if not isinstance(node, dict):
            return []
        own = [
            f"{path}.{name}"
            for name, item in node.get("properties", {}).items()
            if isinstance(item, dict) and "description" not in item
        ]
        return own + [name for key, item in node.items() for name in undescribed(item, f"{path}.{key}")]

    definitions = json.loads(schema.text())["$defs"]
    assert undescribed(definitions, "$defs") == []


def test_make_schema_changes_nothing() -> None:
    before = schema.FILE.read_bytes()
    subprocess.run([sys.executable, "-m", "settings.schema"], cwd=run.ROOT, check=True)
    assert schema.FILE.read_bytes() == before


def test_shipped_files_name_the_project_s_namespace() -> None:
    assert stackfile.project_name(run.ROOT) == "agent-platform"
