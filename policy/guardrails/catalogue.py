"""What is generated from the rules: the profiles, the configurations of the stacks and the tables in the README."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from .model import Level, Rule
from .rules import RULES

PACK = Path(__file__).resolve().parent.parent
PROFILES: Mapping[str, str] = {
    "baseline": "for every stack, also one without a domain",
    "strict": "for production: adds HTTPS, backups and deletion protection",
    "require-cmk": "strict, and a customer-managed KMS key for all stored data",
    "cis": "the controls of the CIS AWS Foundations Benchmark v5.0 only",
    "fsbp": "the controls of AWS Foundational Security Best Practices only",
}
CONFIGS: Mapping[str, str] = {"dev": "baseline", "prod": "strict"}
END = "<!-- end of generated -->"


def level(rule: Rule, profile: str) -> Level:
    """The enforcement level of a rule in a profile."""
    match profile:
        case "baseline":
            return rule.baseline
        case "strict":
            return rule.strict
        case "require-cmk":
            return "mandatory" if rule.customer_keys else rule.strict
        case _:
            listed = any(control.startswith(profile.upper()) for control in rule.controls)
            return "mandatory" if listed else "disabled"


def profile_document(profile: str) -> dict[str, Any]:
    """A complete policy-pack configuration: every rule with its level and parameters."""
    return {rule.id: {"enforcementLevel": level(rule, profile), **_params(rule, profile)} for rule in RULES}


def _params(rule: Rule, profile: str) -> dict[str, Any]:
    values = {param.name: param.profiles.get(profile, param.default) for param in rule.params}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def table() -> str:
    """The rules as Markdown, with one table per area."""
    lines: list[str] = []
    area = ""
    for rule in RULES:
        if rule.area != area:
            area = rule.area
            lines += ["", f"### {area[0].upper()}{area[1:]}", ""]
            lines += ["| rule | severity | baseline | strict | controls | types |", "|" + "---|" * 6]
        lines.append(
            f"| **`{rule.id}`** {rule.title}. *Fix:* {rule.fix}{_parameters(rule)} "
            f"| {rule.severity} | {rule.baseline} | {rule.strict} "
            f"| {', '.join(rule.controls) or 'none'} | {_types(rule.types)} |"
        )
    return "\n".join([f"{len(RULES)} rules.", *lines])


def _parameters(rule: Rule) -> str:
    params = [f"`{param.name}` ({param.doc})" for param in rule.params]
    listed = f" *Parameters:* {'; '.join(params)}." if params else ""
    return listed + (" *Can remediate.*" if rule.remediate else "")


def _types(types: Iterable[str]) -> str:
    names = [f"`{name}`" for name in types]
    return ", ".join(names) if len(names) <= 8 else f"{', '.join(names[:6])} and {len(names) - 6} more"


def generated() -> dict[Path, Callable[[], str]]:
    """Every generated file of the pack, and the function that gives its text."""
    readme = PACK / "README.md"
    return {
        **{PACK / "profiles" / f"{name}.json": partial(_profile_text, name) for name in PROFILES},
        **{PACK / "config" / f"{stack}.json": partial(_config_text, stack) for stack in CONFIGS},
        readme: lambda: with_table(readme.read_text(encoding="utf-8"), "rules", table()),
    }


def with_table(page: str, name: str, table: str) -> str:
    """The page with what stands between the markers of `name` replaced by the table."""
    begin = f"<!-- generated: {name} -->"
    head, found, rest = page.partition(f"{begin}\n")
    _, closed, tail = rest.partition(END)
    if not found or not closed:
        raise ValueError(f"a page has no lines {begin} and {END}")
    return f"{head}{begin}\n{table}\n{END}{tail}"


def _profile_text(profile: str) -> str:
    return _json(profile_document(profile))


def _config_text(stack: str) -> str:
    return _json(_with_exemptions(profile_document(CONFIGS[stack]), PACK / "config" / f"{stack}.json"))


def _with_exemptions(document: dict[str, Any], target: Path) -> dict[str, Any]:
    """A stack's configuration: its profile, with the `undecided` levels and exemptions that its file has already."""
    existing = json.loads(target.read_text(encoding="utf-8")) if target.exists() else {}
    for name, values in document.items():
        previous = existing.get(name)
        if isinstance(previous, dict):
            values.update({key: previous[key] for key in ("undecided", "exemptions") if key in previous})
    return document


def _json(document: Any) -> str:
    return json.dumps(document, indent=2) + "\n"
