"""The secret header by which a public load balancer recognizes its distribution."""

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
    """A header that the distribution sends, and the values that the load balancer accepts."""

    name: str
    sent: pulumi.Input[str]
    accepted: Sequence[pulumi.Input[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginSecretArgs:
    """Arguments of `OriginSecret`."""

    versions: Sequence[int]
    """Numbers of the values that exist: all are accepted, the last is sent."""


class OriginSecret(Component):
    """Random values of the header that tells this stack's distribution from any other.

    Creates: a random value for each version.
    Guarantees: 48 letters and digits each, encrypted in the state; a value stays while its version is listed, so that
    a new one can be accepted before it is sent. In AWS, whoever may read the configuration of the distribution or the
    listener rules can read the values.
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
