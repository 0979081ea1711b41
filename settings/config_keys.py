"""The keys of Pulumi's encrypted configuration that the settings name."""

from __future__ import annotations

from collections.abc import Iterator, Set

from settings.stack import Settings

__all__ = ["config_keys"]


def config_keys(settings: Settings, broken: Set[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """Where a key is named, and the key; areas that are `broken` name none."""
    if "data" not in broken:
        for name, secret in settings.data.secrets.items():
            if secret.from_config is not None:
                yield f"data.secrets.{name}.from_config", secret.from_config
    app = settings.edge.amplify if "edge" not in broken else None
    if app is not None and app.token_from is not None:
        yield "edge.amplify.token_from", app.token_from
    if "compute" not in broken:
        for name, service in settings.compute.services.items():
            login = service.route.auth if service.route else None
            if login is not None and login.oidc is not None:
                yield f"compute.services.{name}.route.auth.oidc.client_secret_from", login.oidc.client_secret_from
