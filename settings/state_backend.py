"""Settings of the project that makes the S3 backend of the stacks' state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import pulumi
from pulumi.runtime import config as runtime_config
from pydantic import Field, ValidationError

from policy.guardrails.reading import ReadingError, parse_json
from settings.faults import describe
from settings.form import matches
from settings.ids import AccountId
from settings.loader import SettingsError
from settings.model import Fault, Model
from settings.regions import Region

__all__ = ["StateBackend", "load", "parse"]

StateBucketName = Annotated[
    str,
    matches(
        r"(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]{1,61}[a-z0-9](?<!-s3alias)(?<!--ol-s3)(?<!--x-s3)(?<!--table-s3)",
        "is not a bucket name; use 3 to 63 lower-case letters, digits and hyphens, no dots, such as acme-pulumi-state",
    ),
]


class StateBackend(Model):
    """What the stack file of the state backend may say; `region` and the accounts come from `aws:`."""

    region: Region
    """the region of bucket and key, such as us-east-1"""
    allowed_account_ids: tuple[AccountId, ...] = ()
    """Accounts that the backend may be made in, from `aws:allowedAccountIds`."""
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
    values: dict[str, Any] = {
        key.partition(":")[2]: text for key, text in config.items() if key.partition(":")[0] == project
    }
    if "aws:region" in config:
        values["region"] = config["aws:region"]
    if "aws:allowedAccountIds" in config:
        try:
            values["allowed_account_ids"] = parse_json(config["aws:allowedAccountIds"])
        except ReadingError:
            raise SettingsError(
                [Fault("aws:allowedAccountIds", 'is not a list of accounts; write ["123456789012"], in quotes')]
            ) from None
    try:
        return StateBackend.model_validate(values)
    except ValidationError as error:
        raise SettingsError(
            [Fault(_full_key(fault.key, project), fault.reason) for fault in describe(error, StateBackend, "")]
        ) from None


def _full_key(key: str, project: str) -> str:
    if key == "region":
        return "aws:region"
    if key.startswith("allowed_account_ids"):
        return key.replace("allowed_account_ids", "aws:allowedAccountIds")
    return f"{project}:{key}"
