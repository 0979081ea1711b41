"""What stores that services and tasks use by permission have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

import pulumi

from components.base import Component
from components.observability.monitoring import Monitoring
from components.values import Injection

__all__ = ["Store", "StoreArgs"]

S = TypeVar("S")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreArgs(Generic[S]):
    """Arguments of a store: its settings, and what every store of the area `data` gets."""

    settings: S
    """What the stack's settings say about it."""
    key_arn: pulumi.Input[str]
    """The key that encrypts the data; retain it when `protect`."""
    protect: bool
    """Refuse deletion, with which the data would be lost."""


class Store(Component):
    """A store that is reached through an API of AWS: no client needs a network path of its own to it.

    `wiring/data.py` has one line for each kind; permissions, monitoring, backups and outputs follow from what is here.
    """

    name: pulumi.Output[str]
    """Its name in AWS."""
    arn: pulumi.Output[str]
    """Its ARN."""
    monitoring: Monitoring
    """How it is watched."""

    def injection(self, variable: str, access: str) -> Injection:
        """Where it is, in `variable`, and the permissions for `access`, in the words of the settings."""
        raise NotImplementedError
