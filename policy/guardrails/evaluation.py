"""Runs the rules on resources directly, without the engine, with the same results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from .config import (
    ConfigError,
    PackConfig,
    RuleConfig,
    check_expiry,
    parse_config,
    read_json,
    undecided_level,
)
from .graph import Stack
from .model import Context, Finding, Outcome, Report, Rule
from .resource import Resource
from .rules import RULES
from .types import normalise

NOTICE = timedelta(days=30)
EMPTY = Stack(())


@dataclass(frozen=True, slots=True)
class Judgement:
    """The result of one rule on one resource: its findings, or the error that it failed with."""

    violations: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    error: str = ""


def load_config(path: Path | None, *, today: date | None = None) -> PackConfig:
    """The checked configuration in a file, or the defaults without one.

    Raises ConfigError with one message that names the file, the policy, the key, the reason and the fix. With
    `today`, exemptions longer than twelve months are refused here, otherwise by `evaluate`.
    """
    if path is None:
        return PackConfig()
    raw = read_json(path)
    try:
        config = parse_config(raw, RULES_BY_ID)
        if today is not None:
            check_all_expiries(config, today)
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from None
    return config


def check_all_expiries(config: PackConfig, today: date) -> None:
    """Refuses exemptions that end more than twelve months from today."""
    for name, rule in config.rules.items():
        check_expiry(name, rule.exemptions, today)


def judge(rule: Rule, resource: Resource, config: RuleConfig, stack: Stack) -> Judgement:
    """One rule on one resource; never raises. A rule that fails internally is an error, not a pass."""
    try:
        outcomes: list[Outcome] = list(rule.check(Context(resource, config.params, stack)))
    except Exception as error:  # a bug in one rule must not hide the findings of others
        return Judgement(error=f"the rule failed ({type(error).__name__}) and counts as violated")
    messages = dict.fromkeys((outcome.verdict, outcome.message) for outcome in outcomes)
    return Judgement(
        tuple(message for kind, message in messages if kind == "violation"),
        tuple(message for kind, message in messages if kind == "undecided"),
    )


def evaluate(resources: Sequence[Resource], config: PackConfig, *, today: date) -> Report:
    """The findings of every rule on every resource.

    Guarantees: an unknown value is undecided and never passes silently, exempted violations are listed, expired
    exemptions do not apply, unused ones give a warning. Raises ConfigError for an exemption longer than twelve months.
    """
    check_all_expiries(config, today)
    stack = Stack(resources)
    collector = FindingCollector(config, today)
    for rule in RULES:
        settings = config.of(rule)
        if settings.level != "disabled":
            for resource in stack.of(*rule.types):
                collector.add(rule, resource, judge(rule, resource, settings, stack if rule.graph else EMPTY))
    return collector.report()


class FindingCollector:
    """Turns judgements into findings, applying exemptions and recording which were used."""

    def __init__(self, config: PackConfig, today: date) -> None:
        self.config = config
        self.today = today
        self.used: set[tuple[str, int]] = set()
        self.findings: dict[str, list[Finding]] = {key: [] for key in ("violations", "undecided", "exempted", "errors")}

    def add(self, rule: Rule, resource: Resource, judgement: Judgement) -> None:
        """Adds the findings of one rule on one resource."""
        settings = self.config.of(rule)
        level = "mandatory" if settings.level == "remediate" else settings.level
        finding = Finding(rule.id, rule.severity, level, resource.urn, "")
        level_if_undecided = "mandatory" if self.config.all_undecided else undecided_level(settings)
        if judgement.error:
            self.findings["errors"].append(replace(finding, message=judgement.error))
        kinds = (
            ("violations", judgement.violations, level),
            ("undecided", judgement.undecided, level_if_undecided),
        )
        for kind, messages, finding_level in kinds:
            for message in messages:
                self._add(kind, replace(finding, message=message, level=finding_level), settings)

    def _add(self, kind: str, finding: Finding, settings: RuleConfig) -> None:
        expired = ""
        for index, exemption in enumerate(settings.exemptions):
            if not exemption.covers(finding.urn):
                continue
            self.used.add((finding.policy, index))
            exempted = replace(
                finding, reason=exemption.reason, owner=exemption.owner, expires=exemption.expires.isoformat()
            )
            if exemption.expires >= self.today:
                self.findings["exempted"].append(exempted)
                return
            expired = f" (the exemption owned by {exemption.owner} expired on {exemption.expires})"
        self.findings[kind].append(replace(finding, message=finding.message + expired) if expired else finding)

    def warnings(self) -> Iterator[Finding]:
        """Exemptions that nothing used, and those that end within 30 days."""
        for name, settings in self.config.rules.items():
            rule = RULES_BY_ID[name]
            for index, exemption in enumerate(settings.exemptions):
                finding = Finding(
                    name, rule.severity, "advisory", exemption.urn, "", exemption.reason, exemption.owner,
                    exemption.expires.isoformat(),
                )  # fmt: skip
                if (name, index) not in self.used:
                    message = f"exemptions[{index}] is unused: no finding matches its URN"
                    yield replace(finding, message=message)
                elif self.today <= exemption.expires <= self.today + NOTICE:
                    yield replace(
                        finding,
                        message=f"exemptions[{index}] ends on {exemption.expires}: fix the resource or renew it",
                    )

    def report(self) -> Report:
        def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
            return tuple(sorted(findings, key=lambda item: (item.urn, item.policy, item.message)))

        findings: Mapping[str, tuple[Finding, ...]] = {key: ordered(items) for key, items in self.findings.items()}
        return Report(**findings, warnings=ordered(self.warnings()))


RULES_BY_ID: Mapping[str, Rule] = {rule.id: rule for rule in RULES}


_TYPES: Mapping[str, frozenset[str]] = {rule.id: frozenset(rule.types) for rule in RULES}


def matches(rule: Rule, token: str) -> bool:
    """True when the rule applies to this resource type, under any of its names."""
    return normalise(token) in _TYPES[rule.id]
