"""The corrected value of a fault is one: written at the fault's key, it takes the fault away."""

from __future__ import annotations

import re
from typing import Any

import pytest

import settings
from preview.coreyaml import as_text
from settings.corrections import corrected, parts
from settings.model import OPEN, Fault
from settings.paths import changed
from tests.settings.broken import Broken, broken_config
from tests.settings.corpus import ALL

# What a fix says that only a person can carry out.
_ASKS = re.compile(
    r"\b(add|allow|begin|call|choose|copy|describe|give|increase|keep|leave|let|list|make|move|must|name|put|read|"
    r"rename|remove (some|one|the|edge|versioned|OTEL|cpu_percent)|run|set|shorten|take|use|watch|"
    r"it (begins|is|has|looks)|docs/|"
    r"write (a|an|another|each|its|one|paths|prod|scale|the|two|your|`key|some|six|digits|00:00|internet|aws-only|"
    r"elastic|lifecycle|`amplify|more than|less than|backup_plan|it under|\{))\b|write [`{]|one hides|there are|change "
)
_SHARE = 0.9


def faults_of(config: dict[str, Any]) -> list[Fault]:
    """The faults of a stack file's configuration."""
    full = {key if ":" in key else f"agent-platform:{key}": as_text(value) for key, value in config.items()}
    try:
        settings.parse(full, "agent-platform", "broken")
    except settings.SettingsError as error:
        return error.faults
    return []


def with_namespace(broken: Broken) -> dict[str, Any]:
    """The configuration of a broken file, with each key in full."""
    return {key if ":" in key else f"agent-platform:{key}": value for key, value in broken_config(broken).items()}


@pytest.mark.parametrize("broken", ALL, ids=lambda broken: broken.name)
def test_the_corrected_value_takes_the_fault_away(broken: Broken) -> None:
    config = with_namespace(broken)
    for fault in faults_of(config):
        correction = corrected(fault)
        if correction is not OPEN:
            assert fault not in faults_of(changed(config, fault.key, correction)), fault


@pytest.mark.parametrize("broken", ALL, ids=lambda broken: broken.name)
def test_every_fault_has_a_fix(broken: Broken) -> None:
    for fault in faults_of(broken_config(broken)):
        what, fix = parts(fault)
        assert what
        assert fix, fault


def test_most_files_that_can_have_a_corrected_value_have_one() -> None:
    have, clean, lack = 0, 0, []
    for broken in ALL:
        config = with_namespace(broken)
        fault = faults_of(config)[0]
        correction = corrected(fault)
        if correction is not OPEN:
            have += 1
            clean += not faults_of(changed(config, fault.key, correction))
        elif not _ASKS.search(parts(fault)[1]):
            lack.append(f"{broken.name}: {fault.reason}")
    print(
        f"\n{len(ALL)} broken files: {have} with a corrected value, of which {clean} are then sound; {len(lack)} could "
        f"have one: {lack}"
    )
    assert have / (have + len(lack)) >= _SHARE
