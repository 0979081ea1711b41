"""The JSON Schema of a stack file, which `make generate` writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from settings.references import help_text, patterns
from settings.stack import AREAS, Settings

__all__ = ["FILE", "schema", "text"]

FILE = Path(__file__).resolve().parent / "schema.json"


def schema(project: str = "agent-platform") -> dict[str, Any]:
    """The JSON Schema of a stack file, for editors."""
    areas = Settings.model_json_schema()
    definitions = areas.pop("$defs", {})
    properties = {f"{project}:{name}": areas["properties"][name] for name in AREAS}
    for output in properties[f"{project}:outputs"]["patternProperties"].values():
        output |= {"description": help_text(), "examples": list(patterns())}
    properties["aws:region"] = areas["properties"]["region"]
    # The list, or its text: either is what the CLI takes.
    properties["aws:allowedAccountIds"] = {**areas["properties"]["allowed_account_ids"], "type": ["array", "string"]}
    required = [f"{project}:{name}" for name in areas["required"] if name in AREAS] + ["aws:region"]
    config = {
        "type": "object",
        "properties": properties,
        "required": required,
        # Other namespaces are other packages' configuration.
        "patternProperties": {f"^(?!{project}:)[A-Za-z0-9_.-]+:.+$": {}},
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A stack of agent-platform",
        "type": "object",
        "properties": {"config": config},
        "required": ["config"],
        "$defs": definitions,
    }


def text() -> str:
    """The schema as the file holds it."""
    return json.dumps(schema(), indent=1, sort_keys=True) + "\n"
