"""Refuses options that contradict each other, and outputs that would overwrite what is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import typer

from preview.run import ROOT

__all__ = ["check_files", "check_options", "check_watch"]

_STANDARD_OUTPUT = ("-", "/dev/stdout")


def check_options(*, stack: str | None, against: Path | None, allow_data_loss: bool) -> None:
    """Refuse an option that is empty, or that has no effect.

    Errors: typer.BadParameter.
    """
    if stack is not None and not stack.strip():
        raise typer.BadParameter("--stack is empty; name the stack, such as --stack dev (make preview STACK=dev)")
    if allow_data_loss and against is None:
        raise typer.BadParameter("--allow-data-loss has no effect without --against; add it, or leave both out")


def check_files(
    outputs: Mapping[str, Path | None],
    *,
    stack_file: Path,
    against: Path | None,
    policy_config: Path | None,
    reference: Sequence[str],
) -> None:
    """Refuse an output, given by its option, that equals another, an input, or what a later run reads.

    Errors: typer.BadParameter.
    """
    written = {option: path for option, path in outputs.items() if path is not None}
    for (one, path), (other, second) in combinations(written.items(), 2):
        if _same(path, second):
            raise typer.BadParameter(f"{one} and {other} would both write {path}; name two files")
    inputs = {"the stack file": stack_file, "which --against reads": against, "the policy configuration": policy_config}
    plans = [Path(text.partition("=")[2]) for text in reference]
    for option, path in written.items():
        for what, read in [*inputs.items(), *(("which --reference reads", plan) for plan in plans), *_project()]:
            if read is not None and _same(path, read):
                raise typer.BadParameter(f"{option} would overwrite {path}, {what}; name another file")
        if path.name.startswith("Pulumi") and path.suffix in (".yaml", ".yml"):
            raise typer.BadParameter(f"{option} would write {path}, the name of a stack file; name another file")


def check_watch(outputs: Mapping[str, Path | None], *, read: Iterable[Path], strict_hints: bool) -> None:
    """Refuse what makes no sense with --watch, which prints again and again and has no exit code of its own.

    Errors: typer.BadParameter.
    """
    for option, path in outputs.items():
        if path is not None and str(path) in _STANDARD_OUTPUT:
            raise typer.BadParameter(f"--watch writes {option} again with each change; name a file for {option}")
    if strict_hints:
        raise typer.BadParameter("--strict-hints has no effect with --watch, which goes on; leave one of them out")
    for path in read:
        if path.exists() and not path.is_file():
            raise typer.BadParameter(f"--watch cannot see when {path} changes; name a file")


def _project() -> Iterator[tuple[str, Path]]:
    for pattern in ("systems/*.yaml", "policy/*/*.json", "settings/*.json"):
        yield from (("a file of the project", path) for path in ROOT.glob(pattern))


def _same(one: Path, other: Path) -> bool:
    if str(one) in _STANDARD_OUTPUT or str(other) in _STANDARD_OUTPUT:
        return str(one) in _STANDARD_OUTPUT and str(other) in _STANDARD_OUTPUT
    return one.resolve() == other.resolve() or (one.exists() and other.exists() and one.samefile(other))
