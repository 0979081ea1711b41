"""What a phase leaves behind, in a process that collects no garbage by itself, as `python -m preview`."""

from __future__ import annotations

import gc
import warnings
import weakref
from collections.abc import Iterator
from pathlib import Path

import pulumi
import pytest

from preview import run
from preview.stackfile import StackFile

FILE = StackFile(stack="dev", path=Path("Pulumi.dev.yaml"), values={}, secret_keys=())


@pytest.fixture(autouse=True)
def _collection_off() -> Iterator[None]:
    gc.disable()
    yield
    with warnings.catch_warnings(action="ignore"):
        gc.collect()
    gc.enable()


def _left_from_before() -> list[int]:
    """How many resources of the phases before are alive when each of two phases begins."""
    resources: list[weakref.ref[pulumi.Resource]] = []
    left: list[int] = []

    def program() -> None:
        left.append(sum(resource() is not None for resource in resources))
        resources.append(weakref.ref(pulumi.ComponentResource("shop:index:Thing", "thing")))

    run.plan(FILE, project="shop", phases=("preview", "deployed"), program=program)
    return left


def test_the_garbage_of_a_phase_is_collected_before_the_next() -> None:
    assert _left_from_before() == [0, 0]


def test_with_more_resources_it_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_COLLECTED", 0)
    assert _left_from_before() == [0, 1]
