"""One policy per rule, and two for undecided findings and for exemptions."""

from __future__ import annotations

from typing import Any

from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyComplianceFramework,
    PolicyConfigSchema,
    PolicyPack,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    Severity,
    StackValidationArgs,
    StackValidationPolicy,
)

from ..evaluation import EMPTY, RULES_BY_ID, judge, matches
from ..model import Rule
from ..rules import RULES
from ..schema import config_schema
from . import cache
from .convert import from_args, plain, raw_properties
from .session import Session, undecided_message

NAME = "agent-platform-guardrails"


def serve() -> None:
    """Starts the pack; returns when the engine stops it."""
    cache.install()
    PolicyPack(NAME, build_policies(Session()))


def build_policies(session: Session) -> list[Policy]:
    """The policies of the pack, for one preview or update."""
    resource_rules = [_resource_policy(rule, session) for rule in RULES if not rule.graph]
    stack_rules = [_stack_policy(rule, session) for rule in RULES if rule.graph]
    return [*resource_rules, *stack_rules, _undecided(session), _exemptions(session)]


def _resource_policy(rule: Rule, session: Session) -> ResourceValidationPolicy:
    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        session.record_inputs(args.urn, args.props)
        raw = args.get_config()
        config = session.config(rule, raw) if raw else None
        if not matches(rule, args.resource_type):
            return
        config = config or session.config(rule, raw)
        resource = cache.once(("resource", id(args.props)), args.props, lambda: from_args(args, plain(args.props)))
        judgement = judge(rule, resource, config, EMPTY)
        session.record(rule, resource, judgement)
        for message in session.messages(rule, resource, judgement):
            report(message, None)

    def remediate(args: ResourceValidationArgs) -> Any:
        if rule.remediate is None or not matches(rule, args.resource_type):
            return None
        changes = rule.remediate(plain(args.props))
        if not changes:
            return None
        return {**raw_properties(args.props), **changes}

    return ResourceValidationPolicy(
        validate=validate, remediate=remediate if rule.remediate else None, **_metadata(rule)
    )


def _stack_policy(rule: Rule, session: Session) -> StackValidationPolicy:
    def validate(args: StackValidationArgs, report: ReportViolation) -> None:
        config = session.config(rule, args.get_config())
        stack = session.stack(args.resources)
        for resource in stack.of(*rule.types):
            judgement = judge(rule, resource, config, stack)
            session.record(rule, resource, judgement)
            for message in session.messages(rule, resource, judgement):
                report(message, resource.urn)

    return StackValidationPolicy(validate=validate, **_metadata(rule))


def _undecided(session: Session) -> StackValidationPolicy:
    def validate(args: StackValidationArgs, report: ReportViolation) -> None:
        collector = session.collect_findings(RULES_BY_ID, session.stack(args.resources))
        for finding in collector.report().undecided:
            if finding.level != "mandatory":
                report(f"{finding.policy}: {undecided_message(finding)}", finding.urn)

    return StackValidationPolicy(
        name="undecided",
        description="Findings that could not be decided, because a value is not known yet.",
        display_name="Undecided findings",
        validate=validate,
        enforcement_level=EnforcementLevel.ADVISORY,
        severity=Severity.LOW,
    )


def _exemptions(session: Session) -> StackValidationPolicy:
    def validate(args: StackValidationArgs, report: ReportViolation) -> None:
        findings = session.collect_findings(RULES_BY_ID, session.stack(args.resources)).report()
        for finding in findings.exempted:
            until = f"by {finding.owner} until {finding.expires}: {finding.reason}"
            report(f"{finding.policy}: exempted {until} ({finding.message})", finding.urn)
        for finding in findings.warnings:
            report(f"{finding.policy}: {finding.message}", None)

    return StackValidationPolicy(
        name="exemptions",
        description="Violations with an exemption, and exemptions that are unused or end soon.",
        display_name="Exemptions",
        validate=validate,
        enforcement_level=EnforcementLevel.ADVISORY,
        severity=Severity.LOW,
    )


def _metadata(rule: Rule) -> dict[str, Any]:
    framework, _, reference = rule.controls[0].partition(" ") if rule.controls else ("", "", "")
    schema = config_schema(rule)
    return {
        "name": rule.id,
        "description": f"{rule.title}.",
        "display_name": rule.title,
        "severity": Severity(rule.severity),
        "enforcement_level": EnforcementLevel(rule.baseline),
        "config_schema": PolicyConfigSchema(schema),
        "framework": PolicyComplianceFramework(framework, reference=reference) if framework else None,
        "tags": [rule.area, *rule.controls],
        "remediation_steps": rule.fix,
    }
