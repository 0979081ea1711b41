"""Broken stack files: what is in another partition, which a stack cannot reach."""

from __future__ import annotations

from tests.settings.broken import DELETED, Broken

__all__ = ["BROKEN"]

_API = "compute.services.api"
_UUID = "12345678-1234-1234-1234-123456789012"
_REASON, _FIX = "is in the partition {}, which a stack in aws cannot reach", "name one of aws"


def _broken(name: str, at: str, value: object, key: str, partition: str = "aws-cn") -> Broken:
    return Broken(f"{name} of another partition", at, value, key, _REASON.format(partition), _FIX)


BROKEN = [
    _broken(
        "an alarm's action",
        "observability.alarm_actions",
        ["arn:aws-us-gov:sns:us-gov-west-1:123456789012:pager"],
        "observability.alarm_actions[0]",
        "aws-us-gov",
    ),
    _broken(
        "a certificate",
        "edge.load_balancer",
        {"certificate": {"arn": f"arn:aws-cn:acm:cn-north-1:123456789012:certificate/{_UUID}"}},
        "edge.load_balancer.certificate.arn",
    ),
    _broken(
        "a user pool",
        f"{_API}.route",
        {
            "health": "/",
            "auth": {
                "cognito": {
                    "user_pool_arn": "arn:aws-us-gov:cognito-idp:us-gov-west-1:123456789012:userpool/us-gov-west-1_abc",
                    "client_id": "abc",
                    "domain": "example",
                }
            },
        },
        f"{_API}.route.auth.cognito.user_pool_arn",
        "aws-us-gov",
    ),
    _broken(
        "a repository",
        "",
        {
            f"{_API}.image": DELETED,
            f"{_API}.tag": "1",
            f"{_API}.repository": {"existing": "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/api"},
        },
        f"{_API}.repository.existing",
    ),
    _broken(
        "an image",
        f"{_API}.image",
        "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/api:1",
        f"{_API}.image",
    ),
    _broken(
        "a snapshot",
        "data.postgres.main.restore_from",
        {"snapshot": "arn:aws-cn:rds:cn-north-1:123456789012:snapshot:one"},
        "data.postgres.main.restore_from.snapshot",
    ),
    _broken(
        "an automated backup",
        "data.postgres.main.restore_from",
        {"point_in_time": {"source": "arn:aws-cn:rds:cn-north-1:123456789012:auto-backup:ab-1"}},
        "data.postgres.main.restore_from.point_in_time.source",
    ),
]
