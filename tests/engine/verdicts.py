"""The pack's verdicts as the engine tells them and as the offline preview finds them, in one form."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from policy.guardrails import Report, load_config
from preview.plan import Phase, PhaseName, Plan
from preview.policies import judge
from preview.run import ROOT
from tests.engine.cli import Workspace

__all__ = ["Pack", "offline_verdicts"]

Verdicts = set[tuple[str, str, str, str]]
# These two policies tell what is no violation; `exemptions` speaks of configuration alone.
_UNDECIDED, _EXEMPTIONS = "undecided", "exemptions"


class Pack:
    """The policy pack, copied for a workspace, with one configuration."""

    def __init__(self, made: Workspace, config: Path, *, advisory: bool = False) -> None:
        self._folder = made.folder / "pack"
        shutil.copytree(ROOT / "policy", self._folder, ignore=shutil.ignore_patterns("__pycache__"))
        made.use_environment(self._folder / "PulumiPolicy.yaml")
        settings = json.loads(config.read_text(encoding="utf-8"))
        if advisory:
            settings = {name: {**rule, "enforcementLevel": "advisory"} for name, rule in settings.items()}
        self.config = made.folder / "pack.json"
        self.config.write_text(json.dumps(settings), encoding="utf-8")
        self._events = made.folder / "events.json"

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags that run the pack and log the engine's events."""
        return (*self.only, "--event-log", str(self._events))

    @property
    def only(self) -> tuple[str, ...]:
        """The flags that run the pack."""
        return ("--policy-pack", str(self._folder), "--policy-pack-config", str(self.config))

    def said(self, log: str | None = None) -> Verdicts:
        """What the engine told, from a command's output or from the event log, which is used up."""
        if log is None:
            log = self._events.read_text(encoding="utf-8")
            self._events.unlink()
        events = [json.loads(line).get("policyEvent") for line in log.splitlines() if line.startswith("{")]
        return {_verdict(event) for event in events if event and event["policyName"] != _EXEMPTIONS}

    def judge(self, plan: Plan) -> Mapping[PhaseName, Phase]:
        """The offline phases with their verdicts."""
        return judge(plan, load_config(self.config)).phases


def offline_verdicts(phase: Phase) -> Verdicts:
    """The offline report in the engine's words."""
    report = phase.report
    assert isinstance(report, Report)
    found = {(item.policy, item.urn, item.level, item.message) for item in (*report.violations, *report.errors)}
    for item in report.undecided:
        if item.level == "mandatory":
            found.add((item.policy, item.urn, "mandatory", f"undecided: {item.message}"))
        else:
            found.add((_UNDECIDED, item.urn, "advisory", f"{item.policy}: undecided: {item.message}"))
    return found


def _verdict(event: dict[str, Any]) -> tuple[str, str, str, str]:
    _, _, message = event["message"].partition("\n")
    return event["policyName"], event.get("resourceUrn", ""), event["enforcementLevel"], message.strip()
