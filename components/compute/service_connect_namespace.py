"""The Cloud Map namespace in which services are reached over Service Connect."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from components.base import Component

__all__ = ["ServiceConnectNamespace"]


class ServiceConnectNamespace(Component):
    """A Cloud Map HTTP namespace for Service Connect, free of charge.

    Creates: the namespace.
    Guarantees: no hosted zone, since only the proxies read it; an auto-generated name, so that two stacks of one
    account never share it.
    """

    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("compute", name, opts)
        namespace = aws.servicediscovery.HttpNamespace(
            self.child_name(), description="gRPC services and their clients", opts=self.child_opts()
        )
        self.arn = namespace.arn
        self.done(arn=self.arn)
