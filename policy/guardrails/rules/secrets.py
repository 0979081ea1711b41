"""Secrets in the clear, in environments, parameters and user data: messages say where, never what."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator

from ..checks import Property, types_of
from ..containers import containers
from ..model import Context, Outcome, Resource, Rule, undecided, violation
from ..secret_words import holds_a_secret, names_a_secret, shown, suspicious
from ..types import normalise
from ..values import UNKNOWN, Node

GIVES_CREDENTIALS = (
    "secretsmanager/secretVersion",
    "iam/accessKey",
    "iam/serviceSpecificCredential",
    "apigateway/apiKey",
    "acm/certificate",
    "ec2/keyPair",
    "lightsail/keyPair",
)
HARMLESS = (
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


def harmless_sources(ctx: Context, prop: str) -> bool:
    """True when an unknown value comes only from resources that give out ids, ARNs and endpoints."""
    sources = ctx.stack.depends_on(ctx.resource, prop)
    if not sources or ctx.stack.comes_from_outside(ctx.resource, prop):
        return False
    return not any(_gives_credentials(source) for source in sources)


def _gives_credentials(source: Resource) -> bool:
    match normalise(source.type):
        case "cognito/userPoolClient":
            return source.at("generateSecret").flag(False) is not False
        case "ssm/parameter":
            return source.at("type").text("SecureString") != "String"
        case kind:
            return kind in GIVES_CREDENTIALS or not (source.type.startswith("aws:") or source.type in HARMLESS)


def _environment(ctx: Context) -> Iterator[Outcome]:
    kind = normalise(ctx.resource.type)
    if kind == "ecs/taskDefinition":
        yield from _containers(ctx)
        return
    for row in ENVIRONMENTS:
        if row.type == kind:
            node = ctx.at(row.path)
            harmless = harmless_sources(ctx, row.path.partition(".")[0])
            if node.unknown and not harmless:
                yield undecided(f"{node.path} cannot be told")
            for name, entry in node.entries():
                if not (entry.unknown and harmless and not names_a_secret(name)):
                    yield from _entry(f"{node.path}[{shown(name)}]", name, entry)


def _containers(ctx: Context) -> Iterator[Outcome]:
    for container in containers(ctx):
        for item in container.at("environment").items():
            name = item.at("name").text("")
            if name is UNKNOWN:
                yield undecided(f"{item.path} cannot be told")
            else:
                label = f"{item.path} ({shown(name)})" if suspicious(name, item.at("value").value) else item.path
                yield from _entry(label, name, item.at("value"))


def _entry(label: str, name: str, node: Node) -> Iterator[Outcome]:
    if suspicious(name, node.value):
        yield violation(f"{label} carries a credential in the clear")
    elif node.unknown and not names_a_secret(name):
        yield undecided(f"{label} cannot be told")


def _parameter(ctx: Context) -> Iterator[Outcome]:
    kind = ctx.at("type").text("")
    if kind is UNKNOWN:
        yield undecided("type cannot be told")
    if kind == "SecureString" or kind is UNKNOWN:
        return
    name = ctx.at("name").text("")
    if name is UNKNOWN:
        yield undecided("name cannot be told")
    elif names_a_secret(name):
        yield violation("type must be SecureString: the parameter's name says that it holds a credential")
    elif any(holds_a_secret(ctx.at(key).value) for key in ("value", "insecureValue")):
        yield violation("type must be SecureString: the value has the shape of a credential")
    elif any(ctx.at(key).unknown and not harmless_sources(ctx, key) for key in ("value", "insecureValue")):
        yield undecided("value cannot be told")


def _user_data(ctx: Context) -> Iterator[Outcome]:
    for key in USER_DATA:
        node = ctx.at(key)
        if node.unknown and not harmless_sources(ctx, key):
            yield undecided(f"{key} cannot be told")
        elif holds_a_secret(node.value) or holds_a_secret(_decoded(node.value)):
            yield violation(f"{key} carries a credential in the clear")


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
        yield violation(f"{password} is set, so it lies in the state: set {managed}, or {password}Wo")


RULES = (
    Rule(
        id="no-secrets-in-environment",
        title="Environment variables carry no credentials",
        severity="critical",
        controls=("FSBP ECS.8",),
        fix="Keep the value in Secrets Manager or SSM; name it under `secrets` (ECS) or read it at run time.",
        types=("ecs/taskDefinition", *types_of(ENVIRONMENTS)),
        check=_environment,
        graph=True,
    ),
    Rule(
        id="parameter-secure-string",
        title="Credentials in the parameter store are SecureStrings",
        severity="high",
        fix="Set type to SecureString.",
        types=("ssm/parameter",),
        check=_parameter,
        graph=True,
    ),
    Rule(
        id="no-secrets-in-user-data",
        title="User data carries no credentials",
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
