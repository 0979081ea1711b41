"""IAM roles for AWS services."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.base import Component
from components.iam import Conditions, allow, assume_role
from components.values import Permission

__all__ = ["Role", "RoleArgs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleArgs:
    """Arguments of `Role`."""

    service: str
    """The service that may assume the role, such as `ecs-tasks.amazonaws.com`."""
    description: str
    """What the role is for; shown in the AWS console."""
    permissions: Sequence[Permission] = ()
    """What the role may do; without any there is no policy."""
    managed_policies: Sequence[str] = ()
    """ARNs of AWS managed policies, for roles whose permissions AWS keeps current."""
    conditions: Conditions | None = None
    """Conditions of the trust policy, such as `aws:SourceAccount` against a confused deputy."""

    def __post_init__(self) -> None:
        for policy in self.managed_policies:
            if not policy.startswith("arn:"):
                raise ValueError(f"{policy} is not an ARN; write the managed policy's whole ARN")


class Role(Component):
    """A role that one AWS service assumes, with exactly the given permissions.

    Creates: the role, one inline policy, and an attachment for each managed policy.
    Guarantees: nobody but `service` may assume it; names are automatic, so that stacks do not collide.
    Errors: ValueError for a managed policy that is not an ARN.
    """

    def __init__(self, name: str, args: RoleArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("identity", name, opts)
        role = aws.iam.Role(
            self.child_name(),
            assume_role_policy=assume_role(args.service, args.conditions),
            description=args.description,
            opts=self.child_opts(),
        )
        policies: list[pulumi.Resource] = []
        if args.permissions:
            policies.append(
                aws.iam.RolePolicy(
                    self.child_name("policy"), role=role.id, policy=allow(args.permissions), opts=self.child_opts()
                )
            )
        for i, managed_policy in enumerate(args.managed_policies):
            policies.append(
                aws.iam.RolePolicyAttachment(
                    self.child_name(f"managed-{i}"),
                    role=role.name,
                    policy_arn=managed_policy,
                    opts=self.child_opts(),
                )
            )
        self.arn = role.arn
        self.name = role.name
        # Users of the role depend on these; otherwise its first calls would be denied.
        self.policies: Sequence[pulumi.Resource] = policies
        self.done(arn=self.arn)
