"""What a stack costs a month while nobody uses it: list prices of us-east-1, on demand, in USD.

Source: the price pages of each service, read in November 2026. Traffic, requests and free tiers are left out.
"""

from __future__ import annotations

from collections.abc import Callable

from preview.plan import Phase, Record

__all__ = ["FREE", "PRICES", "monthly"]

HOURS = 730
PUBLIC_ADDRESS = 0.005 * HOURS
# Of the on-demand price, on average.
SPOT = 1 / 3
VCPU_ARM, GIB_ARM = 0.03238 * HOURS, 0.00356 * HOURS
INSTANCES = {"t4g.nano": 0.0042}
DATABASES = {"db.t4g.micro": 0.016, "db.t4g.small": 0.032}
CACHES = {"cache.t4g.micro": 0.0128, "cache.t4g.small": 0.0256}
DATABASE_GIB, DISK_GIB = 0.115, 0.08


def _load_balancer(record: Record) -> float:
    addresses = 0 if record.inputs["internal"] else len(record.inputs["subnets"])
    return 0.0225 * HOURS + addresses * PUBLIC_ADDRESS


def _template(record: Record) -> float:
    """The one instance that is started from it, with its disk."""
    disks = sum(mapping["ebs"]["volumeSize"] for mapping in record.inputs["blockDeviceMappings"])
    return INSTANCES[record.inputs["instanceType"]] * HOURS + disks * DISK_GIB


def _database(record: Record) -> float:
    one = DATABASES[record.inputs["instanceClass"]] * HOURS + record.inputs["allocatedStorage"] * DATABASE_GIB
    managed_secret = 0.40 if record.inputs.get("manageMasterUserPassword") else 0
    return one * (2 if record.inputs.get("multiAz") else 1) + managed_secret


def _cache(record: Record) -> float:
    return CACHES[record.inputs["nodeType"]] * HOURS * record.inputs["numCacheClusters"]


def _alarm(record: Record) -> float:
    queries = [query for query in record.inputs.get("metricQueries", []) if "metric" in query]
    return 0.10 * max(1, len(queries))


PRICES: dict[str, Callable[[Record], float]] = {
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": lambda _: 0.50,
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": lambda _: 0.30,
    "aws:cloudwatch/metricAlarm:MetricAlarm": _alarm,
    "aws:ec2/eip:Eip": lambda _: PUBLIC_ADDRESS,
    "aws:ec2/launchTemplate:LaunchTemplate": _template,
    "aws:elasticache/replicationGroup:ReplicationGroup": _cache,
    "aws:kms/key:Key": lambda _: 1.0,
    "aws:lb/loadBalancer:LoadBalancer": _load_balancer,
    "aws:rds/instance:Instance": _database,
    "aws:route53/zone:Zone": lambda _: 0.50,
    "aws:secretsmanager/secret:Secret": lambda _: 0.40,
}
"""Types that cost while they stand."""


FREE = frozenset(
    {
        "aws:apigatewayv2/api:Api",
        "aws:apigatewayv2/integration:Integration",
        "aws:apigatewayv2/route:Route",
        "aws:apigatewayv2/stage:Stage",
        "aws:apigatewayv2/vpcLink:VpcLink",
        "aws:appautoscaling/policy:Policy",
        "aws:appautoscaling/target:Target",
        "aws:cloudwatch/dashboard:Dashboard",
        "aws:cloudwatch/eventRule:EventRule",
        "aws:cloudwatch/eventTarget:EventTarget",
        "aws:cloudwatch/logGroup:LogGroup",
        "aws:cloudwatch/queryDefinition:QueryDefinition",
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        "aws:ec2/eipAssociation:EipAssociation",
        "aws:ec2/flowLog:FlowLog",
        "aws:ec2/instance:Instance",
        "aws:ec2/internetGateway:InternetGateway",
        "aws:ec2/networkInterface:NetworkInterface",
        "aws:ec2/route:Route",
        "aws:ec2/routeTable:RouteTable",
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
        "aws:ec2/securityGroup:SecurityGroup",
        "aws:ec2/subnet:Subnet",
        "aws:ec2/vpc:Vpc",
        "aws:ec2/vpcEndpoint:VpcEndpoint",
        "aws:ecs/cluster:Cluster",
        "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
        "aws:ecs/service:Service",
        "aws:ecs/taskDefinition:TaskDefinition",
        "aws:elasticache/parameterGroup:ParameterGroup",
        "aws:elasticache/subnetGroup:SubnetGroup",
        "aws:iam/role:Role",
        "aws:iam/rolePolicy:RolePolicy",
        "aws:lb/listener:Listener",
        "aws:lb/listenerRule:ListenerRule",
        "aws:lb/targetGroup:TargetGroup",
        "aws:rds/parameterGroup:ParameterGroup",
        "aws:rds/subnetGroup:SubnetGroup",
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        "aws:s3/bucketPolicy:BucketPolicy",
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "aws:s3/bucketVersioning:BucketVersioning",
        "aws:secretsmanager/secretRotation:SecretRotation",
        "aws:secretsmanager/secretVersion:SecretVersion",
        "aws:sfn/stateMachine:StateMachine",
        "aws:sns/topic:Topic",
        "aws:sns/topicPolicy:TopicPolicy",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    }
)
"""Types that cost nothing while they stand, or by use only: requests, traffic, stored bytes, log events."""


def monthly(phase: Phase, tasks: dict[str, int]) -> dict[str, float]:
    """USD a month by what is paid for; `tasks` says how many tasks of each service run."""
    found: dict[str, float] = {}
    for record in phase.records:
        if record.type in PRICES:
            found[record.urn] = PRICES[record.type](record)
    for service in phase.of_type("aws:ecs/service:Service"):
        (definition,) = [
            r
            for r in phase.of_type("aws:ecs/taskDefinition:TaskDefinition")
            if r.outputs["arn"] == service.inputs["taskDefinition"]
        ]
        size = int(definition.inputs["cpu"]) / 1024 * VCPU_ARM + int(definition.inputs["memory"]) / 1024 * GIB_ARM
        found[service.urn] = size * tasks[service.name] * (SPOT if _on_spot(service) else 1)
    return found


def _on_spot(service: Record) -> bool:
    weights = {s["capacityProvider"]: s["weight"] for s in service.inputs["capacityProviderStrategies"]}
    return weights.get("FARGATE", 0) == 0 < weights.get("FARGATE_SPOT", 0)
