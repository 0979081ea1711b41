"""What a person has to do before a new stack's tasks can start, or its messages arrive, read off the plan."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from preview.plan import FirstStep, Phase, Record

__all__ = ["first_steps"]

_SECRET = "aws:secretsmanager/secret:Secret"
_VERSION = "aws:secretsmanager/secretVersion:SecretVersion"
_PARAMETER = "aws:ssm/parameter:Parameter"
_SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription"
_SERVICE = "aws:ecs/service:Service"
_SLACK = "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration"
# As text on standard input, since any user of the machine sees a command's arguments.
_VALUE = 'printf %s "$VALUE" | '
_INPUT = "file:///dev/stdin"


def first_steps(phase: Phase) -> list[FirstStep]:
    """Secrets without a value, addresses to confirm, services that wait for an image, and chats to authorise.

    Names are those of the deployed phase. A secret that has a value by now is listed, too: the plan cannot know.
    """
    region = next((r.inputs["region"] for r in phase.records if r.type == "pulumi:providers:aws"), "")
    place = f" --region {region}" if isinstance(region, str) and region else ""
    return [*_secrets(phase, place), *_parameters(phase, place), *_addresses(phase), *_images(phase), *_chats(phase)]


def _secrets(phase: Phase, place: str) -> Iterator[FirstStep]:
    with_value = {urn for version in phase.of_type(_VERSION) for urn in version.dependencies}
    for record in phase.of_type(_SECRET):
        if record.urn not in with_value and _is_own(record):
            name = record.inputs["name"]
            yield FirstStep(
                f"set the secret {name}",
                f"{_VALUE}aws secretsmanager put-secret-value{place} --secret-id {shlex.quote(name)} "
                f"--secret-string {_INPUT}",
                record.origin,
            )


def _is_own(record: Record) -> bool:
    """Whether the settings name the secret; whoever else makes one sets its value."""
    return record.origin.startswith("data.secrets.") and isinstance(record.inputs.get("name"), str)


def _parameters(phase: Phase, place: str) -> Iterator[FirstStep]:
    for record in phase.of_type(_PARAMETER):
        if record.inputs.get("type") == "SecureString" and "valueWo" in record.inputs and _is_own(record):
            name, own_key = record.inputs["name"], "keyId" in record.inputs
            # Without a key, a new value is encrypted with the account's default one.
            key = ' --key-id "$KEY_ARN"' if own_key else ""
            yield FirstStep(
                f"set the parameter {name}{' (KEY_ARN is that of its KMS key)' if own_key else ''}",
                f"{_VALUE}aws ssm put-parameter{place} --overwrite --type SecureString{key} "
                f"--name {shlex.quote(name)} --value {_INPUT}",
                record.origin,
            )


def _addresses(phase: Phase) -> Iterator[FirstStep]:
    for record in phase.of_type(_SUBSCRIPTION):
        if record.inputs.get("protocol") == "email":
            yield FirstStep(f"confirm the e-mail that AWS sends to {record.inputs['endpoint']}", "", record.origin)


def _images(phase: Phase) -> Iterator[FirstStep]:
    pending = _pending(phase)
    for record in phase.of_type(_SERVICE):
        if record.inputs.get("desiredCount") == 0 and record.origin in pending:
            service = record.origin.rpartition(".")[2]
            yield FirstStep(f"push an image of {service}, and name its tag in the settings", "", record.origin)


def _pending(phase: Phase) -> set[str]:
    """The services whose first revision has only a placeholder for an image."""
    return {
        record.origin
        for record in phase.of_type("aws:ecs/taskDefinition:TaskDefinition")
        if "public.ecr.aws/docker/library/busybox:" in str(record.inputs.get("containerDefinitions"))
    }


def _chats(phase: Phase) -> Iterator[FirstStep]:
    for record in phase.of_type(_SLACK):
        team = record.inputs.get("slackTeamId", "")
        yield FirstStep(
            f"authorise the Slack workspace {team} in Amazon Q Developer in chat applications, once for the account",
            "",
            record.origin,
        )
