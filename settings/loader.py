"""Loads the settings from the stack's configuration, as the Pulumi runtime has it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache
from typing import Any

import pulumi
from pulumi.runtime import config as runtime_config
from pydantic import TypeAdapter, ValidationError

from policy.guardrails.reading import ReadingError, parse_json
from settings import rules
from settings.autonaming import KEY as AUTONAMING
from settings.autonaming import autonaming_faults, stack_name_faults
from settings.aws_config import aws_key, aws_values
from settings.clear_text import text_faults
from settings.config_keys import config_keys
from settings.fault_lines import fault_lines
from settings.faults import describe
from settings.model import REMOVE, Fault, Rename
from settings.names import nearest, unknown_key, unknown_key_correction
from settings.repairs import Repairs
from settings.stack import AREAS, Settings

__all__ = ["SettingsError", "checked", "load", "parse"]

_SCALARS = ("environment", "protect")


class SettingsError(pulumi.RunError):
    """Every fault of a stack's settings, one a line; Pulumi shows it without a traceback."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(fault_lines(self.faults)))


def load() -> Settings:
    """The settings of the stack that runs.

    Errors: SettingsError with all faults.
    """
    project = pulumi.get_project()
    config = {**runtime_config.get_config_env(), **runtime_config.CONFIG.get()}
    secret_keys = [key for key in config if runtime_config.is_config_secret(key)]
    return checked(config, project, pulumi.get_stack(), secret_keys=secret_keys)


def checked(config: Mapping[str, str], project: str, stack: str, *, secret_keys: Collection[str] = ()) -> Settings:
    """The settings of `stack` in `config`, whose names in AWS are checked, too, and that no value is encrypted.

    Errors: SettingsError with all faults.
    """
    hidden = [area for area in AREAS if f"{project}:{area}" in secret_keys]
    if hidden:
        reason = (
            "holds a `secure:` value, but settings name secrets and never hold them; keep it under a key of another "
            "namespace, and name that in data.secrets.<name>.from_config"
        )
        raise SettingsError([Fault(f"{project}:{area}", reason) for area in hidden])
    faults = [*stack_name_faults(stack), *autonaming_faults(config.get(AUTONAMING))]
    try:
        loaded = parse(config, project, stack)
    except SettingsError as error:
        raise SettingsError([*faults, *error.faults]) from None
    faults += _in_the_clear(loaded, project, secret_keys)
    if faults:
        raise SettingsError(faults)
    return loaded


def parse(config: Mapping[str, str], project: str, stack: str) -> Settings:
    """The settings of `stack` in `config`, a map of `namespace:key` to text or JSON text.

    Errors: SettingsError with all faults. Checks between areas run where those areas are valid, or would be with the
    corrections that their faults name.
    """
    top: list[Fault] = []
    names: dict[str, str] = {}
    others = tuple(sorted(key for key in config if key.partition(":")[0] not in (project, "aws", "pulumi")))
    values = {
        "stack": stack,
        "other_keys": others,
        **aws_values(config, project, top),
        **_areas(config, project, top, names),
    }
    settings, faults = _validated(values, config)
    if faults:
        repairs = Repairs({key: value for key, value in values.items() if value is not _BROKEN}, faults)
        again = {key: _BROKEN if value is _BROKEN else repairs.values.get(key, _GONE) for key, value in values.items()}
        known = set(faults)
        further = repairs.further(_validated({k: v for k, v in again.items() if v is not _GONE}, config)[1])
        faults += [fault for fault in further if fault not in known]
    if top or faults:
        raise SettingsError([*top, *(replace(fault, key=_full_key(fault.key, project, names)) for fault in faults)])
    return settings


def _validated(values: Mapping[str, Any], config: Mapping[str, str]) -> tuple[Settings, list[Fault]]:
    """The settings of the areas that are valid, and all faults; an area that is missing or _BROKEN is left out."""
    faults: list[Fault] = []
    broken = {key for key, value in values.items() if value is _BROKEN}
    try:
        settings = Settings.model_validate({k: v for k, v in values.items() if v is not _BROKEN})
    except ValidationError as error:
        faults = [fault for fault in describe(error, Settings, "") if _area(fault.key) not in broken]
        broken |= {_area(fault.key) for fault in faults}
        settings = Settings.model_construct(**_sound_areas(values, broken))
    faults += rules.check(settings, broken)
    faults += _missing_config(settings, config, broken)
    keys = {fault.key for fault in faults}
    for area, value in values.items():
        faults += [fault for fault in text_faults(value, area) if fault.key not in keys]
    return settings, faults


def _areas(config: Mapping[str, str], project: str, faults: list[Fault], names: dict[str, str]) -> dict[str, Any]:
    """The values by area. A misspelt one counts as what it means; `names` has the key that it has in the file."""
    values: dict[str, Any] = {}
    for full, text in sorted(config.items()):
        namespace, _, key = full.partition(":")
        if namespace != project:
            if key not in AREAS or not nearest(namespace, [project]):
                continue
            meant = key
            faults.append(Fault(full, f"is not of this project; did you mean {project}:{key}?", Rename(key)))
        elif key not in AREAS:
            correction = unknown_key_correction(key, AREAS)
            meant = correction.name if isinstance(correction, Rename) else ""
            if f"{project}:{meant}" in config:
                reason = f"unknown key, and {meant} is set, too; remove it, or move what it says there"
                faults.append(Fault(full, reason, REMOVE))
                continue
            faults.append(Fault(full, unknown_key(key, AREAS), correction))
            if not meant:
                continue
        else:
            meant = key
        if namespace != project and f"{project}:{meant}" in config:
            continue
        if full != f"{project}:{meant}":
            names[meant] = full
        values[meant] = _value(full, meant, text, faults)
    return values


_BROKEN, _GONE = object(), object()


def _missing_config(settings: Settings, config: Mapping[str, str], broken: Set[str]) -> list[Fault]:
    return [
        Fault(
            path,
            f"{key} is not set; run `pulumi config set --secret {key}`, or for an offline preview write "
            f"`{key}: {{secure: later}}` below config",
        )
        for path, key in config_keys(settings, broken)
        if key not in config
    ]


def _in_the_clear(settings: Settings, project: str, secret_keys: Collection[str]) -> list[Fault]:
    """Keys of Pulumi's configuration that hold a secret, and are not encrypted."""
    return [
        Fault(
            f"{project}:{path}",
            f"{key} holds a secret in the clear; run `pulumi config set --secret {key}`, and give it a new value, "
            "since the old one was readable",
        )
        for path, key in config_keys(settings)
        if key not in secret_keys
    ]


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


def _full_key(key: str, project: str, names: Mapping[str, str]) -> str:
    area = _area(key)
    return aws_key(key) or names.get(area, f"{project}:{area}") + key[len(area) :]
