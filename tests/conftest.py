"""How the tests run: how many inputs are drawn, and what was skipped, and why, at the end of each run."""

from __future__ import annotations

import gc
from collections import Counter

import pytest
from hypothesis import HealthCheck, settings

from tests.stacks import FILES

_STACKS = {path.as_posix() for path in FILES}

settings.register_profile(
    "test", max_examples=25, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("check", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("test")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the tests of one file, or of one shipped stack file, to one process; mark what draws its inputs."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(_stack_of(item) or item.nodeid.partition("::")[0]))
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.random)


def _stack_of(item: pytest.Item) -> str:
    """The shipped stack file that a test is about, so that no two processes plan it."""
    callspec = getattr(item, "callspec", None)
    values = [str(value) for value in callspec.params.values()] if callspec else []
    return next((value for value in values if value in _STACKS), "")


def pytest_collection_finish() -> None:
    """Leave what is imported and collected out of every later search for garbage."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Let a process end without a last search for garbage, which takes seconds with every plan in memory."""
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell each reason for skipping once, with the number of tests that it concerns."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in skipped)
    for reason, tests in sorted(reasons.items()):
        terminalreporter.write_line(f"SKIPPED {tests} tests: {reason}", yellow=True)
