"""Broken stack files: two entries that would become one resource, and files that an image needs."""

from __future__ import annotations

from tests.settings.broken import Broken

__all__ = ["BROKEN"]

_API = "compute.services.api"
_CERTIFICATE = "edge.load_balancer.certificate"
_SERVICE = {"image": "nginx:1.29", "architecture": "arm64", "port": 80}
_FOUND = {**_SERVICE, "discovery": True}

BROKEN = [
    *(
        Broken(
            f"a database restored under another {key}",
            "data.postgres.copy",
            {key: "other", "restore_from": {"point_in_time": {"source": "broken-main"}}},
            f"data.postgres.copy.{key}",
            "is other, and main, from which it is restored, has another",
            "write app",
        )
        for key in ("database", "username")
    ),
    Broken(
        "a database restored from itself",
        "data.postgres.main.restore_from",
        {"point_in_time": {"source": "broken-main"}},
        "data.postgres.main.restore_from.point_in_time.source",
        "broken-main is this database itself",
        "give the restored database a new name",
    ),
    Broken(
        "one target twice",
        "",
        {"data.redis": {"cache": {}}, f"{_API}.connects_to": ["cache", {"to": "cache", "env": {"QUEUE_URL": {}}}]},
        f"{_API}.connects_to[1]",
        "connects to cache a second time",
        "write one entry with all variables, {to: cache, env: {…}}",
    ),
    Broken(
        "two network paths of one name",
        "",
        {
            "compute.services.text": {**_SERVICE, "connects_to": ["to-speech"]},
            "compute.services.to-speech": _FOUND,
            "compute.services.text-to": {**_SERVICE, "connects_to": ["speech"]},
            "compute.services.speech": _FOUND,
        },
        "compute.services.text-to",
        "has the same name as one of text (text-to-to-speech)",
        "rename text-to or speech",
    ),
    Broken(
        "two names of a certificate that give one record",
        _CERTIFICATE,
        {"domain": "a-b.example.com", "zone": "Z123456789", "names": ["a.b.example.com"]},
        f"{_CERTIFICATE}.names[0]",
        "a.b.example.com and a-b.example.com differ by dots only",
        "remove it",
    ),
    Broken(
        "two files that give one parameter",
        f"{_API}.files",
        {"/etc/app/a.conf": "x", "/etc/app/a-conf": "y"},
        f"{_API}.files./etc/app/a.conf",
        "differs from /etc/app/a-conf by case or punctuation only",
        "rename one",
    ),
]
