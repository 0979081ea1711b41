"""Named types of the settings: each checks its form and says how to correct a wrong value."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from settings.addresses import (
    CertificateDomain,
    CertificateName,
    DistributionPath,
    Fqdn,
    HealthPath,
    HttpsUrl,
    RoutePath,
    WritablePath,
)
from settings.form import matches as _matches
from settings.suggestions import env_name, first_label, short_service, slug, time_of_day

__all__ = [
    "CertificateDomain",
    "CertificateName",
    "Cidr",
    "CidrBlock",
    "ConfigKey",
    "DistributionPath",
    "DnsLabel",
    "Email",
    "EndpointService",
    "EnvName",
    "Fqdn",
    "HealthPath",
    "HttpsUrl",
    "MetricNamespace",
    "Name",
    "Percent",
    "Port",
    "RetentionDays",
    "RoutePath",
    "SecretName",
    "TagKey",
    "TagValue",
    "TimeOfDay",
    "WritablePath",
    "Zone",
]


def _network(smallest: int | None, largest: int | None) -> Callable[[str], str]:
    def check(value: str) -> str:
        try:
            network = ipaddress.IPv4Network(value)
        except ValueError as error:
            if "host bits" in str(error):
                fixed = ipaddress.IPv4Network(value, strict=False)
                raise ValueError(f"has host bits set; write {fixed}") from None
            raise ValueError("is not an IPv4 network; write one like 10.20.0.0/16") from None
        if largest is not None and smallest is not None and not largest <= network.prefixlen <= smallest:
            raise ValueError(f"must be between /{largest} and /{smallest}; write one like 10.20.0.0/16")
        return value

    return check


Cidr = Annotated[str, AfterValidator(_network(22, 16))]
"""The network of a VPC: /16 to /22, so that three tiers in up to eight zones fit."""

CidrBlock = Annotated[str, AfterValidator(_network(32, 0))]
"""Any IPv4 network."""

Zone = Annotated[str, _matches(r"[a-z]{2}(-[a-z]+)+-\d[a-z]", "is not an availability zone; write one like us-east-1a")]
"""An availability zone by name."""

_LONGEST_NAME = 18


def _short(value: str) -> str:
    if len(value) > _LONGEST_NAME:
        raise ValueError(
            f"has {len(value)} characters, and the names in AWS that are made of it leave room for {_LONGEST_NAME}; "
            f"shorten it by {len(value) - _LONGEST_NAME}"
        )
    return value


Name = Annotated[
    str,
    Field(json_schema_extra={"maxLength": _LONGEST_NAME}),
    AfterValidator(_short),
    _matches(
        r"[a-z](-?[a-z0-9])*",
        "must be lower-case letters, digits and single hyphens, begin with a letter and have at most 18 characters; "
        "write one like main",
        suggest=slug,
    ),
]
"""The name of a service, a database and the like; it becomes part of AWS names of limited length."""

SecretName = Annotated[
    str,
    StringConstraints(max_length=64),
    _matches(
        r"[A-Za-z][A-Za-z0-9_/-]*",
        "must begin with a letter and hold only letters, digits and the characters _ / -",
    ),
]
"""The name of a secret."""

DnsLabel = Annotated[
    str,
    StringConstraints(max_length=63),
    _matches(
        r"[a-z]([a-z0-9-]*[a-z0-9])?",
        "is not a single DNS name; use lower-case letters, digits and hyphens, without dots",
        suggest=first_label,
    ),
]
"""One part of a DNS name."""

EnvName = Annotated[
    str,
    _matches(
        r"[A-Za-z_][A-Za-z0-9_]*",
        "is not an environment variable name; use letters, digits and underscores",
        suggest=env_name,
    ),
]
"""The name of an environment variable."""

EndpointService = Annotated[
    str,
    _matches(
        r"(?!com\.amazonaws\.|aws\.)[a-z0-9][a-z0-9.-]*",
        "is not a short name of a service; leave com.amazonaws and the region out, as in ecr.api or bedrock-runtime",
        suggest=short_service,
    ),
]
"""A service with an interface endpoint, by its short name."""

Port = Annotated[int, Field(ge=1, le=65535)]
"""A TCP port."""

Percent = Annotated[int, Field(ge=1, le=100)]
"""A percentage, 1 to 100."""

MetricNamespace = Annotated[
    str,
    StringConstraints(max_length=255),
    _matches(
        r"(?!AWS/)[A-Za-z0-9_.#-]+(/[A-Za-z0-9_.#-]+)*",
        "is not a namespace of your own; write one like MyApp/Production (AWS/ belongs to AWS)",
    ),
]
"""A CloudWatch namespace of the application."""

TimeOfDay = Annotated[
    str,
    _matches(
        r"([01]\d|2[0-3]):[0-5]\d", "is not a time of day; write 00:00 to 23:59, in quotes, in UTC", suggest=time_of_day
    ),
]
"""A time of day in UTC."""

Email = Annotated[str, _matches(r"[^@\s]+@[^@\s]+\.[^@\s]+", "is not an e-mail address")]
"""An e-mail address."""

ConfigKey = Annotated[
    str,
    _matches(
        r"[A-Za-z0-9_-]+:[A-Za-z0-9_.-]+",
        "is not a Pulumi configuration key; name one as namespace:key, set with `pulumi config set "
        "--secret namespace:key`",
    ),
]
"""A key of Pulumi's encrypted configuration."""

TagKey = Annotated[
    str,
    StringConstraints(min_length=1, max_length=128),
    _matches(
        r"(?!(?i:aws):)[\w .:/=+@-]+",
        "is not a tag key that every AWS service takes; use letters, digits, spaces and _ . : / = + - @, and do not "
        "begin with aws:",
    ),
]
"""The key of a tag, in the characters that all services take."""

TagValue = Annotated[
    str,
    StringConstraints(max_length=256),
    _matches(
        r"[\w .:/=+@-]*",
        "is not a tag value that every AWS service takes; use letters, digits, spaces and _ . : / = + - @",
    ),
]
"""The value of a tag, in the characters that all services take."""

RetentionDays = Literal[
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
]
"""Days that CloudWatch Logs keeps events; only these are allowed by PutRetentionPolicy."""
