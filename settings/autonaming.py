"""Pulumi's own setting of automatic names, by which names in AWS begin with the stack's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from policy.guardrails.reading import ReadingError, parse_json
from settings.model import Fault

__all__ = ["KEY", "autonaming_faults", "stack_name_faults"]

KEY = "pulumi:autonaming"
_STACK = "${stack}-"
_RANDOM = re.compile(r"\$\{(hex|alphanum|string|num)\([1-9][0-9]?\)\}")
_KNOWN = re.compile(rf"{_RANDOM.pattern}|\$\{{(stack|name|project)\}}")
_WRITE = (
    'write {providers: {aws: {pattern: "${stack}-${name}-${hex(7)}", resources: {"aws:lb/loadBalancer:LoadBalancer": '
    '{pattern: "${stack}-lb-${hex(7)}"}, "aws:lb/targetGroup:TargetGroup": {pattern: "${stack}-${name}-${hex(4)}"}}}}}'
)
_STACK_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_TAKEN = ("aws", "ssm", "internal-", "sg-")


def stack_name_faults(stack: str) -> Iterator[Fault]:
    """A stack's name that some names in AWS, which begin with it, could not take.

    Load balancers, topics and key aliases take letters, digits and hyphens only; RDS parameter groups begin with a
    lower-case letter and have no two hyphens in a row; `aws`, `ssm`, `internal-` and `sg-` are AWS's own.
    """
    if not _STACK_NAME.fullmatch(stack) or f"{stack}-".startswith(_TAKEN):
        better = re.sub(r"[^a-z0-9]+", "-", stack.lower()).strip("-")
        fix = (
            f"call it {better}"
            if _STACK_NAME.fullmatch(better) and not f"{better}-".startswith(_TAKEN)
            else "rename it"
        )
        yield Fault(
            f"stack {stack}",
            "a stack's name has lower-case letters, digits and single hyphens, and begins with a letter, but not with "
            f"aws, ssm, internal- or sg-, because names in AWS begin with it; {fix}",
        )


def autonaming_faults(text: str | None) -> Iterator[Fault]:
    """What is wrong with the value of `pulumi:autonaming`, which is JSON text or missing.

    Without the stack in front, an account that holds two stacks shows names that nobody can tell apart. Without a
    random part, Pulumi deletes every resource of the provider before it makes its replacement. The pattern of a type
    with a short limit may leave the stack out.
    """
    if text is None:
        yield Fault(KEY, f"is missing, and names in AWS would not say which stack they belong to; {_WRITE}")
        return
    aws = _at(text, "providers", "aws")
    if not isinstance(aws, dict) or not isinstance(aws.get("pattern"), str):
        yield Fault(KEY, f"has no providers.aws.pattern; {_WRITE}")
        return
    if not aws["pattern"].startswith(_STACK):
        fix = f"write {_STACK}{aws['pattern']}"
        yield Fault(f"{KEY}.providers.aws.pattern", f"is {aws['pattern']}, which does not begin with the stack; {fix}")
    yield from _pattern_faults("providers.aws.pattern", aws["pattern"])
    resources = aws.get("resources")
    entries = resources if isinstance(resources, dict) else {}
    for token, entry in entries.items():
        at = f"providers.aws.resources.{token}"
        pattern = entry.get("pattern") if isinstance(entry, dict) else None
        if isinstance(pattern, str):
            yield from _pattern_faults(f"{at}.pattern", pattern)
        else:
            yield Fault(f"{KEY}.{at}", 'has no pattern; write {pattern: "${name}-${hex(7)}"}')
    for at, entry in {"providers.aws": aws, **{f"providers.aws.resources.{t}": e for t, e in entries.items()}}.items():
        if isinstance(entry, dict) and entry.get("enforce"):
            yield Fault(
                f"{KEY}.{at}.enforce",
                "takes names as they are, so that buckets keep capitals and fifo queues have no .fifo; remove it",
            )


def _pattern_faults(key: str, pattern: str) -> Iterator[Fault]:
    if "${" in _KNOWN.sub("", pattern):
        yield Fault(
            f"{KEY}.{key}",
            f"is {pattern}; the preview knows ${{stack}}, ${{name}}, ${{project}}, ${{hex(n)}}, ${{alphanum(n)}}, "
            "${string(n)} and ${num(n)} only",
        )
    if not _RANDOM.search(pattern):
        yield Fault(
            f"{KEY}.{key}",
            f"is {pattern}, without a random part, so that Pulumi would delete what it replaces before the replacement "
            f"is there; write {pattern}-${{hex(7)}}",
        )


def _at(text: str, *keys: str) -> Any:
    try:
        value = parse_json(text)
    except ReadingError:
        return None
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value
