"""What AWS publishes in CloudWatch about the resources of a plan, written down from its documentation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from preview.plan import Phase, Record

__all__ = ["TABLE", "Kind", "published"]

Series = tuple[str, str, frozenset[tuple[str, str]]]
"""Namespace, metric, dimensions."""


class Kind(NamedTuple):
    """What AWS publishes of each resource of `type_`, as long as `when` holds."""

    type_: str
    namespace: str
    metrics: str
    dimensions: Callable[[Record, Phase], Iterator[Mapping[str, Any]]]
    when: Callable[[Record, Phase], bool] = lambda _, __: True


def _attribute(dimension: str, attribute: str) -> Callable[[Record, Phase], Iterator[Mapping[str, Any]]]:
    def found(record: Record, _: Phase) -> Iterator[Mapping[str, Any]]:
        # A name that the program gives is an input, which the output repeats.
        yield {dimension: {**record.outputs, "id": record.id, **record.inputs}[attribute]}

    return found


def _service(record: Record, phase: Phase) -> Iterator[Mapping[str, Any]]:
    (cluster,) = [one for one in phase.of_type("aws:ecs/cluster:Cluster") if one.outputs["arn"] == _cluster(record)]
    yield {"ClusterName": cluster.outputs["name"], "ServiceName": record.outputs["name"]}


def _cluster(service: Record) -> str:
    return service.inputs["cluster"]


def _insights(service: Record, phase: Phase) -> bool:
    clusters = [one for one in phase.of_type("aws:ecs/cluster:Cluster") if one.outputs["arn"] == _cluster(service)]
    wanted = {"name": "containerInsights"}
    return any(
        setting["value"] in ("enabled", "enhanced")
        for cluster in clusters
        for setting in cluster.inputs["settings"]
        if wanted.items() <= setting.items()
    )


def _target_group(record: Record, phase: Phase) -> Iterator[Mapping[str, Any]]:
    for balancer in phase.of_type("aws:lb/loadBalancer:LoadBalancer"):
        yield {"LoadBalancer": balancer.outputs["arnSuffix"], "TargetGroup": record.outputs["arnSuffix"]}


def _routes(stage: Record, phase: Phase) -> Iterator[Mapping[str, Any]]:
    for route in phase.of_type("aws:apigatewayv2/route:Route"):
        method, _, path = route.inputs["routeKey"].rpartition(" ")
        yield {"ApiId": stage.inputs["apiId"], "Method": method, "Resource": path, "Stage": stage.inputs["name"]}


def _detailed(stage: Record, _: Phase) -> bool:
    return stage.inputs["defaultRouteSettings"].get("detailedMetricsEnabled") is True


def _distribution(record: Record, _: Phase) -> Iterator[Mapping[str, Any]]:
    yield {"DistributionId": record.id, "Region": "Global"}


def _nodes(record: Record, _: Phase) -> Iterator[Mapping[str, Any]]:
    for number in range(1, record.inputs["numCacheClusters"] + 1):
        yield {"CacheClusterId": f"{record.inputs['replicationGroupId']}-{number:03}"}


def _storage(*kinds: str) -> Callable[[Record, Phase], Iterator[Mapping[str, Any]]]:
    def found(record: Record, _: Phase) -> Iterator[Mapping[str, Any]]:
        for kind in kinds:
            yield {"BucketName": record.outputs["bucket"], "StorageType": kind}

    return found


def _table_and_indexes(record: Record, _: Phase) -> Iterator[Mapping[str, Any]]:
    yield {"TableName": record.outputs["name"]}
    for index in record.inputs.get("globalSecondaryIndexes", []):
        yield {"TableName": record.outputs["name"], "GlobalSecondaryIndexName": index["name"]}


def _operations(record: Record, _: Phase) -> Iterator[Mapping[str, Any]]:
    for operation in ("GetItem", "BatchGetItem", "Query", "Scan", "PutItem", "UpdateItem", "DeleteItem"):
        yield {"TableName": record.outputs["name"], "Operation": operation}


def _performance_insights(record: Record, _: Phase) -> bool:
    return record.inputs.get("performanceInsightsEnabled") is True


TABLE = (
    Kind("aws:ecs/service:Service", "AWS/ECS", "CPUUtilization MemoryUtilization", _service),
    Kind(
        "aws:ecs/service:Service",
        "ECS/ContainerInsights",
        "CpuReserved CpuUtilized DeploymentCount DesiredTaskCount MemoryReserved MemoryUtilized PendingTaskCount "
        "RunningTaskCount",
        _service,
        _insights,
    ),
    Kind(
        "aws:lb/loadBalancer:LoadBalancer",
        "AWS/ApplicationELB",
        "ActiveConnectionCount ConsumedLCUs HTTPCode_ELB_4XX_Count HTTPCode_ELB_5XX_Count HTTPCode_Target_2XX_Count "
        "HTTPCode_Target_4XX_Count HTTPCode_Target_5XX_Count NewConnectionCount ProcessedBytes RejectedConnectionCount "
        "RequestCount TargetConnectionErrorCount TargetResponseTime",
        _attribute("LoadBalancer", "arnSuffix"),
    ),
    Kind(
        "aws:lb/targetGroup:TargetGroup",
        "AWS/ApplicationELB",
        "HTTPCode_Target_4XX_Count HTTPCode_Target_5XX_Count HealthyHostCount RequestCount RequestCountPerTarget "
        "TargetConnectionErrorCount TargetResponseTime UnHealthyHostCount",
        _target_group,
    ),
    Kind(
        "aws:apigatewayv2/api:Api",
        "AWS/ApiGateway",
        "4xx 5xx Count DataProcessed IntegrationLatency Latency",
        _attribute("ApiId", "id"),
    ),
    Kind(
        "aws:apigatewayv2/stage:Stage",
        "AWS/ApiGateway",
        "4xx 5xx Count DataProcessed IntegrationLatency Latency",
        _routes,
        _detailed,
    ),
    Kind(
        "aws:cloudfront/distribution:Distribution",
        "AWS/CloudFront",
        "4xxErrorRate 5xxErrorRate BytesDownloaded BytesUploaded Requests TotalErrorRate",
        _distribution,
    ),
    Kind(
        "aws:rds/instance:Instance",
        "AWS/RDS",
        "BurstBalance CPUCreditBalance CPUUtilization DatabaseConnections DiskQueueDepth FreeStorageSpace "
        "FreeableMemory MaximumUsedTransactionIDs ReadIOPS ReadLatency ReplicationSlotDiskUsage SwapUsage WriteIOPS "
        "WriteLatency",
        _attribute("DBInstanceIdentifier", "identifier"),
    ),
    Kind(
        "aws:rds/instance:Instance",
        "AWS/RDS",
        "DBLoad DBLoadCPU DBLoadNonCPU",
        _attribute("DBInstanceIdentifier", "identifier"),
        _performance_insights,
    ),
    Kind(
        "aws:elasticache/replicationGroup:ReplicationGroup",
        "AWS/ElastiCache",
        "CPUUtilization CurrConnections DatabaseMemoryUsagePercentage EngineCPUUtilization Evictions FreeableMemory "
        "ReplicationLag",
        _nodes,
    ),
    Kind(
        "aws:elasticache/serverlessCache:ServerlessCache",
        "AWS/ElastiCache",
        "BytesUsedForCache CacheHitRate CurrConnections CurrItems ElastiCacheProcessingUnits Evictions NewConnections "
        "SuccessfulReadRequestLatency SuccessfulWriteRequestLatency ThrottledCmds TotalCmdsCount",
        _attribute("clusterId", "name"),
    ),
    Kind(
        "aws:s3/bucket:Bucket",
        "AWS/S3",
        "BucketSizeBytes",
        _storage("StandardStorage", "StandardIAStorage", "GlacierInstantRetrievalStorage", "GlacierStorage"),
    ),
    Kind("aws:s3/bucket:Bucket", "AWS/S3", "NumberOfObjects", _storage("AllStorageTypes")),
    Kind(
        "aws:sqs/queue:Queue",
        "AWS/SQS",
        "ApproximateAgeOfOldestMessage ApproximateNumberOfMessagesDelayed ApproximateNumberOfMessagesNotVisible "
        "ApproximateNumberOfMessagesVisible NumberOfMessagesDeleted NumberOfMessagesReceived NumberOfMessagesSent",
        _attribute("QueueName", "name"),
    ),
    Kind(
        "aws:dynamodb/table:Table",
        "AWS/DynamoDB",
        "ConsumedReadCapacityUnits ConsumedWriteCapacityUnits ReadThrottleEvents WriteThrottleEvents",
        _table_and_indexes,
    ),
    Kind(
        "aws:dynamodb/table:Table",
        "AWS/DynamoDB",
        "SuccessfulRequestLatency SystemErrors ThrottledRequests",
        _operations,
    ),
    Kind(
        "aws:sfn/stateMachine:StateMachine",
        "AWS/States",
        "ExecutionsAborted ExecutionsFailed ExecutionsStarted ExecutionsSucceeded ExecutionsTimedOut",
        _attribute("StateMachineArn", "arn"),
    ),
    Kind(
        "aws:scheduler/scheduleGroup:ScheduleGroup",
        "AWS/Scheduler",
        "InvocationAttemptCount InvocationDroppedCount InvocationThrottleCount InvocationsSentToDeadLetterCount "
        "TargetErrorCount TargetErrorThrottledCount",
        _attribute("ScheduleGroup", "name"),
    ),
)


def published(phase: Phase, custom: Mapping[str, Any]) -> set[Series]:
    """Every series that somebody publishes: AWS of what is planned, metric filters, and the applications.

    `custom` is what the settings say of the applications' metrics, by namespace.
    """
    return {*_of_resources(phase), *_of_filters(phase), *_of_applications(custom)}


def _of_resources(phase: Phase) -> Iterator[Series]:
    for kind in TABLE:
        for record in phase.of_type(kind.type_):
            if kind.when(record, phase):
                for dimensions in kind.dimensions(record, phase):
                    for metric in kind.metrics.split():
                        yield kind.namespace, metric, frozenset(dimensions.items())


def _of_filters(phase: Phase) -> Iterator[Series]:
    for record in phase.of_type("aws:cloudwatch/logMetricFilter:LogMetricFilter"):
        made = record.inputs["metricTransformation"]
        # The one field that a dimension is taken from is the id of the API whose log it is.
        values: list[dict[str, Any]] = [{}] if not made.get("dimensions") else _apis(made["dimensions"], phase)
        for dimensions in values:
            yield made["namespace"], made["name"], frozenset(dimensions.items())


def _apis(dimensions: Mapping[str, str], phase: Phase) -> list[dict[str, Any]]:
    ids = [api.id for api in phase.of_type("aws:apigatewayv2/api:Api")]
    if dimensions == {"ApiId": "$.apiId", "Route": "$.routeKey"}:
        keys = [route.inputs["routeKey"] for route in phase.of_type("aws:apigatewayv2/route:Route")]
        return [{"ApiId": id_, "Route": key} for id_ in ids for key in keys]
    assert dimensions == {"ApiId": "$.apiId"}, f"say here which values {dimensions} can have"
    return [{"ApiId": id_} for id_ in ids]


def _of_applications(custom: Mapping[str, Any]) -> Iterator[Series]:
    for namespace, declared in custom.items():
        for name, metric in (declared.get("metrics") or {}).items():
            yield namespace, name, frozenset((metric or {}).get("dimensions", {}).items())
