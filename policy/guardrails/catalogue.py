"""Generates files from the rules: the profiles, the configurations of the stacks and the tables in the README."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
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
BEGIN, END = "<!-- generated: rules -->", "<!-- end of generated -->"


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


def generated() -> dict[Path, str]:
    """Path and text of every generated file."""
    files = {PACK / "profiles" / f"{name}.json": _json(profile_document(name)) for name in PROFILES}
    for stack, profile in CONFIGS.items():
        target = PACK / "config" / f"{stack}.json"
        files[target] = _json(_with_exemptions(profile_document(profile), target))
    readme = PACK / "README.md"
    text = readme.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    files[readme] = f"{head}{BEGIN}\n{table()}\n{END}{tail}"
    return files


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


def main() -> None:
    for path, text in generated().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
