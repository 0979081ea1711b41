"""Runs the policy pack's rules on a recorded phase."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from policy.guardrails import RULES, PackConfig, Resource, evaluate, load_config
from policy.guardrails.config import read_json
from preview.plan import JudgedBy, Phase, Plan
from settings.model import Hint
from settings.names import nearest

__all__ = ["at_least_strict", "config_for", "config_hints", "judge"]

_LEVELS = {"disabled": 0, "advisory": 1, "mandatory": 2, "remediate": 2}


def config_for(root: Path, stack: str, *, protected: bool = True) -> Path:
    """The pack's configuration file for a stack: its own, else a profile.

    A stack whose data is protected (`agent-platform:protect`, by default on in prod), or that says `environment:
    prod`, is held to `strict`, any other to `baseline`, which asks for no deletion protection and no domain.
    """
    own = root / "policy" / "config" / f"{stack}.json"
    profile = root / "policy" / "profiles" / ("strict.json" if protected else "baseline.json")
    return own if own.is_file() else profile


def config_hints(root: Path, stack: str, path: Path, config: PackConfig) -> Iterator[Hint]:
    """What a person should look at in the pack's configuration at `path`, or in the choice of it for `stack`."""
    raw = read_json(path)
    off = [rule.id for rule in RULES if rule.baseline == "disabled" and rule.id not in raw]
    on = [rule.id for rule in RULES if rule.id in off and config.of(rule).level != "disabled"]
    if "all" in raw and on:
        yield Hint(
            path.as_posix(),
            f'"all" also turns on the {len(on)} rules that are off by default and not named, such as '
            f'{", ".join(on[:3])}; write them as "disabled" if they are to stay off',
        )
    own = root / "policy" / "config"
    if path.parent != own:
        others = {file.stem for file in own.glob("*.json")} - {
            file.name.removesuffix(".yaml").removeprefix("Pulumi.") for file in root.glob("Pulumi.*.yaml")
        }
        if (guess := nearest(stack, sorted(others))) is not None:
            yield Hint(
                (own / f"{guess}.json").relative_to(root).as_posix(),
                f"is the configuration of no stack; rename it to {stack}.json if it is that of {stack}",
            )


def at_least_strict(config: PackConfig, root: Path) -> tuple[PackConfig, tuple[str, ...]]:
    """The configuration with each rule at least at the level that the strict profile has, and the rules that it raises.

    Exemptions stay: they have an owner and an end. A raised rule has the profile's parameters.
    """
    profile = load_config(root / "policy" / "profiles" / "strict.json")
    levels = {rule.id: (config.of(rule), profile.of(rule)) for rule in RULES}
    raised = {
        name: dataclasses.replace(own, level=least.level, params=least.params)
        for name, (own, least) in levels.items()
        if _LEVELS[own.level] < _LEVELS[least.level]
    }
    return dataclasses.replace(config, rules={**config.rules, **raised}), tuple(raised)


def judge(
    plan: Plan,
    config: PackConfig,
    today: date | None = None,
    *,
    path: Path | None = None,
    raised: tuple[str, ...] = (),
) -> Plan:
    """The plan with the verdict on each phase, and how it came about: `path` is the file of `config`, and `raised`
    are the rules that are stricter than it says.

    `today` decides about exemptions; by default it is UTC's.
    """
    day = today or datetime.now(tz=UTC).date()
    phases = {
        name: dataclasses.replace(phase, report=evaluate(_resources(phase), config, today=day))
        for name, phase in plan.phases.items()
    }
    off = tuple(rule.id for rule in RULES if config.of(rule).level == "disabled")
    judged_by = JudgedBy(config=path, rules=len(RULES), off=off, raised=raised)
    return dataclasses.replace(plan, phases=phases, judged_by=judged_by)


def _resources(phase: Phase) -> list[Resource]:
    by_urn = phase.by_urn()
    return [
        Resource(
            urn=record.urn,
            type=record.type,
            name=record.name,
            inputs=record.inputs,
            parent=record.parent,
            dependencies=record.dependencies,
            property_dependencies=record.property_dependencies,
            ignore_changes=record.ignore_changes,
            provider_inputs=by_urn[record.provider].inputs if record.provider in by_urn else {},
            id=record.id,
            outputs=record.outputs or None,
        )
        for record in phase.records
    ]
