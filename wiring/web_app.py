"""The web app on Amplify."""

from __future__ import annotations

import pulumi

from components.edge.amplify_app import AmplifyApp, AmplifyAppArgs
from settings import Settings
from settings.files import text_of
from wiring.site import Site
from wiring.stores import Stores

__all__ = ["web_app"]


def web_app(site: Site, settings: Settings, stores: Stores) -> AmplifyApp | None:
    """The stack's web app, if it has one."""
    wanted = settings.edge.amplify
    if wanted is None:
        return None
    token = None
    if wanted.token_from is not None:
        namespace, _, key = wanted.token_from.partition(":")
        token = pulumi.Config(namespace).require_secret(key)
    return AmplifyApp(
        "amplify",
        AmplifyAppArgs(
            settings=wanted,
            account_id=site.account_id,
            region=site.region,
            partition=site.partition,
            key_arn=stores.key.arn,
            protect=site.protect,
            log_retention_days=settings.observability.log_retention_days,
            token=token,
            build_spec=text_of(wanted.build_spec) if wanted.build_spec is not None else None,
        ),
        opts=site.inherit,
    )
