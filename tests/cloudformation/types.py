"""Which CloudFormation type and property is which of Pulumi's, where the names differ."""

from __future__ import annotations

from tests.cloudformation.table import REPLACING, REVISIONS

__all__ = ["MISSING", "PROPERTIES", "TYPES"]

_MODULES = {
    "acm": "CertificateManager",
    "appautoscaling": "ApplicationAutoScaling",
    "cloudwatch": "CloudWatch",
    "lb": "ElasticLoadBalancingV2",
    "sfn": "StepFunctions",
}
_NAMED = {
    "aws:amplify/domainAssociation:DomainAssociation": "AWS::Amplify::Domain",
    "aws:appautoscaling/policy:Policy": "AWS::ApplicationAutoScaling::ScalingPolicy",
    "aws:appautoscaling/target:Target": "AWS::ApplicationAutoScaling::ScalableTarget",
    "aws:backup/plan:Plan": "AWS::Backup::BackupPlan",
    "aws:backup/selection:Selection": "AWS::Backup::BackupSelection",
    "aws:backup/vault:Vault": "AWS::Backup::BackupVault",
    "aws:cloudwatch/eventRule:EventRule": "AWS::Events::Rule",
    "aws:cloudwatch/logDelivery:LogDelivery": "AWS::Logs::Delivery",
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": "AWS::Logs::DeliveryDestination",
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": "AWS::Logs::DeliverySource",
    "aws:cloudwatch/logGroup:LogGroup": "AWS::Logs::LogGroup",
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": "AWS::Logs::MetricFilter",
    "aws:cloudwatch/metricAlarm:MetricAlarm": "AWS::CloudWatch::Alarm",
    "aws:cloudwatch/queryDefinition:QueryDefinition": "AWS::Logs::QueryDefinition",
    "aws:ec2/routeTableAssociation:RouteTableAssociation": "AWS::EC2::SubnetRouteTableAssociation",
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": "AWS::ECS::ClusterCapacityProviderAssociations",
    "aws:rds/instance:Instance": "AWS::RDS::DBInstance",
    "aws:rds/parameterGroup:ParameterGroup": "AWS::RDS::DBParameterGroup",
    "aws:rds/proxy:Proxy": "AWS::RDS::DBProxy",
    "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup": "AWS::RDS::DBProxyTargetGroup",
    "aws:rds/subnetGroup:SubnetGroup": "AWS::RDS::DBSubnetGroup",
    "aws:route53/record:Record": "AWS::Route53::RecordSet",
    "aws:secretsmanager/secretRotation:SecretRotation": "AWS::SecretsManager::RotationSchedule",
    "aws:sns/topicSubscription:TopicSubscription": "AWS::SNS::Subscription",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "AWS::EC2::SecurityGroupEgress",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "AWS::EC2::SecurityGroupIngress",
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": "AWS::WAFv2::LoggingConfiguration",
}

MISSING: dict[str, str] = {
    "aws:acm/certificateValidation:CertificateValidation": "waits, and makes nothing",
    "aws:appautoscaling/scheduledAction:ScheduledAction": "part of ScalableTarget",
    "aws:cloudwatch/eventTarget:EventTarget": "part of Rule",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": "made with the VPC",
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": "part of Repository",
    "aws:ecr/repositoryPolicy:RepositoryPolicy": "part of Repository",
    "aws:efs/backupPolicy:BackupPolicy": "part of FileSystem",
    "aws:efs/fileSystemPolicy:FileSystemPolicy": "part of FileSystem",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "part of Role",
    "aws:rds/proxyTarget:ProxyTarget": "part of DBProxyTargetGroup",
    "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": "part of Bucket",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": "part of Bucket",
    "aws:s3/bucketLogging:BucketLogging": "part of Bucket",
    "aws:s3/bucketNotification:BucketNotification": "part of Bucket",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": "part of Bucket",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "part of Bucket",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": "part of Bucket",
    "aws:s3/bucketVersioning:BucketVersioning": "part of Bucket",
    "aws:secretsmanager/secretVersion:SecretVersion": "part of Secret",
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": "part of Queue",
    "random:index/randomId:RandomId": "of no API",
    "random:index/randomPassword:RandomPassword": "of no API",
    "random:index/randomString:RandomString": "of no API",
}
"""Types that CloudFormation has no type for, and why."""


def _cfn_type(token: str) -> str:
    module, name = token.split(":")[1].partition("/")[0], token.rpartition(":")[2]
    return _NAMED.get(token) or f"AWS::{_MODULES.get(module, module)}::{name}"


TYPES = {token: _cfn_type(token) for token in {*REPLACING, *REVISIONS} - set(MISSING)}
"""Pulumi type -> CloudFormation type; the case of what is not named is put right in `schemas`."""

_RULE = {
    "cidrIpv4": "CidrIp",
    "securityGroupId": "GroupId",
    "prefixListId": "DestinationPrefixListId",
    "referencedSecurityGroupId": "DestinationSecurityGroupId",
}
PROPERTIES: dict[str, dict[str, str]] = {
    "aws:backup/selection:Selection": {"planId": "BackupPlanId"},
    "aws:backup/vault:Vault": {"name": "BackupVaultName", "kmsKeyArn": "EncryptionKeyArn"},
    "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": {"slackTeamId": "SlackWorkspaceId"},
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": {"name": "FilterName", "pattern": "FilterPattern"},
    "aws:cloudwatch/metricAlarm:MetricAlarm": {"name": "AlarmName"},
    "aws:ec2/flowLog:FlowLog": {
        "iamRoleArn": "DeliverLogsPermissionArn",
        "subnetId": "ResourceId",
        "vpcId": "ResourceId",
    },
    "aws:ec2/instance:Instance": {"ami": "ImageId", "privateIp": "PrivateIpAddress"},
    "aws:ec2/natGateway:NatGateway": {"privateIp": "PrivateIpAddress"},
    "aws:ec2/securityGroup:SecurityGroup": {"name": "GroupName", "description": "GroupDescription"},
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": {"clusterName": "Cluster"},
    "aws:ecs/service:Service": {"name": "ServiceName", "iamRole": "Role"},
    "aws:elasticache/parameterGroup:ParameterGroup": {"family": "CacheParameterGroupFamily"},
    "aws:elasticache/replicationGroup:ReplicationGroup": {
        "description": "ReplicationGroupDescription",
        "nodeType": "CacheNodeType",
        "parameterGroupName": "CacheParameterGroupName",
        "subnetGroupName": "CacheSubnetGroupName",
    },
    "aws:elasticache/subnetGroup:SubnetGroup": {"name": "CacheSubnetGroupName"},
    "aws:iam/rolePolicy:RolePolicy": {"name": "PolicyName", "role": "RoleName", "policy": "PolicyDocument"},
    "aws:lb/loadBalancer:LoadBalancer": {"internal": "Scheme", "loadBalancerType": "Type"},
    "aws:rds/instance:Instance": {
        "caCertIdentifier": "CACertificateIdentifier",
        "enabledCloudwatchLogsExports": "EnableCloudwatchLogsExports",
        "iamDatabaseAuthenticationEnabled": "EnableIAMDatabaseAuthentication",
        "identifier": "DBInstanceIdentifier",
        "instanceClass": "DBInstanceClass",
        "backupWindow": "PreferredBackupWindow",
        "maintenanceWindow": "PreferredMaintenanceWindow",
        "parameterGroupName": "DBParameterGroupName",
        "password": "MasterUserPassword",
        "performanceInsightsEnabled": "EnablePerformanceInsights",
        "snapshotIdentifier": "DBSnapshotIdentifier",
        "username": "MasterUsername",
    },
    "aws:rds/parameterGroup:ParameterGroup": {"name": "DBParameterGroupName"},
    "aws:rds/proxy:Proxy": {"name": "DBProxyName"},
    "aws:rds/subnetGroup:SubnetGroup": {
        "name": "DBSubnetGroupName",
        "description": "DBSubnetGroupDescription",
    },
    "aws:route53/record:Record": {"zoneId": "HostedZoneId"},
    "aws:s3/bucket:Bucket": {"bucket": "BucketName"},
    "aws:sfn/stateMachine:StateMachine": {"name": "StateMachineName"},
    "aws:sns/topicSubscription:TopicSubscription": {"topic": "TopicArn"},
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": _RULE,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
        **_RULE,
        "prefixListId": "SourcePrefixListId",
        "referencedSecurityGroupId": "SourceSecurityGroupId",
    },
}
"""Pulumi type -> property -> CloudFormation's name; empty where there is none although the letters agree."""
