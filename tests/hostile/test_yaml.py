"""Stack files that are made to cost much, or to break the reader, are refused with one line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from preview import stackfile

# Each doubles, or more than that, what the lines above it hold.
_BOMB = "config:\n  a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"  {after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, after in zip("abcdefg", "bcdefgh", strict=True)
)
_MERGES = "config:\n  a: &a {k: [x, x, x, x, x, x, x, x, x]}\n" + "".join(
    f"  {after}: &{after} {{<<: [{', '.join([f'*{before}'] * 9)}], {after}: [{', '.join([f'*{before}'] * 9)}]}}\n"
    for before, after in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(_BOMB, "more than 100,000 values, with every alias written out", id="aliases"),
        pytest.param(_MERGES, "more than 100,000 values, with every alias written out", id="merges"),
        pytest.param("config:\n  a: &a [*a]\n", "an alias stands inside its own value", id="list in itself"),
        pytest.param("config:\n  a: &a {b: *a}\n", "an alias stands inside its own value", id="mapping in itself"),
        pytest.param(f"config:\n  a: {'[' * 150}{']' * 150}\n", "more than 100 levels", id="levels"),
        pytest.param(f"config:\n  a: {'[' * 9000}{']' * 9000}\n", "more than 100 levels", id="thousands of levels"),
        pytest.param("config:\n" + "#" * 600_000, "larger than 512 KiB", id="size"),
        pytest.param("config:\n  a: \x1b[2J\n", "the character U+001B, which YAML does not allow", id="escape"),
    ],
)
def test_is_refused_with_one_line(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "Pulumi.big.yaml"
    path.write_text(text)
    with pytest.raises(stackfile.StackFileError, match=re.escape(words)) as refused:
        stackfile.read(path, "agent-platform")
    assert str(refused.value).startswith(str(path))
    assert "\n" not in str(refused.value)


def test_number_of_many_digits_is_text(tmp_path: Path) -> None:
    path = tmp_path / "Pulumi.digits.yaml"
    path.write_text(f"config:\n  p:a: {'9' * 6000}\n  p:b: 0x{'f' * 6000}\n")
    values = stackfile.read(path, "p").values
    assert values == {"p:a": "9" * 6000, "p:b": f"0x{'f' * 6000}"}


def test_file_that_never_ends_is_read_to_the_limit() -> None:
    with pytest.raises(stackfile.StackFileError, match="larger than 512 KiB"):
        stackfile.read(Path("/dev/zero"), "agent-platform")
