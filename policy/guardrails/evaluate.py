"""Judging resources directly, without the engine: the same rules with the same answers."""

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
from .model import Context, Finding, Outcome, Report, Resource, Rule
from .rules import RULES
from .types import normalise

NOTICE = timedelta(days=30)
EMPTY = Stack(())


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one rule says about one resource: its outcome, or the error that it died of."""

    violations: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    error: str = ""


def load_config(path: Path | None, *, today: date | None = None) -> PackConfig:
    """The checked configuration in a file, or the defaults without one.

    Raises ConfigError with one message that names the file, the policy, the key, the reason and the fix. With
    `today`, exemptions that run for more than twelve months are refused here already, else by `evaluate`.
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
    """Refuses exemptions that run for more than twelve months from today."""
    for name, rule in config.rules.items():
        check_expiry(name, rule.exemptions, today)


def judge(rule: Rule, resource: Resource, config: RuleConfig, stack: Stack) -> Judgement:
    """One rule on one resource; never raises. A rule that fails internally is an error, not a pass."""
    try:
        outcomes: list[Outcome] = list(rule.check(Context(resource, config.params, stack)))
    except Exception as error:  # whatever the bug, it must hide nothing else
        return Judgement(error=f"the rule failed ({type(error).__name__}) and counts as violated")
    said = dict.fromkeys((outcome.verdict, outcome.message) for outcome in outcomes)
    return Judgement(
        tuple(message for kind, message in said if kind == "violation"),
        tuple(message for kind, message in said if kind == "undecided"),
    )


def evaluate(resources: Sequence[Resource], config: PackConfig, *, today: date) -> Report:
    """The verdict of every rule on every resource.

    Guarantees: never a silent pass (an unknown is undecided), an exempted violation is listed, an expired
    exemption is not one, an unused one is warned about. Raises ConfigError for an exemption too far ahead.
    """
    check_all_expiries(config, today)
    stack = Stack(resources)
    sorter = Sorter(config, today)
    for rule in RULES:
        settings = config.of(rule)
        if settings.level != "disabled":
            for resource in stack.of(*rule.types):
                sorter.add(rule, resource, judge(rule, resource, settings, stack if rule.graph else EMPTY))
    return sorter.report()


class Sorter:
    """Turns judgements into findings, applying exemptions and remembering which were used."""

    def __init__(self, config: PackConfig, today: date) -> None:
        self.config = config
        self.today = today
        self.used: set[tuple[str, int]] = set()
        self.found: dict[str, list[Finding]] = {key: [] for key in ("violations", "undecided", "exempted", "errors")}

    def add(self, rule: Rule, resource: Resource, judgement: Judgement) -> None:
        """Sorts what one rule said about one resource."""
        settings = self.config.of(rule)
        level = "mandatory" if settings.level == "remediate" else settings.level
        finding = Finding(rule.id, rule.severity, level, resource.urn, "")
        doubt = "mandatory" if self.config.all_undecided else undecided_level(settings)
        if judgement.error:
            self.found["errors"].append(replace(finding, message=judgement.error))
        kinds = (
            ("violations", judgement.violations, level),
            ("undecided", judgement.undecided, doubt),
        )
        for kind, messages, weight in kinds:
            for message in messages:
                self._place(kind, replace(finding, message=message, level=weight), settings)

    def _place(self, kind: str, finding: Finding, settings: RuleConfig) -> None:
        expired = ""
        for index, exemption in enumerate(settings.exemptions):
            if not exemption.covers(finding.urn):
                continue
            self.used.add((finding.policy, index))
            named = replace(
                finding, reason=exemption.reason, owner=exemption.owner, expires=exemption.expires.isoformat()
            )
            if exemption.expires >= self.today:
                self.found["exempted"].append(named)
                return
            expired = f" (the exemption owned by {exemption.owner} expired on {exemption.expires})"
        self.found[kind].append(replace(finding, message=finding.message + expired) if expired else finding)

    def warnings(self) -> Iterator[Finding]:
        """Exemptions that nothing used, and those that end within 30 days."""
        for name, settings in self.config.rules.items():
            rule = RULES_BY_ID[name]
            for index, exemption in enumerate(settings.exemptions):
                where = Finding(
                    name, rule.severity, "advisory", exemption.urn, "", exemption.reason, exemption.owner,
                    exemption.expires.isoformat(),
                )  # fmt: skip
                if (name, index) not in self.used:
                    yield replace(
                        where,
                        message=f"exemptions[{index}] is unused: nothing found has such a URN",
                    )
                elif self.today <= exemption.expires <= self.today + NOTICE:
                    yield replace(where, message=f"exemptions[{index}] ends on {exemption.expires}: fix or renew it")

    def report(self) -> Report:
        def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
            return tuple(sorted(findings, key=lambda item: (item.urn, item.policy, item.message)))

        found: Mapping[str, tuple[Finding, ...]] = {key: ordered(items) for key, items in self.found.items()}
        return Report(**found, warnings=ordered(self.warnings()))


RULES_BY_ID: Mapping[str, Rule] = {rule.id: rule for rule in RULES}


_TYPES: Mapping[str, frozenset[str]] = {rule.id: frozenset(rule.types) for rule in RULES}


def matches(rule: Rule, token: str) -> bool:
    """True when the rule judges this resource type, by any of its spellings."""
    return normalise(token) in _TYPES[rule.id]
