"""Named types of domain names, URLs and paths: each checks its form and says how to correct a wrong value."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from settings.form import matches as _matches
from settings.suggestions import absolute, directory, host, https

__all__ = [
    "CertificateDomain",
    "CertificateName",
    "DistributionPath",
    "Fqdn",
    "HealthPath",
    "HttpsUrl",
    "RoutePath",
    "WritablePath",
]


Fqdn = Annotated[
    str,
    StringConstraints(max_length=253),
    _matches(
        r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}",
        "is not a domain name; write one like api.example.com, in lower case and without a scheme",
        suggest=host,
    ),
]
"""A fully qualified domain name."""

CertificateDomain = Annotated[Fqdn, StringConstraints(max_length=64)]
"""The main name of an ACM certificate, which is shorter than other names."""

CertificateName = Annotated[
    str,
    StringConstraints(max_length=253),
    _matches(
        r"(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}",
        "is not a domain name; write one like www.example.com or *.example.com, in lower case and without a scheme",
        suggest=host,
    ),
]
"""A further name of an ACM certificate, perhaps a wildcard."""

HttpsUrl = Annotated[
    str,
    _matches(
        r"https://[A-Za-z0-9.-]+(/[^\s?#]*)?",
        "is not a plain https:// address; write the whole URL, no query",
        suggest=https,
    ),
]
"""An address that begins with https://, without a query."""

RoutePath = Annotated[
    str,
    StringConstraints(max_length=128),
    _matches(
        r"/[A-Za-z0-9_.$/~\"'@:+&*?-]*",
        "is not a path pattern; it begins with / and may hold * and ?",
        suggest=absolute,
    ),
]
"""A path pattern of a load balancer rule."""

DistributionPath = Annotated[
    str,
    StringConstraints(max_length=255),
    _matches(
        r"/[A-Za-z0-9_.*$/~\"'@:+&?-]*",
        "is not a path pattern that CloudFront takes; it begins with / and may hold * and ?, such as /api/*",
        suggest=absolute,
    ),
]
"""A path pattern of a distribution's behaviour."""

HealthPath = Annotated[
    str,
    StringConstraints(max_length=1024),
    _matches(r"/\S*", "is not a path; it begins with / and holds no spaces, such as /health", suggest=absolute),
]
"""The path of a health check."""

WritablePath = Annotated[
    str,
    _matches(
        r"(/[A-Za-z0-9._-]+)+",
        "is not an absolute path; write one like /tmp, without a slash at its end",
        suggest=directory,
    ),
]
"""An absolute path inside a container."""
