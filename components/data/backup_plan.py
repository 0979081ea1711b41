"""AWS Backup: a vault, a daily plan and its selection of resources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components.aws import Account
from components.base import Component
from components.data.key import Key, KeyArgs
from components.identity.role import Role, RoleArgs
from settings.data.backup import Backup

__all__ = ["BackupPlan", "BackupPlanArgs"]

_POLICIES = tuple(f"service-role/AWSBackupServiceRolePolicyFor{operation}" for operation in ("Backup", "Restores"))
_BUCKET_POLICIES = ("AWSBackupServiceRolePolicyForS3Backup", "AWSBackupServiceRolePolicyForS3Restore")
# A job starts within an hour, which is AWS's minimum, or is cancelled, and completes within eight.
_START_WINDOW_MIN, _COMPLETION_WINDOW_MIN = 60, 480


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupPlanArgs:
    """Arguments of `BackupPlan`."""

    settings: Backup
    """The time of the backups, and the days that they are kept."""
    resource_arns: Mapping[str, pulumi.Input[str]]
    """ARNs of the databases, file systems and tables that are backed up, by unique names."""
    bucket_arns: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    """ARNs of the buckets that are backed up; they must be versioned and send events to the event bus."""
    account: Account
    """The account, its region and partition."""
    protect: bool
    """Refuse to delete the vault, and keep its key; without it, recovery points are deleted with the stack."""

    def __post_init__(self) -> None:
        if not self.resource_arns and not self.bucket_arns:
            raise ValueError(
                "a backup plan without resources backs nothing up; name a resource, or do not create the plan"
            )


class BackupPlan(Component):
    """A daily AWS Backup plan; see `settings.data.backup.Backup` for what it costs; its key costs about 1 USD a month.

    Creates: vault with its own key, plan, selection, and the role for backups and restores; with `copy_to`, a vault
    with its own key in the other region.
    Guarantees: it backs up exactly the given resources, by ARN and not by tag; recovery points of file systems and
    buckets are encrypted with the vault's key, those of databases with the database's own, and copies with the key of
    their vault; with `protect`, the keys outlive the stack, so that recovery points stay readable.
    Errors: ValueError without resources.
    """

    def __init__(self, name: str, args: BackupPlanArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("data", name, opts)
        copy_to = args.settings.copy_to
        vault = self._vault(args)
        copy_vault = None if copy_to is None else self._vault(args, "copy-", copy_to.region)
        plan = self._plan(args.settings, vault, copy_vault)
        role = self._role(args)
        aws.backup.Selection(
            self.child_name("selection"),
            plan_id=plan.id,
            iam_role_arn=role.arn,
            resources=[arn for arns in (args.resource_arns, args.bucket_arns) for _, arn in sorted(arns.items())],
            opts=self.child_opts(depends_on=role.policies),
        )
        self.vault_name = vault.name
        self.copy_vault_arn = None if copy_vault is None else copy_vault.arn
        self.role_arn = role.arn
        self.done(vault_name=self.vault_name)

    def _plan(self, settings: Backup, vault: aws.backup.Vault, copy_vault: aws.backup.Vault | None) -> aws.backup.Plan:
        rule = aws.backup.PlanRuleArgs(
            rule_name="daily",
            target_vault_name=vault.name,
            schedule=_daily_cron(settings.at),
            schedule_expression_timezone="Etc/UTC",
            start_window=_START_WINDOW_MIN,
            completion_window=_COMPLETION_WINDOW_MIN,
            lifecycle=aws.backup.PlanRuleLifecycleArgs(
                cold_storage_after=settings.cold_after_days, delete_after=settings.keep_days
            ),
            copy_actions=_copy_actions(settings, copy_vault),
        )
        return aws.backup.Plan(self.child_name(), rules=[rule], opts=self.child_opts())

    def _role(self, args: BackupPlanArgs) -> Role:
        policies = (*_POLICIES, *_BUCKET_POLICIES) if args.bucket_arns else _POLICIES
        return Role(
            self.child_name("role"),
            RoleArgs(
                service="backup.amazonaws.com",
                description="Backs up and restores",
                managed_policies=[args.account.managed_policy(policy) for policy in policies],
            ),
            self.child_opts(),
        )

    def _vault(self, args: BackupPlanArgs, prefix: str = "", region: str | None = None) -> aws.backup.Vault:
        key = Key(
            self.child_name(f"{prefix}key"),
            KeyArgs(description="Recovery points", account=args.account, retain=args.protect, region=region),
            self.child_opts(),
        )
        return aws.backup.Vault(
            self.child_name(f"{prefix}vault"),
            kms_key_arn=key.arn,
            # AWS refuses to delete a vault that holds recovery points.
            force_destroy=not args.protect,
            region=region,
            opts=self.child_opts(protect=args.protect),
        )


def _copy_actions(settings: Backup, vault: aws.backup.Vault | None) -> list[aws.backup.PlanRuleCopyActionArgs] | None:
    if settings.copy_to is None or vault is None:
        return None
    lifecycle = aws.backup.PlanRuleCopyActionLifecycleArgs(
        cold_storage_after=settings.copy_to.cold_after_days, delete_after=settings.copy_to.keep_days
    )
    return [aws.backup.PlanRuleCopyActionArgs(destination_vault_arn=vault.arn, lifecycle=lifecycle)]


def _daily_cron(at: str) -> str:
    hour, minute = at.split(":")
    return f"cron({int(minute)} {int(hour)} * * ? *)"
