"""The pack's state within one preview or update: inputs by URN, and findings to report at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any

from ..config import PackConfig, RuleConfig, check_expiry, parse_rule_config
from ..evaluation import FindingCollector, Judgement
from ..graph import Stack
from ..model import Finding, Rule
from ..resource import Resource
from .cache import current_request
from .convert import from_stack, plain

Judged = tuple[Judgement, Resource]


@dataclass(slots=True)
class Session:
    """The state of one pack process; the engine may call it from several threads."""

    clock: Callable[[], date] = date.today
    inputs: dict[str, Any] = field(default_factory=dict)
    judged: dict[str, dict[str, Judged]] = field(default_factory=dict)
    configs: dict[str, tuple[Any, RuleConfig]] = field(default_factory=dict)
    _stack: tuple[Any, Stack] | None = None
    _lock: Lock = field(default_factory=Lock)

    def config(self, rule: Rule, raw: Mapping[str, Any]) -> RuleConfig:
        """The checked configuration of a rule; an invalid one stops the preview with its message."""
        cached = self.configs.get(rule.id)
        if cached is None or cached[0] != raw:
            checked = parse_rule_config(rule, raw)
            check_expiry(rule.id, checked.exemptions, self.clock())
            cached = self.configs[rule.id] = (dict(raw), checked)
        return cached[1]

    def record_inputs(self, urn: str, props: Any) -> None:
        """Records a resource's inputs for the stack policies; they are converted when they are needed."""
        self.inputs[urn] = props

    def record(self, rule: Rule, resource: Resource, judgement: Judgement) -> None:
        """Records the judgement of a rule on a resource, replacing an earlier one."""
        self.judged.setdefault(rule.id, {})[resource.urn] = (judgement, resource)

    def stack(self, resources: Any) -> Stack:
        """The stack of the current request, built once for all stack policies."""
        token = current_request()
        with self._lock:
            if token is None or self._stack is None or self._stack[0] is not token:
                stack = Stack([from_stack(item, self._inputs_of(item.urn)) for item in resources])
                self._stack = (token, stack)
            return self._stack[1]

    def _inputs_of(self, urn: str) -> Mapping[str, Any] | None:
        props = self.inputs.get(urn)
        return None if props is None else plain(props)

    def collect_findings(self, rules: Mapping[str, Rule], stack: Stack) -> FindingCollector:
        """All findings on the resources of this stack, with exemptions applied."""
        configs = PackConfig({rule_id: config for rule_id, (_, config) in self.configs.items()})
        collector = FindingCollector(configs, self.clock())
        for rule_id, by_urn in self.judged.items():
            for judgement, resource in by_urn.values():
                if resource.urn in stack.by_urn:
                    collector.add(rules[rule_id], resource, judgement)
        return collector

    def messages(self, rule: Rule, resource: Resource, judgement: Judgement) -> Iterator[str]:
        """What the rule's own policy reports: errors, violations without exemption, mandatory undecided findings."""
        if judgement == Judgement():
            return
        collector = FindingCollector(PackConfig({rule.id: self.configs[rule.id][1]}), self.clock())
        collector.add(rule, resource, judgement)
        findings = collector.findings
        for finding in (*findings["errors"], *findings["violations"]):
            yield finding.message
        for finding in findings["undecided"]:
            if finding.level == "mandatory":
                yield undecided_message(finding)


def undecided_message(finding: Finding) -> str:
    """The message of an undecided finding."""
    return f"undecided: {finding.message}"
