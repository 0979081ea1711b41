"""Builds that the settings accept."""

from __future__ import annotations

import pytest

from tests.settings.broken import DELETED
from tests.settings.sound import changed


@pytest.mark.parametrize("target", [None, "runtime", "RUNTIME", "base", "0", "1"])
def test_a_stage_is_named_or_numbered(target: str | None) -> None:
    build = {"context": "tests/small/app", "target": target}
    settings = changed({"compute.services.api.image": DELETED, "compute.services.api.build": build})
    found = settings.compute.services["api"].build
    assert found is not None
    assert found.target == target
