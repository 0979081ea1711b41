"""Every change of every setting: nothing is refused, left unapplied or left dangling, and only what is listed is
replaced or waits."""

from __future__ import annotations

import pytest

from settings.replacing import says_replaces
from tests.matrix.cases import cases, without_values
from tests.matrix.groups import GROUPS, deferred, faults, missing, protected, quick, without_effect
from tests.matrix.judge import Result
from tests.matrix.knobs import knobs
from tests.matrix.lists import DEFERRED, EXCUSED, FIXED, REPLACES, SAYS_REPLACES, UNAPPLIED


def test_every_knob_has_values() -> None:
    assert without_values() == [], "add rows to tests/matrix/by_hand"
    assert len({case.name for case in cases()}) == len(cases())


@pytest.mark.parametrize("listed", [REPLACES, FIXED, UNAPPLIED, DEFERRED, EXCUSED])
def test_lists_name_knobs(listed: dict[str, object]) -> None:
    assert sorted(listed.keys() - knobs().keys()) == []


def test_at_most_fifteen_knobs_have_no_effect() -> None:
    assert len(EXCUSED) <= 15


def test_the_help_says_what_a_change_replaces() -> None:
    says = says_replaces().keys() - (FIXED.keys() - REPLACES.keys())
    assert sorted(SAYS_REPLACES - says) == [], "the help does not say that a change replaces something"
    assert sorted(says - SAYS_REPLACES) == [], "the help says that a change replaces something"


def test_the_help_says_what_is_chosen_once() -> None:
    assert [path for path in FIXED if "chosen once" not in knobs()[path].help.lower()] == []


def test_stores_and_network() -> None:
    result = quick()
    assert faults(result) == []
    assert missing(result) == []
    assert _not_refused(result) == []


@pytest.mark.check
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.xdist_group(f"matrix, {name}")) for name in GROUPS]
)
def test_every_change(name: str) -> None:
    result = GROUPS[name]()
    assert faults(result) == []
    if GROUPS[name] is protected:
        assert deferred(result) == {knob: set(names) for knob, names in DEFERRED.items()}
        return
    assert missing(result) == []
    assert _not_refused(result) == []
    assert without_effect(result) == []


def _not_refused(result: Result) -> list[str]:
    """Steps back that are left out because AWS refuses them, and that nothing refuses."""
    return [case.name for case in cases() if case.raises and case.name in result.steps.keys() - result.lowered]
