"""The names of Pulumi's types and properties by those of the Terraform provider."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

__all__ = ["UNMAPPED", "candidates", "property_name"]

UNMAPPED = frozenset({"id", "timeouts"})
"""What Terraform has on every resource and Pulumi keeps elsewhere."""

# The package's folder where it is made of other words than the type's.
_FOLDERS = {
    "lb/loadBalancer": "lb",
    "rds/instance": "db-instance",
    "rds/parameterGroup": "db-parameter-group",
    "rds/proxy": "db-proxy",
    "rds/proxyDefaultTargetGroup": "db-proxy-default-target-group",
    "rds/proxyTarget": "db-proxy-target",
    "rds/subnetGroup": "db-subnet-group",
    "sqs/redriveAllowPolicy": "sqs-queue-redrive-allow-policy",
}
# What a module of Pulumi's is called in the provider.
_MODULES = {
    "ec2": ("", "ec2-"),
    "vpc": ("vpc-",),
    "cloudwatch": ("cloudwatch-",),
    "servicediscovery": ("service-discovery-",),
}
_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def candidates(token: str) -> Iterator[str]:
    """The folders in which the type of a token such as `aws:ecs/service:Service` may lie."""
    name = token.split(":")[1]
    if name in _FOLDERS:
        yield _FOLDERS[name]
    module, _, type_ = name.partition("/")
    kebab = _BOUNDARY.sub("-", type_).lower()
    for prefix in _MODULES.get(module, (f"{module}-",)):
        yield f"{prefix}{kebab}"


def property_name(name: str, properties: Container[str]) -> str | None:
    """The property that a snake-case attribute is: in camel case, in the singular or the plural."""
    first, *others = name.split("_")
    camel = first + "".join(word.capitalize() for word in others)
    spellings = (camel, f"{camel}s", f"{camel}es", f"{camel[:-1]}ies", camel.removesuffix("s"), f"{camel[:-3]}y")
    return next((spelling for spelling in spellings if spelling in properties), None)
