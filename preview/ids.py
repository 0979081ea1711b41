"""Ids of the deployed phase, in the form that AWS or the provider gives each type."""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any

__all__ = ["ACCOUNT", "NAMED_BY", "alphanumeric", "make", "uuid"]

ACCOUNT = "123456789012"
"""AWS's own example account."""

_BASE36 = string.digits + string.ascii_lowercase

# Type -> form. {name} is the physical name; {h8}, {h10}, {h13}, {h17} are hexadecimal and {a10}, {a16}, {a20}, {a26}
# alphanumeric; {uuid}, {region} and {account} are as they say; any other is an input.
_FORMS = {
    "aws:amplify/app:App": "d{h13}",
    "aws:amplify/branch:Branch": "{appId}/{branchName}",
    "aws:amplify/domainAssociation:DomainAssociation": "{appId}/{domainName}",
    "aws:apigatewayv2/api:Api": "{a10}",
    "aws:apigatewayv2/apiMapping:ApiMapping": "{a10}",
    "aws:apigatewayv2/authorizer:Authorizer": "{a10}",
    "aws:apigatewayv2/integration:Integration": "{a10}",
    "aws:apigatewayv2/route:Route": "{a10}",
    "aws:apigatewayv2/vpcLink:VpcLink": "{a10}",
    "aws:appautoscaling/scheduledAction:ScheduledAction": "{name}-{serviceNamespace}-{resourceId}",
    "aws:appautoscaling/target:Target": "{resourceId}",
    "aws:backup/plan:Plan": "{uuid}",
    "aws:backup/selection:Selection": "{uuid}",
    "aws:bedrock/agentDataSource:AgentDataSource": "{A10},{knowledgeBaseId}",
    "aws:bedrock/agentKnowledgeBase:AgentKnowledgeBase": "{A10}",
    "aws:bedrock/guardrail:Guardrail": "{a12}",
    "aws:bedrock/inferenceProfile:InferenceProfile": "{a12}",
    "aws:bedrockmodel/invocationLoggingConfiguration:InvocationLoggingConfiguration": "{region}",
    "aws:budgets/budget:Budget": "{account}:{name}",
    "aws:cloudfront/cachePolicy:CachePolicy": "{uuid}",
    "aws:cloudfront/distribution:Distribution": "E{A13}",
    "aws:cloudfront/originAccessControl:OriginAccessControl": "E{A13}",
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": "{uuid}",
    "aws:cloudfront/vpcOrigin:VpcOrigin": "vo_{a22}",
    "aws:cloudwatch/eventTarget:EventTarget": "{rule}-{targetId}",
    "aws:cloudwatch/logDelivery:LogDelivery": "{a16}",
    "aws:cloudwatch/queryDefinition:QueryDefinition": "{uuid}",
    "aws:cognito/identityPool:IdentityPool": "{region}:{uuid}",
    "aws:cognito/resourceServer:ResourceServer": "{userPoolId}|{identifier}",
    "aws:cognito/userGroup:UserGroup": "{userPoolId}/{name}",
    "aws:cognito/userPool:UserPool": "{region}_{a9}",
    "aws:cognito/userPoolClient:UserPoolClient": "{a26}",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": "sg-{h17}",
    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": "eigw-{h17}",
    "aws:ec2/eip:Eip": "eipalloc-{h17}",
    "aws:ec2/eipAssociation:EipAssociation": "eipassoc-{h17}",
    "aws:ec2/flowLog:FlowLog": "fl-{h17}",
    "aws:ec2/instance:Instance": "i-{h17}",
    "aws:ec2/internetGateway:InternetGateway": "igw-{h17}",
    "aws:ec2/launchTemplate:LaunchTemplate": "lt-{h17}",
    "aws:ec2/natGateway:NatGateway": "nat-{h17}",
    "aws:ec2/networkAcl:NetworkAcl": "acl-{h17}",
    "aws:ec2/networkInterface:NetworkInterface": "eni-{h17}",
    "aws:ec2/route:Route": "r-{routeTableId}{n10}",
    "aws:ec2/routeTable:RouteTable": "rtb-{h17}",
    "aws:ec2/routeTableAssociation:RouteTableAssociation": "rtbassoc-{h17}",
    "aws:ec2/securityGroup:SecurityGroup": "sg-{h17}",
    "aws:ec2/subnet:Subnet": "subnet-{h17}",
    "aws:ec2/vpc:Vpc": "vpc-{h17}",
    "aws:ec2/vpcEndpoint:VpcEndpoint": "vpce-{h17}",
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": "{repository}",
    "aws:ecr/pullThroughCacheRule:PullThroughCacheRule": "{ecrRepositoryPrefix}",
    "aws:ecr/repositoryPolicy:RepositoryPolicy": "{repository}",
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": "{clusterName}",
    "aws:efs/accessPoint:AccessPoint": "fsap-{h17}",
    "aws:efs/backupPolicy:BackupPolicy": "{fileSystemId}",
    "aws:efs/fileSystem:FileSystem": "fs-{h17}",
    "aws:efs/fileSystemPolicy:FileSystemPolicy": "{fileSystemId}",
    "aws:efs/mountTarget:MountTarget": "fsmt-{h17}",
    "aws:eks/accessEntry:AccessEntry": "{clusterName}:{principalArn}",
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": "{clusterName}#{principalArn}#{policyArn}",
    "aws:eks/addon:Addon": "{clusterName}:{addonName}",
    "aws:eks/nodeGroup:NodeGroup": "{clusterName}:{name}",
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": "a-{a17}",
    "aws:iam/rolePolicy:RolePolicy": "{role}:{name}",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "{role}/{policyArn}",
    "aws:kms/key:Key": "{uuid}",
    "aws:lambda/permission:Permission": "{statementId}",
    "aws:lb/listenerCertificate:ListenerCertificate": "{listenerArn}_{certificateArn}",
    "aws:opensearch/serverlessCollection:ServerlessCollection": "{a20}",
    "aws:opensearch/serverlessVpcEndpoint:ServerlessVpcEndpoint": "vpce-{h17}",
    "aws:rds/instance:Instance": "db-{A26}",
    "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup": "{dbProxyName}",
    "aws:rds/proxyTarget:ProxyTarget": "{dbProxyName}/{targetGroupName}/RDS_INSTANCE/{dbInstanceIdentifier}",
    "aws:route53/record:Record": "{zoneId}_{name}_{type}",
    "aws:route53/zone:Zone": "Z{A20}",
    "aws:secretsmanager/secretPolicy:SecretPolicy": "{secretArn}",
    "aws:secretsmanager/secretRotation:SecretRotation": "{secretId}",
    "aws:secretsmanager/secretVersion:SecretVersion": "{secretId}|terraform-{a26}",
    "aws:servicediscovery/httpNamespace:HttpNamespace": "ns-{a16}",
    "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": "ns-{a16}",
    "aws:servicediscovery/service:Service": "srv-{a16}",
    "aws:sqs/queue:Queue": "https://sqs.{region}.amazonaws.com/{account}/{name}",
    "aws:sqs/queuePolicy:QueuePolicy": "{queueUrl}",
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": "{queueUrl}",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "sgr-{h17}",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "sgr-{h17}",
    "aws:wafv2/ipSet:IpSet": "{uuid}",
    "aws:wafv2/webAcl:WebAcl": "{uuid}",
    "aws:wafv2/webAclAssociation:WebAclAssociation": "{webAclArn},{resourceArn}",
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": "{resourceArn}",
}
_DEFAULTS = {"targetGroupName": "default"}

NAMED_BY = {
    "aws:acm/certificate:Certificate": "domainName",
    "aws:amplify/domainAssociation:DomainAssociation": "domainName",
    "aws:apigatewayv2/domainName:DomainName": "domainName",
    "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": "configurationName",
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": "alarmName",
    "aws:cloudwatch/dashboard:Dashboard": "dashboardName",
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": "policyName",
    "aws:cognito/userPoolDomain:UserPoolDomain": "domain",
    "aws:ecs/taskDefinition:TaskDefinition": "family",
    "aws:eks/nodeGroup:NodeGroup": "nodeGroupName",
    "aws:elasticache/replicationGroup:ReplicationGroup": "replicationGroupId",
    "aws:elasticache/user:User": "userId",
    "aws:elasticache/userGroup:UserGroup": "userGroupId",
    "aws:iam/serviceLinkedRole:ServiceLinkedRole": "awsServiceName",
    "aws:opensearch/domain:Domain": "domainName",
    "aws:s3/vectorsIndex:VectorsIndex": "indexName",
    "aws:s3/vectorsVectorBucket:VectorsVectorBucket": "vectorBucketName",
    "aws:rds/cluster:Cluster": "clusterIdentifier",
    "aws:rds/clusterInstance:ClusterInstance": "identifier",
    "aws:rds/instance:Instance": "identifier",
}
"""The input that is the physical name, where it is neither `name` nor `bucket`."""


class _Parts(dict[str, Any]):
    """The parts of a form: what is not known by name is an input, and one that is not given reads as the name."""

    def __missing__(self, key: str) -> str:
        kind, length = key[:1], key[1:]
        if length.isdigit():
            digest, size = self["digest"], int(length)
            if kind == "n":
                return str(int(digest, 16))[:size]
            text = digest[:size] if kind == "h" else alphanumeric(digest, size)
            return text.upper() if kind == "A" else text
        value = self["inputs"].get(key, _DEFAULTS.get(key))
        return value if isinstance(value, str) else self["name"]


def make(token: str, *, name: str, region: str, inputs: Mapping[str, Any], digest: str) -> str:
    """The id of a resource of type `token`, where that is not its ARN: by default its physical name."""
    parts = _Parts(name=name, region=region, account=ACCOUNT, inputs=inputs, digest=digest, uuid=uuid(digest))
    if token == "aws:scheduler/schedule:Schedule":
        return f"{inputs.get('groupName', 'default')}/{name}"
    return _FORMS.get(token, "{name}").format_map(parts)


def alphanumeric(digest: str, length: int) -> str:
    """Lower-case letters and digits made from a hexadecimal digest."""
    number, text = int(digest, 16), ""
    while len(text) < length:
        number, digit = divmod(number, len(_BASE36))
        text += _BASE36[digit]
    return text


def uuid(digest: str) -> str:
    """A hexadecimal digest in the form of a UUID."""
    return f"{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}"
