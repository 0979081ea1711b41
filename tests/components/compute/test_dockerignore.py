"""What Docker sends of a build context.

The expected paths are what github.com/tonistiigi/fsutil of 2026-11-03 walked with these patterns; 32,000 random files
of patterns on random trees were compared in the same way.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from components.compute.dockerignore import BadPatternError, context_entries, ignore_file, read_patterns

_SRC = "src/[x] src/a.py src/a.pyc src/foo src/lib/foo/b.py src/lib/xfoo src/link src/node_modules/y/index.js"
_TOP = ".dockerignore .env .git/HEAD Dockerfile README.md a.py a.pyc"
_DOCS = "docs/a.md docs/b/c.md docs/b/keep.md"
_MODULES = "node_modules/x/index.js"
FILES = set(f"{_SRC} {_TOP} {_DOCS} {_MODULES}".split()) - {"src/link"}
# The text of a `.dockerignore` -> what Docker does not send.
TABLE = [
    ("", ""),
    ("# only a comment\n", ""),
    ("\n  \n", ""),
    (".git\n.env", ".env .git/HEAD"),
    ("*.pyc", "a.pyc"),
    ("**/*.pyc", "a.pyc src/a.pyc"),
    ("node_modules", "node_modules/x/index.js"),
    ("**/node_modules", "node_modules/x/index.js src/node_modules/y/index.js"),
    ("/node_modules/", "node_modules/x/index.js"),
    ("./docs/../src", _SRC),
    ("docs\n!docs/b/keep.md", "docs/a.md docs/b/c.md"),
    ("docs/*\n!docs/b", "docs/a.md"),
    ("*\n!src\n!src/**/*.py", f"{_TOP} {_DOCS} {_MODULES}"),
    ("*\n!src/**\nsrc/lib", f"{_TOP} {_DOCS} {_MODULES} src/lib/foo/b.py src/lib/xfoo"),
    ("**\n!**/*.md", f".dockerignore .env .git/HEAD Dockerfile a.py a.pyc {_MODULES} {_SRC}"),
    ("**/foo", "src/foo src/lib/foo/b.py"),
    ("**foo", "src/foo src/lib/foo/b.py src/lib/xfoo"),
    ("src/**", _SRC),
    ("src/**/foo", "src/foo src/lib/foo/b.py"),
    ("src/*/foo", "src/lib/foo/b.py"),
    ("src/?oo", "src/foo"),
    ("src/[a-f]*", "src/a.py src/a.pyc src/foo"),
    ("src/[^a]*", "src/[x] src/foo src/lib/foo/b.py src/lib/xfoo src/link src/node_modules/y/index.js"),
    ("src/\\[x\\]", "src/[x]"),
    ("!docs\ndocs", _DOCS),
    ("docs\n!docs\ndocs/b/*.md", "docs/b/c.md docs/b/keep.md"),
    ("  docs  ", _DOCS),
    ("\ufeff# first\ndocs", _DOCS),
    ("/!docs\ndocs", _DOCS),
    ("!*.md\n*.md", "README.md"),
    ("*.md\r\n.git\r\n", ".git/HEAD README.md"),
    (".*", ".dockerignore .env .git/HEAD"),
    ("src/link", "src/link"),
    ("src/link/**", ""),
    ("..", ""),
    ("docs/b/..", _DOCS),
    ("*/*/*.md", "docs/b/c.md docs/b/keep.md"),
    ("**/b/**", "docs/b/c.md docs/b/keep.md"),
    ("Dockerfile", "Dockerfile"),
    ("*\n!docs/b/../a.md", f"{_TOP} docs/b/c.md docs/b/keep.md {_MODULES} {_SRC}"),
    ("a.*\n!a.py", "a.pyc"),
]


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("context")
    for name in FILES:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")
    (root / "src" / "link").symlink_to("../docs")
    return root


@pytest.mark.parametrize(("text", "left_out"), TABLE, ids=[repr(text) for text, _ in TABLE])
def test_what_docker_sends(context: Path, text: str, left_out: str) -> None:
    sent = [path for path, _ in context_entries(context, read_patterns(text))]
    assert set(sent) == (FILES | {"src/link"}) - set(left_out.split())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a\n!", "line 2: a single ! is no pattern"),
        ("!/", "line 1: a single ! is no pattern"),
        ("src/[ab", "line 1: 'src/[ab' is not a pattern; close its bracket"),
        ("src/[]", "is not a pattern"),
        ("src/[b-a]", "is not a pattern"),
        ("src\\", "is not a pattern"),
        ("a**b**c**d**e**f", "line 1: 'a**b**c**d**e**f' has more than 4 ** without a /; write a / before each **"),
    ],
)
def test_what_docker_refuses_is_said_with_its_line(text: str, reason: str) -> None:
    with pytest.raises(BadPatternError) as said:
        read_patterns(text)
    assert reason in str(said.value)


@pytest.mark.parametrize("text", ["*a" * 30 + "z", "**/a/" * 30 + "z", "**/" * 30 + "z", "a**b*c*"])
def test_no_pattern_takes_long(text: str) -> None:
    [pattern] = read_patterns(text)
    started = time.process_time()
    for path in ("a" * 255, "a/" * 500 + "a", "ab/" * 500):
        pattern.expression.match(path)
    assert time.process_time() - started < 0.2


def test_the_dockerfiles_own_file_comes_first(tmp_path: Path) -> None:
    dockerfile = tmp_path / "docker" / "api.Dockerfile"
    dockerfile.parent.mkdir()
    assert ignore_file(tmp_path, dockerfile) is None
    (tmp_path / ".dockerignore").write_text("a")
    assert ignore_file(tmp_path, dockerfile) == tmp_path / ".dockerignore"
    (tmp_path / "docker" / "api.Dockerfile.dockerignore").write_text("b")
    assert ignore_file(tmp_path, dockerfile) == tmp_path / "docker" / "api.Dockerfile.dockerignore"


def test_the_order_is_stable(context: Path) -> None:
    sent = [path for path, _ in context_entries(context, [])]
    assert sent == [path for path, _ in context_entries(context, [])]
    assert len(sent) == len(set(sent))
