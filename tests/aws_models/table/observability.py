"""Logs, alarms, dashboards, topics, events, schedules."""

from __future__ import annotations

from functools import partial

from tests.aws_models.limit import Limit
from tests.aws_models.operation import Operation

__all__ = ["OPERATIONS"]

_LOGS = partial(Operation, service="logs")
_WATCH = partial(Operation, service="cloudwatch")
_SNS = partial(Operation, service="sns")
_EVENTS = partial(Operation, service="events")
_RETENTION = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731),
    *(1096, 1827, 2192, 2557, 2922, 3288, 3653),
)

OPERATIONS = {
    "aws:cloudwatch/logGroup:LogGroup": _LOGS(
        name="CreateLogGroup",
        members={"retentionInDays": "PutRetentionPolicy:retentionInDays"},
        words={
            "retentionInDays": Limit(
                says="Possible values are: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, "
                "2192, 2557, 2922, 3288, and 3653",
                found="PutRetentionPolicy:retentionInDays",
                choices=_RETENTION,
            )
        },
    ),
    "aws:cloudwatch/logDelivery:LogDelivery": _LOGS(
        name="CreateDelivery", members={"s3DeliveryConfigurations": "s3DeliveryConfiguration"}
    ),
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": _LOGS(name="PutDeliveryDestination"),
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": _LOGS(name="PutDeliverySource"),
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": _LOGS(
        name="PutMetricFilter",
        members={
            "name": "filterName",
            "pattern": "filterPattern",
            "metricTransformation": "metricTransformations",
            "metricTransformation.name": "metricName",
            "metricTransformation.namespace": "metricNamespace",
            "metricTransformation.value": "metricValue",
        },
    ),
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": _LOGS(
        name="PutSubscriptionFilter", members={"name": "filterName", "logGroup": "logGroupName"}
    ),
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": _LOGS(name="PutResourcePolicy"),
    "aws:cloudwatch/queryDefinition:QueryDefinition": _LOGS(name="PutQueryDefinition"),
    "aws:cloudwatch/metricAlarm:MetricAlarm": _WATCH(
        name="PutMetricAlarm",
        members={
            "name": "AlarmName",
            "metricQueries": "Metrics",
            "metricQueries.metric": "MetricStat",
            "metricQueries.metric.metricName": "Metric.MetricName",
            "metricQueries.metric.namespace": "Metric.Namespace",
            "metricQueries.metric.dimensions": "Metric.Dimensions",
        },
    ),
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": _WATCH(name="PutCompositeAlarm"),
    "aws:cloudwatch/dashboard:Dashboard": _WATCH(
        name="PutDashboard",
        words={
            "dashboardName": Limit(
                says='The maximum length is 255, and valid characters are A-Z, a-z, 0-9, "-", and "_"',
                found="PutDashboard:DashboardName",
                pattern=r"[A-Za-z0-9_-]{1,255}",
            )
        },
    ),
    "aws:cloudwatch/eventRule:EventRule": _EVENTS(name="PutRule"),
    "aws:cloudwatch/eventTarget:EventTarget": _EVENTS(
        name="PutTargets",
        root="Targets",
        members={
            "rule": "PutTargets:Rule",
            "eventBusName": "PutTargets:EventBusName",
            "targetId": "Id",
            "ecsTarget": "EcsParameters",
            "inputTransformer.inputPaths": "InputPathsMap",
        },
    ),
    "aws:scheduler/schedule:Schedule": Operation(
        service="scheduler",
        name="CreateSchedule",
        ignored={"startDate": "text here, a time there", "endDate": "text here, a time there"},
    ),
    "aws:scheduler/scheduleGroup:ScheduleGroup": Operation(service="scheduler", name="CreateScheduleGroup"),
    "aws:sfn/stateMachine:StateMachine": Operation(service="stepfunctions", name="CreateStateMachine"),
    "aws:sns/topic:Topic": _SNS(
        name="CreateTopic",
        words={
            "name": Limit(
                says="made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, "
                "and must be between 1 and 256 characters long",
                found="CreateTopic:Name",
                pattern=r"[A-Za-z0-9_-]{1,251}(\.fifo|[A-Za-z0-9_-]{0,5})",
            )
        },
    ),
    "aws:sns/topicSubscription:TopicSubscription": _SNS(name="Subscribe", members={"topic": "TopicArn"}),
    "aws:sns/topicPolicy:TopicPolicy": _SNS(
        name="SetTopicAttributes", members={"arn": "TopicArn", "policy": "AttributeValue"}
    ),
    "aws:sqs/queue:Queue": Operation(
        service="sqs",
        name="CreateQueue",
        words={
            "name": Limit(
                says="A queue name can have up to 80 characters",
                found="CreateQueue:QueueName",
                pattern=r"[A-Za-z0-9_-]{1,75}(\.fifo|[A-Za-z0-9_-]{0,5})",
            ),
            "visibilityTimeoutSeconds": Limit(
                says="An integer from 0 to 43,200 (12 hours)", found="CreateQueue:Attributes", low=0, high=43200
            ),
            "messageRetentionSeconds": Limit(
                says="An integer from 60 seconds (1 minute) to 1,209,600 seconds (14 days)",
                found="CreateQueue:Attributes",
                low=60,
                high=1209600,
            ),
            "delaySeconds": Limit(
                says="An integer from 0 to 900 seconds (15 minutes)", found="CreateQueue:Attributes", low=0, high=900
            ),
            "maxMessageSize": Limit(
                says="An integer from 1,024 bytes (1 KiB) to 1,048,576 bytes (1 MiB)",
                found="CreateQueue:Attributes",
                low=1024,
                high=1048576,
            ),
            "receiveWaitTimeSeconds": Limit(
                says="An integer from 0 to 20 (seconds)", found="CreateQueue:Attributes", low=0, high=20
            ),
        },
    ),
    "aws:sqs/queuePolicy:QueuePolicy": Operation(service="sqs", name="SetQueueAttributes"),
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": Operation(service="sqs", name="SetQueueAttributes"),
    "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": Operation(
        service="chatbot", name="CreateSlackChannelConfiguration"
    ),
    "aws:budgets/budget:Budget": Operation(
        service="budgets",
        name="CreateBudget",
        root="Budget",
        members={
            "limitAmount": "BudgetLimit.Amount",
            "limitUnit": "BudgetLimit.Unit",
            "notifications": "CreateBudget:NotificationsWithSubscribers",
            "notifications.notificationType": "Notification.NotificationType",
            "notifications.comparisonOperator": "Notification.ComparisonOperator",
            "notifications.threshold": "Notification.Threshold",
            "notifications.thresholdType": "Notification.ThresholdType",
        },
        ignored={"costFilters": "a list here, a map there"},
    ),
}
