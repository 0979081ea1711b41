"""A plan with all that is said of it: hints, the policies' verdict, and what `up` would do since an earlier plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import settings
from policy.guardrails import load_config
from preview import diff, policies, run, stackfile
from preview.against import Against, against
from preview.faults import SettingsFaultsError
from preview.first_steps import first_steps
from preview.hints import with_hints
from preview.page import Section, head, sections
from preview.plan import PhaseName, Plan
from preview.references import references, unread

__all__ = ["Judged", "Request", "inputs", "judged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to preview, and by which other files."""

    path: Path
    stack: str | None = None
    phases: tuple[PhaseName, ...] = ("preview", "deployed")
    policy_config: Path | None = None
    reference: Sequence[str] = ()
    against: Path | None = None
    esc: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The plan, and the transition since the earlier plan where there is one."""

    plan: Plan
    against: Against | None

    def page(self, *, allow_data_loss: bool) -> tuple[str, list[Section]]:
        """The page's first line and its sections."""
        found = self.against
        differences = diff.differences(found.earlier, self.plan) if found is not None else ()
        return head(self.plan), sections(self.plan, found, differences, allow_data_loss=allow_data_loss)


def judged(request: Request) -> Judged:
    """Run the program with a stack file and judge it; with an earlier plan, also what `up` would do since.

    Errors: SettingsFaultsError, ProgramError, StackFileError, DiffError, StackReferenceError, ConfigError.
    """
    earlier = diff.read(request.against) if request.against is not None else None
    project = stackfile.project_name(run.ROOT)
    defaults = stackfile.project_config(run.ROOT, project)
    file = stackfile.read(request.path, project, request.stack, opened=request.esc, defaults=defaults)
    said = _checked(file, project)
    prod = said.environment == "prod"
    config = request.policy_config or policies.config_for(run.ROOT, file.stack, protected=prod or said.protected)
    today = datetime.now(tz=UTC).date()
    pack, raised = load_config(config, today=today), ()
    elsewhere = [*file.hints, *policies.config_hints(run.ROOT, file.stack, config, pack)]
    if prod and request.policy_config is None:
        pack, raised = policies.at_least_strict(pack, run.ROOT)
    others = references(request.reference)
    plan = run.plan(file, project=project, phases=request.phases, references=others)
    found = against(earlier, plan) if earlier is not None else None
    plan = with_hints(plan, tuple(settings.hints(said)), (*elsewhere, *unread(plan, others)), file)
    phases = {name: replace(phase, first=tuple(first_steps(phase))) for name, phase in plan.phases.items()}
    plan = replace(plan, phases=phases)
    plan = policies.judge(plan, pack, today, path=config, raised=raised)
    return Judged(plan=replace(plan, transition=found.to_json() if found else None), against=found)


def inputs(request: Request) -> list[Path]:
    """The files that a preview reads, beside the code; each policy configuration, since the file chooses one."""
    others = [Path(text.partition("=")[2]) for text in request.reference]
    given = (request.path, request.policy_config, request.against, request.esc)
    own = [run.ROOT / "Pulumi.yaml", *sorted((run.ROOT / "policy").glob("*/*.json"))]
    return [*(path for path in given if path is not None), *others, *own]


def _checked(file: stackfile.StackFile, project: str) -> settings.Settings:
    """The stack's settings, so that their faults are reported before the program runs.

    Errors: SettingsFaultsError.
    """
    try:
        return settings.checked(file.values, project, file.stack, secret_keys=file.secret_keys)
    except settings.SettingsError as error:
        raise SettingsFaultsError(error.faults, file, project) from None
