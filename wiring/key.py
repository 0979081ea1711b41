"""The key that encrypts what the stack keeps."""

from __future__ import annotations

from components.data.key import Key, KeyArgs
from components.data.key_statements import bucket_notification_statement, cloudwatch_logs_statement
from components.iam import Statement
from settings import Settings
from wiring.context import StackContext

__all__ = ["build_key"]


def build_key(ctx: StackContext, settings: Settings) -> Key:
    """The stack's key, for data, secrets and logs of its region."""
    return Key(
        "data",
        KeyArgs(
            description=f"Data of {ctx.stack}",
            account=ctx.account,
            statements=_statements(ctx, settings),
            retain=settings.data.retain_keys,
        ),
        opts=ctx.opts("data"),
    )


def _statements(ctx: StackContext, settings: Settings) -> list[Statement]:
    """The AWS services that may use the key by themselves."""
    statements = [cloudwatch_logs_statement(ctx.account)]
    if any(bucket.notifications for bucket in settings.data.buckets.values()):
        statements.append(bucket_notification_statement(ctx.account))
    return statements
