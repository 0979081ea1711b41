"""What `up` would do to a stack since an earlier plan, or to its state, and whose data would be lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from preview.diff import DiffError, Earlier, check_stack
from preview.plan import PhaseName, Plan
from preview.transition import Outcome, Resource, Transition, of_records, transition
from preview.transition.facts.stateful import NAMES_ONLY, STATEFUL
from preview.transition.values import UNKNOWN, holds

__all__ = ["Against", "Loss", "against", "loss"]


@dataclass(frozen=True, slots=True)
class Loss:
    """A resource that holds something which would be lost, or may be, in words."""

    urn: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """The transition in one phase: the last one that both plans have; of a state, in the preview phase."""

    earlier: Earlier
    phase: PhaseName
    transition: Transition

    @property
    def losses(self) -> list[Loss]:
        """What holds data and would be, or may be, replaced or deleted."""
        return [found for outcome in self.transition.outcomes.values() if (found := loss(outcome))]

    def to_json(self) -> dict[str, Any]:
        """The transition as the plan's JSON shows it."""
        return {
            "against": self.earlier.path.as_posix(),
            "phase": self.phase,
            "resources": self.transition.to_json(),
            "data_loss": [{"urn": one.urn, "text": one.text} for one in self.losses],
        }


def against(earlier: Earlier, plan: Plan) -> Against:
    """What `up` would do.

    Errors: DiffError where the plans are of different stacks, share no phase, or a state meets no preview phase.
    """
    check_stack(earlier, plan)
    by_phase: dict[PhaseName, list[Resource]] = {name: of_records(phase.records) for name, phase in plan.phases.items()}
    if earlier.state is not None:
        if "preview" not in by_phase:
            raise DiffError(f"{earlier.path}: is a state, which is compared with the preview phase: leave out --phase")
        return Against(earlier=earlier, phase="preview", transition=transition(earlier.state, by_phase["preview"]))
    common: list[PhaseName] = [name for name in plan.phases if earlier.phases.get(name)]
    if not common:
        raise DiffError(f"{earlier.path}: has no phase {' or '.join(by_phase)}")
    found = {name: transition(earlier.phases[name].for_transition, by_phase[name]) for name in common}
    shown = found[common[-1]]
    if len(common) > 1:
        shown = _with_uncertain(shown, found["preview"], plan)
    return Against(earlier=earlier, phase=common[-1], transition=shown)


def _with_uncertain(deployed: Transition, before: Transition, plan: Plan) -> Transition:
    """The transition in which a resource that holds data is not replaced by a difference of made-up values alone.

    Such a property is made of what AWS answers, so that only `up` can tell whether it changes.
    """
    records = plan.phases["preview"].by_urn()
    outcomes = dict(deployed.outcomes)
    for outcome in deployed.of("replaced"):
        known = before.outcomes[outcome.urn]
        if outcome.type not in STATEFUL or known.action == "replaced":
            continue
        inputs = records[outcome.urn].inputs
        if all(holds(inputs.get(name), UNKNOWN) for name in outcome.because):
            uncertain = tuple(dict.fromkeys((*known.uncertain, *outcome.because)))
            outcomes[outcome.urn] = replace(known, uncertain=uncertain)
    return Transition(outcomes=outcomes)


def loss(outcome: Outcome) -> Loss | None:
    """What is lost with a resource, in words; None where it holds nothing, stays, or is left in AWS."""
    held = STATEFUL.get(outcome.type)
    if held is None or outcome.retained:
        return None
    if outcome.action == "replaced":
        verb = "change" if len(outcome.because) > 1 else "changes"
        text = f"would be replaced, because {_listed(outcome.because)} {verb}: {held.loss}"
    elif outcome.action == "deleted" and outcome.type not in NAMES_ONLY:
        text = f"would be deleted: {held.loss}"
    elif outcome.uncertain:
        verb = "change" if len(outcome.uncertain) > 1 else "changes"
        text = f"may be replaced: whether {_listed(outcome.uncertain)} {verb} is known only at `up`; if so, {held.loss}"
    else:
        return None
    return Loss(outcome.urn, f"the {held.noun} {outcome.name} {text}")


def _listed(names: tuple[str, ...]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
