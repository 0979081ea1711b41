"""What SARIF and JUnit files say of resources and messages that anybody may have written."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from policy.guardrails import Finding, Report
from preview.junit import to_junit
from preview.printable import json_text
from preview.sarif import to_sarif

_SECRET = "Zq7Kd93mXw1Lr5Tn8VbY2c"
_TEXT = f"a\x1b]0;x\x07\u202e\n::add-mask::ghp_{_SECRET} postgres://a:{_SECRET}@h/ ##[error]x \ufffe\uffff\ud800"
_URN = f"urn:pulumi:dev::p::aws:sqs/queue:Queue::{_TEXT}"
_EXEMPT = {"reason": _TEXT, "owner": _TEXT, "expires": date(2027, 1, 1)}
_REPORT = Report(
    violations=(Finding("efs-encrypted", "high", "mandatory", _URN, _TEXT),),
    undecided=(Finding("efs-encrypted", "high", "advisory", _URN, _TEXT),),
    exempted=(Finding("efs-encrypted", "high", "mandatory", _URN, _TEXT, **_EXEMPT),),
)


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("my stacks/Pulumi.größe.yaml", "my%20stacks/Pulumi.gr%C3%B6%C3%9Fe.yaml"),
        ("a#b?c%20:d.yaml", "a%23b%3Fc%2520%3Ad.yaml"),
        ("a\x1b\nb.yaml", "a%1B%0Ab.yaml"),
        ("\udcff.yaml", "%FF.yaml"),
        ("systems/knwl.yaml", "systems/knwl.yaml"),
    ],
)
def test_sarif_names_the_file_by_a_uri(file: str, uri: str) -> None:
    sarif = to_sarif(_REPORT, stack="dev", config_file=file, line_of=lambda _: 1)
    uris = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in sarif["runs"][0]["results"]
    }
    assert uris == {uri}
    assert unquote(uri, errors="surrogateescape") == file


def _check(text: str) -> None:
    assert _SECRET not in text
    assert "\n::" not in text
    assert "##[" not in text
    assert not [sign for sign in text if not sign.isprintable() and sign not in "\n\t"]


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return [value] if isinstance(value, str) else []


def test_sarif_is_printable() -> None:
    sarif = to_sarif(_REPORT, stack="dev", config_file="Pulumi.dev.yaml", line_of=lambda _: 1)
    written = json_text(sarif)
    _check(written)
    for text in _texts(json.loads(written)):
        _check(text.replace("\ufffe", "").replace("\uffff", ""))


def test_junit_is_printable_and_xml() -> None:
    written = to_junit(_REPORT, stack="dev", phase="preview")
    _check(written)
    suite = ElementTree.fromstring(written.encode())
    for element in suite.iter():
        for text in (element.text or "", *element.attrib.values()):
            _check(text)
