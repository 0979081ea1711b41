"""Shows on the terminal what `up` would do to a stack, what is lost first."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape

from preview.against import Against
from preview.transition import Action, Outcome

__all__ = ["render_losses", "render_transition"]

_DEFERRED = "wait for the maintenance window, since applyImmediately is off"
_OF_STATE = "what is made of values that only AWS knows is taken as unchanged, where these come from the same resources"
_NAMES: dict[Action, str] = {"created": "create", "updated": "change", "replaced": "replace", "deleted": "delete"}


def render_losses(found: Against, console: Console, *, allowed: bool) -> None:
    """Print whose data would be lost, if any."""
    if not found.losses:
        return
    end = "allowed by --allow-data-loss" if allowed else "go on with --allow-data-loss if you mean it"
    console.print(f"[bold red]Data would be lost[/], against {escape(found.earlier.path.as_posix())}; {end}:")
    for loss in found.losses:
        console.print(f"  [red]![/] {escape(loss.text)}", highlight=False)


def render_transition(found: Against, console: Console) -> None:
    """Print what `up` would do; of an earlier plan, whose differences are listed, only what they do not say."""
    path, counts = escape(found.earlier.path.as_posix()), _counts(found)
    console.print(f"[bold]Against {path}, `up` would[/] {counts}", highlight=False)
    if found.earlier.state is not None:
        console.print(f"  [dim]{_OF_STATE}[/]", highlight=False)
    for outcome in found.transition.notable():
        for line in _lines(outcome, complete=found.earlier.state is not None):
            console.print(f"  {line}", highlight=False)


def _counts(found: Against) -> str:
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


def _lines(outcome: Outcome, *, complete: bool) -> Iterator[str]:
    name = escape(f"{outcome.type} {outcome.name}")
    if outcome.action == "replaced":
        order = "; the old one is deleted first" if outcome.delete_first else ""
        yield f"[magenta]±[/] {name}: replaced, because of {', '.join(outcome.because)}{order}"
    if complete and outcome.action == "created":
        yield f"[green]+[/] {name}"
    if outcome.action == "deleted" and (complete or outcome.retained):
        yield f"[red]-[/] {name}{': left in AWS' if outcome.retained else ''}"
    if complete and outcome.action == "updated":
        yield f"[yellow]~[/] {name}: {escape(', '.join(outcome.changed))}"
    yield from (f"[red]![/] {name}: refused: {escape(reason)}" for reason in outcome.refused)
    for one in outcome.unapplied:
        yield f"[yellow]![/] {name}: unapplied: {escape(one.path)} keeps its old value; {escape(one.reason)}"
    if outcome.deferred:
        yield f"[yellow]![/] {name}: deferred: {', '.join(outcome.deferred)} {_DEFERRED}"
    for path, urn in outcome.dangling:
        old = escape(urn.rpartition("::")[2])
        yield f"[yellow]![/] {name}: dangling: {escape(path)}, which is ignored, refers to the old {old}"
    if outcome.uncertain and outcome.action != "replaced":
        yield f"[yellow]?[/] {name}: unknown: a change of {', '.join(outcome.uncertain)} would replace it"
