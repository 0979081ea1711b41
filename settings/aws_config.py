"""What the AWS provider gets from `aws:` keys: the region, the account, and the credentials for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field

from policy.guardrails.reading import ReadingError, parse_json
from settings.form import matches
from settings.ids import AccountId, RoleArn
from settings.model import Fault, Model
from settings.names import unknown_key, unknown_key_correction
from settings.regions import Region

__all__ = ["AssumeRole", "AwsConfig", "aws_key", "aws_values"]

ProfileName = Annotated[
    str,
    matches(r"[^\s\[\]]+(?: [^\s\[\]]+)*", "is not the name of a profile of the AWS CLI; write one like acme-dev"),
]
SessionName = Annotated[
    str,
    matches(r"[\w+=,.@-]{2,64}", "is not a session name; use 2 to 64 letters, digits and the characters _ + = , . @ -"),
]
Duration = Annotated[
    str, matches(r"(\d+h)?(\d+m)?(\d+s)?(?<=[hms])", "is not a duration; write one like 1h or 30m, 15m at least")
]


class AssumeRole(Model):
    """A role that the provider assumes."""

    role_arn: RoleArn
    """Its ARN."""
    session_name: SessionName | None = None
    """The name by which CloudTrail shows the session."""
    external_id: Annotated[str, Field(min_length=2, max_length=1224)] | None = None
    """The external id that the role's trust policy asks for."""
    duration: Duration | None = None
    """How long the session lasts, 15m to 12h; by default an hour."""


class AwsConfig(Model):
    """The part of a stack's settings that comes from `aws:`; the provider gets all of it."""

    region: Region
    """the region of the stack, such as us-east-1"""
    allowed_account_ids: tuple[AccountId, ...] = ()
    """The only accounts that the stack may be deployed to."""
    forbidden_account_ids: tuple[AccountId, ...] = ()
    """Accounts that the stack may not be deployed to."""
    profile: ProfileName | None = None
    """The profile of the AWS CLI whose credentials the provider uses; it is kept in the state."""
    assume_roles: tuple[AssumeRole, ...] = ()
    """Roles that the provider assumes one after the other, the last being that of the stack."""


_FIELDS = {
    "aws:region": "region",
    "aws:profile": "profile",
    "aws:allowedAccountIds": "allowed_account_ids",
    "aws:forbiddenAccountIds": "forbidden_account_ids",
    "aws:assumeRoles": "assume_roles",
}
_LISTS = {
    "aws:allowedAccountIds": 'is not a list of accounts; write ["123456789012"], in quotes',
    "aws:forbiddenAccountIds": 'is not a list of accounts; write ["123456789012"], in quotes',
    "aws:assumeRoles": "is not a list of roles; write [{roleArn: …}]",
}
_ROLE_KEYS = {
    "roleArn": "role_arn",
    "sessionName": "session_name",
    "externalId": "external_id",
    "duration": "duration",
}
_NOT_TAKEN = {
    "aws:defaultTags": "would have no effect: the provider has tags of its own; write them under {project}:tags",
    "aws:assumeRole": "is the form of an earlier provider; write aws:assumeRoles: [{{roleArn: …}}]",
    **dict.fromkeys(
        ("aws:accessKey", "aws:secretKey", "aws:token"),
        "would have no effect, and credentials do not belong into a stack file; remove it, and set AWS_PROFILE or log "
        "in with `aws sso login`",
    ),
}


def aws_values(config: Mapping[str, str], project: str, faults: list[Fault]) -> dict[str, Any]:
    """The fields of AwsConfig in `config`, as plain data; a key that the provider does not get is one of `faults`."""
    values: dict[str, Any] = {}
    for key, text in sorted(config.items()):
        if not key.startswith("aws:"):
            continue
        if key not in _FIELDS:
            faults.append(Fault(key, _not_taken(key, project)))
        elif key in _LISTS:
            values[_FIELDS[key]] = _list(key, text, faults)
        else:
            values[_FIELDS[key]] = text
    if values.get("allowed_account_ids") and values.get("forbidden_account_ids"):
        reason = "is given together with aws:allowedAccountIds, and the provider takes one of them; remove it"
        faults.append(Fault("aws:forbiddenAccountIds", reason))
    return values


def aws_key(key: str) -> str | None:
    """The `aws:` key of a fault at `key`, a path in AwsConfig; None for one of another field."""
    for full, field in _FIELDS.items():
        if key == field or key.startswith((f"{field}[", f"{field}.")):
            path = full + key.removeprefix(field)
            for written, name in _ROLE_KEYS.items():
                path = path.removesuffix(f".{name}") + f".{written}" if path.endswith(f".{name}") else path
            return path
    return None


def _not_taken(key: str, project: str) -> str:
    if (reason := _NOT_TAKEN.get(key)) is not None:
        return reason.format(project=project)
    return f"{unknown_key(key, list(_FIELDS))}; the stack's provider gets no other"


def _list(key: str, text: str, faults: list[Fault]) -> Any:
    """The list that `text` is, with the names that fields have; an empty list with a fault where it is none."""
    try:
        items = parse_json(text)
    except ReadingError:
        items = None
    if not isinstance(items, list):
        faults.append(Fault(key, _LISTS[key]))
        return []
    if key != "aws:assumeRoles":
        return items
    return [
        dict(_role(f"{key}[{i}]", item, faults)) if isinstance(item, dict) else item for i, item in enumerate(items)
    ]


def _role(key: str, item: Mapping[str, Any], faults: list[Fault]) -> Iterator[tuple[str, Any]]:
    for written, value in item.items():
        if written in _ROLE_KEYS:
            yield _ROLE_KEYS[written], value
        else:
            correction = unknown_key_correction(written, list(_ROLE_KEYS))
            faults.append(Fault(f"{key}.{written}", unknown_key(written, list(_ROLE_KEYS)), correction))
