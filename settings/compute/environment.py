"""Checks of a container's environment: no secret in plain text, and nothing that the stack's databases refuse."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from settings.clear_text import looks_like_value, secret_variable
from settings.model import Fault

__all__ = ["build_argument_faults", "environment_faults", "local_side_faults", "secret_faults"]

_REFERENCE = re.compile(r"[A-Za-z][A-Za-z0-9_/-]{0,63}(:[A-Za-z0-9_.-]+)?")
_NO_TLS = re.compile(r"[?&]ssl(mode)?=(disable|allow|prefer)\b")


def environment_faults(
    environment: Mapping[str, str], secrets: Mapping[str, str], not_secrets: Collection[str]
) -> Iterator[Fault]:
    """Plain variables that look like secrets, or are also in `secrets`."""
    for name, value in environment.items():
        if (insist := secret_variable(name, value, not_secrets)) is not None:
            yield Fault(
                f"environment.{name}",
                "looks like a secret in plain text (its value is not shown); "
                f"write it under secrets: {{{name}: some-secret-name}}{insist}",
            )
        elif name in secrets:
            yield Fault(f"environment.{name}", "is also in secrets; keep one of them")


def build_argument_faults(arguments: Mapping[str, str], not_secrets: Collection[str]) -> Iterator[Fault]:
    """Build arguments that look like secrets: the image's history keeps them."""
    for name, value in arguments.items():
        if (insist := secret_variable(name, value, not_secrets)) is not None:
            yield Fault(
                f"build.args.{name}",
                "looks like a secret in plain text (its value is not shown), which whoever pulls the image can read; "
                "build with a secret mount in CI, push the image, and write tag instead of build"
                f"{insist}",
            )


def secret_faults(secrets: Mapping[str, str]) -> Iterator[Fault]:
    """References that are no names of secrets, and may be the secrets themselves."""
    for env, ref in secrets.items():
        if not _REFERENCE.fullmatch(ref) or looks_like_value(ref):
            yield Fault(
                f"secrets.{env}",
                "is not the name of a secret (its value is not shown); write secret-name "
                "or secret-name:json-key, and set the value in AWS (docs/deploying.md)",
            )


def local_side_faults(environment: Mapping[str, str]) -> Iterator[Fault]:
    """Values for a developer's machine, where the database has no TLS."""
    for name, value in environment.items():
        if name == "PRODUCTION" and value.lower() in ("false", "no", "off", "0"):
            yield Fault(
                "environment.PRODUCTION",
                f"is {value!r}, the local side, which connects without TLS, and the stack's database refuses that "
                '(rds.force_ssl); write "true"',
            )
        if _NO_TLS.search(value):
            yield Fault(
                f"environment.{name}",
                "connects to a database without TLS, which the stack's databases refuse (rds.force_ssl); "
                "remove it and let connects_to write the URL",
            )
