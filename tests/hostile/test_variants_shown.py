"""The page and the files of every varied stack, of each phase alone and of both."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.console import Console

from policy.guardrails import load_config
from preview import files, policies
from preview.first_steps import first_steps
from preview.judged import Judged
from preview.plan import PhaseName
from preview.render import render
from preview.run import ROOT
from preview.summary import markdown
from preview.tree import tree
from tests.program.test_variants import VARIANTS, each

_PHASES: list[tuple[PhaseName, ...]] = [("preview",), ("deployed",), ("preview", "deployed")]


@pytest.mark.check
@each
def test_is_shown(name: str, tmp_path: Path) -> None:
    whole = VARIANTS[name]()
    pack = load_config(ROOT / "policy" / "profiles" / "strict.json")
    for chosen in _PHASES:
        phases = {
            phase: replace(whole.phases[phase], first=tuple(first_steps(whole.phases[phase]))) for phase in chosen
        }
        plan = policies.judge(replace(whole, phases=phases), pack)
        first, page = Judged(plan=plan, against=None).page(allow_data_loss=False)
        out = StringIO()
        render(first, page, Console(file=out, width=100), tree=tree(plan.phases[chosen[0]]))
        assert plan.stack in out.getvalue()
        assert plan.stack in markdown(first, page)
        written = [tmp_path / file for file in ("plan.json", "report.sarif", "junit.xml")]
        files.write(plan, json_file=written[0], sarif_file=written[1], junit_file=written[2])
        assert set(json.loads(written[0].read_text())["phases"]) == set(chosen)
        assert json.loads(written[1].read_text())["version"] == "2.1.0"
        ElementTree.parse(written[2])
