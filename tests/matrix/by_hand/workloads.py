"""Values of the settings that services and tasks share."""

from __future__ import annotations

from tests.matrix.values import Case, of

__all__ = ["VOLUMES", "WORKLOADS"]

_MOUNT = {"file_system": "shared", "access_point": "state", "path": "/mnt/state", "read_only": True}
_MOUNTED = {"volumes": [_MOUNT]}
_FILE = "/etc/app/app.yml"
_READY = {"files": {_FILE: {"text": "a: 1"}}}
_STORED = {"files": {_FILE: {"file": "Pulumi.yaml"}}}
_TO_SERVICE = {"connects_to": [{"to": "found", "env": {"PEER": {"part": "host"}}}]}
_TO_DATABASE = {"connects_to": [{"to": "db", "env": {"MAIN_URL": {}}}]}

VOLUMES = of([_MOUNT], [_MOUNT, {**_MOUNT, "access_point": "other", "path": "/mnt/other"}])

WORKLOADS: dict[str, Case | tuple[Case, ...]] = {
    "image": of("example/app:2", "example/app@sha256:" + "0f" * 32, absent="example/app:1"),
    "cpu": of(512, 1024, {"memory": 2048}),
    "memory": of(1024, 2048),
    "command": of(["serve"], ["serve", "--all"]),
    "entrypoint": of(["/bin/app"], ["/bin/other"]),
    "user": of("1000:1000", "nobody"),
    "writable": of(["/tmp"], ["/tmp", "/run"]),
    "writable_mb": of(65, 66, {"writable": ["/tmp"]}),
    "volumes": VOLUMES,
    "volumes[].file_system": of("second-fs", "third-fs", _MOUNTED, absent="shared"),
    "volumes[].access_point": of("other", "third", _MOUNTED, absent="state"),
    "volumes[].path": of("/mnt/a", "/mnt/b", _MOUNTED, absent="/mnt/state"),
    "files": of({_FILE: "a: 1"}, {_FILE: "a: 2", "/etc/other/b": "b"}),
    "files.*.text": of("a: 2", "a: 3", _READY, absent="a: 1"),
    "files.*.file": of("requirements.txt", "requirements-cli.txt", _STORED, absent="Pulumi.yaml"),
    "environment": of({"FIRST": "1"}, {"FIRST": "2", "SECOND": "3"}),
    "not_secrets": of({"FIRST": "public"}, {"FIRST": "a name"}, {"environment": {"FIRST": "1"}}),
    "secrets": of({"FIRST": "one"}, {"FIRST": "other", "SECOND": "one:key"}),
    "connects_to": of(["db"], ["cache", "found"]),
    "connects_to[].to": of("other-db", "cache", {"connects_to": [{"to": "db"}]}, absent="db"),
    "connects_to[].env": of({"FIRST_URL": {}}, {"OTHER_URL": {}}, {"connects_to": [{"to": "db"}]}),
    "connects_to[].env.*.part": of("port", "address", _TO_SERVICE, absent="host"),
    "connects_to[].env.*.driver": of("postgresql+asyncpg", "postgres", _TO_DATABASE),
    "connects_to[].env.*.query": of({"application_name": "a"}, {"application_name": "b"}, _TO_DATABASE),
    "consumes": of(["jobs"], ["jobs", "letters"]),
    "sends_to": of(["jobs"], ["jobs", "letters"]),
    "buckets": of({"documents": "read"}, {"documents": "read-write"}),
    "tables": of({"usage": "read"}, {"usage": "read-write"}),
    "publishes": of("App/One", "App/Two"),
}
"""By key below the service or task."""
