"""What `pulumi up` would make of a stack whose plan changes."""

from __future__ import annotations

from preview.transition.compare import transition
from preview.transition.deletions import deletion_refused
from preview.transition.model import Action, Outcome, Transition, Unapplied
from preview.transition.resources import Resource, of_plan, of_records, of_state

__all__ = [
    "Action",
    "Outcome",
    "Resource",
    "Transition",
    "Unapplied",
    "deletion_refused",
    "of_plan",
    "of_records",
    "of_state",
    "transition",
]
