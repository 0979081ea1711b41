"""What a person probably meant by a text in the wrong form; each suggestion counts only where it has the right one."""

from __future__ import annotations

import re

__all__ = [
    "absolute",
    "cache_node",
    "database_class",
    "digits",
    "directory",
    "env_name",
    "first_label",
    "host",
    "https",
    "repository",
    "short_service",
    "slug",
    "time_of_day",
]

_LONGEST_NAME = 18


def slug(text: str) -> str:
    """`API_1` -> `api-1`."""
    words = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return words if len(words) <= _LONGEST_NAME else ""


def env_name(text: str) -> str:
    """`my-var` -> `my_var`."""
    return re.sub(r"[^A-Za-z0-9_]", "_", text.strip())


def first_label(text: str) -> str:
    """`Engine.internal` -> `engine`."""
    return text.lower().partition(".")[0].replace("_", "-")


def host(text: str) -> str:
    """`https://WWW.example.com/` -> `www.example.com`."""
    return re.sub(r"^[a-z]+://", "", text.strip().lower()).partition("/")[0].partition(":")[0].rstrip(".")


def https(text: str) -> str:
    """`http://id.example.com?x=1` -> `https://id.example.com`."""
    return "https://" + re.sub(r"^[a-z]+://", "", text.strip()).partition("?")[0].partition("#")[0]


def short_service(text: str) -> str:
    """`com.amazonaws.us-east-1.bedrock-runtime` -> `bedrock-runtime`."""
    return re.sub(r"^(com\.amazonaws|aws)\.([a-z]{2}(-[a-z]+)+-\d\.)?", "", text.strip().lower())


def database_class(text: str) -> str:
    """`t4g.micro` -> `db.t4g.micro`."""
    return f"db.{text.strip().lower().removeprefix('cache.')}"


def cache_node(text: str) -> str:
    """`t4g.micro` -> `cache.t4g.micro`."""
    return f"cache.{text.strip().lower().removeprefix('db.')}"


def absolute(text: str) -> str:
    """`health` -> `/health`."""
    return f"/{text.strip().lstrip('/')}"


def directory(text: str) -> str:
    """`tmp/` -> `/tmp`."""
    return f"/{text.strip().strip('/')}"


def time_of_day(text: str) -> str:
    """`3:30` -> `03:30`, `3pm` -> `15:00`."""
    match = re.fullmatch(r"(\d{1,2})(?:[:.](\d\d))?(?::\d\d)? ?(am|pm)?(?: ?utc|z)?", text.strip().lower())
    if match is None:
        return ""
    hour = int(match[1]) % 12 + (12 if match[3] == "pm" else 0) if match[3] else int(match[1])
    return f"{hour:02}:{match[2] or '00'}"


def digits(text: str) -> str:
    """`1234-5678-9012` -> `123456789012`."""
    return re.sub(r"[\s-]", "", text)


def repository(text: str) -> str:
    """`https://….amazonaws.com/name:1` -> `….amazonaws.com/name`."""
    return re.sub(r"(@sha256:\w+|:[\w.-]+)$", "", text.strip().removeprefix("https://"))
