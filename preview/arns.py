"""ARNs of the deployed phase, in the form AWS gives each type."""

from __future__ import annotations

from typing import Any

from preview.ids import ACCOUNT, uuid
from settings.regions import partition_of

__all__ = ["make"]

# type token -> service and resource part; {name}, {id} and {h} (a digest) are filled in.
_FORMS = {
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ("ec2", "security-group/{id}", True),
    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": (
        "ec2",
        "egress-only-internet-gateway/{id}",
        True,
    ),
    "aws:ec2/eip:Eip": ("ec2", "elastic-ip/{id}", True),
    "aws:ec2/flowLog:FlowLog": ("ec2", "vpc-flow-log/{id}", True),
    "aws:ec2/internetGateway:InternetGateway": ("ec2", "internet-gateway/{id}", True),
    "aws:ec2/launchTemplate:LaunchTemplate": ("ec2", "launch-template/{id}", True),
    "aws:ec2/networkInterface:NetworkInterface": ("ec2", "network-interface/{id}", True),
    "aws:ec2/routeTable:RouteTable": ("ec2", "route-table/{id}", True),
    "aws:ec2/securityGroup:SecurityGroup": ("ec2", "security-group/{id}", True),
    "aws:ec2/vpcEndpoint:VpcEndpoint": ("ec2", "vpc-endpoint/{id}", True),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ("ec2", "security-group-rule/{id}", True),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ("ec2", "security-group-rule/{id}", True),
    "aws:appautoscaling/policy:Policy": (
        "autoscaling",
        "scalingPolicy:{uuid}:resource/ecs/service:policyName/{name}",
        True,
    ),
    "aws:appautoscaling/target:Target": ("application-autoscaling", "scalable-target/{h16}", True),
    "aws:amplify/app:App": ("amplify", "apps/{id}", True),
    "aws:apigatewayv2/api:Api": ("apigateway", "/apis/{id}", False),
    "aws:apigatewayv2/stage:Stage": ("apigateway", "/apis/{id}/stages/{name}", False),
    "aws:apigatewayv2/vpcLink:VpcLink": ("apigateway", "/vpclinks/{id}", False),
    "aws:ecs/cluster:Cluster": ("ecs", "cluster/{name}", True),
    "aws:ecs/service:Service": ("ecs", "service/cluster/{name}", True),
    "aws:ecs/taskDefinition:TaskDefinition": ("ecs", "task-definition/{name}:1", True),
    "aws:ecs/capacityProvider:CapacityProvider": ("ecs", "capacity-provider/{name}", True),
    "aws:lb/listener:Listener": ("elasticloadbalancing", "listener/app/lb/{h16}/{g16}", True),
    "aws:lb/listenerRule:ListenerRule": (
        "elasticloadbalancing",
        "listener-rule/app/lb/{h16}/{g16}/{f16}",
        True,
    ),
    "aws:lb/targetGroup:TargetGroup": ("elasticloadbalancing", "targetgroup/{name}/{h16}", True),
    "aws:lb/loadBalancer:LoadBalancer": ("elasticloadbalancing", "loadbalancer/app/{name}/{h16}", True),
    "aws:iam/role:Role": ("iam", "role/{name}", None),
    "aws:iam/policy:Policy": ("iam", "policy/{name}", None),
    "aws:iam/instanceProfile:InstanceProfile": ("iam", "instance-profile/{name}", None),
    "aws:s3/bucket:Bucket": ("s3", "{name}", ""),
    "aws:kms/key:Key": ("kms", "key/{id}", True),
    "aws:kms/alias:Alias": ("kms", "{name}", True),
    "aws:sns/topic:Topic": ("sns", "{name}", True),
    "aws:scheduler/schedule:Schedule": ("scheduler", "schedule/{group}/{name}", True),
    "aws:scheduler/scheduleGroup:ScheduleGroup": ("scheduler", "schedule-group/{name}", True),
    "aws:sqs/queue:Queue": ("sqs", "{name}", True),
    "aws:secretsmanager/secret:Secret": ("secretsmanager", "secret:{name}-{h6}", True),
    "aws:secretsmanager/secretVersion:SecretVersion": ("secretsmanager", "secret:{name}-{h6}", True),
    "aws:ssm/parameter:Parameter": ("ssm", "parameter/{name}", True),
    "aws:rds/instance:Instance": ("rds", "db:{name}", True),
    "aws:rds/cluster:Cluster": ("rds", "cluster:{name}", True),
    "aws:rds/proxy:Proxy": ("rds", "db-proxy:prx-{h16}", True),
    "aws:rds/parameterGroup:ParameterGroup": ("rds", "pg:{name}", True),
    "aws:rds/subnetGroup:SubnetGroup": ("rds", "subgrp:{name}", True),
    "aws:elasticache/replicationGroup:ReplicationGroup": ("elasticache", "replicationgroup:{name}", True),
    "aws:elasticache/serverlessCache:ServerlessCache": ("elasticache", "serverlesscache:{name}", True),
    "aws:elasticache/user:User": ("elasticache", "user:{name}", True),
    "aws:elasticache/userGroup:UserGroup": ("elasticache", "usergroup:{name}", True),
    "aws:cloudwatch/logGroup:LogGroup": ("logs", "log-group:{name}", True),
    "aws:cloudwatch/metricAlarm:MetricAlarm": ("cloudwatch", "alarm:{name}", True),
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": ("cloudwatch", "alarm:{name}", True),
    "aws:cloudwatch/eventRule:EventRule": ("events", "rule/{name}", True),
    "aws:efs/fileSystem:FileSystem": ("elasticfilesystem", "file-system/{id}", True),
    "aws:efs/accessPoint:AccessPoint": ("elasticfilesystem", "access-point/{id}", True),
    "aws:ecr/repository:Repository": ("ecr", "repository/{name}", True),
    "aws:dynamodb/table:Table": ("dynamodb", "table/{name}", True),
    "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": (
        "servicediscovery",
        "namespace/{id}",
        True,
    ),
    "aws:servicediscovery/httpNamespace:HttpNamespace": ("servicediscovery", "namespace/{id}", True),
    "aws:servicediscovery/service:Service": ("servicediscovery", "service/{id}", True),
    "aws:acm/certificate:Certificate": ("acm", "certificate/{uuid}", True),
    "aws:wafv2/webAcl:WebAcl": ("wafv2", "{scope}/webacl/{name}/{id}", True),
    "aws:cloudfront/distribution:Distribution": ("cloudfront", "distribution/{id}", None),
    "aws:cloudfront/vpcOrigin:VpcOrigin": ("cloudfront", "vpcorigin/{id}", None),
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": ("logs", "delivery-source:{name}", True),
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": ("logs", "delivery-destination:{name}", True),
    "aws:backup/vault:Vault": ("backup", "backup-vault:{name}", True),
    "aws:backup/plan:Plan": ("backup", "backup-plan:{uuid}", True),
    "aws:backup/selection:Selection": ("backup", "backup-selection:{id}", True),
    "aws:bedrock/guardrail:Guardrail": ("bedrock", "guardrail/{id}", True),
    "aws:bedrock/inferenceProfile:InferenceProfile": ("bedrock", "application-inference-profile/{id}", True),
    "aws:bedrock/agentKnowledgeBase:AgentKnowledgeBase": ("bedrock", "knowledge-base/{id}", True),
    "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": (
        "chatbot",
        "chat-configuration/slack-channel/{name}",
        None,
    ),
    "aws:cognito/userPool:UserPool": ("cognito-idp", "userpool/{id}", True),
    "aws:eks/cluster:Cluster": ("eks", "cluster/{name}", True),
    "aws:iam/serviceLinkedRole:ServiceLinkedRole": ("iam", "role/aws-service-role/{awsServiceName}/{name}", None),
    "aws:lambda/function:Function": ("lambda", "function:{name}", True),
    "aws:opensearch/domain:Domain": ("es", "domain/{name}", True),
    "aws:opensearch/serverlessCollection:ServerlessCollection": ("aoss", "collection/{id}", True),
    "aws:rds/eventSubscription:EventSubscription": ("rds", "es:{name}", True),
    "aws:sfn/stateMachine:StateMachine": ("states", "stateMachine:{name}", True),
    "aws:wafv2/ipSet:IpSet": ("wafv2", "{scope}/ipset/{name}/{id}", True),
}


def make(token: str, *, name: str, id_: str, region: str, inputs: dict[str, Any], digest: str) -> str:
    """The ARN of a resource of type `token`."""
    if token == "aws:lb/listenerRule:ListenerRule" and isinstance(inputs.get("listenerArn"), str):
        return f"{inputs['listenerArn'].replace(':listener/', ':listener-rule/')}/{digest[32:48]}"
    if token == "aws:sns/topicSubscription:TopicSubscription" and isinstance(inputs.get("topic"), str):
        return f"{inputs['topic']}:{uuid(digest)}"
    module = token.split(":")[1].split("/", maxsplit=1)[0]
    service, form, scope = _FORMS.get(token, (module, f"{token.rpartition(':')[2].lower()}/{{id}}", True))
    resource = form.format(
        # A parameter's name begins with a slash or has none, and its ARN holds one either way.
        name=name.lstrip("/") if service == "ssm" else name,
        id=id_,
        group=inputs.get("groupName", "default"),
        scope="global" if inputs.get("scope") == "CLOUDFRONT" else "regional",
        h6=digest[:6],
        h16=digest[:16],
        g16=digest[16:32],
        f16=digest[32:48],
        uuid=uuid(digest),
        awsServiceName=inputs.get("awsServiceName", name),
    )
    if scope == "":
        return f"arn:{partition_of(region)}:{service}:::{resource}"
    where = {True: f"{region}:{ACCOUNT}", None: f":{ACCOUNT}", False: f"{region}:"}[scope]  # type: ignore[index]
    return f"arn:{partition_of(region)}:{service}:{where}:{resource}"
