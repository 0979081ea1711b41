"""Broken stack files: commands in a form that no container can run."""

from __future__ import annotations

from tests.settings.broken import CANARY, Broken

__all__ = ["BROKEN"]

_API = "compute.services.api"


def _command(name: str, key: str, value: list[str], said: tuple[str, str, str]) -> Broken:
    at, reason, fix = said
    return Broken(name, f"{_API}.{key}", value, f"{_API}.{at}", reason, fix)


BROKEN = [
    _command(
        "a health check for a shell in pieces",
        "health_command",
        ["CMD-SHELL", "curl", "-f", "http://localhost/"],
        ("health_command", "has 3 texts for one shell", 'write [CMD-SHELL, "curl -f http://localhost/"]'),
    ),
    _command(
        "a health check in small letters",
        "health_command",
        ["cmd-shell", "exit 0"],
        ("health_command[0]", "is 'cmd-shell', and ECS takes capitals only", "write CMD-SHELL"),
    ),
    _command(
        "a health check of nothing", "health_command", ["CMD"], ("health_command", "is CMD alone", "write the command")
    ),
    _command(
        "a health check that is none",
        "health_command",
        ["NONE"],
        ("health_command", "begins with NONE, which ECS does not take", "remove it"),
    ),
    _command(
        "a health check in one text",
        "health_command",
        ["curl -f http://localhost/"],
        (
            "health_command",
            "no program has the name 'curl -f http://localhost/'",
            "write [curl, -f, http://localhost/]",
        ),
    ),
    _command(
        "a health check in one text with words of a shell",
        "health_command",
        ["CMD", "curl -f x || exit 1"],
        ("health_command", "no program has the name 'curl -f x || exit 1'", 'write [CMD-SHELL, "curl -f x || exit 1"]'),
    ),
    _command(
        "a command in a health check's words",
        "command",
        ["CMD", "serve"],
        ("command[0]", "is CMD, which only a health check begins with", "remove it"),
    ),
    _command(
        "an entry point in a health check's words",
        "entrypoint",
        ["CMD-SHELL", "serve"],
        ("entrypoint[0]", "is CMD-SHELL, which only a health check begins with", "remove it"),
    ),
    _command(
        "an entry point in one text",
        "entrypoint",
        ["python -m app"],
        ("entrypoint", "no program has the name 'python -m app'", "write [python, -m, app]"),
    ),
    _command(
        "an entry point in one text with words of a shell",
        "entrypoint",
        ["python -m app $PORT"],
        ("entrypoint", "no program has the name 'python -m app $PORT'", 'write [sh, -c, "python -m app $PORT"]'),
    ),
    _command(
        "a secret in a health check's one text",
        "health_command",
        [f"check --password={CANARY} -q"],
        ("health_command[0]", "looks like a secret in the clear", "write it under secrets"),
    ),
]
