"""Settings of the project that makes the S3 backend of the stacks' state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

import pulumi
from pulumi.runtime import config as runtime_config
from pydantic import Field, ValidationError

from settings.aws_config import AwsConfig, aws_key, aws_values
from settings.faults import describe
from settings.form import matches
from settings.loader import SettingsError
from settings.model import Fault

__all__ = ["StateBackend", "load", "parse"]

StateBucketName = Annotated[
    str,
    matches(
        r"(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]{1,61}[a-z0-9](?<!-s3alias)(?<!--ol-s3)(?<!--x-s3)(?<!--table-s3)",
        "is not a bucket name; use 3 to 63 lower-case letters, digits and hyphens, no dots, such as acme-pulumi-state",
    ),
]


class StateBackend(AwsConfig):
    """What the stack file of the state backend may say; region and account come from `aws:`."""

    bucket: StateBucketName
    """The bucket's name, unique in all of AWS; the key's alias has it, too."""
    noncurrent_days: Annotated[int, Field(ge=7, le=3650)] = 90
    """Days that earlier versions of a stack's state are kept."""
    protect: bool = True
    """Refuse to delete bucket, versions and key. Set it to false and run `make state-backend` before a `destroy`."""


def load() -> StateBackend:
    """The settings of the stack that runs.

    Errors: SettingsError with all faults.
    """
    config = {**runtime_config.get_config_env(), **runtime_config.CONFIG.get()}
    return parse(config, pulumi.get_project())


def parse(config: Mapping[str, str], project: str) -> StateBackend:
    """The settings in `config`, a map of `namespace:key` to text.

    Errors: SettingsError with all faults.
    """
    faults: list[Fault] = []
    values: dict[str, Any] = {
        key.partition(":")[2]: text for key, text in config.items() if key.partition(":")[0] == project
    }
    values |= aws_values(config, project, faults)
    try:
        backend = StateBackend.model_validate(values)
    except ValidationError as error:
        invalid = describe(error, StateBackend, "")
        faults += [replace(fault, key=aws_key(fault.key) or f"{project}:{fault.key}") for fault in invalid]
        raise SettingsError(faults) from None
    if faults:
        raise SettingsError(faults)
    return backend
