"""What the pack remembers within one preview or update: inputs by URN, and what is to be said at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any

from ..config import PackConfig, RuleConfig, check_expiry, parse_rule_config
from ..evaluate import Judgement, Sorter
from ..graph import Stack
from ..model import Finding, Resource, Rule
from .cache import current_request
from .convert import from_stack, plain

Said = tuple[Judgement, Resource]


@dataclass(slots=True)
class Session:
    """The state of one pack process; the engine may call it from several threads."""

    clock: Callable[[], date] = date.today
    inputs: dict[str, Any] = field(default_factory=dict)
    said: dict[str, dict[str, Said]] = field(default_factory=dict)
    configs: dict[str, tuple[Any, RuleConfig]] = field(default_factory=dict)
    _stack: tuple[Any, Stack] | None = None
    _lock: Lock = field(default_factory=Lock)

    def config(self, rule: Rule, raw: Mapping[str, Any]) -> RuleConfig:
        """The checked configuration of a rule; a broken one stops the preview with its message."""
        known = self.configs.get(rule.id)
        if known is None or known[0] != raw:
            checked = parse_rule_config(rule, raw)
            check_expiry(rule.id, checked.exemptions, self.clock())
            known = self.configs[rule.id] = (dict(raw), checked)
        return known[1]

    def remember(self, urn: str, props: Any) -> None:
        """Keeps a resource's inputs for the stack policies; they are unwrapped when somebody needs them."""
        self.inputs[urn] = props

    def note(self, rule: Rule, resource: Resource, judgement: Judgement) -> None:
        """Keeps what a rule said of a resource; a later judgement of the same resource replaces it."""
        self.said.setdefault(rule.id, {})[resource.urn] = (judgement, resource)

    def stack(self, resources: Any) -> Stack:
        """The stack of the request at hand, built once for all stack policies."""
        token = current_request()
        with self._lock:
            if token is None or self._stack is None or self._stack[0] is not token:
                built = Stack([from_stack(item, self._inputs_of(item.urn)) for item in resources])
                self._stack = (token, built)
            return self._stack[1]

    def _inputs_of(self, urn: str) -> Mapping[str, Any] | None:
        props = self.inputs.get(urn)
        return None if props is None else plain(props)

    def sorted_findings(self, rules: Mapping[str, Rule], stack: Stack) -> Sorter:
        """Everything said about the resources of this stack, exemptions applied."""
        configs = PackConfig({rule_id: config for rule_id, (_, config) in self.configs.items()})
        sorter = Sorter(configs, self.clock())
        for rule_id, said in self.said.items():
            for judgement, resource in said.values():
                if resource.urn in stack.by_urn:
                    sorter.add(rules[rule_id], resource, judgement)
        return sorter

    def reports(self, rule: Rule, resource: Resource, judgement: Judgement) -> Iterator[str]:
        """What the rule's own policy reports: violations without exemption, errors, mandatory doubts."""
        if judgement == Judgement():
            return
        sorter = Sorter(PackConfig({rule.id: self.configs[rule.id][1]}), self.clock())
        sorter.add(rule, resource, judgement)
        found = sorter.found
        for finding in (*found["errors"], *found["violations"]):
            yield finding.message
        for finding in found["undecided"]:
            if finding.level == "mandatory":
                yield spelled(finding)


def spelled(finding: Finding) -> str:
    return f"undecided: {finding.message}"
