"""What Pulumi, AWS or the provider refuses to delete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from preview.transition.facts.deletions import CONTENTS, FINAL_SNAPSHOTS, GUARDS
from preview.transition.resources import Resource
from preview.transition.values import UNKNOWN

__all__ = ["aws_refuses", "deletion_refused"]

_PROTECTED = "it is protected: Pulumi neither deletes nor replaces it (`protect`)"
_FINAL = ("skipFinalSnapshot", "finalSnapshotIdentifier")
_FIRST = "with an `up` of its own first"


def deletion_refused(resource: Resource) -> tuple[str, ...]:
    """Why this resource cannot be deleted as it is; empty where nothing is known to refuse it.

    One that Pulumi leaves in AWS is not deleted there, so that AWS has nothing to refuse.
    """
    by_pulumi = (_PROTECTED,) if resource.protect else ()
    return by_pulumi if resource.retain_on_delete else (*by_pulumi, *aws_refuses(resource.type, resource.inputs))


def aws_refuses(type_: str, inputs: Mapping[str, Any]) -> tuple[str, ...]:
    """Why AWS or the provider does not delete a resource of `type_` that has these inputs and holds something."""
    reasons = [
        f"AWS does not delete it while {key} is on: turn it off {_FIRST}" for key in GUARDS if _is_on(inputs, key)
    ]
    contents = CONTENTS.get(type_)
    if contents and not _is_stated(inputs, contents.unless):
        first = f"delete these, or turn {contents.unless} on {_FIRST}"
        reasons.append(f"AWS does not delete it while it holds {contents.holds}: {first}")
    if type_ in FINAL_SNAPSHOTS and not any(_is_stated(inputs, key) for key in _FINAL):
        first = f"state one, or skipFinalSnapshot, {_FIRST}"
        reasons.append(f"the provider does not delete it without a finalSnapshotIdentifier: {first}")
    return tuple(reasons)


def _is_on(inputs: Mapping[str, Any], key: str) -> bool:
    return inputs.get(key) in (True, "ACTIVE")


def _is_stated(inputs: Mapping[str, Any], key: str) -> bool:
    """Whether the property is neither absent nor false; one that is unknown is taken as stated."""
    return inputs.get(key) is UNKNOWN or bool(inputs.get(key))
