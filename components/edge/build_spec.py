"""The build specification of a web app that states none."""

from __future__ import annotations

from settings.edge.amplify import Amplify

__all__ = ["default_build_spec"]

# The folder of Amplify's own deployment format, which other frameworks that render on a server write.
_HOSTING_FOLDER, _NEXT_FOLDER, _FILES_FOLDER = ".amplify-hosting", ".next", "dist"


def default_build_spec(settings: Amplify) -> str:
    """An npm build. Amplify would keep the last specification where none is sent, also one that was removed.

    The repository's own amplify.yml, if there is one, comes before it.
    """
    if settings.platform == "WEB":
        folder = _FILES_FOLDER
    else:
        folder = _NEXT_FOLDER if settings.served_framework.startswith("Next.js") else _HOSTING_FOLDER
    return f"""\
version: 1
frontend:
  phases:
    preBuild:
      commands: [npm ci]
    build:
      commands: [npm run build]
  artifacts:
    baseDirectory: {folder}
    files: ["**/*"]
  cache:
    paths: ["node_modules/**/*"]
"""
