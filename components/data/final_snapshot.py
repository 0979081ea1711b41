"""Names of final snapshots."""

from __future__ import annotations

import pulumi
import pulumi_random as random

from components.base import Component

__all__ = ["final_snapshot_name"]


def final_snapshot_name(owner: Component, identifier: str, **keepers: pulumi.Input[str]) -> pulumi.Output[str]:
    """A unique name for the final snapshot of the database or cache `identifier`, the primary child of `owner`.

    `keepers` are the inputs whose change replaces the resource: its successor needs another name for its own final
    snapshot, so the suffix changes with them.
    """
    suffix = random.RandomId(
        owner.child_name("final-snapshot"),
        byte_length=4,
        keepers={"identifier": identifier, **keepers},
        opts=owner.child_opts(),
    )
    return pulumi.Output.concat(f"{identifier}-final-", suffix.hex)
