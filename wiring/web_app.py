"""The web app on Amplify."""

from __future__ import annotations

import pulumi

from components.edge.amplify_app import AmplifyApp, AmplifyAppArgs
from settings import Settings
from settings.files import text_of
from wiring.context import StackContext
from wiring.data import DataStores

__all__ = ["build_web_app"]


def build_web_app(ctx: StackContext, settings: Settings, data: DataStores) -> AmplifyApp | None:
    """The stack's web app, if it has one."""
    app = settings.edge.amplify
    if app is None:
        return None
    token = None
    if app.token_from is not None:
        namespace, _, key = app.token_from.partition(":")
        token = pulumi.Config(namespace).require_secret(key)
    return AmplifyApp(
        "amplify",
        AmplifyAppArgs(
            settings=app,
            account=ctx.account,
            key_arn=data.key.arn,
            protect=ctx.protect,
            log_retention_days=settings.observability.log_retention_days,
            token=token,
            build_spec=text_of(app.build_spec) if app.build_spec is not None else None,
        ),
        opts=ctx.opts("edge.amplify"),
    )
