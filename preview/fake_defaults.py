"""What AWS answers where a property is left to it: plain values, by type and property."""

from __future__ import annotations

from typing import Any

__all__ = ["DEFAULTS"]

DEFAULTS: dict[str, dict[str, Any]] = {
    "aws:acm/certificate:Certificate": {
        "keyAlgorithm": "RSA_2048",
        "status": "ISSUED",
        "type": "AMAZON_ISSUED",
        "validationMethod": "DNS",
    },
    "aws:amplify/app:App": {"cacheConfig": {"type": "AMPLIFY_MANAGED_NO_COOKIES"}},
    "aws:amplify/domainAssociation:DomainAssociation": {"certificateSettings": {"type": "AMPLIFY_MANAGED"}},
    "aws:apigatewayv2/api:Api": {"ipAddressType": "ipv4"},
    "aws:apigatewayv2/domainName:DomainName": {"routingMode": "API_MAPPING_ONLY"},
    "aws:bedrock/agentDataSource:AgentDataSource": {"dataDeletionPolicy": "DELETE"},
    "aws:bedrock/guardrail:Guardrail": {"status": "READY", "version": "DRAFT"},
    "aws:bedrock/inferenceProfile:InferenceProfile": {"status": "ACTIVE", "type": "APPLICATION"},
    "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": {
        "guardrailPolicyArns": [],
        "loggingLevel": "NONE",
    },
    "aws:cloudwatch/logDelivery:LogDelivery": {"fieldDelimiter": ""},
    "aws:cloudwatch/logGroup:LogGroup": {"logGroupClass": "STANDARD"},
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {"policyScope": "ACCOUNT"},
    "aws:cognito/userPool:UserPool": {
        "customDomain": "",
        "emailVerificationMessage": "",
        "smsVerificationMessage": "",
        "userPoolTier": "ESSENTIALS",
    },
    "aws:cognito/userPoolClient:UserPoolClient": {
        "allowedOauthFlows": [],
        "allowedOauthScopes": [],
        "authSessionValidity": 3,
        "callbackUrls": [],
        "defaultRedirectUri": "",
        "explicitAuthFlows": [],
        "logoutUrls": [],
        "preventUserExistenceErrors": "LEGACY",
        "readAttributes": [],
        "supportedIdentityProviders": [],
        "writeAttributes": [],
    },
    "aws:ec2/eip:Eip": {"domain": "vpc"},
    "aws:ec2/instance:Instance": {
        "instanceInitiatedShutdownBehavior": "stop",
        "instanceLifecycle": "",
        "instanceState": "running",
        "instanceType": "t4g.nano",
    },
    "aws:ec2/natGateway:NatGateway": {"autoProvisionZones": "", "autoScalingIps": "", "availabilityMode": "zonal"},
    "aws:ec2/networkInterface:NetworkInterface": {"interfaceType": "interface"},
    "aws:ec2/vpcEndpoint:VpcEndpoint": {"ipAddressType": "ipv4", "state": "available"},
    "aws:ecs/cluster:Cluster": {"settings": [{"name": "containerInsights", "value": "disabled"}]},
    "aws:ecs/service:Service": {"availabilityZoneRebalancing": "ENABLED", "launchType": ""},
    "aws:ecs/taskDefinition:TaskDefinition": {"networkMode": "bridge"},
    "aws:efs/fileSystem:FileSystem": {"performanceMode": "generalPurpose"},
    "aws:efs/mountTarget:MountTarget": {"ipAddressType": "IPV4_ONLY"},
    "aws:eks/cluster:Cluster": {"status": "ACTIVE"},
    "aws:eks/nodeGroup:NodeGroup": {
        "amiType": "AL2023_x86_64_STANDARD",
        "capacityType": "ON_DEMAND",
        "status": "ACTIVE",
    },
    "aws:elasticache/replicationGroup:ReplicationGroup": {
        "clusterMode": "disabled",
        "durability": "default",
        "ipDiscovery": "ipv4",
        "networkType": "ipv4",
        "transitEncryptionMode": "required",
    },
    "aws:elasticache/serverlessCache:ServerlessCache": {"networkType": "ipv4"},
    "aws:elasticache/user:User": {"authenticationMode": {"type": "no-password-required"}},
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {"thumbprintLists": ["0" * 40]},
    "aws:iam/serviceLinkedRole:ServiceLinkedRole": {"path": "/aws-service-role/"},
    "aws:lambda/function:Function": {
        "architectures": ["x86_64"],
        "loggingConfig": {"logFormat": "Text"},
        "packageType": "Zip",
        "tracingConfig": {"mode": "PassThrough"},
        "version": "$LATEST",
    },
    "aws:lb/listener:Listener": {"protocol": "HTTP"},
    "aws:lb/loadBalancer:LoadBalancer": {"enablePrefixForIpv6SourceNat": "off", "ipAddressType": "ipv4"},
    "aws:lb/targetGroup:TargetGroup": {"ipAddressType": "ipv4"},
    "aws:opensearch/domain:Domain": {
        "deploymentStrategyOptions": {"deploymentStrategy": "Default"},
        "engineVersion": "OpenSearch_2.19",
        "ipAddressType": "ipv4",
    },
    "aws:opensearch/serverlessAccessPolicy:ServerlessAccessPolicy": {"policyVersion": "MTcwMDAwMDAwMDAwMF8x"},
    "aws:opensearch/serverlessCollection:ServerlessCollection": {
        "standbyReplicas": "ENABLED",
        "type": "TIMESERIES",
        "vectorOptions": [],
    },
    "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy": {"policyVersion": "MTcwMDAwMDAwMDAwMF8x"},
    "aws:rds/cluster:Cluster": {
        "clusterScalabilityType": "standard",
        "databaseInsightsMode": "standard",
        "upgradeRolloutOrder": "second",
    },
    "aws:rds/instance:Instance": {
        "databaseInsightsMode": "standard",
        "replicaMode": "",
        "upgradeRolloutOrder": "second",
    },
    "aws:rds/proxy:Proxy": {"endpointNetworkType": "IPV4", "targetConnectionNetworkType": "IPV4"},
    "aws:rds/proxyTarget:ProxyTarget": {"type": "RDS_INSTANCE"},
    "aws:s3/bucket:Bucket": {"acl": "private", "bucketNamespace": "global"},
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
        "transitionDefaultMinimumObjectSize": "all_storage_classes_128K"
    },
    "aws:s3/bucketObjectv2:BucketObjectv2": {
        "acl": "private",
        "serverSideEncryption": "AES256",
        "storageClass": "STANDARD",
    },
    "aws:s3/vectorsIndex:VectorsIndex": {"encryptionConfigurations": [{"sseType": "AES256"}]},
    "aws:s3/vectorsVectorBucket:VectorsVectorBucket": {"encryptionConfigurations": [{"sseType": "AES256"}]},
    "aws:scheduler/schedule:Schedule": {"actionAfterCompletion": "NONE"},
    "aws:servicediscovery/service:Service": {"type": "DNS_HTTP"},
    "aws:ssm/parameter:Parameter": {"tier": "Standard"},
}
"""Empty text is what the provider keeps of a property that AWS does not answer."""
