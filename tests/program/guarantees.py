"""The guarantees that a rule of the policy pack watches, each with the edit that takes it out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from tests.program.mutations import Edit, both, document, drop, gone, hide, parent_of, point, put, untag

__all__ = ["DEV", "DYNO", "KNWL", "NOT_GUARANTEED", "PROD", "ROWS", "Row"]

PROD, DEV, KNWL, DYNO = "Pulumi.prod.yaml", "Pulumi.dev.yaml", "systems/knwl.yaml", "systems/dyno-agent.yaml"


class Row(NamedTuple):
    """The rule that must trip for `subject` once `edit` has taken the guarantee out of the plan of `file`.

    `known` is false where the guarantee stands in a document that is unknown before the first `up`.
    """

    rule: str
    subject: str
    edit: Edit
    file: str = PROD
    known: bool = True


DATABASE, CLUSTER, SERVICE, TASK = (
    "rds/instance::main",
    "ecs/cluster::cluster",
    "ecs/service::api",
    "ecs/taskDefinition::api-task",
)
BALANCER, HTTP, HTTPS = (
    "lb/loadBalancer::load-balancer",
    "lb/listener::load-balancer-http",
    "lb/listener::load-balancer-https",
)
BUCKET, BUCKET_POLICY, BUCKET_KEY, BUCKET_BLOCK = (
    "s3/bucket::load-balancer-logs",
    "s3/bucketPolicy::load-balancer-logs-policy",
    "s3/bucketServerSideEncryptionConfiguration::load-balancer-logs-encryption",
    "s3/bucketPublicAccessBlock::load-balancer-logs-public-access",
)
VPC, SUBNET, DEFAULT_GROUP = (
    "ec2/vpc::network",
    "ec2/subnet::network-private-0",
    "ec2/defaultSecurityGroup::network-default",
)
PUBLIC = ("ec2/subnet::network-public-0", "ec2/subnet::network-public-1")
PRIVATE = ("ec2/subnet::network-private-0", "ec2/subnet::network-private-1")
IGW = "ec2/internetGateway::network-igw"
WAY_OUT = "ec2/route::network-private-0-default"
GROUP, INGRESS = "ec2/securityGroup::api-group", "vpc/securityGroupIngressRule::load-balancer-to-api-ingress-80"
ENTRANCE, EGRESS = (
    "vpc/securityGroupIngressRule::load-balancer-ingress-443-0-0-0-0-0",
    "vpc/securityGroupEgressRule::api-to-internet-egress",
)
KEY, SECRET, LOGS = "kms/key::data", "secretsmanager/secret::openai-api-key", "cloudwatch/logGroup::api-task-logs"
FLOWS = "cloudwatch/logGroup::network-flow-logs"
TOPIC, TOPIC_POLICY = "sns/topic::alarms", "sns/topicPolicy::alarms-policy"
ROLE, ROLE_POLICY = "iam/role::api-task-execution", "iam/rolePolicy::api-task-execution-policy"
CERTIFICATE, SUBSCRIPTION = (
    "acm/certificate::load-balancer-certificate",
    "sns/topicSubscription::alarms-email-d876c6",
)
NAT, NAT_TEMPLATE, NAT_MACHINE, NAT_ADDRESS = (
    "ec2/networkInterface::network-nat",
    "ec2/launchTemplate::network-nat-template",
    "ec2/instance::network-nat-instance",
    "ec2/eip::network-nat-ip",
)
REPOSITORY, LINK, STAGE = (
    "ecr/repository::knwl-repository",
    "apigatewayv2/vpcLink::http-api-link",
    "apigatewayv2/stage::http-api-stage",
)
FILES, FILES_POLICY, FILES_BACKUP, FILES_TARGET = (
    "efs/fileSystem::shared",
    "efs/fileSystemPolicy::shared-policy",
    "efs/backupPolicy::shared-backup",
    "efs/mountTarget::shared-target-0",
)
PARAMETER = "ssm/parameter::prometheus-task-files-etc-prometheus-prometheus-yml-0"
OPEN = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}'
WORLD = {"protocol": "tcp", "fromPort": 22, "toPort": 22, "cidrBlocks": ["0.0.0.0/0"]}
ANYWHERE = {"protocol": "-1", "fromPort": 0, "toPort": 0, "cidrBlocks": ["0.0.0.0/0"]}


def container(**changes: Any) -> Edit:
    """Change the container of the service; None removes a property."""

    def change(body: Any) -> None:
        for path, value in changes.items():
            body[0][path] = value
            if value is None:
                del body[0][path]

    return document(TASK, "containerDefinitions", change)


def statement(where: str, prop: str = "policy", index: int = 0, **changes: Any) -> Edit:
    """Change a statement of a policy; None removes a property."""

    def change(body: Any) -> None:
        found = body["Statement"][index]
        for key, value in changes.items():
            found[key] = value
            if value is None:
                del found[key]

    return document(where, prop, change)


def without_statement(where: str, gone_if: Callable[[Any], bool]) -> Edit:
    """Remove the statements of a policy for which `gone_if` holds; there must be some."""

    def change(body: Any) -> None:
        kept = [found for found in body["Statement"] if not gone_if(found)]
        assert len(kept) < len(body["Statement"])
        body["Statement"] = kept

    return document(where, "policy", change)


def parameter(name: str, value: str) -> Edit:
    """Set a parameter of the database's parameter group."""

    def edit(draft: Any) -> None:
        holder, last = parent_of(draft["rds/parameterGroup::main-parameters"].inputs, "parameters")
        (found,) = [item for item in holder[last] if item["name"] == name]
        found["value"] = value

    return edit


def inline(action: str) -> Edit:
    """Give the role an inline policy that allows `action` on everything."""
    policy = '{"Statement":[{"Effect":"Allow","Action":"%s","Resource":"*"}]}' % action  # noqa: UP031
    return put(ROLE, "inlinePolicies", [{"name": "x", "policy": policy}])


PLACEMENT = (
    # A subnet becomes public by its association, by a route of its table, or is another one.
    Row(
        "data-in-private-subnets",
        DATABASE,
        point("ec2/routeTableAssociation::network-isolated-to-0", "routeTableId", "ec2/routeTable::network-public"),
    ),
    Row(
        "data-in-private-subnets",
        DATABASE,
        point("ec2/route::network-public-default", "routeTableId", "ec2/routeTable::network-isolated"),
    ),
    Row("data-in-private-subnets", DATABASE, point("rds/subnetGroup::main-subnets", "subnetIds", *PUBLIC)),
    Row("data-in-private-subnets", DATABASE, drop(DATABASE, "dbSubnetGroupName")),
    Row(
        "compute-in-private-subnets",
        SERVICE,
        both(drop(WAY_OUT, "natGatewayId"), point(WAY_OUT, "gatewayId", IGW)),
    ),
    Row(
        "compute-in-private-subnets",
        SERVICE,
        point("ec2/routeTableAssociation::network-private-1-to-0", "routeTableId", "ec2/routeTable::network-public"),
    ),
    Row("compute-in-private-subnets", SERVICE, point(SERVICE, "networkConfiguration.subnets", *PUBLIC)),
    Row("compute-in-private-subnets", LINK, point(LINK, "subnetIds", *PUBLIC), KNWL),
    Row("compute-in-private-subnets", NAT, put(NAT, "sourceDestCheck", True), DEV),
    Row("compute-in-private-subnets", NAT_MACHINE, point(NAT_MACHINE, "subnetId", PUBLIC[0]), DEV),
    Row(
        "compute-in-private-subnets",
        NAT_TEMPLATE,
        point(NAT_TEMPLATE, "networkInterfaces[0].subnetId", PUBLIC[0]),
        DEV,
    ),
    Row("load-balancer-placement", BALANCER, put(BALANCER, "internal", True)),
    Row("load-balancer-placement", BALANCER, put(BALANCER, "internal", False), KNWL),
    Row("load-balancer-placement", BALANCER, point(BALANCER, "subnets", *PRIVATE)),
    Row(
        "nat-gateway-placement",
        "ec2/natGateway::network-nat-0",
        point("ec2/natGateway::network-nat-0", "subnetId", PRIVATE[0]),
    ),
)
EXPOSURE = (
    Row("database-not-public", DATABASE, put(DATABASE, "publiclyAccessible", True)),
    Row(
        "instance-no-public-address",
        NAT_ADDRESS,
        both(put(NAT, "sourceDestCheck", True), point(NAT_ADDRESS, "networkInterface", NAT)),
        DEV,
    ),
    Row("instance-no-public-address", NAT_MACHINE, put(NAT_MACHINE, "associatePublicIpAddress", True), DEV),
    Row(
        "instance-no-public-address",
        NAT_TEMPLATE,
        put(NAT_TEMPLATE, "networkInterfaces[0].associatePublicIpAddress", "true"),
        DEV,
    ),
    Row("subnet-no-automatic-address", SUBNET, put(SUBNET, "mapPublicIpOnLaunch", True)),
    Row("ecs-no-public-address", SERVICE, put(SERVICE, "networkConfiguration.assignPublicIp", True)),
    Row(
        "no-world-open-ingress",
        INGRESS,
        both(drop(INGRESS, "referencedSecurityGroupId"), put(INGRESS, "cidrIpv4", "0.0.0.0/0")),
    ),
    Row("no-world-open-ingress", ENTRANCE, put(ENTRANCE, "toPort", 8443)),
    Row("no-world-open-ingress", ENTRANCE, put(BALANCER, "internal", True)),
    Row("no-world-open-ingress", GROUP, put(GROUP, "ingress", [WORLD])),
    Row("no-world-open-egress", EGRESS, both(put(EGRESS, "fromPort", 0), put(EGRESS, "toPort", 65535))),
    Row("no-world-open-egress", GROUP, put(GROUP, "egress", [ANYWHERE])),
    Row("default-security-group-closed", DEFAULT_GROUP, put(DEFAULT_GROUP, "ingress", [WORLD])),
    Row("default-security-group-closed", VPC, gone(DEFAULT_GROUP)),
    Row("s3-public-access-blocked", BUCKET, gone(BUCKET_BLOCK)),
    *(
        Row("s3-public-access-blocked", BUCKET, put(BUCKET_BLOCK, flag, False))
        for flag in ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    ),
    Row("s3-no-public-acl", BUCKET, put(BUCKET, "acl", "public-read")),
)
TRANSIT = (
    Row("s3-tls-only", BUCKET, gone(BUCKET_POLICY)),
    Row(
        "s3-tls-only",
        BUCKET,
        without_statement(BUCKET_POLICY, lambda found: found["Effect"] == "Deny"),
        known=False,
    ),
    Row("rds-tls-required", DATABASE, parameter("rds.force_ssl", "0")),
    Row("sns-subscription-https", SUBSCRIPTION, put(SUBSCRIPTION, "protocol", "http")),
    Row("certificate-key-strength", CERTIFICATE, put(CERTIFICATE, "keyAlgorithm", "RSA_1024")),
    Row("public-listener-https", HTTP, put(HTTP, "defaultActions", [{"type": "fixed-response"}])),
    Row("public-listener-https", HTTPS, put(HTTPS, "protocol", "HTTP")),
    Row("internal-listener-https", HTTPS, put(HTTPS, "protocol", "HTTP"), KNWL),
    Row("listener-tls-policy", HTTPS, put(HTTPS, "sslPolicy", "ELBSecurityPolicy-2016-08")),
    Row("listener-tls-policy", HTTPS, drop(HTTPS, "sslPolicy")),
    Row("load-balancer-drops-invalid-headers", BALANCER, put(BALANCER, "dropInvalidHeaderFields", False)),
    Row(
        "ecs-efs-encrypted-in-transit",
        TASK,
        put(TASK, "volumes", [{"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}]),
    ),
)
AT_REST = (
    Row("rds-storage-encrypted", DATABASE, put(DATABASE, "storageEncrypted", False)),
    Row("rds-storage-encrypted", DATABASE, drop(DATABASE, "storageEncrypted")),
    Row("ebs-encrypted", NAT_TEMPLATE, put(NAT_TEMPLATE, "blockDeviceMappings[0].ebs.encrypted", "false"), DEV),
    Row("ebs-encrypted", NAT_MACHINE, drop(NAT_MACHINE, "launchTemplate"), DEV),
    Row("sns-encrypted", TOPIC, drop(TOPIC, "kmsMasterKeyId")),
    Row("kms-key-rotation", KEY, put(KEY, "enableKeyRotation", False)),
    Row("kms-key-rotation", "kms/key::alarms-key", drop("kms/key::alarms-key", "enableKeyRotation")),
    Row("customer-managed-keys", DATABASE, drop(DATABASE, "kmsKeyId")),
    Row("customer-managed-keys", LOGS, drop(LOGS, "kmsKeyId")),
    *(
        Row("customer-managed-keys", log, drop(log, "kmsKeyId"), file)
        for log, file in ((FLOWS, PROD), (FLOWS, DEV), ("cloudwatch/logGroup::http-api-access-log", KNWL))
    ),
    Row("customer-managed-keys", SECRET, drop(SECRET, "kmsKeyId")),
    Row("customer-managed-keys", TOPIC, put(TOPIC, "kmsMasterKeyId", "alias/aws/sns")),
    Row(
        "log-bucket-encryption",
        BUCKET_KEY,
        put(BUCKET_KEY, "rules[0].applyServerSideEncryptionByDefault.sseAlgorithm", "aws:kms"),
    ),
    Row(
        "log-bucket-encryption",
        BUCKET,
        put(
            BUCKET,
            "serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault.sseAlgorithm",
            "aws:kms",
        ),
    ),
)
ACCESS = (
    Row("no-wildcard-principal", KEY, statement(KEY, Principal="*"), known=False),
    Row("no-wildcard-principal", BUCKET_POLICY, statement(BUCKET_POLICY, Principal="*", Condition=None), known=False),
    Row("no-wildcard-principal", TOPIC_POLICY, statement(TOPIC_POLICY, Principal="*", Condition=None), known=False),
    *(Row("no-wildcard-principal", where, put(where, "policy", OPEN)) for where in (SECRET, BUCKET, TOPIC)),
    Row("iam-no-administrator", ROLE_POLICY, statement(ROLE_POLICY, Action="*", Resource="*"), known=False),
    Row("iam-no-administrator", ROLE, inline("*")),
    Row(
        "iam-no-service-wildcard",
        ROLE_POLICY,
        statement(ROLE_POLICY, Action=["secretsmanager:*"], Resource=["*"]),
        known=False,
    ),
    Row("iam-no-service-wildcard", ROLE, inline("s3:*")),
    Row("iam-sensitive-actions-scoped", ROLE_POLICY, statement(ROLE_POLICY, Resource=["*"]), known=False),
    Row("iam-sensitive-actions-scoped", ROLE, inline("iam:PassRole")),
    Row(
        "iam-no-administrator-attached",
        "iam/rolePolicyAttachment::knwl-shift-managed-0",
        put(
            "iam/rolePolicyAttachment::knwl-shift-managed-0",
            "policyArn",
            "arn:aws:iam::aws:policy/AdministratorAccess",
        ),
        KNWL,
    ),
    Row(
        "iam-no-administrator-attached",
        ROLE,
        put(ROLE, "managedPolicyArns", ["arn:aws:iam::aws:policy/AdministratorAccess"]),
    ),
    Row("iam-trust-narrow", ROLE, statement(ROLE, "assumeRolePolicy", Principal="*", Condition=None)),
)
SECRETS = (
    Row(
        "no-secrets-in-environment",
        TASK,
        container(environment=[{"name": "OPENAI_API_KEY", "value": "sk-proj-0123456789abcdefghij"}]),
        known=False,
    ),
    *(
        Row("no-secrets-in-user-data", where, put(where, "userData", "export KEY=AKIA0123456789ABCDEF"), DEV)
        for where in (NAT_TEMPLATE, NAT_MACHINE)
    ),
    Row("database-password-managed", DATABASE, put(DATABASE, "password", "correct-horse-battery")),
)
OPERATIONS = (
    Row("ecs-no-host-access", TASK, put(TASK, "pidMode", "host")),
    Row("ecs-no-host-access", TASK, container(privileged=True), known=False),
    Row("ecs-read-only-root", TASK, container(readonlyRootFilesystem=None), known=False),
    Row("ecs-containers-log", TASK, container(logConfiguration=None), known=False),
    Row("imdsv2-required", NAT_TEMPLATE, put(NAT_TEMPLATE, "metadataOptions.httpTokens", "optional"), DEV),
    Row("imdsv2-required", NAT_TEMPLATE, drop(NAT_TEMPLATE, "metadataOptions"), DEV),
    Row("imdsv2-required", NAT_MACHINE, drop(NAT_MACHINE, "launchTemplate"), DEV),
    Row("ecr-scanned", REPOSITORY, drop(REPOSITORY, "imageScanningConfiguration"), KNWL),
    Row("ecr-immutable-tags", REPOSITORY, drop(REPOSITORY, "imageTagMutability"), KNWL),
    Row("rds-backups", DATABASE, put(DATABASE, "backupRetentionPeriod", 6)),
    Row("rds-backups", DATABASE, drop(DATABASE, "backupRetentionPeriod")),
    Row("deletion-protection", DATABASE, put(DATABASE, "deletionProtection", False)),
    Row("deletion-protection", BALANCER, drop(BALANCER, "enableDeletionProtection")),
    Row("final-snapshot", DATABASE, put(DATABASE, "skipFinalSnapshot", True)),
    Row("no-forced-deletion", BUCKET, put(BUCKET, "forceDestroy", True)),
    Row("no-forced-deletion", REPOSITORY, put(REPOSITORY, "forceDelete", True), KNWL),
    Row("secret-recovery-window", SECRET, put(SECRET, "recoveryWindowInDays", 0)),
    Row("log-retention", LOGS, drop(LOGS, "retentionInDays")),
    Row("vpc-flow-logs", VPC, gone("ec2/flowLog::network-flow-logs-log")),
    Row("rds-logs-exported", DATABASE, drop(DATABASE, "enabledCloudwatchLogsExports")),
    Row("load-balancer-access-logs", BALANCER, put(BALANCER, "accessLogs.enabled", False)),
    Row("edge-access-logs", STAGE, drop(STAGE, "accessLogSettings"), KNWL),
    Row("ecs-container-insights", CLUSTER, put(CLUSTER, "settings[0].value", "disabled")),
)
ON_FILES = (
    Row("data-in-private-subnets", FILES_TARGET, point(FILES_TARGET, "subnetId", PUBLIC[0]), DYNO),
    Row("efs-encrypted", FILES, put(FILES, "encrypted", False), DYNO),
    Row("customer-managed-keys", FILES, drop(FILES, "kmsKeyId"), DYNO),
    Row("efs-backups", FILES, gone(FILES_BACKUP), DYNO),
    Row("efs-backups", FILES, put(FILES_BACKUP, "backupPolicy.status", "DISABLED"), DYNO),
    Row(
        "no-wildcard-principal",
        FILES_POLICY,
        statement(FILES_POLICY, Effect="Allow", Condition=None),
        DYNO,
        known=False,
    ),
    Row("customer-managed-keys", PARAMETER, put(PARAMETER, "type", "SecureString"), DYNO),
    Row("parameter-secure-string", PARAMETER, put(PARAMETER, "name", "/config/dyno-agent/db-password"), DYNO),
)
TAGGED = (
    *(
        (PROD, where)
        for where in (
            CERTIFICATE,
            LOGS,
            "ec2/natGateway::network-nat-0",
            GROUP,
            SUBNET,
            VPC,
            "ec2/vpcEndpoint::network-endpoints-s3",
            CLUSTER,
            SERVICE,
            TASK,
            ROLE,
            KEY,
            BALANCER,
            "lb/targetGroup::api",
            DATABASE,
            BUCKET,
            SECRET,
            TOPIC,
        )
    ),
    (DEV, NAT_MACHINE),
    (DEV, NAT_TEMPLATE),
    (KNWL, "apigatewayv2/api::http-api"),
    (KNWL, REPOSITORY),
    (DYNO, FILES),
    (DYNO, PARAMETER),
)
HIDDEN = (
    (PROD, DATABASE, "storageEncrypted"),
    (PROD, SERVICE, "networkConfiguration.subnets"),
    (PROD, KEY, "policy"),
    (PROD, GROUP, "ingress"),
    (PROD, INGRESS, "cidrIpv4"),
    (PROD, BUCKET, "policy"),
    (PROD, BUCKET_KEY, "rules"),
    (PROD, BUCKET_BLOCK, "blockPublicAcls"),
    (PROD, BUCKET_POLICY, "policy"),
    (PROD, TOPIC, "kmsMasterKeyId"),
    (PROD, SECRET, "kmsKeyId"),
    (PROD, HTTPS, "sslPolicy"),
    (PROD, ROLE, "assumeRolePolicy"),
    (PROD, ROLE_POLICY, "policy"),
    (DEV, NAT_MACHINE, "metadataOptions"),
    (DEV, NAT_TEMPLATE, "*"),
    (DYNO, FILES, "kmsKeyId"),
    (DYNO, PARAMETER, "type"),
)
ROWS = (
    *PLACEMENT,
    *EXPOSURE,
    *TRANSIT,
    *AT_REST,
    *ACCESS,
    *SECRETS,
    *OPERATIONS,
    *ON_FILES,
    *(Row("required-tags", where, untag(where), file) for file, where in TAGGED),
    *(Row("no-hidden-protection", where, hide(where, prop), file) for file, where, prop in HIDDEN),
)

# Rule and type -> why no component guarantees it.
NOT_GUARANTEED = {
    ("api-route-authorised", "apigatewayv2/route"): "the services authenticate in the app; the rule is advisory",
    (
        "customer-managed-keys",
        "ecr/repository",
    ): "images are encrypted with ECR's key unless repository.encryption says otherwise; "
    "the rule is off in both profiles",
    ("internal-load-balancer-access-logs", "lb/loadBalancer"): "an HTTP API or a distribution in front logs the same "
    "requests; the rule is off in both profiles",
}
