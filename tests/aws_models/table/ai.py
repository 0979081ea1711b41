"""Bedrock and search."""

from __future__ import annotations

from functools import partial

from tests.aws_models.operation import Operation

__all__ = ["OPERATIONS"]

_AGENT = partial(Operation, service="bedrock-agent")
_BEDROCK = partial(Operation, service="bedrock")
_SERVERLESS = partial(Operation, service="opensearchserverless")

OPERATIONS = {
    "aws:bedrock/agentKnowledgeBase:AgentKnowledgeBase": _AGENT(name="CreateKnowledgeBase"),
    "aws:bedrock/agentDataSource:AgentDataSource": _AGENT(name="CreateDataSource"),
    "aws:bedrock/guardrail:Guardrail": _BEDROCK(name="CreateGuardrail", members={"kmsKeyArn": "kmsKeyId"}),
    "aws:bedrock/inferenceProfile:InferenceProfile": _BEDROCK(name="CreateInferenceProfile"),
    "aws:bedrockmodel/invocationLoggingConfiguration:InvocationLoggingConfiguration": _BEDROCK(
        name="PutModelInvocationLoggingConfiguration"
    ),
    "aws:opensearch/domain:Domain": Operation(
        service="opensearch",
        name="CreateDomain",
        members={
            "encryptAtRest": "EncryptionAtRestOptions",
            "nodeToNodeEncryption": "NodeToNodeEncryptionOptions",
            "tags": "TagList",
        },
    ),
    "aws:opensearch/serverlessCollection:ServerlessCollection": _SERVERLESS(name="CreateCollection"),
    "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy": _SERVERLESS(name="CreateSecurityPolicy"),
    "aws:opensearch/serverlessAccessPolicy:ServerlessAccessPolicy": _SERVERLESS(name="CreateAccessPolicy"),
    "aws:opensearch/serverlessVpcEndpoint:ServerlessVpcEndpoint": _SERVERLESS(name="CreateVpcEndpoint"),
}
