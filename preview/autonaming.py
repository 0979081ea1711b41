"""The names that the provider gives to resources without one: Pulumi's `pulumi:autonaming` setting, offline."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from policy.guardrails.reading import ReadingError, parse_json

__all__ = ["Autonaming", "name_fault"]

_DEFAULT = "${name}-${hex(7)}"
_RANDOM = re.compile(r"\$\{(hex|alphanum|string|num)\((\d+)\)\}")
_DIGITS = {"hex": "0123456789abcdef", "alphanum": "abcdefghijklmnop", "string": "abcdefghijklmnop", "num": "0123456789"}

_PROPERTIES = {
    "aws:s3/bucket:Bucket": "bucket",
    "aws:cloudwatch/eventTarget:EventTarget": "targetId",
    "aws:efs/fileSystem:FileSystem": "creationToken",
}
"""The property that takes the automatic name, where it is not `name`."""

_LIMITS: dict[str, tuple[int, str]] = {
    "aws:backup/selection:Selection": (50, r"[\w.-]+"),
    "aws:backup/vault:Vault": (50, r"[A-Za-z0-9_-]{2,}"),
    "aws:cloudwatch/eventRule:EventRule": (64, r"[.\w-]+"),
    "aws:cloudwatch/eventTarget:EventTarget": (64, r"[.\w-]+"),
    "aws:ec2/securityGroup:SecurityGroup": (255, r"(?!sg-)[\w ._:/()#,@\[\]+=&;{}!$*-]+"),
    "aws:ecs/cluster:Cluster": (255, r"[A-Za-z0-9_-]+"),
    "aws:ecs/service:Service": (255, r"[A-Za-z0-9_-]+"),
    "aws:elasticache/subnetGroup:SubnetGroup": (255, r"[A-Za-z0-9-]+"),
    "aws:iam/role:Role": (64, r"[\w+=,.@-]+"),
    "aws:kms/alias:Alias": (238, r"[A-Za-z0-9/_-]+"),
    "aws:lb/loadBalancer:LoadBalancer": (32, r"(?!internal-)[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]"),
    "aws:lb/targetGroup:TargetGroup": (32, r"[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]"),
    "aws:rds/parameterGroup:ParameterGroup": (255, r"[a-z](-?[a-z0-9])*"),
    "aws:rds/subnetGroup:SubnetGroup": (255, r"[a-z0-9._ -]+"),
    "aws:s3/bucket:Bucket": (63, r"[a-z0-9][a-z0-9.-]*[a-z0-9]"),
    "aws:sqs/queue:Queue": (75, r"[A-Za-z0-9_-]+"),
    "aws:efs/fileSystem:FileSystem": (64, r".+"),
    "aws:scheduler/schedule:Schedule": (64, r"[.\w-]+"),
    "aws:sfn/stateMachine:StateMachine": (80, r"[A-Za-z0-9_-]+"),
    "aws:sns/topic:Topic": (80, r"[A-Za-z0-9_-]+"),
    "aws:wafv2/webAcl:WebAcl": (128, r"[A-Za-z0-9_-]+"),
}
"""Longest name in characters, and its form: pulumi-aws' resources.go for SNS and roles, else the validators of
terraform-provider-aws. The provider trims nothing: a longer name is refused."""
_LOWER_CASE = ("aws:s3/bucket:Bucket",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Autonaming:
    """A stack's patterns of automatic names; without the setting, the logical name and seven digits."""

    stack: str = ""
    project: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str | None, *, stack: str, project: str) -> Autonaming:
        """The patterns in the value of `pulumi:autonaming`, which is JSON text, or none at all."""
        try:
            value = parse_json(text) if text else {}
        except ReadingError:
            value = {}
        return cls(stack=stack, project=project, settings=value if isinstance(value, dict) else {})

    def name(self, token: str, logical_name: str, digest: str) -> str:
        """The automatic name of a resource; its random part is taken from `digest`, so that it is stable."""
        known = {"${name}": logical_name, "${stack}": self.stack, "${project}": self.project}
        text = self._pattern(token)
        for expression, value in known.items():
            text = text.replace(expression, value)
        text = _RANDOM.sub(lambda match: _random(match[1], int(match[2]), digest), text)
        return text.lower() if token in _LOWER_CASE else text

    def _pattern(self, token: str) -> str:
        """The most specific pattern: of the type, of its provider, of all."""
        providers = self.settings.get("providers")
        provider = providers.get(token.partition(":")[0]) if isinstance(providers, dict) else None
        provider = provider if isinstance(provider, dict) else {}
        resources = provider.get("resources")
        entry = resources.get(token) if isinstance(resources, dict) else None
        for level in (entry, provider, self.settings):
            if isinstance(level, dict) and ("pattern" in level or "mode" in level):
                return str(level.get("pattern", _DEFAULT))
        return _DEFAULT


def _random(kind: str, length: int, digest: str) -> str:
    digits = _DIGITS[kind]
    return "".join(digits[int(digit, 16) % len(digits)] for digit in digest[:length])


def name_fault(token: str, logical_name: str, inputs: Mapping[str, Any], name: str) -> str | None:
    """Why AWS would refuse the automatic `name` of a resource, if it would."""
    prop = _PROPERTIES.get(token, "name")
    if token not in _LIMITS or prop in inputs or f"{prop}Prefix" in inputs:
        return None
    limit, form = _LIMITS[token]
    where = f"{logical_name} ({token}): its name in AWS, {name},"
    fix = f"give the type a pattern of its own in pulumi:autonaming (providers.aws.resources.{token})"
    if len(name) > limit:
        return (
            f"{where} has {len(name)} characters, and AWS takes {limit}; shorten the stack's or its own name, or {fix}"
        )
    if not re.fullmatch(form, name):
        return f"{where} has a form that AWS refuses; rename the stack, or {fix}"
    return None
