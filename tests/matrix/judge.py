"""Plans the cases, and says of each step between two plans what `up` makes of it, by knob."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from preview.plan import Phase, Record
from preview.transition import Outcome, of_records, transition
from preview.transition.facts.stateful import STATEFUL
from tests.matrix.stacks import apart, named, phase, wide
from tests.matrix.values import Case

__all__ = ["PROTECTED", "SHARED", "STEPS", "Finding", "Result", "judge_apart", "judge_wide"]

STEPS = ((0, 1), (1, 2), (2, 0), (1, 0))
"""From the plan without the knob to its first value, to the second, and from either back."""
SHARED = "(what the wide stack has beside its entries)"
PROTECTED = "it is protected"
_VALUES = ("absent", "a", "b")
_SERVICE = "aws:ecs/service:Service"
# What holds the same under another type.
_ALIKE = {"parameter": "secret"}


class Finding(NamedTuple):
    """Something that `up` does not do with a changed setting, or that AWS refuses."""

    verdict: str
    case: str
    step: str
    resource: str
    words: str

    def __str__(self) -> str:
        return f"{self.verdict}: {self.case}, {self.step}: {self.resource}: {self.words}"


@dataclass(frozen=True)
class Result:
    """The verdicts on many cases, by the name of the case.

    `lost` are what holds data, and services, that a step replaces; `moved` are the cases that change any plan.
    `lowered` are the cases with a step back that AWS refuses, as it should.
    """

    findings: list[Finding] = field(default_factory=list)
    lost: dict[str, set[str]] = field(default_factory=dict)
    moved: set[str] = field(default_factory=set)
    lowered: set[str] = field(default_factory=set)
    steps: dict[str, int] = field(default_factory=dict)

    def add(self, other: Result) -> None:
        """Take over what another result says."""
        self.findings.extend(other.findings)
        for case, nouns in other.lost.items():
            self.lost.setdefault(case, set()).update(nouns)
        self.moved.update(other.moved)
        self.lowered.update(other.lowered)
        for case, count in other.steps.items():
            self.steps[case] = self.steps.get(case, 0) + count

    def of(self, verdict: str) -> list[str]:
        """The findings of one kind, as text."""
        return [str(finding) for finding in self.findings if finding.verdict == verdict]


def judge_wide(cases: Iterable[Case], more: Mapping[str, Any] | None = None) -> Result:
    """The verdicts on cases of entries: three plans for all of them."""
    entries = named(cases)
    phases = [phase(wide(entries, plan, more)) for plan in range(3)]
    owners = _Owners(entries)
    return _judged(phases, owners, list(entries.values()))


def judge_apart(case: Case) -> Result:
    """The verdicts on one case, in plans of its own."""
    phases = [phase(apart(case, plan)) for plan in range(3)]
    return _judged(phases, _Owners({"": case}), [case])


class _Owners:
    """Which case a resource belongs to: by its origin, or by the name of the entry in its own."""

    def __init__(self, entries: Mapping[str, Case]) -> None:
        self._only = entries.get("")
        self._by_path = entries
        self._by_name = {path.rpartition(".")[2].lower(): case for path, case in entries.items()}

    def of(self, record: Record) -> Case | None:
        if self._only is not None:
            return self._only
        path = ".".join(record.origin.split(".")[:3])
        if path in self._by_path:
            return self._by_path[path]
        words = re.split(r"[^a-z0-9]+", record.name.lower())
        return next((self._by_name[word] for word in words if word in self._by_name), None)


def _judged(phases: Sequence[Phase], owners: _Owners, cases: Sequence[Case]) -> Result:
    result = Result(steps={case.name: len(STEPS) - 2 * case.raises for case in cases})
    resources = [of_records(one.records) for one in phases]
    for old, new in STEPS:
        records = {**phases[old].by_urn(), **phases[new].by_urn()}
        outcomes = transition(resources[old], resources[new]).outcomes
        by_case: dict[str, list[Outcome]] = {}
        for outcome in outcomes.values():
            case = owners.of(records[outcome.urn])
            back = case is not None and case.raises and new == 0
            if back and case is not None and (outcome.refused or "replaced" in outcome.action):
                result.lowered.add(case.name)
            if not back:
                by_case.setdefault(case.name if case else SHARED, []).append(outcome)
        for name, found in by_case.items():
            result.findings.extend(_findings(name, f"{_VALUES[old]} to {_VALUES[new]}", found))
            if nouns := _lost(found):
                result.lost.setdefault(name, set()).update(nouns)
        result.moved.update(_moved(phases[old], phases[new], owners))
    return result


def _findings(case: str, step: str, outcomes: Iterable[Outcome]) -> Iterator[Finding]:
    for outcome in outcomes:
        resource = f"{outcome.type.rpartition(':')[2]} {outcome.name}"
        for words in outcome.refused:
            yield Finding("refused", case, step, resource, words)
        for one in outcome.unapplied:
            yield Finding("unapplied", case, step, resource, f"{one.path}: {one.reason}")
        for path, urn in outcome.dangling:
            yield Finding(
                "dangling", case, step, resource, f"{path} refers to {urn.rpartition('::')[2]}, which is gone"
            )
        for name in outcome.deferred:
            yield Finding("deferred", case, step, resource, name)


def _lost(outcomes: Sequence[Outcome]) -> set[str]:
    """What is replaced, under its own name or under another one that begins alike."""
    replaced = {_noun(outcome) for outcome in outcomes if outcome.action == "replaced"}
    deleted = {_place(outcome) for outcome in outcomes if outcome.action == "deleted" and not outcome.retained}
    created = {_place(outcome) for outcome in outcomes if outcome.action == "created"}
    return (replaced | {noun for noun, _ in deleted & created}) - {""}


def _place(outcome: Outcome) -> tuple[str, str]:
    return _noun(outcome), outcome.name.partition("-")[0]


def _noun(outcome: Outcome) -> str:
    if outcome.type == _SERVICE:
        return "service"
    noun = STATEFUL[outcome.type].noun if outcome.type in STATEFUL else ""
    return _ALIKE.get(noun, noun)


def _moved(old: Phase, new: Phase, owners: _Owners) -> set[str]:
    """The cases of which any resource differs between two plans, or an output."""
    before, after = old.by_urn(), new.by_urn()
    found: set[str] = set()
    for urn in before.keys() | after.keys():
        one, other = before.get(urn), after.get(urn)
        record = other or one
        if record is not None and not (one and other and _same(one, other)) and (case := owners.of(record)):
            found.add(case.name)
    if old.outputs != new.outputs:
        found.update(case.name for case in [owners.of(old.records[0])] if case)
    return found


def _same(one: Record, other: Record) -> bool:
    options = ("protect", "retain_on_delete", "ignore_changes", "delete_before_replace", "replace_on_changes")
    return one.inputs == other.inputs and all(getattr(one, name) == getattr(other, name) for name in options)
