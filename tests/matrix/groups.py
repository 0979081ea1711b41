"""The cases in groups that run beside each other, and what each group must show."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tests.matrix.cases import cases
from tests.matrix.judge import PROTECTED, Result, judge_apart, judge_wide
from tests.matrix.knobs import knobs
from tests.matrix.lists import DEFERRED, EXCUSED, FIXED, REPLACES, UNAPPLIED
from tests.matrix.values import Case

__all__ = ["GROUPS", "Group", "deferred", "faults", "missing", "protected", "quick", "without_effect"]

Group = Callable[[], Result]
_STORES = ("data.postgres", "data.redis")
_GUARDS = (PROTECTED, "AWS does not delete it while")


def _within(*areas: str) -> tuple[Case, ...]:
    return tuple(case for case in cases() if case.knob.startswith(areas))


def _wide(*areas: str) -> Group:
    return lambda: judge_wide(case for case in _within(*areas) if knobs()[case.knob].entry)


def _apart(chosen: Iterable[Case]) -> Result:
    result = Result()
    for case in chosen:
        result.add(judge_apart(case))
    return result


def _stack(*areas: str) -> Group:
    return lambda: _apart(case for case in _within(*areas) if not knobs()[case.knob].entry)


def _top(case: Case) -> bool:
    return case.knob.partition(".")[0] not in ("networking", "compute", "data", "edge", "observability")


def protected() -> Result:
    """Data stores that are protected: of interest is only what waits for the window."""
    stores = (case for case in cases() if knobs()[case.knob].entry in _STORES)
    result = judge_wide(stores, {"protect": "true"})
    kept = [finding for finding in result.findings if not finding.words.startswith(_GUARDS)]
    return Result(findings=kept, steps=result.steps)


GROUPS: dict[str, Group] = {
    "entries of data": _wide("data."),
    "entries of compute and metrics": _wide("compute.", "observability."),
    "protected stores": protected,
    "networking": _stack("networking."),
    "load balancer, HTTP API, web ACL": _stack("edge.load_balancer", "edge.http_api", "edge.web_acl"),
    "distribution": _stack("edge.distribution"),
    "Amplify": _stack("edge.amplify"),
    "observability": _stack("observability."),
    "data, compute and the whole stack": lambda: _apart(
        case
        for case in cases()
        if not knobs()[case.knob].entry and (case.knob.startswith(("data", "compute")) or _top(case))
    ),
}


def quick() -> Result:
    """What is replaced, or not applied, among the data stores and in the network."""
    listed = {*REPLACES, *UNAPPLIED}
    stores = [case for case in _within("data.") if knobs()[case.knob].entry and (case.knob in listed or case.raises)]
    result = judge_wide(stores)
    result.add(_apart(case for case in _within("networking.nat", "networking.subnets") if case.knob.count(".") == 1))
    return result


def faults(result: Result) -> list[str]:
    """Whatever a group shows that no list allows."""
    found = []
    for one in result.findings:
        knob = one.case.partition(" (")[0]
        allowed = (
            (one.verdict == "dangling" and knob in FIXED)
            or (one.verdict == "unapplied" and knob in UNAPPLIED)
            or (one.verdict == "deferred" and one.words in DEFERRED.get(knob, ()))
        )
        if not allowed:
            found.append(str(one))
    for case, nouns in sorted(result.lost.items()):
        knob = case.partition(" (")[0]
        more = sorted(nouns - (REPLACES[knob].nouns if knob in REPLACES else set()))
        found += [f"replaced: {case}: {noun}" for noun in more]
    return found


def missing(result: Result) -> list[str]:
    """What the lists say of the knobs of a group, and the group does not show."""
    shown: dict[str, set[str]] = {}
    for case, nouns in result.lost.items():
        shown.setdefault(case.partition(" (")[0], set()).update(nouns)
    covered = {case.partition(" (")[0] for case in result.steps}
    return [
        f"{knob} does not replace {noun}"
        for knob, replaced in REPLACES.items()
        if knob in covered
        for noun in sorted(replaced.nouns - shown.get(knob, set()))
    ]


def without_effect(result: Result) -> list[str]:
    """Knobs of a group that change no plan: not the wide one, and not one of their own."""
    by_knob: dict[str, list[Case]] = {}
    for case in cases():
        if case.name in result.steps:
            by_knob.setdefault(case.knob, []).append(case)
    still = [own for own in by_knob.values() if not any(case.name in result.moved for case in own)]
    return [own[0].knob for own in still if own[0].knob not in EXCUSED and not _apart(own).moved]


def deferred(result: Result) -> dict[str, set[str]]:
    """What waits for the maintenance window, by knob."""
    found: dict[str, set[str]] = {}
    for one in result.findings:
        if one.verdict == "deferred":
            found.setdefault(one.case.partition(" (")[0], set()).add(one.words)
    return found
