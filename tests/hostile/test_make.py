"""What is given to `make` is text: neither make nor its shell runs what stands in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.make import make


@pytest.mark.parametrize("target", ["stack", "state-backend", "preview"])
@pytest.mark.parametrize("name", ["CONFIG", "NAME", "STACK", "BUCKET", "REGION", "ACCOUNT"])
def test_runs_nothing_that_it_is_given(target: str, name: str, tmp_path: Path) -> None:
    made = tmp_path / "made"
    for text in (f"$(shell touch {made})", f"`touch {made}`", f"$(touch {made})", f'";touch {made};"'):
        given = {"CONFIG": "systems/knwl.yaml", "NAME": "mine", name: text}
        make(tmp_path, target, *(f"{key}={value}" for key, value in given.items()))
        assert not made.exists(), text


def test_the_text_reaches_the_preview(tmp_path: Path) -> None:
    done = make(tmp_path, "preview", "CONFIG=$(shell id) `id` it's.yaml")
    assert done.stdout.splitlines() == ["-m", "preview", "--config-file", "$(shell id) `id` it's.yaml"]
