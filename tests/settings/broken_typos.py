"""Broken stack files: the slips of somebody who is tired."""

from __future__ import annotations

from tests.settings.broken import CANARY, Broken

__all__ = ["BROKEN"]

_API = "compute.services.api"
_NIGHTLY = "compute.schedules.nightly"
_TASK = {"image_from": "api", "architecture": "arm64"}


def _compute(**nightly: object) -> dict[str, object]:
    """One task and its schedule, beside the sound file's service."""
    return {"tasks": {"cleanup": _TASK}, "schedules": {"nightly": {"task": "cleanup", **nightly}}}


BROKEN = [
    Broken(
        "a unit behind a number", f"{_API}.memory", "1GB", f"{_API}.memory", "'1GB' is not a whole number", "write 1024"
    ),
    Broken(
        "minutes for seconds",
        "data.queues",
        {"jobs": {"visibility_timeout_s": "15m"}},
        "data.queues.jobs.visibility_timeout_s",
        "'15m' is not a whole number",
        "write 900",
    ),
    Broken(
        "one vCPU",
        f"{_API}.cpu",
        1,
        f"{_API}.cpu",
        "1 is not one of 256, 512, 1024, 2048, 4096, 8192 or 16384",
        "write 1024",
    ),
    Broken(
        "a number of tasks", f"{_API}.replicas", 2, f"{_API}.replicas", "2 is not a mapping", "write {min: 2, max: 2}"
    ),
    Broken(
        "a budget by itself",
        "observability.budget",
        300,
        "observability.budget",
        "300 is not a mapping",
        "write {monthly_usd: 300}",
    ),
    Broken(
        "nothing behind a key", "data.queues", {"jobs": None}, "data.queues.jobs", "is empty", "{} for the defaults"
    ),
    Broken(
        "no value for a variable",
        f"{_API}.environment",
        {"DEBUG": None},
        f"{_API}.environment.DEBUG",
        "is empty",
        "write a value, or remove the line",
    ),
    Broken("an area without a line", "outputs", "", "outputs", "is empty", "write lines below it, or remove it"),
    Broken(
        "an empty list of paths", f"{_API}.route.paths", [], f"{_API}.route.paths", "is empty", "write at least 1 entry"
    ),
    Broken(
        "a region without its hyphens",
        "aws:region",
        "useast1",
        "aws:region",
        "is not a region",
        "did you mean us-east-1?",
    ),
    Broken(
        "a minor version",
        "data.postgres.main.version",
        "16.3",
        "data.postgres.main.version",
        "is not a major version of 13 or later",
        "AWS chooses and updates the minor one",
    ),
    Broken(
        "a day written out",
        "compute",
        _compute(cron="0 3 ? * monday *"),
        f"{_NIGHTLY}.cron",
        "has 'monday' as day of week",
        "or SUN to SAT",
    ),
    Broken(
        "an abbreviation for a zone",
        "compute",
        _compute(cron="0 3 ? * MON *", timezone="CEST"),
        f"{_NIGHTLY}.timezone",
        "'CEST' is not a time zone",
        "write one such as Europe/Berlin",
    ),
    Broken(
        "bounds the wrong way round",
        f"{_API}.replicas",
        {"min": 6, "max": 2, "cpu_percent": 60},
        f"{_API}.replicas.max",
        "is 2, less than min 6",
        "write at least 6",
    ),
    Broken(
        "a moment without quotes",
        "data.postgres.main2",
        {"restore_from": {"point_in_time": {"source": "prod-main", "at": "2026-11-20 12:00:00 +0000 UTC"}}},
        "data.postgres.main2.restore_from.point_in_time.at",
        "is not a moment in UTC",
        "in quotes",
    ),
    Broken(
        "a password among the arguments",
        f"{_API}.command",
        ["serve", f"--db-password={CANARY}"],
        f"{_API}.command[1]",
        "looks like a secret in the clear",
        "write it under secrets",
    ),
    Broken(
        "a key in the health check",
        f"{_API}.health_command",
        ["check", f"--api-key={CANARY}"],
        f"{_API}.health_command[1]",
        "looks like a secret in the clear",
        "write it under secrets",
    ),
    Broken(
        "a password where a database is described",
        "data.postgres.main.password",
        CANARY,
        "data.postgres.main.password",
        "unknown key",
        "a secret never belongs here in plain text",
    ),
    Broken(
        "alarms off by false", "observability.alarms", False, "observability.alarms", "is not a mapping", "write null"
    ),
    Broken(
        "a window in words",
        "data.postgres.main.maintenance_window",
        "Sunday 04:30",
        "data.postgres.main.maintenance_window",
        "is not a weekly window",
        "write one like sun:04:30-sun:05:30",
    ),
    Broken(
        "an endpoint by its long name",
        "networking.endpoints",
        ["com.amazonaws.us-east-1.bedrock-runtime"],
        "networking.endpoints[0]",
        "'com.amazonaws.us-east-1.bedrock-runtime' is not a short name of a",
        "did you mean bedrock-runtime?",
    ),
    Broken(
        "the gateway of S3 among the endpoints",
        "networking.endpoints",
        ["dynamodb", "s3"],
        "networking.endpoints",
        "names s3, which is a gateway endpoint that is always there",
        "remove it",
    ),
    Broken(
        "the token's key is not set",
        "edge.amplify",
        {"repository": "https://github.com/example/web", "token_from": "amplify:token", "branches": {"main": {}}},
        "edge.amplify.token_from",
        "run `pulumi config set --secret amplify:token`",
        "for an offline preview write `amplify:token: {secure: later}`",
    ),
]
