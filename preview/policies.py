"""Runs the policy pack's rules on a recorded phase, and shows what they found."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from pathlib import Path

from policy.guardrails import PackConfig, Resource, evaluate, load_config
from preview.plan import Phase, Plan

__all__ = ["config_for", "judge"]


def config_for(root: Path, stack: str, chosen: Path | None = None) -> PackConfig:
    """The pack's configuration: the file that was chosen, else the stack's own, else the `strict` profile.

    Errors: policy.guardrails.ConfigError, with a message that names file, policy, key and fix.
    """
    if chosen is not None:
        return load_config(chosen)
    own = root / "policy" / "config" / f"{stack}.json"
    return load_config(own if own.is_file() else root / "policy" / "profiles" / "strict.json")


def judge(plan: Plan, config: PackConfig, today: date | None = None) -> Plan:
    """The plan with the verdict on each phase. `today` decides about exemptions; by default it is UTC's."""
    day = today or datetime.now(tz=UTC).date()
    phases = {
        name: dataclasses.replace(phase, report=evaluate(_resources(phase), config, today=day))
        for name, phase in plan.phases.items()
    }
    return dataclasses.replace(plan, phases=phases)


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
