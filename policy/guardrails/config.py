"""The pack's configuration: levels, parameters and exemptions. An invalid one is refused with one message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from fnmatch import translate
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from .model import Level, Param, Rule
from .reading import ReadingError, parse_json, read_text

LEVELS: tuple[str, ...] = get_args(Level)
COMPANIONS = ("undecided", "exemptions")  # policies that report what is no violation
COMMON_KEYS = ("enforcementLevel", "undecided", "exemptions")
LARGEST = 1024 * 1024  # bytes of a configuration
EXEMPTION_KEYS = ("urn", "reason", "owner", "expires")


class ConfigError(ValueError):
    """The configuration is refused; the message names the policy, the key, the reason and the fix."""


@dataclass(frozen=True, slots=True)
class Exemption:
    """A violation that an owner accepts until a date."""

    urn: str
    reason: str
    owner: str
    expires: date

    def covers(self, urn: str) -> bool:
        return _pattern(self.urn).fullmatch(urn) is not None


@lru_cache(maxsize=1024)
def _pattern(glob: str) -> re.Pattern[str]:
    """The glob as a pattern that never goes back on what a `*` has taken; a bracket is no more than itself."""
    return re.compile(translate(glob.replace("[", "[[]")))


@dataclass(frozen=True, slots=True)
class RuleConfig:
    """The configuration of one rule."""

    level: Level
    undecided: Level
    params: Mapping[str, Any]
    exemptions: tuple[Exemption, ...] = ()


@dataclass(frozen=True, slots=True)
class PackConfig:
    """A checked configuration; rules that it does not name have their defaults.

    `all_undecided`: every undecided finding is mandatory, whatever the configuration of its rule.
    """

    rules: Mapping[str, RuleConfig] = field(default_factory=lambda: MappingProxyType({}))
    all_undecided: bool = False

    def of(self, rule: Rule) -> RuleConfig:
        return self.rules.get(rule.id) or default_config(rule)


def default_config(rule: Rule, level: Level | None = None) -> RuleConfig:
    params = {param.name: param.default for param in rule.params}
    return RuleConfig(level or rule.baseline, "advisory", MappingProxyType(params))


def undecided_level(config: RuleConfig) -> Level:
    """The level of an undecided finding, which is never above that of a violation of the same rule."""
    strict = config.undecided == "mandatory" and config.level in ("mandatory", "remediate")
    return "mandatory" if strict else "advisory"


def closest(name: str, known: Iterable[str]) -> str:
    """` Did you mean "x"?`, or the known names."""
    names = sorted(known)
    matches = get_close_matches(name, names, n=1, cutoff=0.5)
    if matches:
        return f' Did you mean "{matches[0]}"?'
    return f" Known: {', '.join(names)}." if len(names) <= 12 else ""


def parse_rule_config(rule: Rule, raw: Any, base: Level | None = None) -> RuleConfig:
    """The configuration of one rule from JSON; numbers may be floats, as the engine sends them."""
    if isinstance(raw, str):
        raw = {"enforcementLevel": raw}
    where = f'policy "{rule.id}"'
    if not isinstance(raw, Mapping):
        raise ConfigError(f"{where}: expected an object or an enforcement level, found {_kind(raw)}.")
    params = {param.name: param for param in rule.params}
    for key in raw:
        if key not in params and key not in COMMON_KEYS:
            raise ConfigError(f'{where}: unknown key "{key}".{closest(str(key), [*params, *COMMON_KEYS])}')
    values = {
        name: _parameter(where, param, raw[name]) if name in raw else param.default for name, param in params.items()
    }
    return RuleConfig(
        _one_of(where, "enforcementLevel", raw.get("enforcementLevel", base or rule.baseline), LEVELS),
        _one_of(where, "undecided", raw.get("undecided", "advisory"), ("advisory", "mandatory")),
        MappingProxyType(values),
        tuple(_exemptions(where, raw.get("exemptions", []))),
    )


def parse_config(raw: Any, rules: Mapping[str, Rule]) -> PackConfig:
    """A whole policy-pack configuration, in the format of `--policy-pack-config`."""
    if not isinstance(raw, Mapping):
        raise ConfigError(f"expected an object that maps policies to their configuration, found {_kind(raw)}.")
    others = ("all", *COMPANIONS)
    for name in raw:
        if name not in rules and name not in others:
            raise ConfigError(f'unknown policy "{name}".{closest(str(name), [*rules, *others])}')
    levels: dict[str, Level] = {name: _level(name, raw[name]) for name in others if name in raw}
    level = levels.get("all")
    checked = {name: parse_rule_config(rules[name], value, level) for name, value in raw.items() if name in rules}
    if level is not None:
        checked = {name: default_config(rule, level) for name, rule in rules.items()} | checked
    return PackConfig(MappingProxyType(checked), levels.get("undecided") == "mandatory")


def _level(name: str, raw: Any) -> Level:
    """The level of a policy that has no other configuration."""
    where = f'policy "{name}"'
    value = raw
    if isinstance(raw, Mapping):
        for key in raw:
            if key != "enforcementLevel":
                raise ConfigError(f'{where}: unknown key "{key}".{closest(str(key), ["enforcementLevel"])}')
        value = raw.get("enforcementLevel")
    return _one_of(where, "enforcementLevel", value, LEVELS)


def read_json(path: Path) -> Any:
    """The JSON document in a file; raises a ConfigError that names the file."""
    try:
        return parse_json(read_text(path, most=LARGEST))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}).") from None
    except ReadingError as error:
        raise ConfigError(f"{path}{':' if error.place else ''}{error.place}: {error}.") from None


def _exemptions(where: str, raw: Any) -> Iterable[Exemption]:
    if not isinstance(raw, list):
        raise ConfigError(f'{where}: "exemptions" must be a list, found {_kind(raw)}.')
    for index, item in enumerate(raw):
        place = f"{where}: exemptions[{index}]"
        if not isinstance(item, Mapping):
            raise ConfigError(f"{place} must be an object with {', '.join(EXEMPTION_KEYS)}, found {_kind(item)}.")
        for key in item:
            if key not in EXEMPTION_KEYS:
                raise ConfigError(f'{place}: unknown key "{key}".{closest(str(key), EXEMPTION_KEYS)}')
        for key in EXEMPTION_KEYS:
            if not isinstance(item.get(key), str) or not item[key].strip():
                raise ConfigError(f'{place}: "{key}" is missing or empty: write a string.')
        yield Exemption(item["urn"], item["reason"], item["owner"], _date(place, item["expires"]))


def _date(place: str, text: str) -> date:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise ConfigError(f'{place}: "expires" is not a date: write YYYY-MM-DD.')


def check_expiry(where: str, exemptions: Iterable[Exemption], today: date) -> None:
    """Refuses an exemption that ends more than twelve months from today."""
    try:
        limit = today.replace(year=today.year + 1)
    except ValueError:  # the 29th of February
        limit = today.replace(year=today.year + 1, day=28)
    for index, exemption in enumerate(exemptions):
        if exemption.expires > limit:
            raise ConfigError(
                f'policy "{where}": exemptions[{index}]: "expires" {exemption.expires} is more than '
                f"12 months ahead: choose {limit} or earlier."
            )


def _one_of(where: str, key: str, value: Any, allowed: Iterable[str]) -> Any:
    names = tuple(allowed)
    if value not in names:
        actual = f'"{value}"' if isinstance(value, str) else _kind(value)
        raise ConfigError(f'{where}: "{key}" must be one of {", ".join(names)}, found {actual}.')
    return value


_KINDS = {
    "integer": "a whole number",
    "boolean": "true or false",
    "strings": "a list of strings",
    "integers": "a list of whole numbers",
}


def _parameter(where: str, param: Param, value: Any) -> Any:
    checked = _coerce(param.kind, value)
    if checked is None:
        raise ConfigError(f'{where}: "{param.name}" must be {_KINDS[param.kind]}, found {_kind(value)}.')
    return checked


def _coerce(kind: str, value: Any) -> Any:
    match kind:
        case "boolean":
            return value if isinstance(value, bool) else None
        case "integer":
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            return int(value) if number and float(value).is_integer() else None
        case "string":
            return value if isinstance(value, str) else None
    if not isinstance(value, (list, tuple)):
        return None
    items = tuple(_coerce(kind.removesuffix("s"), item) for item in value)
    return None if None in items else items


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    names = {
        bool: "a boolean",
        int: "a number",
        float: "a number",
        str: "a string",
        list: "a list",
        dict: "an object",
    }
    return names.get(type(value), "something else")
