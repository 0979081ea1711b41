"""Random passwords and tokens."""

from __future__ import annotations

import pulumi
import pulumi_random as random

from components.base import Component

__all__ = ["generated_password"]


def generated_password(owner: Component, role: str, length: int) -> pulumi.Output[str]:
    """A random password, as the child of `owner` with this `role`; secret in state and plan.

    Letters and digits only: RDS and ElastiCache refuse some special characters, and neither a URL nor a shell needs
    these encoded or quoted.
    """
    return random.RandomPassword(owner.child_name(role), length=length, special=False, opts=owner.child_opts()).result
