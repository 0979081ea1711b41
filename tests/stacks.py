"""The stack files that the project ships, each planned once."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from preview import run, stackfile
from preview.plan import Plan
from tests.recording import plan_of

__all__ = ["AUTONAMING", "FILES", "SMALL", "SMALL_DEV", "planned", "varied"]

FILES = sorted(
    [path.relative_to(run.ROOT) for path in [*run.ROOT.glob("Pulumi.*.yaml"), *run.ROOT.glob("systems/*.yaml")]]
)

SMALL, SMALL_DEV = "tests/small/Pulumi.prod.yaml", "tests/small/Pulumi.dev.yaml"
"""Small stacks called prod and dev, which stay as they are while those that are shipped grow."""

AUTONAMING = {
    "pulumi:autonaming": json.dumps(
        {
            "providers": {
                "aws": {
                    "pattern": "${stack}-${name}-${hex(7)}",
                    "resources": {
                        "aws:lb/loadBalancer:LoadBalancer": {"pattern": "${stack}-lb-${hex(7)}"},
                        # Tests have longer names than stacks that are shipped.
                        "aws:lb/targetGroup:TargetGroup": {"pattern": "${name}-${hex(4)}"},
                    },
                }
            }
        }
    )
}
"""What every stack file says of automatic names, for configurations that tests make."""


@cache
def planned(name: str) -> Plan:
    """The plan of a shipped stack file, both phases."""
    file = stackfile.read(run.ROOT / name, "agent-platform")
    return run.plan(file, project="agent-platform", phases=("preview", "deployed"))


def varied(name: str, change: Callable[[dict[str, Any]], None]) -> Plan:
    """The plan of a shipped stack file with some of its settings changed; a phase is recorded when it is first read.

    `change` gets the areas of the project's namespace as plain data, and edits them in place.
    """
    file = stackfile.read(run.ROOT / name, "agent-platform")
    prefix = "agent-platform:"
    areas = {key.removeprefix(prefix): _data(text) for key, text in file.values.items() if key.startswith(prefix)}
    change(areas)
    others = {key: text for key, text in file.values.items() if not key.startswith(prefix)}
    texts = {prefix + key: value if isinstance(value, str) else json.dumps(value) for key, value in areas.items()}
    changed = stackfile.StackFile(
        stack=file.stack, path=Path(name), values={**others, **texts}, secret_keys=file.secret_keys
    )
    return plan_of(changed)


def _data(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
