"""Broken stack files for checks that no other one needs: without the check, this file alone would pass."""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.settings.broken import DELETED, Broken

__all__ = ["BROKEN", "OWN", "Own"]

_API = "compute.services.api"
_EDGE, _MAIN = "edge", "data.postgres.main"
_IMAGE = {"image": "example/other:1", "architecture": "arm64"}
_FILES = {"shared": {"access_points": {"api": {"uid": 1000, "gid": 1000}}}}
_LARGE, _SMALL = "is too large", "is too small"


class Own(NamedTuple):
    """A broken file, and the check that refuses it: the text in `file` that `without` takes the place of."""

    broken: Broken
    file: str
    check: str
    without: str


def _own(name: str, change: dict[str, Any], says: tuple[str, str, str], check: tuple[str, str, str]) -> Own:
    """`says` are key, reason and fix; `check` is the file, the check and what stands there without it."""
    return Own(Broken(name, "", change, *says), *check)


def _bound(name: str, at: str, value: Any, limit: str, fix: str, *, file: str, line: str) -> Own:
    """A number beyond the bound `limit` of the field in `line`."""
    what = _LARGE if limit.startswith("le") else _SMALL
    gone = line.replace(f", {limit}", "").replace(f"{limit}, ", "")
    return _own(name, {at: value}, (at, what, fix), (file, line, gone))


def _dead(check: str) -> str:
    """The condition, which now never holds."""
    return check.replace("if ", "if False and ", 1)


def _rule(name: str, change: dict[str, Any], says: tuple[str, str, str], file: str, check: str) -> Own:
    return _own(name, change, says, (file, check, _dead(check)))


RULES = [
    _rule(
        "a URL without TLS by a query parameter",
        {f"{_API}.connects_to": [{"to": "main", "env": {"A": {"query": {"sslmode": "disable"}}}}]},
        (f"{_API}.connects_to[0].env.A.query.sslmode", "refuses connections without TLS", "write require"),
        "compute/connects_to.py",
        'if self.query.get(key) in ("disable", "allow", "prefer"):',
    ),
    _rule(
        "a linear step of two percent",
        {f"{_API}.deploy": {"strategy": "linear", "step_percent": 2}},
        (f"{_API}.deploy.step_percent", "a linear step takes 3 % or more", "write at least 3"),
        "compute/deploy.py",
        'if self.strategy == "linear" and self.step_percent < _SMALLEST_LINEAR_STEP:',
    ),
    _own(
        "a variable that is a secret, too",
        {f"{_API}.environment": {"MODE": "x"}, f"{_API}.secrets": {"MODE": "mode"}},
        (f"{_API}.environment.MODE", "is also in secrets", "keep one of them"),
        ("compute/environment.py", "elif name in secrets:", "elif False:"),
    ),
    _rule(
        "a writable path twice",
        {f"{_API}.writable": ["/tmp", "/tmp"]},
        (f"{_API}.writable", "names a path twice", "list each once"),
        "compute/mounts.py",
        "if len(set(writable)) < len(writable):",
    ),
    _rule(
        "an access point at two paths",
        {
            "data.file_systems": _FILES,
            f"{_API}.volumes": [
                {"file_system": "shared", "access_point": "api", "path": "/a"},
                {"file_system": "shared", "access_point": "api", "path": "/b"},
            ],
        },
        (f"{_API}.volumes[1]", "mounts an access point a second time", "remove it"),
        "compute/mounts.py",
        "if name in names[:i]:",
    ),
    _own(
        "a task with two images",
        {"compute.tasks": {"migrate": {**_IMAGE, "image_from": "api"}}},
        ("compute.tasks.migrate.image", "is given together with image_from", "keep one of them"),
        (
            "compute/tasks.py",
            "if (self.image is None) == (self.image_from is None):",
            "if self.image is None and self.image_from is None:",
        ),
    ),
    _rule(
        "TLS by a parameter",
        {f"{_MAIN}.parameters": {"rds.force_ssl": "0"}},
        (f"{_MAIN}.parameters.rds.force_ssl", "is always 1", "remove it"),
        "data/postgres.py",
        'if "rds.force_ssl" in self.parameters:',
    ),
    _rule(
        "a backup window of hour 25",
        {f"{_MAIN}.backup_window": "25:00-25:40"},
        (f"{_MAIN}.backup_window", "25:00 is not a time of day", "write 00:00 to 23:59"),
        "data/windows.py",
        "if int(hour) > 23 or int(minute) > 59:",
    ),
    _rule(
        "a zone for a finished certificate",
        {
            "edge.load_balancer.certificate": {
                "arn": "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000",
                "zone": "Z0123456789ABC",
            }
        },
        ("edge.load_balancer.certificate.zone", "has no `domain` to make a record for", "remove it"),
        "edge/certificate.py",
        "if self.arn is not None and self.zone is not None and self.domain is None:",
    ),
    _own(
        "an origin without its scheme",
        {"edge.http_api": {"cors": {"origins": ["app.example.com"]}}},
        ("edge.http_api.cors.origins", "'app.example.com' is not an origin", "write one like https://app.example.com"),
        ("edge/http_api.py", 'if origin != "*" and not origin.startswith(("http://", "https://"))', "if False"),
    ),
    _rule(
        "cookies for everybody",
        {"edge.http_api": {"cors": {"origins": ["*"], "credentials": True}}},
        ("edge.http_api.cors.credentials", "cannot be true with the origin *", "write false"),
        "edge/http_api.py",
        'if self.credentials and "*" in self.origins:',
    ),
    _own(
        "subnets for one zone of two",
        {"networking.subnets": {"public": ["10.20.0.0/24"], "private": ["10.20.1.0/24"], "isolated": ["10.20.2.0/24"]}},
        ("networking.subnets.public", "has 1 entries for 2 zones", "name one for each zone"),
        (
            "networking/__init__.py",
            "if len(blocks := getattr(self.subnets, tier)) != len(self.zones)",
            "if (blocks := getattr(self.subnets, tier)) is None",
        ),
    ),
    _rule(
        "a zone twice",
        {"networking.zones": ["us-east-1a", "us-east-1a"]},
        ("networking.zones", "has a zone twice", "list each zone once"),
        "networking/__init__.py",
        "if len(set(self.zones)) < len(self.zones):",
    ),
    _rule(
        "a subnet outside of the network",
        {
            "networking.subnets": {
                "public": ["10.21.0.0/24", "10.20.1.0/24"],
                "private": ["10.20.2.0/24", "10.20.3.0/24"],
                "isolated": ["10.20.4.0/24", "10.20.5.0/24"],
            }
        },
        ("networking.subnets.public[0]", "10.21.0.0/24 is outside of cidr 10.20.0.0/16", "choose a part of it"),
        "networking/__init__.py",
        "if not block.subnet_of(vpc):",
    ),
    _own(
        "a subnet of eight addresses",
        {
            "networking.subnets": {
                "public": ["10.20.0.0/29", "10.20.1.0/24"],
                "private": ["10.20.2.0/24", "10.20.3.0/24"],
                "isolated": ["10.20.4.0/24", "10.20.5.0/24"],
            }
        },
        ("networking.subnets.public[0]", "is not between /16 and /28", "choose another size"),
        ("networking/__init__.py", "elif not 16 <= block.prefixlen <= 28:", "elif False:"),
    ),
    _own(
        "an endpoint twice",
        {"networking.endpoints": ["sqs", "sqs"]},
        ("networking.endpoints", "names a service twice", "list each once"),
        ("networking/__init__.py", "if len(set(self.endpoints)) < len(self.endpoints)", "if False"),
    ),
    _rule(
        "two databases with managed passwords",
        {
            "data.postgres": {"main": {"version": "16"}, "other": {"version": "16"}},
            f"{_API}.connects_to": [{"to": "main", "env": {"A": {}}}, {"to": "other", "env": {"B": {}}}],
        },
        (f"{_API}.connects_to", "main and other both set PGHOST", "credentials: generated for the others"),
        "rules/connects_to.py",
        "if len(set(databases)) > 1:",
    ),
    _rule(
        "a URL in a variable that is set",
        {f"{_API}.connects_to": [{"to": "main", "env": {"DB": {}}}], f"{_API}.environment": {"DB": "x"}},
        (f"{_API}.connects_to[0].env.DB", "is also in environment or secrets", "keep one of them"),
        "rules/connects_to.py",
        "if env in workload.environment or env in workload.secrets:",
    ),
    _rule(
        "requests without a route",
        {
            f"{_API}.route": DELETED,
            f"{_API}.replicas": {"min": 1, "max": 3, "requests_per_target": 100},
            "outputs": {},
        },
        (f"{_API}.replicas.requests_per_target", "the service has no route", "scale on cpu_percent"),
        "rules/deploy.py",
        "if service.replicas.requests_per_target and service.route is None:",
    ),
    _rule(
        "an unencrypted load balancer in prod",
        {
            "environment": "prod",
            f"{_MAIN}.multi_az": True,
            "edge": {
                "http_api": {"direct": True},
                "load_balancer": {"certificate": {"domain": "api.example.com", "zone": "Z0123456789ABC"}},
            },
        },
        ("edge.http_api.direct", "opens an unencrypted load balancer, which prod refuses", "remove it"),
        "rules/environment.py",
        'if settings.environment == "prod" and api is not None and api.direct:',
    ),
    _rule(
        "a weekend without backups in prod",
        {
            "environment": "prod",
            f"{_MAIN}.multi_az": True,
            f"{_MAIN}.backup_days": 2,
            "edge.load_balancer": {"certificate": {"domain": "api.example.com", "zone": "Z0123456789ABC"}},
        },
        (f"{_MAIN}.backup_days", "is 2, and prod keeps backups for longer", "write at least 7"),
        "rules/environment.py",
        "if database.backup_days < 7:",
    ),
    _rule(
        "an API of nothing",
        {f"{_API}.route": DELETED, "edge.http_api": {}, "outputs": {}},
        ("edge.http_api", "has nothing to send requests to", "give a service a route"),
        "rules/http_api.py",
        "if not settings.routed:",
    ),
    _rule(
        "two secrets that differ by case",
        {"data.secrets": {"OpenAI-API-Key": {}}},
        ("data.secrets.openai-api-key", "differs from OpenAI-API-Key by case or punctuation only", "rename one"),
        "rules/secrets.py",
        "if first != name:",
    ),
]

BOUNDS = [
    _own(
        "two thousand tasks",
        {f"{_API}.replicas": {"min": 1, "max": 2000, "cpu_percent": 60}},
        (f"{_API}.replicas.max", _LARGE, "write 1000 or less"),
        (
            "compute/replicas.py",
            "max: Annotated[int, Field(ge=1, le=1000)]",
            "max: Annotated[int, Field(ge=1)]",
        ),
    ),
    _bound("no second for a request", f"{_API}.request_timeout_s", 0, "ge=1", "write 1 or more",
           file="compute/services.py", line="request_timeout_s: Annotated[int, Field(ge=1, le=3600)]"),
    _bound("two hours to start", f"{_API}.start_period_s", 7200, "le=3600", "write 3600 or less",
           file="compute/services.py", line="start_period_s: Annotated[int, Field(ge=0, le=3600)]"),
    _bound("no room for a writable path", f"{_API}.writable_mb", 0, "ge=1", "write 1 or more",
           file="compute/workload.py", line="writable_mb: Annotated[int, Field(ge=1, le=10240)]"),
    _bound("a port that TCP has not", f"{_API}.port", 70000, "le=65535", "write 65535 or less",
           file="types.py", line="Port = Annotated[int, Field(ge=1, le=65535)]"),
    _bound("a bake of days", f"{_API}.deploy.bake_minutes", 3000, "le=1440", "write 1440 or less",
           file="compute/deploy.py", line="bake_minutes: Annotated[int, Field(ge=0, le=1440)]"),
    _bound("a database of ten gigabytes", f"{_MAIN}.storage_gb", 10, "ge=20", "write 20 or more",
           file="data/postgres.py", line="storage_gb: Annotated[int, Field(ge=20, le=65536)] = 20"),
    _bound("backups of two months", f"{_MAIN}.backup_days", 60, "le=35", "write 35 or less",
           file="data/postgres.py", line="backup_days: Annotated[int, Field(ge=0, le=35)]"),
    _bound("a password that rotates after years", f"{_MAIN}.rotation_days", 1500, "le=1000", "write 1000 or less",
           file="data/postgres.py", line="rotation_days: Annotated[int, Field(ge=1, le=1000)]"),
    _bound("nine replicas of a cache", "data.redis.cache.replicas", 9, "le=5", "write 5 or less",
           file="data/redis.py", line="replicas: Annotated[int, Field(ge=0, le=5)]"),
    _bound("snapshots of two months", "data.redis.cache.snapshot_days", 60, "le=35", "write 35 or less",
           file="data/redis.py", line="snapshot_days: Annotated[int, Field(ge=0, le=35)]"),
    _bound("messages of megabytes", "data.queues.jobs.max_message_kb", 4096, "le=1024", "write 1024 or less",
           file="data/queues.py", line="max_message_kb: Annotated[int, Field(ge=1, le=1024)]"),
    _bound("a burst without end", "edge.http_api.throttle.burst", 9000, "le=5000", "write 5000 or less",
           file="edge/http_api.py", line="burst: Annotated[int, Field(ge=1, le=5000)]"),
    _bound("a limit of five requests", "edge.web_acl.requests_per_5_minutes", 5, "ge=10", "write 10 or more",
           file="edge/web_acl.py", line="requests_per_5_minutes: Annotated[int, Field(ge=10, le=2_000_000_000)]"),
    _bound("access logs for longer than S3 counts", "edge.load_balancer.log_retention_days", 9999, "le=3650",
           "write 3650 or less", file="edge/load_balancer.py",
           line="log_retention_days: Annotated[int, Field(ge=1, le=3650)]"),
    _bound("more connections than a node takes", "observability.alarms.redis_connections", 70000, "le=65000",
           "write 65000 or less", file="observability/alarms.py",
           line="redis_connections: Annotated[int, Field(ge=1, le=65000)]"),
    _bound("an alarm on a second", "observability.alarms.queue_age_s", 1, "ge=60", "write 60 or more",
           file="observability/alarms.py", line="queue_age_s: Annotated[int, Field(ge=60, le=1209600)]"),
    _bound("a secret of eight signs", "data.secrets.openai-api-key.generate", 8, "ge=16", "write 16 or more",
           file="data/secrets.py", line="generate: Annotated[int, Field(ge=16, le=128)]"),
]  # fmt: skip

OWN = [*RULES, *BOUNDS]
BROKEN = [own.broken for own in OWN]
