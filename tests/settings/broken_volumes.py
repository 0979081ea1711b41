"""Broken stack files: file systems, volumes, configuration files, discovery, standalone tasks."""

from __future__ import annotations

from typing import Any

from tests.settings.broken import CANARY, DELETED, Broken

__all__ = ["BROKEN"]

_API = "compute.services.api"
_SHARED = "data.file_systems.shared"
_POINTS = {"api": {"uid": 1000, "gid": 1000}}
_VOLUME = {"file_system": "shared", "access_point": "api", "path": "/data"}
_OTHER = {"image": "example/other:1", "architecture": "arm64", "port": 81}
_TASK = {"image": "example/migrate:1", "architecture": "arm64"}


def _mounted(**others: Any) -> dict[str, Any]:
    changes = {_SHARED: {"access_points": _POINTS}, f"{_API}.volumes": [_VOLUME]}
    return changes | {f"{_API}.{key}": value for key, value in others.items()}


def _system(**settings: Any) -> dict[str, Any]:
    return {"access_points": _POINTS, **settings}


BROKEN = [
    Broken(
        "an autoscaled singleton",
        "",
        _mounted(replicas={"min": 1, "max": 3, "cpu_percent": 60}),
        f"{_API}.replicas.max",
        "two tasks at once would corrupt its files",
        "set max to 1",
    ),
    Broken(
        "a singleton of two",
        "",
        _mounted(replicas={"min": 2, "max": 2}),
        f"{_API}.replicas",
        "two tasks at once would corrupt its files",
        "set max to 1",
    ),
    Broken(
        "blue/green on a file system",
        "",
        _mounted(deploy={"strategy": "blue-green"}),
        f"{_API}.deploy.strategy",
        "runs both revisions for a while",
        "set deploy.strategy: rolling",
    ),
    Broken(
        "a singleton on Spot", "", _mounted(spot=True), f"{_API}.spot", "may stop the service's only task", "remove it"
    ),
    Broken(
        "too much throughput",
        _SHARED,
        _system(throughput=5000),
        f"{_SHARED}.throughput",
        "is not a throughput that EFS provisions (1 to 3414 MiB/s)",
        "write elastic",
    ),
    Broken(
        "no throughput",
        _SHARED,
        _system(throughput="fast"),
        f"{_SHARED}.throughput",
        "is neither elastic nor a whole number",
        "write elastic",
    ),
    Broken(
        "days that EFS does not know",
        _SHARED,
        _system(ia_after_days=45),
        f"{_SHARED}.ia_after_days",
        "45 is none of the 9 that AWS takes",
        "write 30 or 60",
    ),
    Broken(
        "a file system without access points",
        _SHARED,
        {},
        f"{_SHARED}.access_points",
        "is missing",
        "add it (access points by name",
    ),
    Broken(
        "one directory for two access points",
        _SHARED,
        {"access_points": {**_POINTS, "b": {"uid": 1, "gid": 1, "path": "/api"}}},
        f"{_SHARED}.access_points.b.path",
        "is the directory of api already",
        "choose another",
    ),
    Broken(
        "too deep a directory",
        _SHARED,
        {"access_points": {"api": {"uid": 1, "gid": 1, "path": "/a/b/c/d/e"}}},
        f"{_SHARED}.access_points.api.path",
        "more than the four levels",
        "shorten it",
    ),
    Broken(
        "prod without backups of files",
        "",
        {"environment": "prod", _SHARED: _system(backup=False)},
        f"{_SHARED}.backup",
        "is false, and lost files cannot be restored",
        "write true in prod, or backup_plan: true",
    ),
    Broken(
        "files in a backup plan that is not there",
        _SHARED,
        _system(backup_plan=True),
        f"{_SHARED}.backup_plan",
        "there is no plan",
        "add data.backup",
    ),
    Broken(
        "no such file system",
        "",
        {_SHARED: _system(), f"{_API}.volumes": [{**_VOLUME, "file_system": "sharde"}]},
        f"{_API}.volumes[0].file_system",
        "is not in data.file_systems",
        "did you mean shared?",
    ),
    Broken(
        "no such access point",
        "",
        {_SHARED: _system(), f"{_API}.volumes": [{**_VOLUME, "access_point": "apy"}]},
        f"{_API}.volumes[0].access_point",
        "is not in data.file_systems.shared.access_points",
        "did you mean api?",
    ),
    Broken(
        "two services that write the same files",
        "",
        {**_mounted(), "compute.services.other": {**_OTHER, "volumes": [_VOLUME]}},
        "compute.services.other.volumes[0].access_point",
        "is written by api already",
        "mount it read_only",
    ),
    Broken(
        "a volume over a writable path",
        "",
        {_SHARED: _system(), f"{_API}.volumes": [{**_VOLUME, "path": "/tmp/data"}]},
        f"{_API}.volumes[0].path",
        "mounts /tmp/data, and writable mounts /tmp",
        "choose another path",
    ),
    Broken(
        "a file in the root directory",
        f"{_API}.files",
        {"/app.conf": "a"},
        f"{_API}.files./app.conf",
        "cannot be mounted over",
        "choose a directory",
    ),
    Broken(
        "a file that is not there",
        f"{_API}.files",
        {"/etc/app/a.json": {"file": "systems/none.json"}},
        f"{_API}.files./etc/app/a.json",
        "there is no file systems/none.json",
        "path from the root",
    ),
    Broken(
        "a file out of the repository",
        f"{_API}.files",
        {"/etc/app/a": {"file": "../x"}},
        f"{_API}.files./etc/app/a",
        "'../x' leads out of the repository",
        "path from the root",
    ),
    Broken(
        "a file with two sources",
        f"{_API}.files",
        {"/etc/app/a": {"file": "README.md", "text": "a"}},
        f"{_API}.files./etc/app/a",
        "needs exactly one of text and file",
        "write the text",
    ),
    Broken(
        "an empty file",
        f"{_API}.files",
        {"/etc/app/a": ""},
        f"{_API}.files./etc/app/a",
        "is empty, which a parameter cannot be",
        "remove it, or write something",
    ),
    Broken(
        "too long a file",
        f"{_API}.files",
        {"/etc/app/a": "x" * 50_000},
        f"{_API}.files./etc/app/a",
        "has 50000 bytes, more than parameters hold",
        "bake it into an image",
    ),
    Broken(
        "a secret in a file",
        f"{_API}.files",
        {"/etc/app/a": f"url: https://user:{CANARY}@host/"},
        f"{_API}.files./etc/app/a",
        "looks like a secret in plain text",
        "take it from an environment variable",
    ),
    Broken(
        "files without a way to their writer's image",
        "",
        {
            "networking.nat": "none",
            "networking.egress": "aws-only",
            f"{_API}.image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/api:1",
            f"{_API}.files": {"/etc/app/a": "a"},
        },
        "compute.files_image",
        "is pulled over the internet, which is not reachable with nat: none",
        "name a copy in an ECR repository",
    ),
    Broken(
        "a service that cannot be found",
        "compute.services.other",
        {**_OTHER, "connects_to": ["api"]},
        "compute.services.other.connects_to[0]",
        "api is not registered for discovery",
        "set discovery: true on api",
    ),
    Broken(
        "a service that connects to itself",
        "",
        {f"{_API}.discovery": True, f"{_API}.connects_to": ["main", "api"]},
        f"{_API}.connects_to[1]",
        "is the service itself",
        "remove it",
    ),
    Broken(
        "a service's URL without a scheme",
        "",
        {
            f"{_API}.discovery": True,
            "compute.services.other": {**_OTHER, "connects_to": [{"to": "api", "env": {"API_URL": {}}}]},
        },
        "compute.services.other.connects_to[0].env.API_URL",
        "has no scheme",
        "driver: http",
    ),
    Broken(
        "discovery of two revisions",
        "",
        {f"{_API}.discovery": True, f"{_API}.deploy": {"strategy": "canary"}},
        f"{_API}.discovery",
        "answers with the tasks of both revisions",
        "set deploy.strategy: rolling",
    ),
    Broken(
        "a private domain over the public one",
        "",
        {
            f"{_API}.discovery": True,
            "compute.domain": "example.com",
            "edge.load_balancer": {"certificate": {"domain": "api.example.com", "zone": "Z123456789"}},
        },
        "compute.domain",
        "hides api.example.com from everything in the network",
        "services.internal",
    ),
    Broken(
        "a task without an image",
        "compute.tasks.migration",
        {"architecture": "arm64"},
        "compute.tasks.migration.image",
        "is missing, and so is image_from",
        "write one of them",
    ),
    Broken(
        "a task with the image of nothing",
        "compute.tasks.migration",
        {"image_from": "apy", "architecture": "arm64"},
        "compute.tasks.migration.image_from",
        "'apy' is not a service",
        "did you mean api?",
    ),
    Broken(
        "a task that cannot run its image",
        "compute.tasks.migration",
        {"image_from": "api", "architecture": "x86_64"},
        "compute.tasks.migration.architecture",
        "does not run the image of api",
        "write arm64",
    ),
    Broken(
        "a task with a service's name",
        "compute.tasks.api",
        _TASK,
        "compute.tasks.api",
        "a service has the same name",
        "rename one",
    ),
    Broken(
        "a task that connects to nothing",
        "compute.tasks.migration",
        {**_TASK, "connects_to": ["mian"]},
        "compute.tasks.migration.connects_to[0]",
        "is not in this stack",
        "did you mean main?",
    ),
    Broken(
        "the local side in a stack",
        f"{_API}.environment",
        {"PRODUCTION": "false"},
        f"{_API}.environment.PRODUCTION",
        "the stack's database refuses that (rds.force_ssl)",
        'write "true"',
    ),
    Broken(
        "a URL without TLS",
        "",
        {f"{_API}.environment": {"DB": "postgresql://db/app?sslmode=disable"}},
        f"{_API}.environment.DB",
        "without TLS, which the stack's databases refuse",
        "let connects_to write the URL",
    ),
    Broken(
        "a secret with two values",
        "data.secrets",
        {"openai-api-key": {"from_config": "keys:openai", "generate": 32}},
        "data.secrets.openai-api-key.generate",
        "is given together with from_config, and a secret has one value",
        "remove it, or from_config",
    ),
    Broken(
        "a task with every fault at once",
        "",
        {f"{_API}.memory": 512, f"{_API}.image": DELETED},
        f"{_API}.memory",
        "does not go with cpu 512",
        "nearest is 1024",
    ),
]
