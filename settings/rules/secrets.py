"""`data.secrets`: names, and what their stores can hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from settings.model import Fault, Rename
from settings.rules.registry import reads, workload_key
from settings.slips import slip_of
from settings.stack import Settings

_LONGEST_DESCRIPTION = 1024


@reads("compute", "data")
def _secret_names(settings: Settings) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for name in settings.secret_names:
        first = seen.setdefault(name.lower().replace("_", "-").replace("/", "-"), name)
        if first != name:
            yield Fault(f"data.secrets.{name}", f"differs from {first} by case or punctuation only; rename one")


@reads("compute", "data")
def _misspelt(settings: Settings) -> Iterator[Fault]:
    """A secret that is named once and declared nowhere, next to one of nearly the same name."""
    places: dict[str, list[str]] = {}
    for path, workload in settings.compute.workloads.items():
        for env, (name, _) in workload.secret_refs.items():
            places.setdefault(name, []).append(workload_key(path, f"secrets.{env}"))
    for name, used in sorted(places.items()):
        if name in settings.data.secrets:
            continue
        others = [other for other in settings.secret_names if other in settings.data.secrets or other in places]
        # Of two that are declared nowhere, the one that is named less often, or comes later, is the slip.
        others = [o for o in others if o in settings.data.secrets or (-len(places[o]), o) < (-len(used), name)]
        if (other := slip_of(name, others)) is not None:
            yield Fault(
                used[0],
                f"{name} would be a second, empty secret beside {other}; did you mean {other}? If both are meant, "
                f"declare this one: data.secrets: {{{name}: {{}}}}",
            )


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
