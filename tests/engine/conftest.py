"""The engine for tests: the `pulumi` CLI from PATH with stand-ins for the providers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.engine.cli import Workspace
from tests.engine.interpreter import environment
from tests.engine.plugins.hub import Hub, launchers

NEEDS_CLI = "the `pulumi` command is not on PATH: what the real engine does was NOT tested here"
MakeWorkspace = Callable[[Path, Path], Workspace]


@pytest.fixture(scope="session")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the stand-in plugins and an environment that runs programs.

    Without the CLI the test is skipped, or fails where ENGINE_TESTS=required, as in the project's workflow.
    """
    if shutil.which("pulumi") is None:
        if os.environ.get("ENGINE_TESTS") == "required":
            pytest.fail(NEEDS_CLI)
        pytest.skip(NEEDS_CLI)
    folder = tmp_path_factory.mktemp("tools")
    environment(folder / "python")
    with Hub() as hub:
        launchers(folder / "plugins", hub)
        yield folder
        hub.shutdown()


@pytest.fixture
def workspace(tools: Path, tmp_path: Path) -> MakeWorkspace:
    """Makes a workspace from a program's folder and a stack file."""
    return lambda program, stack_file: Workspace(tmp_path / stack_file.stem, program, stack_file, tools)
