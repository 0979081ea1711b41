"""What has to be done before tasks can start: all of it, with commands, and nothing that the program does itself."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

from preview import run, stackfile
from preview.first_steps import first_steps
from preview.plan import Phase
from tests.stacks import SMALL_DEV


@cache
def phase() -> Phase:
    """A stack with each kind of step, and with secrets that need none."""
    file = stackfile.read(run.ROOT / SMALL_DEV, "agent-platform")
    data, compute = (json.loads(file.values[f"agent-platform:{area}"]) for area in ("data", "compute"))
    data["secrets"] = {
        "openai-api-key": {},
        "stripe": {"store": "parameter"},
        "session": {"generate": 32},
        "given": {"from_config": "keys:given"},
        "cookie": {"store": "parameter", "generate": 32},
    }
    compute["services"]["api"] |= {"image": "pending"}
    observability = {
        "emails": ["ops@example.com", "on-call@example.com"],
        "slack": {"workspace_id": "T0123ABCDEF", "channel_id": "C0123ABCDEF"},
    }
    areas = {"data": data, "compute": compute, "observability": observability}
    values = {f"agent-platform:{area}": json.dumps(value) for area, value in areas.items()}
    changed = replace(file, values={**file.values, **values, "keys:given": "a-value"}, secret_keys=("keys:given",))
    return run.plan(changed, project="agent-platform", phases=("deployed",)).phases["deployed"]


def test_each_step_with_its_command() -> None:
    steps = {step.what: (step.command, step.origin) for step in first_steps(phase())}
    assert {what: origin for what, (_, origin) in steps.items()} == {
        "set the secret dev/openai-api-key": "data.secrets.openai-api-key",
        "set the parameter /dev/stripe (KEY_ARN is that of its KMS key)": "data.secrets.stripe",
        "confirm the e-mail that AWS sends to ops@example.com": "observability",
        "confirm the e-mail that AWS sends to on-call@example.com": "observability",
        "push an image of api, and name its tag in the settings": "compute.services.api",
        "authorise the Slack workspace T0123ABCDEF in Amazon Q Developer in chat applications, once for the account": (
            "observability.slack"
        ),
    }
    assert {what: command for what, (command, _) in steps.items() if command} == {
        "set the secret dev/openai-api-key": (
            'printf %s "$VALUE" | aws secretsmanager put-secret-value --region us-east-1 '
            "--secret-id dev/openai-api-key --secret-string file:///dev/stdin"
        ),
        "set the parameter /dev/stripe (KEY_ARN is that of its KMS key)": (
            'printf %s "$VALUE" | aws ssm put-parameter --region us-east-1 --overwrite --type SecureString '
            '--key-id "$KEY_ARN" --name /dev/stripe --value file:///dev/stdin'
        ),
    }


def test_nothing_that_the_program_or_aws_sets() -> None:
    """Neither what is generated or configured, nor the database's own secret, which RDS manages."""
    names = {record.name for record in phase().records}
    assert {"session", "given", "cookie", "main"} <= names
    texts = " ".join(step.what for step in first_steps(phase()))
    assert not [name for name in ("session", "given", "cookie", "main") if f"/{name}" in texts]
