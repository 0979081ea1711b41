"""`environment: prod`: what it requires."""

from __future__ import annotations

from collections.abc import Iterator

from settings.model import Fault
from settings.rules.registry import reads
from settings.stack import Settings


@reads("environment", "data")
def _prod_data(settings: Settings) -> Iterator[Fault]:
    if settings.environment != "prod":
        return
    for name, database in settings.data.postgres.items():
        if not database.multi_az:
            yield Fault(
                f"data.postgres.{name}.multi_az",
                "is false, and without a standby, a zone's failure is an outage; write true in prod",
                True,
            )
        if database.backup_days < 7:
            yield Fault(
                f"data.postgres.{name}.backup_days",
                f"is {database.backup_days}, and prod keeps backups for longer; write at least 7",
            )
    for name, store in settings.data.redis.items():
        if store.serverless is None and store.replicas < 1:
            yield Fault(
                f"data.redis.{name}.replicas",
                "is 0, and without a replica, a node's failure is an outage; write at least 1 in prod",
                1,
            )
        if store.snapshot_days < 1:
            yield Fault(f"data.redis.{name}.snapshot_days", "is 0, and prod keeps a snapshot; write at least 1")


@reads("environment", "compute")
def _prod_spot(settings: Settings) -> Iterator[Fault]:
    for name, service in settings.compute.services.items():
        alone = service.spot is not None and service.replicas.peak == 1 and not service.singleton
        if settings.environment == "prod" and alone:
            yield Fault(
                f"compute.services.{name}.spot",
                "may stop the service's only task at any time, an outage in prod; remove it, or raise replicas.max and "
                "write {base: 1}",
            )


@reads("environment", "edge", "compute")
def _prod_https(settings: Settings) -> Iterator[Fault]:
    if settings.environment == "prod" and settings.routed and settings.edge.load_balancer.certificate is None:
        yield Fault(
            "edge.load_balancer.certificate",
            "is missing: prod requires HTTPS; write {arn: …} or {domain: …, zone: …}",
        )
    distribution = settings.edge.distribution
    if settings.environment == "prod" and distribution is not None and distribution.certificate is None:
        yield Fault(
            "edge.distribution.certificate",
            "is missing: without its own domain name, a distribution also accepts old TLS versions, which prod "
            "refuses; write {domain: …, zone: …}",
        )
    api = settings.edge.http_api
    if settings.environment == "prod" and api is not None and api.direct:
        yield Fault("edge.http_api.direct", "opens an unencrypted load balancer, which prod refuses; remove it")
