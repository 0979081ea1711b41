"""Broken stack files: buckets, their lifecycle, and who uses them."""

from __future__ import annotations

from typing import Any

from tests.settings.broken import Broken

__all__ = ["BROKEN"]

_API = "compute.services.api"
_DOCUMENTS = "data.buckets.documents"
_APP = "https://app.example.com"


def _documents(**settings: Any) -> dict[str, Any]:
    return {"data.buckets": {"documents": settings}}


def _kept(**lifecycle: Any) -> dict[str, Any]:
    return _documents(lifecycle=lifecycle)


def _told(notifications: Any, **queue: Any) -> dict[str, Any]:
    return _documents(notifications=notifications) | {"data.queues": {"jobs": queue}}


def _used(**others: Any) -> dict[str, Any]:
    return _documents() | {
        f"{_API}.buckets": {"documents": "read"},
        **{f"{_API}.{key}": value for key, value in others.items()},
    }


BROKEN = [
    Broken(
        "infrequent too early",
        "",
        _kept(ia_after_days=29),
        f"{_DOCUMENTS}.lifecycle.ia_after_days",
        "is 29",
        "before 30 days",
    ),
    Broken(
        "an archive before infrequent access",
        "",
        _kept(ia_after_days=60, archive_after_days=30),
        f"{_DOCUMENTS}.lifecycle.archive_after_days",
        "is 30, but ia_after_days is 60",
        "write at least 90, or remove ia_after_days",
    ),
    Broken(
        "an archive right after infrequent access",
        "",
        _kept(ia_after_days=30, archive_after_days=59),
        f"{_DOCUMENTS}.lifecycle.archive_after_days",
        "Infrequent Access keeps for 30 days",
        "write at least 60",
    ),
    Broken(
        "expired before it is infrequent",
        "",
        _kept(ia_after_days=30, expire_after_days=30),
        f"{_DOCUMENTS}.lifecycle.expire_after_days",
        "is 30, but ia_after_days is 30",
        "write at least 60",
    ),
    Broken(
        "expired before it is archived",
        "",
        _kept(archive_after_days=180, expire_after_days=90),
        f"{_DOCUMENTS}.lifecycle.expire_after_days",
        "is 90, but archive_after_days is 180 and the archive is billed for 90 days",
        "write at least 270, or remove archive_after_days",
    ),
    Broken(
        "an archive that nothing moves to",
        "",
        _kept(archive="flexible"),
        f"{_DOCUMENTS}.lifecycle.archive",
        "nothing moves to",
        "add archive_after_days",
    ),
    Broken(
        "no days",
        "",
        _kept(expire_after_days=0),
        f"{_DOCUMENTS}.lifecycle.expire_after_days",
        "0 should be",
        "greater than or equal to 1",
    ),
    Broken(
        "old versions for ever",
        "",
        _kept(noncurrent_days=None),
        f"{_DOCUMENTS}.lifecycle.noncurrent_days",
        "is empty",
        "write a value, or remove the line (days for which",
    ),
    Broken(
        "an origin with a slash",
        "",
        _documents(cors={"origins": [f"{_APP}/"]}),
        f"{_DOCUMENTS}.cors.origins[0]",
        "is not an origin",
        "without a path or a slash at its end",
    ),
    Broken(
        "an origin without a scheme",
        "",
        _documents(cors={"origins": [_APP, "app.example.com"]}),
        f"{_DOCUMENTS}.cors.origins[1]",
        "'app.example.com' is not an origin",
        "write one like https://app.example.com",
    ),
    Broken(
        "any origin",
        "",
        _documents(cors={"origins": ["*"]}),
        f"{_DOCUMENTS}.cors.origins[0]",
        "'*' is not an origin",
        "https://*.example.com",
    ),
    Broken(
        "an origin without TLS",
        "",
        _documents(cors={"origins": ["http://app.example.com"]}),
        f"{_DOCUMENTS}.cors.origins[0]",
        "is not an origin",
        "http:// is for localhost",
    ),
    Broken(
        "a method that S3 does not know",
        "",
        _documents(cors={"origins": [_APP], "methods": ["OPTIONS"]}),
        f"{_DOCUMENTS}.cors.methods[0]",
        "is not one of",
        "'GET'",
    ),
    Broken(
        "no origins",
        "",
        _documents(cors={}),
        f"{_DOCUMENTS}.cors.origins",
        "is missing",
        "add it (origins, such as https://app.example.com)",
    ),
    Broken(
        "a notified queue that is not there",
        "",
        _told({"queue": "jbos"}),
        f"{_DOCUMENTS}.notifications[0].queue",
        "'jbos' is not in data.queues",
        "did you mean jobs?",
    ),
    Broken(
        "a notified queue where there is none",
        "",
        _documents(notifications={"queue": "jobs"}),
        f"{_DOCUMENTS}.notifications[0].queue",
        "'jobs' is not in data.queues",
        "add it there",
    ),
    Broken(
        "a notified queue by its name alone",
        "",
        _told("jbos"),
        f"{_DOCUMENTS}.notifications[0].queue",
        "'jbos' is not in data.queues",
        "did you mean jobs?",
    ),
    Broken(
        "buckets of a service as a list",
        "",
        _used(buckets=["documents"]),
        f"{_API}.buckets",
        "is not a mapping",
        "write `key: value`",
    ),
    Broken(
        "a notified fifo queue",
        "",
        _told({"queue": "jobs"}, fifo=True),
        f"{_DOCUMENTS}.notifications[0].queue",
        "jobs is a fifo queue, to which S3 does not send",
        "name another, or leave fifo out",
    ),
    Broken(
        "two notifications of one object",
        "",
        _told([{"queue": "jobs", "prefix": "uploads/"}, {"queue": "jobs", "prefix": "uploads/pdf/", "suffix": ".pdf"}]),
        f"{_DOCUMENTS}.notifications[1]",
        "and notifications[0] both match some objects, which S3 refuses",
        "give them prefixes or suffixes",
    ),
    Broken(
        "a notification of a key with a slash",
        "",
        _told({"queue": "jobs", "prefix": "/uploads/"}),
        f"{_DOCUMENTS}.notifications[0].prefix",
        "keys begin without a slash",
        "remove it",
    ),
    Broken(
        "a notification with a pattern",
        "",
        _told({"queue": "jobs", "suffix": "*.pdf"}),
        f"{_DOCUMENTS}.notifications[0].suffix",
        "S3 has no wildcards here",
        "write the plain text",
    ),
    Broken(
        "a notification of nothing",
        "",
        _told({"queue": "jobs", "events": ["changed"]}),
        f"{_DOCUMENTS}.notifications[0].events[0]",
        "is not one of",
        "'created'",
    ),
    Broken(
        "a notification of nobody",
        "",
        _told({"events": ["created"]}),
        f"{_DOCUMENTS}.notifications[0].queue",
        "is missing",
        "add it (name of a queue of `data.queues`",
    ),
    Broken(
        "a backup without versions",
        "",
        _documents(backup_plan=True, versioned=False) | {"data.backup": {}},
        f"{_DOCUMENTS}.backup_plan",
        "needs versions",
        "remove versioned: false",
    ),
    Broken(
        "a backup of what must be restored first",
        "",
        _documents(backup_plan=True, lifecycle={"archive_after_days": 90, "archive": "flexible"}) | {"data.backup": {}},
        f"{_DOCUMENTS}.backup_plan",
        "cannot copy what the flexible archive holds",
        "write lifecycle.archive: instant",
    ),
    Broken(
        "a bucket in a plan that is not there",
        "",
        _documents(backup_plan=True),
        f"{_DOCUMENTS}.backup_plan",
        "there is no plan",
        "add data.backup",
    ),
    Broken(
        "days of logs that are not kept",
        "",
        _documents(access_logs=False, log_retention_days=30),
        f"{_DOCUMENTS}.log_retention_days",
        "has no effect with access_logs: false",
        "remove one",
    ),
    Broken(
        "two buckets alike",
        "data.buckets",
        {"my-documents": {}, "mydocuments": {}},
        "data.buckets.mydocuments",
        "differs from my-documents by hyphens only",
        "rename one",
    ),
    Broken(
        "a name that S3 keeps for itself",
        "data.buckets",
        {"sthree-documents": {}},
        "data.buckets.sthree-documents",
        "begins with sthree-",
        "choose another name",
    ),
    Broken(
        "no such bucket",
        "",
        _used(buckets={"documets": "read"}),
        f"{_API}.buckets.documets",
        "is not in data.buckets",
        "did you mean documents?",
    ),
    Broken(
        "a bucket where there is none",
        f"{_API}.buckets",
        {"documents": "read"},
        f"{_API}.buckets.documents",
        "is not in data.buckets",
        "add it there",
    ),
    Broken(
        "a bucket for everything",
        "",
        _used(buckets={"documents": "admin"}),
        f"{_API}.buckets.documents",
        "is not one of",
        "'read-write'",
    ),
    Broken(
        "a bucket's name by hand",
        "",
        _used(environment={"DOCUMENTS_BUCKET": "elsewhere"}),
        f"{_API}.environment.DOCUMENTS_BUCKET",
        "is set by buckets.documents",
        "remove it here",
    ),
    Broken(
        "a bucket's name as a secret",
        "",
        _used(secrets={"DOCUMENTS_BUCKET": "bucket-name"}),
        f"{_API}.secrets.DOCUMENTS_BUCKET",
        "is set by buckets.documents",
        "remove it here",
    ),
    Broken(
        "a bucket's name for a URL",
        "",
        _used(connects_to=[{"to": "main", "env": {"DOCUMENTS_BUCKET": {}}}]),
        f"{_API}.connects_to[0].env.DOCUMENTS_BUCKET",
        "is set by buckets.documents",
        "choose another name",
    ),
    Broken(
        "a bucket of a task",
        "",
        {"compute.tasks.import": {"image": "example/import:1", "architecture": "arm64", "buckets": {"in": "read"}}},
        "compute.tasks.import.buckets.in",
        "is not in data.buckets",
        "add it there",
    ),
    Broken(
        "an output of a bucket that is not there",
        "",
        _documents() | {"outputs.files": "bucket.document.name"},
        "outputs.files",
        "is not in this stack",
        "did you mean bucket.documents.name?",
    ),
]
