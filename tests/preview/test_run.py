"""How the recorder runs a program."""

from __future__ import annotations

import sys
from typing import Any

import pulumi
import pytest

from preview.monitor import Recorder
from preview.run import ProgramError
from tests.recording import every_phase, record


def test_a_registration_carries_no_stack_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    answer = Recorder.RegisterResource

    def spy(self: Recorder, request: Any) -> Any:
        seen.append(request)
        return answer(self, request)

    monkeypatch.setattr(Recorder, "RegisterResource", spy)
    every_phase(record(lambda: pulumi.ComponentResource("test:index:Part", "part")))
    assert "part" in [request.name for request in seen]
    for request in seen:
        assert not request.stackTrace.frames
        assert not request.HasField("sourcePosition")
    assert not hasattr(sys, "tracebacklimit")


def test_a_fault_of_the_program_still_names_its_line() -> None:
    def program() -> None:
        raise ValueError("no such thing")

    with pytest.raises(ProgramError, match=r"tests/preview/test_run\.py:\d+: ValueError: no such thing"):
        every_phase(record(program))
    assert not hasattr(sys, "tracebacklimit")
