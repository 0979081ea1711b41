"""A whole stack with a web app on Amplify: outputs, policies, and what AWS takes."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from preview import run, stackfile
from preview.plan import PhaseName, Plan
from tests.program.guarantees import Row
from tests.program.mutations import Draft, drop, hide, put, untag
from tests.program.test_guarantees import violations
from tests.recording import plan_of
from tests.stacks import SMALL
from tests.systems.lines import of

CANARY = "canary-github-token-77a1"
APP, LOG, SECRET = "amplify/app::amplify", "cloudwatch/logGroup::amplify-log", "secretsmanager/secret::amplify-login"
SETTINGS = {
    "repository": "https://github.com/example/web",
    "token_from": "amplify:github_token",
    "environment": {"NEXT_PUBLIC_API_URL": "/api"},
    "branches": {"main": {"stage": "PRODUCTION"}, "feature/login": {"environment": {"COLOUR": "blue"}}},
    "basic_auth": {"username": "staff"},
    "build_spec": "version: 1\n",
    "domain": {"name": "app.example.com", "zone": "Z0123456789ABCDEFGHIJ"},
}
ROWS = (
    Row("no-secrets-in-environment", APP, put(APP, "environmentVariables", {"GITHUB_TOKEN": "abcdef-123"})),
    Row("required-tags", APP, untag(APP)),
    Row("customer-managed-keys", LOG, drop(LOG, "kmsKeyId")),
    Row("log-retention", LOG, drop(LOG, "retentionInDays")),
    Row("customer-managed-keys", SECRET, drop(SECRET, "kmsKeyId")),
    Row("secret-recovery-window", SECRET, put(SECRET, "recoveryWindowInDays", 0)),
    Row("no-hidden-protection", SECRET, hide(SECRET, "kmsKeyId")),
)


@cache
def with_app() -> Plan:
    file = stackfile.read(run.ROOT / SMALL, "agent-platform")
    area = json.loads(file.values["agent-platform:edge"])
    outputs = {
        **json.loads(file.values["agent-platform:outputs"]),
        "app": "amplify.app_id",
        "app_url": "amplify.url",
        "branch_url": "amplify.branch.feature/login.url",
        "app_login": "amplify.basic_auth_secret_arn",
    }
    values = {
        **file.values,
        "agent-platform:edge": json.dumps({**area, "amplify": SETTINGS}),
        "agent-platform:outputs": json.dumps(outputs),
        "amplify:github_token": CANARY,
    }
    changed = stackfile.StackFile(
        stack=file.stack, path=file.path, values=values, secret_keys=(*file.secret_keys, "amplify:github_token")
    )
    return plan_of(changed)


def test_outputs() -> None:
    outputs: dict[str, Any] = with_app().phases["deployed"].outputs
    app = of(with_app(), ":App", "amplify")
    assert (outputs["app"], outputs["app_url"]) == (app.id, "https://app.example.com")
    assert outputs["branch_url"] == f"https://feature-login.{app.outputs['defaultDomain']}"
    assert outputs["app_login"] == of(with_app(), ":Secret", "amplify-login").outputs["arn"]


def test_the_token_comes_from_the_encrypted_configuration_and_is_shown_nowhere() -> None:
    assert of(with_app(), ":App", "amplify").inputs["accessToken"] == CANARY
    assert CANARY not in json.dumps(with_app().to_json())


def test_the_log_has_the_data_area_s_key() -> None:
    key = of(with_app(), "kms/key:Key", "data").outputs["arn"]
    assert of(with_app(), ":LogGroup", "amplify-log").inputs["kmsKeyId"] == key


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.rule}-{i}" for i, row in enumerate(ROWS)])
@pytest.mark.parametrize("name", ["preview", "deployed"])
def test_the_rule_trips_when_the_guarantee_is_taken_out(row: Row, name: PhaseName) -> None:
    phase = with_app().phases[name]
    draft = Draft(phase)
    urn = draft[row.subject].urn
    assert urn not in {finding.urn for finding in violations(with_app(), phase, row.rule)}
    row.edit(draft)
    assert urn in {finding.urn for finding in violations(with_app(), draft.done(), row.rule)}
