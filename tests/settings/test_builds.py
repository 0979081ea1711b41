"""Builds that the settings accept."""

from __future__ import annotations

from pathlib import Path

import pytest

from settings.loader import SettingsError
from tests.settings.broken import DELETED
from tests.settings.sound import changed


@pytest.mark.parametrize("target", [None, "runtime", "RUNTIME", "base", "0", "1"])
def test_a_stage_is_named_or_numbered(target: str | None) -> None:
    build = {"context": "tests/small/app", "target": target}
    settings = changed({"compute.services.api.image": DELETED, "compute.services.api.build": build})
    found = settings.compute.services["api"].build
    assert found is not None
    assert found.target == target


def test_a_dockerfile_outside_of_the_repository_ends_in_a_message(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM scratch AS only\n")
    build = {"context": str(tmp_path), "target": "nowhere"}
    with pytest.raises(SettingsError, match=r"build\.context: .* leads out of the repository.*; write a path from"):
        changed({"compute.services.api.image": DELETED, "compute.services.api.build": build})
