"""Every path that a stack file names stays inside the repository, and a folder of any size is read within limits."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pulumi
import pytest

from components.compute import build_context
from components.compute.image import content_tag
from settings.compute.image import Build
from settings.files import ConfigFile, text_of
from settings.loader import SettingsError
from settings.repository_paths import inside
from tests.settings.broken import DELETED
from tests.settings.sound import changed

_API = "compute.services.api"
_PLATFORM = "linux/amd64"


def _refused(at: dict[str, Any]) -> str:
    with pytest.raises(SettingsError) as refused:
        changed(at)
    return str(refused.value)


@pytest.mark.parametrize("path", ["/usr", "/", "..", "../..", "tests/../../..", "/proc/self/root", "/dev"])
@pytest.mark.parametrize("key", ["context", "dockerfile"])
def test_build_stays_inside_and_ends_at_once(key: str, path: str) -> None:
    before = time.process_time()
    said = _refused({f"{_API}.image": DELETED, f"{_API}.build": {"context": "tests/small/app", key: path}})
    assert f"{_API}.build.{key}: {path!r} leads out of the repository" in said
    assert time.process_time() - before < 3


@pytest.mark.parametrize("path", ["x" * 300, "/".join("x" * 5000)])
def test_name_that_is_no_path_is_refused(path: str) -> None:
    said = _refused({f"{_API}.image": DELETED, f"{_API}.build": {"context": path}})
    assert "is no path that can be read; write one from the root" in said
    assert path not in said


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (f"{_API}.files", {"/etc/app/app.yaml": {"file": "../secret.yaml"}}),
        (f"{_API}.files", {"/etc/app/app.yaml": {"file": "tests/../../secret.yaml"}}),
        ("edge.amplify", {"platform": "WEB", "build_spec": {"file": "../amplify.yml"}, "branches": {"main": {}}}),
    ],
    ids=["files", "files through a folder", "build_spec"],
)
def test_files_stay_inside(key: str, value: Any) -> None:
    assert "leads out of the repository" in _refused({key: value})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with something secret beside it."""
    (tmp_path / "repository" / "app").mkdir(parents=True)
    (tmp_path / "repository" / "app" / "Dockerfile").write_text("FROM scratch\n")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "Dockerfile").write_text("FROM scratch\n")
    return tmp_path / "repository"


def _tag(root: Path, **build: Any) -> str:
    return content_tag("api", Build.model_validate({"context": "app", **build}), root, _PLATFORM)


@pytest.mark.parametrize("name", ["file", "app/file", "folder/Dockerfile"])
def test_link_out_of_the_repository_is_not_followed(root: Path, name: str) -> None:
    (root / "folder").symlink_to("../secret")
    (root / "file").symlink_to("../secret/Dockerfile")
    (root / "app" / "file").symlink_to("../../secret/Dockerfile")
    with pytest.raises(ValueError, match="leads out of the repository"):
        inside(name, root)
    with pytest.raises(ValueError, match="leads out of the repository"):
        text_of(ConfigFile(file=name), root)
    with pytest.raises(pulumi.RunError, match="leads out of the repository"):
        _tag(root, dockerfile=name)


def test_context_that_is_a_link_out_is_not_followed(root: Path) -> None:
    (root / "folder").symlink_to("../secret")
    with pytest.raises(pulumi.RunError, match=r"context: 'folder' leads out of the repository"):
        _tag(root, context="folder")


@pytest.mark.parametrize("target", ["../../secret/Dockerfile", "/etc/hostname", "/dev/zero", "../../secret"])
def test_link_in_the_context_that_leads_out_is_refused_unless_ignored(root: Path, target: str) -> None:
    (root / "app" / "link").symlink_to(target)
    with pytest.raises(pulumi.RunError, match=r"has the link 'link', which leads out of the repository; name it in"):
        _tag(root)
    (root / "app" / ".dockerignore").write_text("link\n")
    assert _tag(root)


def test_ignore_file_that_is_a_link_out_is_not_followed(root: Path) -> None:
    (root.parent / "secret" / "ignore").write_text("a\n")
    (root / "app" / ".dockerignore").symlink_to("../../secret/ignore")
    with pytest.raises(pulumi.RunError, match="leads out of the repository"):
        _tag(root)


def test_links_inside_are_followed(root: Path) -> None:
    (root / "shared").mkdir()
    (root / "shared" / "lib.py").write_text("1")
    (root / "app" / "lib.py").symlink_to("../shared/lib.py")
    (root / "app" / "gone").symlink_to("nowhere")
    first = _tag(root)
    (root / "shared" / "lib.py").write_text("2")
    assert _tag(root) != first


def test_number_of_files_has_a_limit(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_context, "_MOST_FILES", 3)
    for number in range(3):
        (root / "app" / str(number)).touch()
    with pytest.raises(
        pulumi.RunError, match=r"'app' has more than 3 files or 1 GiB for Docker, the most that is read"
    ):
        _tag(root)
    (root / "app" / ".dockerignore").write_text("[0-9]\n")
    assert _tag(root)


def test_size_of_files_has_a_limit_and_nothing_is_read_beyond(root: Path) -> None:
    with (root / "app" / "big").open("wb") as file:
        os.truncate(file.fileno(), 1 << 40)
    before = time.process_time()
    with pytest.raises(pulumi.RunError, match=r"more than 20,000 files or 1 GiB .*; leave out what the image does not"):
        _tag(root)
    assert time.process_time() - before < 1


def test_one_large_file_behind_many_links_counts_each_time(root: Path) -> None:
    with (root / "big").open("wb") as file:
        os.truncate(file.fileno(), 1 << 29)
    for number in range(3):
        (root / "app" / str(number)).symlink_to("../big")
    with pytest.raises(ValueError, match="more than 20,000 files or 1 GiB"):
        list(build_context.context_files(Build(context="app"), root))


@pytest.mark.parametrize(
    ("text", "words"),
    [("a\n" * 600, "more than 500 patterns"), ("#" * 70_000, "is larger than 64 KiB"), ("\udcff", "is not UTF-8 text")],
    ids=["patterns", "size", "bytes"],
)
def test_ignore_file_has_limits(root: Path, text: str, words: str) -> None:
    (root / "app" / ".dockerignore").write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(pulumi.RunError, match=rf"app/\.dockerignore .*{words}"):
        _tag(root)
