"""The header by which a public load balancer knows its distribution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_random as random

from components.base import Component

__all__ = ["OriginSecret", "OriginSecretArgs", "SecretHeader"]

HEADER = "X-Origin-Secret"
_LENGTH = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretHeader:
    """A header that the distribution sends, and the values of it that the load balancer takes."""

    name: str
    sent: pulumi.Input[str]
    accepted: Sequence[pulumi.Input[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginSecretArgs:
    """Arguments of `OriginSecret`."""

    versions: Sequence[int]
    """The values that exist; the last is sent."""


class OriginSecret(Component):
    """Random values of a header that tells a distribution from any other.

    Creates: a random value for each version. They stand encrypted in the state and, readable for whoever may read the
    distribution's or the listener's configuration, in AWS.
    """

    def __init__(self, name: str, args: OriginSecretArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("edge", name, opts)
        values = [
            random.RandomPassword(
                self.child_name(f"v{version}"), length=_LENGTH, special=False, opts=self.child_opts()
            ).result
            for version in args.versions
        ]
        self.header = SecretHeader(name=HEADER, sent=values[-1], accepted=values)
        self.done()
