"""What `up` would do, and what differs from an earlier plan, as lines of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from preview.against import Against
from preview.diff import Change, Difference
from preview.printed import Line
from preview.transition import Action, Outcome

__all__ = ["change_lines", "loss_lines"]

_LONGEST = 80
_DEFERRED = "wait for the maintenance window, since applyImmediately is off"
_OF_STATE = "what is made of values that only AWS knows is taken as unchanged, where these come from the same resources"
_NAMES: dict[Action, str] = {"created": "create", "updated": "change", "replaced": "replace", "deleted": "delete"}


def loss_lines(found: Against) -> list[Line]:
    """Whose data would be lost."""
    return [Line(f"! {loss.text}", "red") for loss in found.losses]


def change_lines(found: Against, differences: Iterable[Difference]) -> Iterator[Line]:
    """What `up` would do, then what it does to values in each phase; of a later phase only what is new."""
    yield Line(f"`up` would {_summary(found)}", "bold")
    if found.earlier.state is not None:
        yield Line(_OF_STATE, "dim")
    for outcome in found.transition.notable():
        yield from _outcome(outcome, complete=found.earlier.state is not None)
    printed: set[tuple[Line, ...]] = set()
    for difference in differences:
        blocks = list(_difference(difference))
        new = [block for block in blocks if block not in printed]
        yield Line(f"{difference.phase}: {_counts(difference)}")
        yield from (Line(f"  {line.text}", line.style) for block in new for line in block)
        if len(new) < len(blocks):
            yield Line(f"  {len(blocks) - len(new)} as above", "dim")
        printed.update(blocks)


def _summary(found: Against) -> str:
    changes = found.transition
    parts = [f"{word} {len(changes.of(action))}" for action, word in _NAMES.items() if changes.of(action)]
    kinds = {
        "refused": changes.having("refused"),
        "unapplied": changes.having("unapplied"),
        "deferred": changes.having("deferred"),
        "dangling": changes.having("dangling"),
        "unknown": changes.having("uncertain"),
    }
    marked = [f"{len(outcomes)} {kind}" for kind, outcomes in kinds.items() if outcomes]
    return "; ".join(part for part in (", ".join(parts) or "change nothing", ", ".join(marked)) if part)


def _outcome(outcome: Outcome, *, complete: bool) -> Iterator[Line]:
    name = f"{outcome.type} {outcome.name}"
    if outcome.action == "replaced":
        order = "; the old one is deleted first" if outcome.delete_first else ""
        yield Line(f"± {name}: replaced, because of {', '.join(outcome.because)}{order}", "magenta")
    if complete and outcome.action == "created":
        yield Line(f"+ {name}", "green")
    if outcome.action == "deleted" and (complete or outcome.retained):
        yield Line(f"- {name}{': left in AWS' if outcome.retained else ''}", "red")
    if complete and outcome.action == "updated":
        yield Line(f"~ {name}: {', '.join(outcome.changed)}", "yellow")
    yield from (Line(f"! {name}: refused: {reason}", "red") for reason in outcome.refused)
    for one in outcome.unapplied:
        yield Line(f"! {name}: unapplied: {one.path} keeps its old value; {one.reason}", "yellow")
    if outcome.deferred:
        yield Line(f"! {name}: deferred: {', '.join(outcome.deferred)} {_DEFERRED}", "yellow")
    for path, urn in outcome.dangling:
        old = urn.rpartition("::")[2]
        yield Line(f"! {name}: dangling: {path}, which is ignored, refers to the old {old}", "yellow")
    if outcome.uncertain and outcome.action != "replaced":
        yield Line(f"? {name}: unknown: a change of {', '.join(outcome.uncertain)} would replace it", "yellow")


def _counts(difference: Difference) -> str:
    if not difference:
        return "no difference"
    counts = {"created": difference.created, "deleted": difference.deleted, "changed": difference.changed}
    parts = [f"{len(urns)} {word}" for word, urns in counts.items() if urns]
    if difference.outputs:
        parts.append(f"{len(difference.outputs)} in outputs")
    return ", ".join(parts)


def _difference(difference: Difference) -> Iterator[tuple[Line, ...]]:
    """The lines of each resource together: its changed properties stand below it."""
    yield from ((Line(f"+ {_name(urn)}", "green"),) for urn in difference.created)
    yield from ((Line(f"- {_name(urn)}", "red"),) for urn in difference.deleted)
    for urn, changes in difference.changed.items():
        yield (Line(f"~ {_name(urn)}", "yellow"), *(Line(f"    {_change(change)}") for change in changes))
    yield from ((Line(f"~ output {_change(change)}", "yellow"),) for change in difference.outputs)


def _name(urn: str) -> str:
    """Type and logical name."""
    return f"{urn.split('::')[2].rpartition('$')[2]} {urn.rpartition('::')[2]}"


def _change(change: Change) -> str:
    return f"{change.path}: {_short(change.before)} -> {_short(change.after)}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
