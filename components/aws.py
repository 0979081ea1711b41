"""The account and region that a stack is deployed to, and the ARNs in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

__all__ = ["Account"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An AWS account in one region and partition: the only place where ARNs are put together."""

    id: pulumi.Input[str]
    """The account's number."""
    region: str
    """The stack's region, such as us-east-1."""
    partition: str
    """The region's partition, such as aws."""
    dns_suffix: str
    """The partition's domain, such as amazonaws.com."""

    def arn(
        self,
        service: str,
        *resource: pulumi.Input[str],
        region: str | None = None,
        account_id: pulumi.Input[str] | None = None,
    ) -> pulumi.Input[str]:
        """The ARN of a resource, whose part behind the account is the joined `resource`.

        `region` and `account_id` are by default the stack's; "" leaves them out. Plain text where all is known.
        """
        head = f"arn:{self.partition}:{service}:{self.region if region is None else region}:"
        parts = (head, self.id if account_id is None else account_id, ":", *resource)
        texts = [part for part in parts if isinstance(part, str)]
        return "".join(texts) if len(texts) == len(parts) else pulumi.Output.concat(*parts)

    def managed_policy(self, name: str) -> str:
        """The ARN of a policy that AWS manages, by its path and name, such as `service-role/AWSBackup…`."""
        return f"arn:{self.partition}:iam::aws:policy/{name}"

    def integration(self, action: str) -> str:
        """The resource of a Step Functions task, such as `aws-sdk:ecs:updateService`."""
        return f"arn:{self.partition}:states:::{action}"

    @property
    def is_source(self) -> Mapping[str, Mapping[str, pulumi.Input[str]]]:
        """The condition that a service acts for this account, against the confused deputy."""
        return {"StringEquals": {"aws:SourceAccount": self.id}}

    @property
    def is_source_where_sent(self) -> Mapping[str, Mapping[str, pulumi.Input[str]]]:
        """As `is_source`, for services of which AWS does not document that they name the account they act for.

        Where one names it, it has to be this one; where it does not, the condition changes nothing.
        """
        return {"StringEqualsIfExists": {"aws:SourceAccount": self.id}}
