"""What crosses areas: each rule names the areas it reads, and is asked only where those are sound."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from itertools import combinations

from settings.faults import nearest
from settings.model import Fault
from settings.references import references
from settings.service import Route, Service
from settings.stack import Settings

__all__ = ["check"]

Rule = Callable[[Settings], Iterator[Fault]]
# Amazon API Gateway quotas: an HTTP API's integration ends after 30 s, and that cannot be raised.
HTTP_API_SECONDS = 30
_RULES: list[tuple[frozenset[str], Rule]] = []


def check(settings: Settings, broken: Set[str] = frozenset()) -> Iterator[Fault]:
    """All faults between areas, leaving out rules that would read a `broken` area."""
    for areas, rule in _RULES:
        if not areas & broken:
            yield from rule(settings)


def _reads(*areas: str) -> Callable[[Rule], Rule]:
    def register(rule: Rule) -> Rule:
        _RULES.append((frozenset(areas), rule))
        return rule

    return register


def _key(service: str, key: str) -> str:
    return f"compute.services.{service}.{key}"


@_reads("region", "networking")
def _zones_of_region(settings: Settings) -> Iterator[Fault]:
    for i, zone in enumerate(settings.networking.zones):
        if not zone.startswith(settings.region):
            yield Fault(f"networking.zones[{i}]", f"{zone} is not in aws:region {settings.region}; name its zones")


@_reads("compute", "data")
def _connections(settings: Settings) -> Iterator[Fault]:
    targets = list(settings.data.postgres)
    for name, service in settings.compute.services.items():
        alike = [
            c.to
            for c in service.connects_to
            if c.to in targets and settings.data.postgres[c.to].credentials != "generated"
        ]
        if len(alike) > 1:
            yield Fault(
                _key(name, "connects_to"),
                f"{' and '.join(alike)} both need PGHOST, PGUSER and so on, which "
                "hold one database; set credentials: generated on the others",
            )
        for i, connection in enumerate(service.connects_to):
            if connection.to not in targets:
                guess = nearest(connection.to, targets)
                there = f"there are {', '.join(targets)}" if targets else "there is no database in data.postgres"
                yield Fault(
                    _key(name, f"connects_to[{i}]"),
                    f"{connection.to!r} is nothing this stack has; " + (f"did you mean {guess}?" if guess else there),
                )
            for env in connection.env:
                if env in service.environment or env in service.secrets:
                    yield Fault(
                        _key(name, f"connects_to[{i}].env.{env}"),
                        "stands under environment or secrets, too; keep one of them",
                    )


@_reads("compute")
def _url_variables(settings: Settings) -> Iterator[Fault]:
    for name, service in settings.compute.services.items():
        owners: dict[str, str] = {}
        for i, connection in enumerate(service.connects_to):
            for env in connection.env or ("DATABASE_URL",):
                owner = owners.setdefault(env, connection.to)
                if owner != connection.to:
                    yield Fault(
                        _key(name, f"connects_to[{i}].env"),
                        f"{env} leads to {owner} already; write {{to: {connection.to}, env: {{OTHER_NAME: {{}}}}}}",
                    )


@_reads("compute", "data")
def _injected_environment(settings: Settings) -> Iterator[Fault]:
    for name, service in settings.compute.services.items():
        if not service.connects_to:
            continue
        for env in {*service.environment, *service.secrets} & {
            "DATABASE_URL",
            "PGHOST",
            "PGPORT",
            "PGDATABASE",
            "PGSSLMODE",
            "PGUSER",
            "PGPASSWORD",
        }:
            custom = any(c.env for c in service.connects_to) and env == "DATABASE_URL"
            if not custom:
                where = "environment" if env in service.environment else "secrets"
                yield Fault(_key(name, f"{where}.{env}"), "is set by connects_to; remove it here")


@_reads("compute", "data")
def _one_name_each(settings: Settings) -> Iterator[Fault]:
    for name in sorted(set(settings.compute.services) & set(settings.data.postgres)):
        yield Fault(
            f"data.postgres.{name}",
            "a service has the same name, so connects_to would be ambiguous; rename one",
        )


@_reads("compute")
def _routes(settings: Settings) -> Iterator[Fault]:
    routed = [(name, service.route) for name, service in settings.compute.services.items() if service.route]
    for (first, one), (second, other) in combinations(routed, 2):
        shared = sorted(set(one.paths) & set(other.paths))
        if shared and _hosts_meet(one, other):
            yield Fault(
                _key(second, "route.paths"),
                f"{', '.join(shared)} is routed to {first} already; choose another path, or tell them apart by hosts",
            )
        if one.priority is not None and one.priority == other.priority:
            yield Fault(_key(second, "route.priority"), f"{one.priority} is taken by {first}; priorities are unique")
    for name, route in routed:
        if len(route.paths) + len(route.hosts) > 5:
            yield Fault(_key(name, "route"), "has more than five paths and hosts together, the most a rule may have")


def _hosts_meet(one: Route, other: Route) -> bool:
    return set(one.hosts) == set(other.hosts) or bool(set(one.hosts) & set(other.hosts))


@_reads("compute")
def _deployments(settings: Settings) -> Iterator[Fault]:
    for name, service in settings.compute.services.items():
        if service.deploy.strategy != "rolling" and service.route is None:
            yield Fault(
                _key(name, "deploy.strategy"),
                f"{service.deploy.strategy} shifts the load balancer's traffic, "
                "but the service has no route; add one, or use rolling",
            )
        if service.deploy.owner == "delivery" and service.build is not None:
            yield Fault(_key(name, "deploy.owner"), "delivery deploys images by itself; remove build, or set pulumi")
        if service.replicas.requests_per_target and service.route is None:
            yield Fault(
                _key(name, "replicas.requests_per_target"),
                "counts the load balancer's requests, but the service has no route; add one, or scale on cpu_percent",
            )


@_reads("compute", "edge")
def _entry(settings: Settings) -> Iterator[Fault]:
    edge, api = settings.edge, settings.edge.http_api
    if api is None:
        return
    if not settings.routed:
        yield Fault("edge.http_api", "has nothing to send requests to; give a service a route")
    if edge.load_balancer.scheme == "internet-facing":
        yield Fault(
            "edge.load_balancer.scheme",
            "is internal behind an HTTP API, whose VPC link cannot reach a public "
            "one; remove it (http_api.direct adds a public load balancer of its own)",
        )
    certificate = edge.load_balancer.certificate
    if certificate is not None and certificate.domain is None:
        yield Fault(
            "edge.load_balancer.certificate.domain",
            "is missing: the HTTP API verifies this name on the load balancer's certificate",
        )
    for name in settings.routed:
        seconds = settings.compute.services[name].request_timeout_s
        if seconds > HTTP_API_SECONDS:
            yield Fault(
                _key(name, "request_timeout_s"),
                f"{seconds} s is more than an HTTP API waits ({HTTP_API_SECONDS} s); lower it, or remove edge.http_api",
            )


@_reads("compute", "edge")
def _direct(settings: Settings) -> Iterator[Fault]:
    api = settings.edge.http_api
    if api is None or not api.direct:
        return
    for name in settings.routed:
        strategy = settings.compute.services[name].deploy.strategy
        if strategy != "rolling":
            yield Fault(
                "edge.http_api.direct",
                f"puts {name} behind two load balancers, and a {strategy} deployment "
                "shifts the traffic of one; remove it, or set deploy.strategy: rolling",
            )


@_reads("edge")
def _one_record_each(settings: Settings) -> Iterator[Fault]:
    api, certificate = settings.edge.http_api, settings.edge.load_balancer.certificate
    if api is None or api.domain is None or certificate is None or certificate.zone is None:
        return
    if certificate.domain == api.domain.name:
        yield Fault(
            "edge.load_balancer.certificate.domain",
            f"{certificate.domain} is the HTTP API's name, too, and a "
            "name leads to one place; write a name such as origin.example.com",
        )


@_reads("compute", "networking", "data")
def _way_out(settings: Settings) -> Iterator[Fault]:
    if settings.networking.nat != "none":
        return
    for name, service in settings.compute.services.items():
        missing = sorted(_needed_endpoints(settings, service) - set(settings.networking.endpoints))
        if missing:
            yield Fault(
                "networking.endpoints",
                f"with nat: none, the service {name} cannot start without "
                f"{', '.join(missing)}; add them, or choose another nat",
            )
            return


def _needed_endpoints(settings: Settings, service: Service) -> set[str]:
    needed = {"ecr.api", "ecr.dkr", "logs"}
    if service.secrets or any(c.to in settings.data.postgres for c in service.connects_to):
        needed.add("secretsmanager")
    return needed | ({"ssmmessages"} if service.exec else set())


@_reads("environment", "data")
def _prod_data(settings: Settings) -> Iterator[Fault]:
    if settings.environment != "prod":
        return
    for name, database in settings.data.postgres.items():
        if not database.multi_az:
            yield Fault(
                f"data.postgres.{name}.multi_az",
                "must be true in prod: without a standby, a zone's failure is an outage",
            )
        if database.backup_days < 7:
            yield Fault(
                f"data.postgres.{name}.backup_days",
                f"is {database.backup_days}; prod keeps backups for at least 7 days",
            )


@_reads("environment", "edge", "compute")
def _prod_https(settings: Settings) -> Iterator[Fault]:
    if settings.environment == "prod" and settings.routed and settings.edge.load_balancer.certificate is None:
        yield Fault(
            "edge.load_balancer.certificate",
            "is missing: prod speaks HTTPS only; write {arn: …} or {domain: …, zone: …}",
        )
    api = settings.edge.http_api
    if settings.environment == "prod" and api is not None and api.direct:
        yield Fault("edge.http_api.direct", "opens an unencrypted load balancer, which prod refuses; remove it")


@_reads("outputs", "compute", "data", "edge", "observability")
def _outputs(settings: Settings) -> Iterator[Fault]:
    allowed = references(settings)
    for name, reference in settings.outputs.items():
        if reference not in allowed:
            guess = nearest(reference, allowed)
            yield Fault(
                f"outputs.{name}",
                f"{reference!r} is nothing this stack has; "
                + (f"did you mean {guess}?" if guess else f"there are {', '.join(allowed[:6])}, …"),
            )
