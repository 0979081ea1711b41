"""Listener rules whose number is taken: AWS refuses to create or move a rule to a number in use (PriorityInUse)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from preview.transition.model import Action
from preview.transition.resources import Resource
from preview.transition.values import UNKNOWN, holds, number

__all__ = ["LISTENER_RULE", "RuleChange", "priority_refusals"]

LISTENER_RULE = "aws:lb/listenerRule:ListenerRule"


class RuleChange(NamedTuple):
    """What becomes of a listener rule: before, after, and whether the old one is deleted before the new one is made."""

    old: Resource | None
    new: Resource | None
    action: Action
    delete_first: bool


def priority_refusals(
    rules: Sequence[RuleChange], current: Callable[[str], str], replaced: Callable[[str], bool]
) -> Iterator[tuple[str, str]]:
    """The URN of each rule that AWS refuses, and why.

    elbv2/listener_rule.go: resourceListenerRuleCreate calls CreateRule, and resourceListenerRuleUpdate calls
    SetRulePriorities, while the rules that are deleted still exist: Pulumi deletes last. `current` is the URN
    that an earlier URN has now, and `replaced` says whether a resource is another one after this transition.
    """
    held = [
        (_place(rule.old, current), rule)
        for rule in rules
        if rule.old and not (rule.action == "replaced" and rule.delete_first)
    ]
    taken: dict[object, str] = {}
    for rule in rules:
        place = _place(rule.new, current) if rule.new else None
        if rule.new is None or place is None:
            continue
        if place in taken:
            yield rule.new.urn, f"two rules of one listener have priority {place[1]:g}: {taken[place]} has it, too"
            continue
        taken[place] = rule.new.name
        moves = rule.old is None or rule.action == "replaced" or _place(rule.old, current) != place
        if not moves or any(map(replaced, rule.new.property_dependencies.get("listenerArn", ()))):
            continue
        holder = next((other for where, other in held if where == place), None)
        if holder is not None and holder.old is not None:
            until = "moves in the same `up`" if holder.action == "updated" else "is deleted last"
            yield rule.new.urn, f"its priority {place[1]:g} is still that of {holder.old.name}, which {until}"


def _place(rule: Resource, current: Callable[[str], str]) -> tuple[object, float] | None:
    """The listener, by the resources that it comes from or its ARN, and the number; None where it is unknown."""
    priority = number(rule.inputs.get("priority"))
    sources = frozenset(map(current, rule.property_dependencies.get("listenerArn", ())))
    arn = rule.inputs.get("listenerArn")
    listener = sources or (None if holds(arn, UNKNOWN) else arn)
    return None if priority is None or listener is None else (listener, priority)
