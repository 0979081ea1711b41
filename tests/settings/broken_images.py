"""Broken stack files: images that `pulumi up` builds."""

from __future__ import annotations

from typing import Any

from tests.settings.broken import DELETED, Broken

__all__ = ["BROKEN"]

_API = "compute.services.api"
_APP = "tests/small/app"
_UNNAMED = f"{_APP}/unnamed.Dockerfile"


def _built(name: str, build: dict[str, Any], key: str, reason: str, fix: str) -> Broken:
    return Broken(name, "", {f"{_API}.image": DELETED, f"{_API}.build": build}, f"{_API}.build.{key}", reason, fix)


BROKEN = [
    Broken(
        "an image that two would build",
        "",
        {f"{_API}.image": DELETED, f"{_API}.build": {"context": _APP}, f"{_API}.deploy": {"owner": "delivery"}},
        f"{_API}.deploy.owner",
        "is delivery, where the pipeline builds images",
        "write pulumi",
    ),
    _built(
        "a build in no folder",
        {"context": "nowhere"},
        "context",
        "'nowhere' is not a folder of the repository",
        "write the folder's path from the root",
    ),
    _built(
        "a build without a Dockerfile",
        {"context": "tests/small"},
        "context",
        "'tests/small' holds no Dockerfile",
        "add one, or name it by its path from the root in build.dockerfile",
    ),
    _built(
        "a build without its Dockerfile",
        {"dockerfile": "app/Dockerfile"},
        "dockerfile",
        "'app/Dockerfile' is not a file of the repository",
        "write the Dockerfile's path from the root",
    ),
    _built(
        "a Dockerfile by its path from the context",
        {"context": _APP, "dockerfile": "unnamed.Dockerfile"},
        "dockerfile",
        "'unnamed.Dockerfile' is not a file of the repository",
        f"write its path from the root: {_UNNAMED}",
    ),
    _built(
        "a stage that the Dockerfile does not have",
        {"context": _APP, "target": "Runtim"},
        "target",
        f"'Runtim' is not a stage of {_APP}/Dockerfile",
        "did you mean runtime?",
    ),
    _built(
        "a stage by the wrong number",
        {"context": _APP, "target": "2"},
        "target",
        f"'2' is not a stage of {_APP}/Dockerfile",
        "there are base, runtime",
    ),
    _built(
        "a stage of a Dockerfile without names",
        {"context": _APP, "dockerfile": _UNNAMED, "target": "final"},
        "target",
        f"'final' is not a stage of {_UNNAMED}",
        "remove it, since no stage there has a name",
    ),
    _built(
        "a .dockerignore that Docker refuses",
        {"context": _APP, "dockerfile": _UNNAMED},
        "context",
        f"{_UNNAMED}.dockerignore, line 2: '[abc' is not a pattern",
        "close its bracket",
    ),
    Broken(
        "a build for a repository of another region",
        "",
        {
            f"{_API}.image": DELETED,
            f"{_API}.build": {"context": _APP},
            f"{_API}.repository": {"existing": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shared/api"},
        },
        f"{_API}.repository.existing",
        "is in eu-west-1, and `build` pushes to us-east-1 only",
        "name a repository there",
    ),
]
