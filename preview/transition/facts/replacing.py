"""Which changes replace a resource: what the schemas of the Terraform providers beneath Pulumi's mark so.

Each row is of the function that makes the type's schema in terraform-provider-aws, `internal/service/<service>`, or of
a plan modifier (`RequiresReplace`) there. What replaces in some cases only is in `conditions`.
"""

from __future__ import annotations

__all__ = ["REPLACING", "REVISIONS"]

_BUCKET = frozenset({"bucket"})
_OWNED_BUCKET = frozenset({"bucket", "expectedBucketOwner"})
_QUEUE = frozenset({"queueUrl"})
_SCALED = frozenset({"resourceId", "scalableDimension", "serviceNamespace"})
_NAME_ONLY: frozenset[str] = frozenset()

# By type, beside its name: properties, or paths within them without indices, whose change replaces the resource.
REPLACING: dict[str, frozenset[str]] = {
    "aws:acm/certificate:Certificate": frozenset(
        {"domainName", "keyAlgorithm", "subjectAlternativeNames", "validationMethod", "validationOptions"}
    ),
    "aws:acm/certificateValidation:CertificateValidation": frozenset({"certificateArn", "validationRecordFqdns"}),
    "aws:amplify/app:App": _NAME_ONLY,
    "aws:amplify/branch:Branch": frozenset({"appId", "branchName"}),
    "aws:amplify/domainAssociation:DomainAssociation": frozenset({"appId", "domainName"}),
    "aws:apigatewayv2/api:Api": frozenset({"protocolType"}),
    "aws:apigatewayv2/apiMapping:ApiMapping": frozenset({"apiId", "domainName"}),
    "aws:apigatewayv2/domainName:DomainName": frozenset({"domainName"}),
    "aws:apigatewayv2/integration:Integration": frozenset({"apiId", "integrationSubtype", "integrationType"}),
    "aws:apigatewayv2/route:Route": frozenset({"apiId"}),
    "aws:apigatewayv2/stage:Stage": frozenset({"apiId"}),
    "aws:apigatewayv2/vpcLink:VpcLink": frozenset({"securityGroupIds", "subnetIds"}),
    "aws:appautoscaling/policy:Policy": _SCALED,
    "aws:appautoscaling/scheduledAction:ScheduledAction": _SCALED,
    "aws:appautoscaling/target:Target": _SCALED,
    "aws:backup/plan:Plan": _NAME_ONLY,
    "aws:backup/selection:Selection": frozenset(
        {"conditions", "iamRoleArn", "notResources", "planId", "resources", "selectionTags"}
    ),
    "aws:backup/vault:Vault": frozenset({"kmsKeyArn"}),
    "aws:budgets/budget:Budget": frozenset({"accountId", "budgetType"}),
    "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": frozenset({"configurationName", "slackTeamId"}),
    "aws:cloudfront/distribution:Distribution": frozenset({"staging"}),
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": _NAME_ONLY,
    "aws:cloudfront/vpcOrigin:VpcOrigin": _NAME_ONLY,
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": frozenset({"alarmName"}),
    "aws:cloudwatch/dashboard:Dashboard": frozenset({"dashboardName"}),
    "aws:cloudwatch/eventRule:EventRule": frozenset({"eventBusName"}),
    "aws:cloudwatch/eventTarget:EventTarget": frozenset({"eventBusName", "rule", "targetId"}),
    "aws:cloudwatch/logDelivery:LogDelivery": frozenset({"deliveryDestinationArn", "deliverySourceName"}),
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": frozenset({"outputFormat"}),
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": frozenset({"logType", "resourceArn"}),
    "aws:cloudwatch/logGroup:LogGroup": _NAME_ONLY,
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": frozenset({"logGroupName"}),
    "aws:cloudwatch/metricAlarm:MetricAlarm": _NAME_ONLY,
    "aws:cloudwatch/queryDefinition:QueryDefinition": _NAME_ONLY,
    "aws:dynamodb/table:Table": frozenset(
        {
            "hashKey",
            "importTable.s3BucketSource",
            "localSecondaryIndexes",
            "rangeKey",
            "restoreDateTime",
            "restoreToLatestTime",
        }
    ),
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": frozenset({"vpcId"}),
    "aws:ec2/eip:Eip": frozenset({"domain", "networkBorderGroup", "publicIpv4Pool"}),
    "aws:ec2/eipAssociation:EipAssociation": frozenset(
        {"allocationId", "instanceId", "networkInterfaceId", "privateIpAddress", "publicIp"}
    ),
    "aws:ec2/flowLog:FlowLog": frozenset(
        {
            "deliverCrossAccountRole",
            "destinationOptions",
            "eniId",
            "iamRoleArn",
            "logDestination",
            "logDestinationType",
            "logFormat",
            "maxAggregationInterval",
            "regionalNatGatewayId",
            "subnetId",
            "trafficType",
            "transitGatewayAttachmentId",
            "transitGatewayId",
            "vpcId",
        }
    ),
    "aws:ec2/instance:Instance": frozenset(
        {"ami", "availabilityZone", "keyName", "launchTemplate", "securityGroups", "subnetId", "tenancy"}
    ),
    "aws:ec2/internetGateway:InternetGateway": _NAME_ONLY,
    "aws:ec2/launchTemplate:LaunchTemplate": _NAME_ONLY,
    "aws:ec2/natGateway:NatGateway": frozenset(
        {"allocationId", "connectivityType", "privateIp", "secondaryPrivateIpAddressCount", "subnetId"}
    ),
    "aws:ec2/networkInterface:NetworkInterface": frozenset({"interfaceType", "subnetId"}),
    "aws:ec2/route:Route": frozenset({"destinationCidrBlock", "destinationPrefixListId", "routeTableId"}),
    "aws:ec2/routeTable:RouteTable": frozenset({"vpcId"}),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": frozenset({"gatewayId", "subnetId"}),
    "aws:ec2/securityGroup:SecurityGroup": frozenset({"description", "vpcId"}),
    "aws:ec2/subnet:Subnet": frozenset(
        {
            "availabilityZone",
            "availabilityZoneId",
            "cidrBlock",
            "ipv4IpamPoolId",
            "ipv4NetmaskLength",
            "ipv6IpamPoolId",
            "ipv6Native",
            "ipv6NetmaskLength",
            "outpostArn",
            "vpcId",
        }
    ),
    "aws:ec2/vpc:Vpc": frozenset({"cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"}),
    "aws:ec2/vpcEndpoint:VpcEndpoint": frozenset({"serviceName", "vpcEndpointType", "vpcId"}),
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": frozenset({"policy", "repository"}),
    "aws:ecr/repository:Repository": frozenset({"encryptionConfigurations"}),
    "aws:ecr/repositoryPolicy:RepositoryPolicy": frozenset({"repository"}),
    "aws:ecs/cluster:Cluster": _NAME_ONLY,
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": frozenset({"clusterName"}),
    "aws:ecs/service:Service": frozenset({"cluster", "iamRole", "launchType", "schedulingStrategy"}),
    "aws:efs/accessPoint:AccessPoint": frozenset({"fileSystemId", "posixUser", "rootDirectory"}),
    "aws:efs/backupPolicy:BackupPolicy": frozenset({"fileSystemId"}),
    "aws:efs/fileSystem:FileSystem": frozenset(
        {"availabilityZoneName", "creationToken", "encrypted", "kmsKeyId", "performanceMode"}
    ),
    "aws:efs/fileSystemPolicy:FileSystemPolicy": frozenset({"fileSystemId"}),
    "aws:efs/mountTarget:MountTarget": frozenset({"fileSystemId", "ipAddress", "subnetId"}),
    "aws:elasticache/parameterGroup:ParameterGroup": frozenset({"description", "family"}),
    "aws:elasticache/replicationGroup:ReplicationGroup": frozenset(
        {
            "atRestEncryptionEnabled",
            "dataTieringEnabled",
            "globalReplicationGroupId",
            "kmsKeyId",
            "networkType",
            "port",
            "replicationGroupId",
            "securityGroupNames",
            "snapshotArns",
            "snapshotName",
            "subnetGroupName",
        }
    ),
    "aws:elasticache/serverlessCache:ServerlessCache": frozenset({"kmsKeyId", "snapshotArnsToRestores", "subnetIds"}),
    "aws:elasticache/subnetGroup:SubnetGroup": _NAME_ONLY,
    "aws:elasticache/user:User": frozenset({"userId", "userName"}),
    "aws:elasticache/userGroup:UserGroup": frozenset({"userGroupId"}),
    "aws:iam/policy:Policy": frozenset({"description", "path"}),
    "aws:iam/role:Role": frozenset({"path"}),
    "aws:iam/rolePolicy:RolePolicy": frozenset({"role"}),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": frozenset({"policyArn", "role"}),
    "aws:kms/alias:Alias": _NAME_ONLY,
    "aws:kms/key:Key": frozenset({"customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId"}),
    "aws:lb/listener:Listener": frozenset({"loadBalancerArn"}),
    "aws:lb/listenerRule:ListenerRule": frozenset({"listenerArn"}),
    "aws:lb/loadBalancer:LoadBalancer": frozenset({"internal", "loadBalancerType"}),
    "aws:lb/targetGroup:TargetGroup": frozenset(
        {"ipAddressType", "port", "protocol", "protocolVersion", "targetType", "vpcId"}
    ),
    "aws:rds/instance:Instance": frozenset(
        {
            "availabilityZone",
            "characterSetName",
            "customIamInstanceProfile",
            "dbName",
            "engine",
            "identifier",
            "identifierPrefix",
            "kmsKeyId",
            "ncharCharacterSetName",
            "restoreToPointInTime",
            "snapshotIdentifier",
            "storageEncrypted",
            "timezone",
            "username",
        }
    ),
    "aws:rds/parameterGroup:ParameterGroup": frozenset({"description", "family"}),
    "aws:rds/proxy:Proxy": frozenset({"engineFamily", "vpcSubnetIds"}),
    "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup": frozenset({"dbProxyName"}),
    "aws:rds/proxyTarget:ProxyTarget": frozenset(
        {"dbClusterIdentifier", "dbInstanceIdentifier", "dbProxyName", "targetGroupName"}
    ),
    "aws:rds/subnetGroup:SubnetGroup": _NAME_ONLY,
    "aws:route53/record:Record": frozenset({"setIdentifier", "zoneId"}),
    "aws:s3/bucket:Bucket": frozenset({"bucket", "bucketPrefix", "objectLockEnabled"}),
    "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": _OWNED_BUCKET,
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": _OWNED_BUCKET,
    "aws:s3/bucketLogging:BucketLogging": _OWNED_BUCKET,
    "aws:s3/bucketNotification:BucketNotification": _BUCKET,
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": _BUCKET,
    "aws:s3/bucketPolicy:BucketPolicy": _BUCKET,
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": _BUCKET,
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": _OWNED_BUCKET,
    "aws:s3/bucketVersioning:BucketVersioning": _OWNED_BUCKET,
    "aws:scheduler/schedule:Schedule": frozenset({"groupName"}),
    "aws:scheduler/scheduleGroup:ScheduleGroup": _NAME_ONLY,
    "aws:secretsmanager/secret:Secret": _NAME_ONLY,
    "aws:secretsmanager/secretRotation:SecretRotation": frozenset({"secretId"}),
    "aws:secretsmanager/secretVersion:SecretVersion": frozenset({"secretBinary", "secretId", "secretStringWoVersion"}),
    "aws:servicediscovery/httpNamespace:HttpNamespace": _NAME_ONLY,
    "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": frozenset({"vpc"}),
    "aws:servicediscovery/service:Service": frozenset(
        {
            "dnsConfig.dnsRecords.type",
            "dnsConfig.namespaceId",
            "dnsConfig.routingPolicy",
            "healthCheckConfig.type",
            "healthCheckCustomConfig",
            "namespaceId",
            "type",
        }
    ),
    "aws:sfn/stateMachine:StateMachine": frozenset({"type"}),
    "aws:sns/topic:Topic": frozenset({"fifoTopic"}),
    "aws:sns/topicPolicy:TopicPolicy": frozenset({"arn"}),
    "aws:sns/topicSubscription:TopicSubscription": frozenset({"endpoint", "protocol", "topic"}),
    "aws:sqs/queue:Queue": frozenset({"fifoQueue"}),
    "aws:sqs/queuePolicy:QueuePolicy": _QUEUE,
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": _QUEUE,
    "aws:ssm/parameter:Parameter": _NAME_ONLY,
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": frozenset({"securityGroupId"}),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": frozenset({"securityGroupId"}),
    "aws:wafv2/webAcl:WebAcl": frozenset({"scope"}),
    "aws:wafv2/webAclAssociation:WebAclAssociation": frozenset({"resourceArn", "webAclArn"}),
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": frozenset(
        {"logDestinationConfigs", "resourceArn"}
    ),
}
# Types that are new revisions: every property replaces them but these.
REVISIONS: dict[str, frozenset[str]] = {
    "aws:ecs/taskDefinition:TaskDefinition": frozenset({"skipDestroy", "tags", "trackLatest"}),
    "random:index/randomId:RandomId": frozenset(),
    "random:index/randomPassword:RandomPassword": frozenset(),
    "random:index/randomString:RandomString": frozenset(),
}
