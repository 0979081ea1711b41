"""The CLI hands the program the very values that the offline preview reads from a stack file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from preview import stackfile
from tests.engine.conftest import MakeWorkspace
from tests.preview.tricky import CONFIG, EXPECTED

_PROGRAM = """
import json, pathlib
from pulumi.runtime import config
seen = {"values": config.get_config_env(), "secret": config.get_config_secret_keys_env()}
pathlib.Path("seen.json").write_text(json.dumps(seen))
"""
_PROJECT = "{name: tricky, runtime: python}"


def seen_by_the_program(
    workspace: MakeWorkspace, tmp_path: Path, settings: str, *secrets: str
) -> tuple[dict[str, Any], Path]:
    """What the program receives, and the stack's file as the CLI leaves it."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "__main__.py").write_text(_PROGRAM)
    (folder / "Pulumi.yaml").write_text(_PROJECT)
    (folder / "Pulumi.dev.yaml").write_text(settings, encoding="utf-8")
    made = workspace(folder, folder / "Pulumi.dev.yaml")
    for path in secrets:
        made.run("config", "set", "--secret", "--path", path, stackfile.SECURE_STAND_IN)
    made.preview()
    return json.loads((made.program / "seen.json").read_text()), made.settings_file


def test_tricky_values_arrive_as_recorded(workspace: MakeWorkspace, tmp_path: Path) -> None:
    seen, _ = seen_by_the_program(workspace, tmp_path, CONFIG)
    assert seen["values"] == EXPECTED


def test_a_file_that_the_cli_has_rewritten_still_reads_the_same(workspace: MakeWorkspace, tmp_path: Path) -> None:
    assert "encryptionsalt" not in CONFIG
    _, rewritten = seen_by_the_program(workspace, tmp_path, CONFIG)
    assert "encryptionsalt" in rewritten.read_text(encoding="utf-8")
    assert stackfile.read(rewritten, "tricky").values == EXPECTED


def test_secure_values_and_their_keys_arrive_alike(workspace: MakeWorkspace, tmp_path: Path) -> None:
    settings = "config:\n  plain: {a: [1.0, 2024-01-01]}\n"
    seen, file = seen_by_the_program(workspace, tmp_path, settings, "tricky:whole", "tricky:deep.list[0]")
    ours = stackfile.read(file, "tricky")
    assert seen["values"] == ours.values
    assert sorted(seen["secret"]) == sorted(ours.secret_keys)
