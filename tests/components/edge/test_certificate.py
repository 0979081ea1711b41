"""Certificates: validated, shared and deduplicated."""

from __future__ import annotations

import pulumi
import pytest

from components.edge.certificate import Certificate, CertificateArgs
from preview.plan import PhaseName, Plan
from tests.recording import children, one, record

CERTIFICATE = "aws:acm/certificate:Certificate"
RECORD = "aws:route53/record:Record"
VALIDATION = "aws:acm/certificateValidation:CertificateValidation"


def certificate(*others: str, region: str | None = None) -> Plan:
    def program() -> None:
        site = Certificate(
            "site",
            CertificateArgs(domain="example.com", zone_id="Z123456789", alternative_names=others, region=region),
        )
        pulumi.export("arn", site.arn)

    return record(program)


@pytest.fixture(scope="module")
def plain() -> Plan:
    return certificate()


@pytest.mark.parametrize("phase", ["preview", "deployed"])
def test_children(plain: Plan, phase: PhaseName) -> None:
    assert children(plain.phases[phase]) == [
        (CERTIFICATE, "site"),
        (VALIDATION, "site-validation"),
        (RECORD, "site-record-example-com"),
    ]


def test_arn_is_that_of_the_validated_certificate(plain: Plan) -> None:
    deployed = plain.phases["deployed"]
    assert deployed.outputs["arn"] == one(deployed, CERTIFICATE).outputs["arn"]
    validation = one(deployed, VALIDATION)
    assert one(deployed, RECORD).urn in validation.property_dependencies["validationRecordFqdns"]


def test_arn_is_known_only_once_it_is_validated() -> None:
    """A listener refuses a certificate that is not issued, so a resource with the ARN depends on the validation."""

    def program() -> None:
        site = Certificate("site", CertificateArgs(domain="example.com", zone_id="Z123456789"))
        Certificate("user", CertificateArgs(domain="example.org", zone_id=site.arn))  # type: ignore[arg-type]

    preview = record(program).phases["preview"]
    user = one(preview, RECORD, "user-record-example-org")
    assert one(preview, VALIDATION, "site-validation").urn in user.property_dependencies["zoneId"]


def test_validated_by_dns_and_replaced_without_a_gap(plain: Plan) -> None:
    site = one(plain.phases["deployed"], CERTIFICATE)
    assert site.inputs["validationMethod"] == "DNS"
    assert site.delete_before_replace is False
    # Left out, the provider would keep the names of before.
    assert site.inputs["subjectAlternativeNames"] == [site.inputs["domainName"]]


def test_record_is_what_acm_requires(plain: Plan) -> None:
    deployed = plain.phases["deployed"]
    option = one(deployed, CERTIFICATE).outputs["domainValidationOptions"][0]
    inputs = one(deployed, RECORD).inputs
    assert (inputs["name"], inputs["type"], inputs["records"]) == (
        option["resourceRecordName"],
        "CNAME",
        [option["resourceRecordValue"]],
    )


def test_second_certificate_for_the_name_shares_the_record(plain: Plan) -> None:
    assert one(plain.phases["preview"], RECORD).inputs["allowOverwrite"] is True


def test_names_that_share_a_validation_record_get_one() -> None:
    plan = certificate("*.example.com", "example.com", "www.example.com", "www.example.com")
    deployed = plan.phases["deployed"]
    assert one(deployed, CERTIFICATE).inputs["subjectAlternativeNames"] == ["*.example.com", "www.example.com"]
    names = [r.inputs["name"].partition(".")[2] for r in deployed.of_type(RECORD)]
    assert names == ["example.com.", "www.example.com."]
    assert len(one(deployed, VALIDATION).inputs["validationRecordFqdns"]) == 2


def test_a_removed_name_changes_no_other_names_record() -> None:
    """By index, the next record would be created under the removed name's logical name, and then be deleted."""
    before = {
        r.name: r.inputs["name"]
        for r in certificate("a.example.com", "b.example.com").phases["deployed"].of_type(RECORD)
    }
    after = {r.name: r.inputs["name"] for r in certificate("b.example.com").phases["deployed"].of_type(RECORD)}
    assert after.items() <= before.items()


def test_a_name_that_moves_keeps_its_record() -> None:
    """Creations come before deletions: under another logical name, deleting the old record would leave none."""

    def named(domain: str, *others: str) -> dict[str, str]:
        def program() -> None:
            args = CertificateArgs(domain=domain, zone_id="Z123456789", alternative_names=others)
            Certificate("site", args)

        return {r.name: r.inputs["name"] for r in record(program).phases["deployed"].of_type(RECORD)}

    assert named("www.example.com", "example.com") == named("example.com", "www.example.com")
    assert named("example.com").items() <= named("www.example.com", "example.com").items()


def test_wildcard_alone_is_validated_at_its_domain() -> None:
    def program() -> None:
        Certificate("wild", CertificateArgs(domain="*.example.com", zone_id="Z123456789"))

    deployed = record(program).phases["deployed"]
    assert one(deployed, RECORD).inputs["name"].endswith(".example.com.")


def test_region_is_that_of_certificate_and_validation(plain: Plan) -> None:
    preview = certificate(region="us-east-1").phases["preview"]
    assert one(preview, CERTIFICATE).inputs["region"] == "us-east-1"
    assert one(preview, VALIDATION).inputs["region"] == "us-east-1"
    assert "region" not in one(plain.phases["preview"], CERTIFICATE).inputs
    assert "region" not in one(plain.phases["preview"], VALIDATION).inputs
