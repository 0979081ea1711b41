"""`data.secrets`: names, and what their stores can hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from settings.model import Fault, Rename
from settings.rules.registry import reads, workload_key
from settings.stack import Settings

_LONGEST_DESCRIPTION = 1024


@reads("compute", "data")
def _secret_names(settings: Settings) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for name in settings.secret_names:
        first = seen.setdefault(name.lower().replace("_", "-").replace("/", "-"), name)
        if first != name:
            yield Fault(f"data.secrets.{name}", f"differs from {first} by case or punctuation only; rename one")


@reads("data")
def _parameters(settings: Settings) -> Iterator[Fault]:
    for name, secret in settings.data.secrets.items():
        if secret.store != "parameter":
            continue
        if name.endswith("/") or "//" in name:
            better = re.sub("/+", "/", name).strip("/")
            reason = f"is not a parameter name: a level is empty; did you mean {better}?"
            yield Fault(f"data.secrets.{name}", reason, Rename(better))
        if len(secret.description) > _LONGEST_DESCRIPTION:
            yield Fault(
                f"data.secrets.{name}.description",
                f"is longer than the {_LONGEST_DESCRIPTION} characters that a parameter takes; shorten it",
            )


@reads("compute", "data")
def _whole_parameters(settings: Settings) -> Iterator[Fault]:
    for path, workload in settings.compute.workloads.items():
        for env, (name, json_key) in workload.secret_refs.items():
            declared = settings.data.secrets.get(name)
            if json_key is not None and declared is not None and declared.store == "parameter":
                yield Fault(
                    workload_key(path, f"secrets.{env}"),
                    f"asks for the key {json_key} of {name}, but ECS reads whole parameters only; "
                    "keep it in Secrets Manager, or make a parameter of each key",
                )
