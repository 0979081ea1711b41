"""IAM: no wildcard permissions, no open trust policies, no access keys of users."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase

from ..documents import Statement, statements
from ..model import Context, Outcome, Rule, undecided, violation
from ..types import normalise
from ..values import ABSENT, UNKNOWN, Node

POLICIES = (
    "iam/policy",
    "iam/rolePolicy",
    "iam/userPolicy",
    "iam/groupPolicy",
    "iam/role",
    "ssoadmin/permissionSetInlinePolicy",
)
ATTACHMENTS = (
    "iam/rolePolicyAttachment",
    "iam/userPolicyAttachment",
    "iam/groupPolicyAttachment",
    "iam/policyAttachment",
    "iam/role",
)
ADMIN = ("AdministratorAccess", "IAMFullAccess", "PowerUserAccess")
SENSITIVE = (
    "iam:passrole",
    "kms:decrypt",
    "secretsmanager:getsecretvalue",
    "ssm:getparameter",
    "ssm:getparameters",
    "ssm:getparametersbypath",
    "sts:assumerole",
)
OIDC_SUBJECTS = {
    "token.actions.githubusercontent.com": "token.actions.githubusercontent.com:sub",
    "gitlab.com": "gitlab.com:sub",
}
_SERVICE_WILDCARD = re.compile(r"[a-z0-9-]+:\*")


def _documents(ctx: Context) -> Iterator[Node]:
    kind = normalise(ctx.resource.type)
    if kind == "iam/role":
        for item in ctx.at("inlinePolicies").items():
            yield item.at("policy")
    else:
        yield ctx.at("inlinePolicy" if kind.startswith("ssoadmin/") else "policy")


def _each_allow(judge: Callable[[Statement], str]) -> Callable[[Context], Iterator[Outcome]]:
    """A check of every Allow statement; `judge` returns what is wrong with it, or an empty string."""

    def check(ctx: Context) -> Iterator[Outcome]:
        for node in _documents(ctx):
            policy_statements = statements(node)
            if policy_statements is None:
                yield undecided(f"{node.path} is not known yet, or is not valid JSON")
                continue
            for item in policy_statements:
                problem = judge(item) if item.allows else ""
                if problem:
                    yield violation(f"{item.path} {problem}")
                elif not item.known and item.effect != "Deny":
                    yield undecided(f"{item.path} cannot be determined")

    return check


def _administrator(item: Statement) -> str:
    all_actions = "*" in item.actions or "*:*" in item.actions or bool(item.not_actions)
    return "allows every action on every resource" if all_actions and "*" in item.resources else ""


def _whole_service(item: Statement) -> str:
    all_of_a_service = any(_SERVICE_WILDCARD.fullmatch(action.lower()) for action in item.actions)
    return "allows all actions of a service on every resource" if all_of_a_service and "*" in item.resources else ""


def _sensitive(item: Statement) -> str:
    patterns = [action.lower() for action in item.actions if ":" in action]
    sensitive = any(fnmatchcase(name, pattern) for pattern in patterns for name in SENSITIVE)
    unrestricted = sensitive and "*" in item.resources and not item.conditions
    return "allows an action that gives access or reads secrets, on every resource" if unrestricted else ""


def _attached(ctx: Context) -> Iterator[Outcome]:
    is_role = normalise(ctx.resource.type) == "iam/role"
    for node in ctx.at("managedPolicyArns").items() if is_role else [ctx.at("policyArn")]:
        arn = node.text("")
        if arn is UNKNOWN:
            prop = node.path.partition("[")[0]
            if not ctx.stack.sources(ctx.resource, prop, ("iam/policy",)):
                yield undecided(f"{node.path} cannot be determined")
        elif arn.startswith("arn:aws") and ":iam::aws:policy/" in arn and arn.rpartition("/")[2] in ADMIN:
            yield violation(f"{node.path} attaches an AWS administrator policy")


def _trust(ctx: Context) -> Iterator[Outcome]:
    node = ctx.at("assumeRolePolicy")
    policy_statements = statements(node)
    if policy_statements is None:
        yield undecided(f"{node.path} is not known yet, or is not valid JSON")
        return
    for item in policy_statements:
        if not item.allows:
            continue
        if item.everyone and not item.narrowed:
            yield violation(f"{item.path} lets any principal assume the role")
        elif not item.known:
            yield undecided(f"{item.path} cannot be determined")
        else:
            yield from _federated(item)


def _federated(item: Statement) -> Iterator[Outcome]:
    """A shared identity provider signs tokens for everyone, so the subject must be restricted."""
    for provider, key in OIDC_SUBJECTS.items():
        if not any(provider in name for name in item.principals.get("Federated", ())):
            continue
        subjects = [value for operator, values in item.condition(key) if "string" in operator for value in values]
        if not subjects or any(subject.replace("repo:", "").startswith("*") for subject in subjects):
            yield violation(
                f"{item.path} lets every repository of {provider} assume the role: add a condition on {key}"
            )


def _user_key(ctx: Context) -> Iterator[Outcome]:
    status = ctx.at("status").text("Active")
    if status is UNKNOWN:
        yield undecided("status cannot be determined")
    elif status != "Inactive":
        yield violation("an IAM user's access key never expires and is stored in the state")


def _user_policy(ctx: Context) -> Iterator[Outcome]:
    if ctx.at("user").value is not ABSENT:
        yield violation("permissions are attached to a user")


RULES = (
    Rule(
        id="iam-no-administrator",
        title="No policy allows every action on every resource",
        severity="critical",
        controls=("FSBP IAM.1", "CIS 1.15"),
        fix="List the actions and resources that are needed.",
        types=POLICIES,
        check=_each_allow(_administrator),
    ),
    Rule(
        id="iam-no-service-wildcard",
        title="No policy allows all actions of a service on every resource",
        severity="high",
        controls=("FSBP IAM.21",),
        fix="List the actions, or the resources.",
        types=POLICIES,
        check=_each_allow(_whole_service),
    ),
    Rule(
        id="iam-sensitive-actions-scoped",
        title="Permissions to pass roles, decrypt or read secrets are limited to named resources",
        severity="high",
        controls=("FSBP KMS.1", "FSBP KMS.2"),
        fix="Name the roles, keys or secrets, or add a condition.",
        types=POLICIES,
        check=_each_allow(_sensitive),
    ),
    Rule(
        id="iam-no-administrator-attached",
        title="AWS administrator policies are not attached",
        severity="high",
        controls=("FSBP IAM.1", "CIS 1.15"),
        fix="Attach a policy that lists what is needed.",
        types=ATTACHMENTS,
        check=_attached,
        graph=True,
    ),
    Rule(
        id="iam-trust-narrow",
        title="Trust policies name who can assume a role",
        severity="critical",
        fix="Name the principal; for GitHub or GitLab tokens add a condition on the subject.",
        types=("iam/role",),
        check=_trust,
    ),
    Rule(
        id="iam-no-user-keys",
        title="IAM users have no access keys",
        severity="high",
        controls=("FSBP IAM.3", "CIS 1.13"),
        fix="Use a role: instance profile, task role, or OpenID Connect from CI.",
        types=("iam/accessKey",),
        check=_user_key,
    ),
    Rule(
        id="iam-no-user-policies",
        title="Permissions are not attached to users",
        severity="low",
        controls=("FSBP IAM.2", "CIS 1.14"),
        fix="Attach them to a group or a role.",
        types=("iam/userPolicy", "iam/userPolicyAttachment"),
        check=_user_policy,
        baseline="advisory",
    ),
)
