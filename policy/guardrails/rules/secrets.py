"""Plaintext secrets in environment variables, parameters and user data; messages never include a value."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator

from ..checks import Property, types_of
from ..containers import containers
from ..model import Context, Outcome, Param, Rule, undecided, violation
from ..resource import Resource
from ..secret_detection import contains_secret, is_secret, is_secret_name, printable_name
from ..types import normalise
from ..values import ABSENT, UNKNOWN, Node

CREDENTIAL_SOURCES = (
    "secretsmanager/secretVersion",
    "iam/accessKey",
    "iam/serviceSpecificCredential",
    "apigateway/apiKey",
    "acm/certificate",
    "ec2/keyPair",
    "lightsail/keyPair",
)
RANDOM_IDS = (
    "random:index/randomId:RandomId",
    "random:index/randomPet:RandomPet",
    "random:index/randomUuid:RandomUuid",
)


ENVIRONMENTS = (
    Property("lambda/function", "environment.variables"),
    Property("amplify/app", "environmentVariables"),
    Property("amplify/branch", "environmentVariables"),
)
USER_DATA = ("userData", "userDataBase64")
PASSWORDS = {
    "rds/instance": ("password", "manageMasterUserPassword"),
    "rds/cluster": ("masterPassword", "manageMasterUserPassword"),
}


def has_no_credential_source(ctx: Context, prop: str) -> bool:
    """True when an unknown value comes only from resources that supply ids, ARNs and endpoints."""
    sources = ctx.stack.depends_on(ctx.resource, prop)
    if not sources or ctx.stack.comes_from_outside(ctx.resource, prop):
        return False
    return not any(_supplies_credentials(source) for source in sources)


def _supplies_credentials(source: Resource) -> bool:
    match normalise(source.type):
        case "cognito/userPoolClient":
            return source.at("generateSecret").flag(False) is not False
        case "ssm/parameter":
            return source.at("type").text("SecureString") != "String"
        case kind:
            return kind in CREDENTIAL_SOURCES or not (source.type.startswith("aws:") or source.type in RANDOM_IDS)


def holds_secret(name: str, value: object) -> bool:
    """Whether a setting holds a secret; an unknown value counts as one when the name is that of a secret."""
    if isinstance(value, (str, int, float)):
        return is_secret(name, str(value))
    return value is not ABSENT and is_secret_name(name)


def _contains_secret(value: object) -> bool:
    return isinstance(value, str) and contains_secret(value)


def _environment(ctx: Context) -> Iterator[Outcome]:
    kind = normalise(ctx.resource.type)
    if kind == "ecs/taskDefinition":
        yield from _containers(ctx)
        return
    for row in ENVIRONMENTS:
        if row.type == kind:
            node = ctx.at(row.path)
            harmless = has_no_credential_source(ctx, row.path.partition(".")[0])
            if node.unknown and not harmless:
                yield undecided(f"{node.path} cannot be determined")
            for name, entry in node.entries():
                if not (entry.unknown and harmless and not is_secret_name(name)):
                    yield from _entry(ctx, f"{node.path}[{printable_name(name)}]", name, entry)


def _containers(ctx: Context) -> Iterator[Outcome]:
    for container in containers(ctx):
        for item in container.at("environment").items():
            name = item.at("name").text("")
            if name is UNKNOWN:
                yield undecided(f"{item.path} cannot be determined")
            else:
                secret = _is_held(ctx, name, item.at("value").value)
                label = f"{item.path} ({printable_name(name)})" if secret else item.path
                yield from _entry(ctx, label, name, item.at("value"))


def _is_held(ctx: Context, name: str, value: object) -> bool:
    """Whether a variable holds a secret; one of `not_secrets` does by its value alone."""
    return _contains_secret(value) if name in ctx.params["not_secrets"] else holds_secret(name, value)


def _entry(ctx: Context, label: str, name: str, node: Node) -> Iterator[Outcome]:
    if _is_held(ctx, name, node.value):
        yield violation(f"{label} contains a plaintext secret")
    elif node.unknown and not is_secret_name(name):
        yield undecided(f"{label} cannot be determined")


def _parameter(ctx: Context) -> Iterator[Outcome]:
    kind = ctx.at("type").text("")
    if kind is UNKNOWN:
        yield undecided("type cannot be determined")
    if kind == "SecureString" or kind is UNKNOWN:
        return
    name = ctx.at("name").text("")
    if name is UNKNOWN:
        yield undecided("name cannot be determined")
    elif is_secret_name(name):
        yield violation("type must be SecureString: by its name, the parameter is a secret")
    elif any(_contains_secret(ctx.at(key).value) for key in ("value", "insecureValue")):
        yield violation("type must be SecureString: the value is a secret")
    elif any(ctx.at(key).unknown and not has_no_credential_source(ctx, key) for key in ("value", "insecureValue")):
        yield undecided("value cannot be determined")


def _user_data(ctx: Context) -> Iterator[Outcome]:
    for key in USER_DATA:
        node = ctx.at(key)
        if node.unknown and not has_no_credential_source(ctx, key):
            yield undecided(f"{key} cannot be determined")
        elif _contains_secret(node.value) or _contains_secret(_decoded(node.value)):
            yield violation(f"{key} contains a plaintext secret")


def _decoded(text: object) -> str:
    if not isinstance(text, str):
        return ""
    try:
        return base64.b64decode(text, validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _password(ctx: Context) -> Iterator[Outcome]:
    password, managed = PASSWORDS[normalise(ctx.resource.type)]
    if not ctx.at(password).absent:
        yield violation(f"{password} is stored in the state: set {managed}, or {password}Wo, instead")


RULES = (
    Rule(
        id="no-secrets-in-environment",
        title="Environment variables contain no secrets",
        severity="critical",
        controls=("FSBP ECS.8",),
        fix="Store the value in Secrets Manager or SSM; reference it under `secrets` (ECS) or read it at run time.",
        types=("ecs/taskDefinition", *types_of(ENVIRONMENTS)),
        check=_environment,
        graph=True,
        params=(
            Param(
                name="not_secrets",
                kind="strings",
                default=(),
                doc="Variables that hold no secret, whatever their names say; a value in the form of a credential "
                "still is one.",
            ),
        ),
    ),
    Rule(
        id="parameter-secure-string",
        title="Secrets in Parameter Store are SecureStrings",
        severity="high",
        fix="Set type to SecureString.",
        types=("ssm/parameter",),
        check=_parameter,
        graph=True,
    ),
    Rule(
        id="no-secrets-in-user-data",
        title="User data contains no secrets",
        severity="critical",
        fix="Read the secret at boot with the instance's role.",
        types=("ec2/instance", "ec2/launchTemplate"),
        check=_user_data,
        graph=True,
    ),
    Rule(
        id="database-password-managed",
        title="RDS manages the master password",
        severity="low",
        fix="Set manageMasterUserPassword to true.",
        types=tuple(PASSWORDS),
        check=_password,
        baseline="disabled",
        strict="advisory",
    ),
)
