"""Loads the settings from the stack's configuration, as the Pulumi runtime has it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cache
from typing import Any

import pulumi
from pulumi.runtime import config as runtime_config
from pydantic import TypeAdapter, ValidationError

from policy.guardrails.reading import ReadingError, parse_json
from policy.guardrails.secret_detection import masked_secrets
from settings import rules
from settings.autonaming import KEY as AUTONAMING
from settings.autonaming import autonaming_faults, stack_name_faults
from settings.clear_text import text_faults
from settings.config_keys import config_keys
from settings.faults import describe, nearest, unknown_key
from settings.model import Fault
from settings.stack import AREAS, Settings

__all__ = ["SettingsError", "load", "parse"]

_SCALARS = ("environment", "protect")


class SettingsError(pulumi.RunError):
    """Every fault of a stack's settings, one a line; Pulumi shows it without a traceback."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(_printable(masked_secrets(f"{key}: {reason}")) for key, reason in faults))


def _printable(line: str) -> str:
    """The line, whatever a key in it holds: no line break, no control character."""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in line)


def load() -> Settings:
    """The settings of the stack that runs.

    Errors: SettingsError with all faults.
    """
    project = pulumi.get_project()
    config = {**runtime_config.get_config_env(), **runtime_config.CONFIG.get()}
    hidden = [area for area in AREAS if runtime_config.is_config_secret(f"{project}:{area}")]
    if hidden:
        reason = (
            "holds a `secure:` value, but settings name secrets and never hold them; keep it under a key of another "
            "namespace, and name that in data.secrets.<name>.from_config"
        )
        raise SettingsError([Fault(f"{project}:{area}", reason) for area in hidden])
    faults = [*stack_name_faults(pulumi.get_stack()), *autonaming_faults(config.get(AUTONAMING))]
    try:
        loaded = parse(config, project, pulumi.get_stack())
    except SettingsError as error:
        raise SettingsError([*faults, *error.faults]) from None
    faults += _in_the_clear(loaded, project)
    if faults:
        raise SettingsError(faults)
    return loaded


def parse(config: Mapping[str, str], project: str, stack: str) -> Settings:
    """The settings of `stack` in `config`, a map of `namespace:key` to text or JSON text.

    Errors: SettingsError with all faults; checks between areas run where those areas are valid.
    """
    faults: list[Fault] = []
    values: dict[str, Any] = {"stack": stack, **_aws(config, faults)}
    for full, text in sorted(config.items()):
        namespace, _, key = full.partition(":")
        if namespace != project:
            if key in AREAS and nearest(namespace, [project]):
                faults.append(Fault(full, f"is not of this project; did you mean {project}:{key}?"))
                values.setdefault(key, _BROKEN)
            continue
        if key not in AREAS:
            faults.append(Fault(full, unknown_key(key, AREAS)))
        else:
            values[key] = _value(full, key, text, faults)
    broken = {key for key, value in values.items() if value is _BROKEN}
    try:
        settings = Settings.model_validate({k: v for k, v in values.items() if v is not _BROKEN})
    except ValidationError as error:
        invalid = [fault for fault in describe(error, Settings, "") if _area(fault.key) not in broken]
        faults += [Fault(_full_key(fault.key, project), fault.reason) for fault in invalid]
        broken |= {_area(fault.key) for fault in invalid}
        settings = Settings.model_construct(**_sound_areas(values, broken))
    faults += [Fault(_full_key(fault.key, project), fault.reason) for fault in rules.check(settings, broken)]
    faults += _missing_config(settings, config, project, broken)
    keys = {fault.key for fault in faults}
    for area, value in values.items():
        faults += [fault for fault in text_faults(value, _full_key(area, project)) if fault.key not in keys]
    if faults:
        raise SettingsError(faults)
    return settings


_BROKEN = object()


def _missing_config(settings: Settings, config: Mapping[str, str], project: str, broken: Set[str]) -> list[Fault]:
    return [
        Fault(
            f"{project}:{path}",
            f"{key} is not set; run `pulumi config set --secret {key}`, or for an offline preview write "
            f"`{key}: {{secure: later}}` below config",
        )
        for path, key in config_keys(settings, broken)
        if key not in config
    ]


def _in_the_clear(settings: Settings, project: str) -> list[Fault]:
    """Keys of Pulumi's configuration that hold a secret, and are not encrypted."""
    return [
        Fault(
            f"{project}:{path}",
            f"{key} holds a secret in the clear; run `pulumi config set --secret {key}`, and give it a new value, "
            "since the old one was readable",
        )
        for path, key in config_keys(settings)
        if not runtime_config.is_config_secret(key)
    ]


def _aws(config: Mapping[str, str], faults: list[Fault]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if "aws:region" in config:
        values["region"] = config["aws:region"]
    accounts = config.get("aws:allowedAccountIds")
    if accounts is not None:
        try:
            values["allowed_account_ids"] = parse_json(accounts)
        except ReadingError:
            values["allowed_account_ids"] = _BROKEN
            faults.append(
                Fault("aws:allowedAccountIds", 'is not a list of accounts; write ["123456789012"], in quotes')
            )
    return values


def _value(full: str, key: str, text: str, faults: list[Fault]) -> Any:
    if key in _SCALARS:
        return text
    try:
        return parse_json(text)
    except ReadingError:
        reason = (
            "is not a mapping; write `key: value` lines below it"
            if text
            else "is empty; write lines below it, or remove it"
        )
        faults.append(Fault(full, reason))
        return _BROKEN


def _area(key: str) -> str:
    return key.replace("[", ".").partition(".")[0]


@cache
def _adapter(area: str) -> TypeAdapter[Any]:
    return TypeAdapter(Settings.model_fields[area].rebuild_annotation())


def _sound_areas(values: Mapping[str, Any], broken: set[str]) -> dict[str, Any]:
    """The areas that validate by themselves, as models; the broken ones are left out."""
    sound: dict[str, Any] = {}
    for name, field in Settings.model_fields.items():
        if name in broken:
            continue
        if name in values:
            sound[name] = _adapter(name).validate_python(values[name])
        elif not field.is_required():
            sound[name] = field.get_default(call_default_factory=True)
    return sound


def _full_key(key: str, project: str) -> str:
    area = _area(key)
    if area == "region":
        return "aws:region"
    if area == "allowed_account_ids":
        return key.replace("allowed_account_ids", "aws:allowedAccountIds")
    return f"{project}:{key}"
