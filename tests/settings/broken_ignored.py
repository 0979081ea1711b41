"""Broken stack files: what would be dropped, or reach a container as it stands, without a word."""

from __future__ import annotations

from tests.settings.broken import CANARY, DELETED, Broken

__all__ = ["BROKEN"]

_ROLE = "arn:aws:iam::123456789012:role/deploy"

_AWS = [
    Broken(
        "default tags",
        "aws:defaultTags",
        {"tags": {"team": "a"}},
        "aws:defaultTags",
        "would have no effect",
        "write them under agent-platform:tags",
    ),
    Broken(
        "one role", "aws:assumeRole", {"roleArn": _ROLE}, "aws:assumeRole", "earlier provider", "write aws:assumeRoles:"
    ),
    Broken(
        "credentials", "aws:accessKey", "AKIA", "aws:accessKey", "do not belong into a stack file", "set AWS_PROFILE"
    ),
    Broken("a typo in an aws key", "aws:profil", "dev", "aws:profil", "unknown key", "did you mean aws:profile?"),
    Broken("a key of the provider", "aws:maxRetries", "3", "aws:maxRetries", "provider gets no other", "write one of"),
    Broken(
        "accounts both ways",
        "",
        {"aws:allowedAccountIds": ["123456789012"], "aws:forbiddenAccountIds": ["210987654321"]},
        "aws:forbiddenAccountIds",
        "together with aws:allowedAccountIds",
        "remove it",
    ),
    Broken(
        "no list of accounts", "aws:forbiddenAccountIds", "x", "aws:forbiddenAccountIds", "is not a list", "in quotes"
    ),
    Broken(
        "a forbidden account",
        "aws:forbiddenAccountIds",
        ["12"],
        "aws:forbiddenAccountIds[0]",
        "is not an AWS account",
        "write its 12 digits",
    ),
    Broken("no list of roles", "aws:assumeRoles", _ROLE, "aws:assumeRoles", "is not a list", "write [{roleArn: …}]"),
    Broken(
        "a role's key",
        "aws:assumeRoles",
        [{"roleArn": _ROLE, "externalID": "acme"}],
        "aws:assumeRoles[0].externalID",
        "unknown key",
        "did you mean externalId?",
    ),
    Broken(
        "no role's ARN",
        "aws:assumeRoles",
        [{"roleArn": "deploy"}],
        "aws:assumeRoles[0].roleArn",
        "is not the ARN of an IAM role",
        "write one like arn:aws:iam::",
    ),
    Broken("no ARN", "aws:assumeRoles", [{"sessionName": "up"}], "aws:assumeRoles[0].roleArn", "is missing", "add it"),
    Broken(
        "a session's length",
        "aws:assumeRoles",
        [{"roleArn": _ROLE, "duration": "3600"}],
        "aws:assumeRoles[0].duration",
        "is not a duration",
        "write one like 1h",
    ),
    Broken("no profile", "aws:profile", "[acme]", "aws:profile", "is not the name of a profile", "write one like"),
]

_API = "compute.services.api"
_URL = f"{_API}.environment.URL"
_LITERALS = [
    Broken(
        "a service's reference",
        _URL,
        "${service.api.url}/v1",
        _URL,
        "holds ${service.api.url}, which nobody fills in",
        "connects_to: [{to: api, env: {URL: {}}}]",
    ),
    Broken(
        "a database's reference in double braces",
        _URL,
        "{{ postgres.main.endpoint }}",
        _URL,
        "nobody fills in",
        "connects_to: [{to: main, env: {URL: {}}}]",
    ),
    Broken("a setting's path", _URL, "${data.postgres.main}", _URL, "holds ${data.postgres.main}", "connects_to: [{to"),
    Broken(
        "a bare reference",
        _URL,
        "postgres.main.address",
        _URL,
        "holds postgres.main.address",
        "connects_to: [{to: main",
    ),
    Broken(
        "a bucket's reference",
        "",
        {"data.buckets.events": {}, f"{_API}.environment.BUCKET": "bucket.events.name"},
        f"{_API}.environment.BUCKET",
        "holds bucket.events.name",
        "buckets: {events: read-write}, which sets EVENTS_BUCKET",
    ),
    Broken(
        "a queue's reference in a command",
        "",
        {"data.queues.jobs": {}, f"{_API}.command": ["worker", "--queue=$(queue.jobs.url)"]},
        f"{_API}.command[1]",
        "holds $(queue.jobs.url)",
        "sends_to: [jobs], which sets JOBS_QUEUE_URL",
    ),
    Broken(
        "a secret's reference",
        f"{_API}.environment.KEY_FILE",
        "${secrets.openai-api-key}",
        f"{_API}.environment.KEY_FILE",
        "holds ${secrets.openai-api-key}",
        "secrets: {KEY_FILE: openai-api-key}",
    ),
    Broken(
        "a reference in a file",
        f"{_API}.files",
        {"/etc/app/app.ini": "vpc = ${network.vpc_id}"},
        f"{_API}.files./etc/app/app.ini.text",
        "holds ${network.vpc_id}",
        "outputs alone take references",
    ),
    Broken(
        "a reference in a file of the repository",
        f"{_API}.files",
        {"/etc/app/app.ini": {"file": "tests/settings/referring.ini"}},
        f"{_API}.files./etc/app/app.ini.file",
        "holds ${postgres.main.endpoint}",
        "connects_to: [{to: main",
    ),
    Broken(
        "a reference in a build argument",
        "",
        {f"{_API}.image": DELETED, f"{_API}.build": {"args": {"HOST": "${load_balancer.dns_name}"}}},
        f"{_API}.build.args.HOST",
        "holds ${load_balancer.dns_name}",
        "write the value itself",
    ),
]

_NO_SECRET = {"SESSION_KEY": "the name of a cookie"}
_NOT_SECRETS = [
    Broken(
        "a variable that may be no secret",
        f"{_API}.environment.SESSION_KEY",
        "Orders",
        f"{_API}.environment.SESSION_KEY",
        "looks like a secret",
        "not_secrets: {SESSION_KEY: <why>}",
    ),
    Broken(
        "a flag that may hold no secret",
        f"{_API}.command",
        ["serve", "--session-key", "Orders"],
        f"{_API}.command[2]",
        "looks like a secret",
        "not_secrets: {--session-key: <why>}",
    ),
    Broken(
        "no reason why it is no secret",
        "",
        {f"{_API}.environment.SESSION_KEY": "Orders", f"{_API}.not_secrets": {"SESSION_KEY": ""}},
        f"{_API}.not_secrets.SESSION_KEY",
        "is empty",
        "write the reason",
    ),
    Broken(
        "a token that is said to be none",
        "",
        {f"{_API}.environment.SESSION_KEY": "sk-ant-api03-" + CANARY, f"{_API}.not_secrets": _NO_SECRET},
        f"{_API}.environment.SESSION_KEY",
        "looks like a secret",
        "secrets: {SESSION_KEY: some-secret-name}",
    ),
    Broken(
        "no secret that is not there",
        f"{_API}.not_secrets",
        _NO_SECRET,
        f"{_API}.not_secrets.SESSION_KEY",
        "is no variable under environment",
        "remove the line",
    ),
    Broken(
        "no secret of the web app that is not there",
        "edge.amplify",
        {"branches": {"main": {"not_secrets": _NO_SECRET}}},
        "edge.amplify.branches.main.not_secrets.SESSION_KEY",
        "is no variable under environment",
        "remove the line",
    ),
]

_TASK = {"image": "example/migrate:1", "architecture": "x86_64", "writable": ["/tmp"]}
_SLIPS = [
    Broken(
        "a secret's name with two letters swapped",
        f"{_API}.secrets.OTHER_KEY",
        "openai-api-kye",
        f"{_API}.secrets.OTHER_KEY",
        "openai-api-kye would be a second, empty secret beside openai-api-key",
        "did you mean openai-api-key?",
    ),
    Broken(
        "a declared secret's name without a letter",
        "",
        {"data.secrets.openai-api-key": {}, f"{_API}.secrets.OPENAI_API_KEY": "opnai-api-key"},
        f"{_API}.secrets.OPENAI_API_KEY",
        "second, empty secret beside openai-api-key",
        "declare this one: data.secrets: {opnai-api-key: {}}",
    ),
    Broken(
        "a secret's name with another separator",
        f"{_API}.secrets.OTHER_KEY",
        "openai-apikey",
        f"{_API}.secrets.OTHER_KEY",
        "second, empty secret beside",
        "did you mean",
    ),
]
_IMAGES = [
    Broken(
        "a tag of another architecture",
        f"{_API}.image",
        "public.ecr.aws/docker/library/nginx:1.29-amd64",
        f"{_API}.image",
        "is for x86_64, and architecture is arm64",
        "change one",
    ),
    Broken(
        "an image's folder of another architecture",
        f"{_API}.image",
        "docker.io/amd64/nginx:1.29",
        f"{_API}.image",
        "is for x86_64",
        "change one",
    ),
    Broken(
        "a tag alone of another architecture",
        "",
        {f"{_API}.image": DELETED, f"{_API}.tag": "3f9c2d71-x86_64"},
        f"{_API}.tag",
        "is for x86_64",
        "change one",
    ),
    Broken(
        "a task's image of another architecture",
        "compute.tasks.migrate",
        {**_TASK, "image": "example/migrate:1-aarch64"},
        "compute.tasks.migrate.image",
        "is for arm64, and architecture is x86_64",
        "change one",
    ),
    Broken(
        "the image that writes files, of another architecture",
        "",
        {f"{_API}.files": {"/etc/app/app.ini": "a = 1"}, "compute.files_image": "example/busybox:1.37-amd64"},
        "compute.files_image",
        "is for x86_64",
        "beside services.api",
    ),
]
_CLASSES = [
    Broken(
        "a size of RDS that does not exist",
        "data.postgres.main.instance",
        "db.t4g.nano",
        "data.postgres.main.instance",
        "does not exist: db.t4g has micro, small",
        "write one of them, such as db.t4g.micro",
    ),
    Broken(
        "a size of ElastiCache that does not exist",
        "data.redis.cache",
        {"node": "cache.t4g.large"},
        "data.redis.cache.node",
        "does not exist: cache.t4g has micro, small, medium",
        "such as cache.t4g.micro",
    ),
]

_WORDS = [
    Broken(
        "spot as text", f"{_API}.spot", "all", f"{_API}.spot", "is neither true nor a mapping", "write true, or {base"
    ),
    Broken(
        "a name that is too long",
        "compute.services.conversation-archiver",
        {"image": "example/archiver:1", "architecture": "arm64"},
        "compute.services.conversation-archiver",
        "has 21 characters, and the names in AWS",
        "shorten it by 3",
    ),
]

BROKEN = [*_WORDS, *_AWS, *_LITERALS, *_NOT_SECRETS, *_SLIPS, *_IMAGES, *_CLASSES]
