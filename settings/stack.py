"""All settings of a stack."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from settings.aws_config import AwsConfig
from settings.compute import Compute
from settings.compute.connects_to import Connect
from settings.compute.workload import Workload
from settings.data import Data, SecretSettings
from settings.edge import Edge
from settings.form import matches
from settings.networking import Networking
from settings.observability import Observability
from settings.reasons import Because
from settings.targets import PostgresTarget, RedisTarget, ServiceTarget, Target
from settings.types import TagKey, TagValue

__all__ = ["AREAS", "STACK_TAGS", "Settings"]

STACK_TAGS = ("Project", "Stack", "Environment", "ManagedBy", "Name")
"""The keys that the program itself tags with; a Name is only on what people look for by it."""


OutputName = Annotated[
    str,
    matches(
        r"[A-Za-z_][A-Za-z0-9_]*",
        "is not an output name; use letters, digits and underscores, such as api_url",
        in_schema=True,
    ),
]


class Settings(AwsConfig):
    """What a stack file may say below `agent-platform:`; region and account come from `aws:`, `stack` from the CLI."""

    stack: str
    """The stack's name, with which names in AWS begin."""
    other_keys: tuple[str, ...] = ()
    """Keys of the configuration in other namespaces, which belong to nobody unless a setting names them."""
    environment: Literal["dev", "prod"]
    """`prod` requires two zones, Multi-AZ, backups, protection and HTTPS."""
    protect: bool | None = None
    """Deletion protection, Pulumi's `protect` and recovery windows together; by default on in prod. Set it to
    false and run `pulumi up` before `pulumi destroy`."""
    tags: dict[TagKey, TagValue] = {}
    """Tags on every resource, besides Project, Stack, Environment and ManagedBy; keys that differ only by case are
    one."""
    networking: Networking
    """The network."""
    compute: Compute = Compute()
    """Cluster and services."""
    data: Data = Data()
    """Data stores and secrets."""
    observability: Observability = Observability()
    """Logs, alarms, dashboards."""
    edge: Edge = Edge()
    """Load balancer, HTTP API, CloudFront distribution, web ACL, Amplify app."""
    outputs: dict[OutputName, str] = {}
    """Stack outputs by name, as references such as `service.api.url`."""
    accepted_hints: dict[str, Because] = {}
    """Hints that you have looked at and mean, by key, each with the reason: `{data.queues.jobs: the billing stack
    sends to it}`. They are no longer shown, and pass `--strict-hints`."""

    @property
    def protected(self) -> bool:
        """Whether the stack's data is protected from deletion."""
        return self.environment == "prod" if self.protect is None else self.protect

    @property
    def secret_names(self) -> tuple[str, ...]:
        """Every secret that is declared, or that a service or task names."""
        referenced = {ref for w in self.compute.workloads.values() for ref, _ in w.secret_refs.values()}
        return tuple(sorted(referenced | set(self.data.secrets)))

    def secret(self, name: str) -> SecretSettings:
        """The secret's settings, declared or not."""
        return self.data.secrets.get(name, SecretSettings())

    def target(self, name: str) -> Target | None:
        """What a connection to `name` leads to; None where the stack has nothing of that name."""
        if (service := self.compute.services.get(name)) is not None:
            return ServiceTarget(name=name, settings=service)
        if (database := self.data.postgres.get(name)) is not None:
            return PostgresTarget(name=name, settings=database)
        if (store := self.data.redis.get(name)) is not None:
            return RedisTarget(name=name, settings=store)
        return None

    @property
    def target_names(self) -> tuple[str, ...]:
        """Every name that a connection may lead to."""
        return (*self.data.postgres, *self.data.redis, *self.compute.services)

    def connections(self, workload: Workload) -> Iterator[tuple[Connect, Target]]:
        """The connections of a service or task with their targets; a name of nothing is left out."""
        for connect in workload.connects_to:
            if (target := self.target(connect.to)) is not None:
                yield connect, target

    @property
    def routed(self) -> tuple[str, ...]:
        """Names of the services that the load balancer serves."""
        return tuple(sorted(name for name, service in self.compute.services.items() if service.route))

    @property
    def routed_paths(self) -> tuple[str, ...]:
        """Every path pattern that the load balancer serves."""
        routes = [service.route for service in self.compute.services.values() if service.route]
        return tuple(sorted({path for route in routes for path in route.paths}))


AREAS = tuple(
    name for name in Settings.model_fields if name not in AwsConfig.model_fields and name not in ("stack", "other_keys")
)
