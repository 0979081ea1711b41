"""DynamoDB tables."""

from __future__ import annotations

from typing import Literal

import pulumi
import pulumi_aws as aws

from components.data.key_access import kms_permission_via
from components.data.store import Store, StoreArgs
from components.data.table_monitoring import TableMonitoring, table_metrics
from components.values import Injection, Permission
from settings.data import tables
from settings.data.tables import Index, Units

__all__ = ["Table"]

_TYPES = {"string": "S", "number": "N", "binary": "B"}
_PROJECTIONS = {"all": "ALL", "keys": "KEYS_ONLY"}
_ITEMS = {
    "read": ("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan"),
    "write": ("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"),
}
# Transactions check items by the first; SDKs ask for the key's names by the second.
_ALWAYS = ("dynamodb:ConditionCheckItem", "dynamodb:DescribeTable")
_INDEXES = ("dynamodb:Query", "dynamodb:Scan")


class Table(Store):
    """A DynamoDB table; see `settings.data.tables.Table` for what it costs.

    Creates: the table with its indexes; for capacity that scales a target and a policy each.
    Guarantees: encrypted with the given key; restorable to any second of the last `recovery_days`; with `protect`,
    neither Pulumi nor AWS deletes it; a permission is for this table, its own indexes, and the key for this table only;
    the next `up` does not reset capacity that scales.
    """

    def __init__(self, name: str, args: StoreArgs[tables.Table], opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("data", name, opts)
        self._key_arn, self._settings = args.key_arn, args.settings
        table = self._table(args)
        if args.settings.capacity is not None:
            self._scale("Read", args.settings.capacity.read, table.name)
            self._scale("Write", args.settings.capacity.write, table.name)
        self.name = table.name
        self.arn = table.arn
        metrics = table_metrics(name, table.name, list(args.settings.indexes))
        self.monitoring = TableMonitoring(name=name, metrics=metrics, settings=args.settings)
        self.done(name=self.name, arn=self.arn)

    def injection(self, variable: str, access: str) -> Injection:
        """The table's name in `variable`, and the permissions to `read`, `write` or `read-write` items.

        Writing needs the permission to decrypt, too, since DynamoDB decrypts the key of the table by it.
        """
        kinds = access.split("-")
        permissions = [
            Permission(actions=[*(action for kind in kinds for action in _ITEMS[kind]), *_ALWAYS], resources=[self.arn])
        ]
        indexes = [pulumi.Output.concat(self.arn, "/index/", name) for name in self._settings.indexes]
        if indexes and "read" in kinds:
            permissions.append(Permission(actions=_INDEXES, resources=indexes))
        decrypt = kms_permission_via(
            self._key_arn,
            "dynamodb",
            ["kms:Decrypt"],
            conditions={"StringLike": {"kms:EncryptionContext:aws:dynamodb:tableName": self.name}},
        )
        return Injection(environment={variable: self.name}, task_permissions=[*permissions, decrypt])

    def _table(self, args: StoreArgs[tables.Table]) -> aws.dynamodb.Table:
        settings, capacity = args.settings, args.settings.capacity
        scales = {"readCapacity": capacity and capacity.read, "writeCapacity": capacity and capacity.write}
        return aws.dynamodb.Table(
            self.child_name(),
            attributes=[
                aws.dynamodb.TableAttributeArgs(name=name, type=_TYPES[type_])
                for name, type_ in sorted(settings.attributes.items())
            ],
            hash_key=settings.partition_key,
            range_key=settings.sort_key,
            billing_mode="PAY_PER_REQUEST" if capacity is None else "PROVISIONED",
            read_capacity=capacity and capacity.read.min,
            write_capacity=capacity and capacity.write.min,
            # Also where there is none: the provider keeps the last index if the list is left out.
            global_secondary_indexes=[self._index(name, index) for name, index in settings.indexes.items()],
            ttl=settings.ttl
            and aws.dynamodb.TableTtlArgs(attribute_name=settings.ttl.attribute, enabled=settings.ttl.enabled),
            point_in_time_recovery=aws.dynamodb.TablePointInTimeRecoveryArgs(
                enabled=True, recovery_period_in_days=settings.recovery_days
            ),
            server_side_encryption=aws.dynamodb.TableServerSideEncryptionArgs(enabled=True, kms_key_arn=args.key_arn),
            deletion_protection_enabled=args.protect,
            opts=self.child_opts(
                protect=args.protect,
                ignore_changes=[key for key, units in scales.items() if units is not None and units.scales] or None,
            ),
        )

    def _index(self, name: str, index: Index) -> aws.dynamodb.TableGlobalSecondaryIndexArgs:
        capacity, projection = self._settings.capacity, index.projection
        keys = {"HASH": index.partition_key, "RANGE": index.sort_key}
        return aws.dynamodb.TableGlobalSecondaryIndexArgs(
            name=name,
            key_schemas=[
                aws.dynamodb.TableGlobalSecondaryIndexKeySchemaArgs(attribute_name=attribute, key_type=key_type)
                for key_type, attribute in keys.items()
                if attribute is not None
            ],
            projection_type=_PROJECTIONS[projection] if isinstance(projection, str) else "INCLUDE",
            non_key_attributes=None if isinstance(projection, str) else list(projection),
            read_capacity=capacity and capacity.read.min,
            write_capacity=capacity and capacity.write.min,
        )

    def _scale(self, what: Literal["Read", "Write"], units: Units, table: pulumi.Output[str]) -> None:
        """Let the capacity follow the load; AWS makes the role for it, which is linked to the service."""
        capacity = self._settings.capacity
        if capacity is None or not units.scales:
            return
        target = aws.appautoscaling.Target(
            self.child_name(what.lower()),
            service_namespace="dynamodb",
            scalable_dimension=f"dynamodb:table:{what}CapacityUnits",
            resource_id=pulumi.Output.concat("table/", table),
            min_capacity=units.min,
            max_capacity=units.max,
            opts=self.child_opts(),
        )
        aws.appautoscaling.Policy(
            self.child_name(what.lower()),
            policy_type="TargetTrackingScaling",
            service_namespace=target.service_namespace,
            scalable_dimension=target.scalable_dimension,
            resource_id=target.resource_id,
            target_tracking_scaling_policy_configuration={
                "target_value": capacity.target_percent,
                "predefined_metric_specification": {
                    "predefined_metric_type": f"DynamoDB{what}CapacityUtilization",
                },
            },
            opts=self.child_opts(),
        )
