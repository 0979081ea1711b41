"""The options of the offline preview's command line."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "AgainstFile",
    "AllErrors",
    "AllowDataLoss",
    "ConfigFile",
    "EscFile",
    "FaultsFile",
    "JsonFile",
    "JunitFile",
    "PhaseChoice",
    "PhaseOption",
    "PolicyConfig",
    "References",
    "SarifFile",
    "Stack",
    "StrictHints",
    "SummaryFile",
    "WithTree",
    "WithWatch",
]


class PhaseChoice(StrEnum):
    """Which run of the program to show."""

    preview = "preview"
    deployed = "deployed"
    both = "both"


Stack = Annotated[str | None, typer.Option(help="The stack; its file is Pulumi.<stack>.yaml.")]
ConfigFile = Annotated[Path | None, typer.Option(help="Another file than Pulumi.<stack>.yaml.")]
EscFile = Annotated[
    Path | None,
    typer.Option(
        "--esc",
        help="Values of the Pulumi ESC environments that the stack file names: what `pulumi config --open --json` "
        "prints.",
    ),
]
PhaseOption = Annotated[PhaseChoice, typer.Option(help="Values unknown, values made up, or both.")]
PolicyConfig = Annotated[
    Path | None,
    typer.Option(
        help="The policy pack's configuration; by default policy/config/<stack>.json, else the strict profile "
        "where data is protected, and baseline elsewhere."
    ),
]
JsonFile = Annotated[Path | None, typer.Option("--json", help="Write the plan as JSON; - for standard output.")]
SarifFile = Annotated[Path | None, typer.Option("--sarif", help="Write the findings as SARIF.")]
JunitFile = Annotated[Path | None, typer.Option("--junit", help="Write the findings as JUnit XML.")]
AgainstFile = Annotated[
    Path | None,
    typer.Option(
        "--against",
        help="Show what `up` would do since an earlier plan, written with --json, or to a state, written with "
        "pulumi stack export.",
    ),
]
References = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME=PLAN.json",
        help="The plan, written with --json, of a stack that the program reads by StackReference; repeatable.",
    ),
]
AllowDataLoss = Annotated[
    bool, typer.Option("--allow-data-loss", help="Accept that --against finds data which would be lost.")
]
WithTree = Annotated[bool, typer.Option("--tree", help="Also print every resource, as a tree.")]
SummaryFile = Annotated[
    Path | None,
    typer.Option("--summary", help="Write the page as Markdown, for a pull request's comment or a job's summary."),
]
StrictHints = Annotated[
    bool, typer.Option("--strict-hints", help="Fail where there are hints that accepted_hints does not accept.")
]
AllErrors = Annotated[
    bool, typer.Option("--all-errors", help="Print every fault, and not the first nine if there are more than ten.")
]
FaultsFile = Annotated[
    Path | None,
    typer.Option(
        "--faults",
        help="Write the faults as JSON, with key, file, line, reason, fix and, where there is one, the corrected "
        "value; - for standard output. With --json -, they are written there, too.",
    ),
]
WithWatch = Annotated[
    bool,
    typer.Option("--watch", help="Preview again whenever the stack file, another input or the code changes."),
]
