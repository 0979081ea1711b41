"""The tool that extracts the provider's flags reads what the package holds, and maps its names."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from tests.provider_facts.extract import computed_paths, parse, source
from tests.provider_facts.names import candidates, property_name

TYPESCRIPT = """
export class ServiceLimitsOutputReference extends cdktf.ComplexObject {
  // soft_limit - computed: true, optional: true, required: false
  private _softLimit?: number;
}
export class ServiceRulesOutputReference extends cdktf.ComplexObject {
  // order - computed: true, optional: true, required: false
  private _order?: number;
}
export class ServiceRulesList extends cdktf.ComplexList {
}
export class Service extends cdktf.TerraformResource {
  // arn - computed: true, optional: false, required: false
  public get arn() {
  // id - computed: true, optional: true, required: false
  private _id?: string;
  // class_name - computed: true, optional: true, required: false
  private _className?: string;
  // unheard_of - computed: true, optional: true, required: false
  private _unheardOf?: string;
  // limits - computed: false, optional: true, required: false
  private _limits = new ServiceLimitsOutputReference(this, "limits");
  // member - computed: false, optional: true, required: false
  private _member = new ServiceRulesList(this, "member", true);
}
"""


def test_flags_are_read_from_the_source_in_the_source_map(tmp_path: Path) -> None:
    content = base64.b64encode(json.dumps({"sourcesContent": [TYPESCRIPT]}).encode()).decode()
    path = tmp_path / "index.js"
    path.write_text(f"code;\n//# sourceMappingURL=data:application/json;base64,{content}\n")
    assert source(path) == TYPESCRIPT


def test_what_is_optional_and_computed_is_mapped_and_the_rest_reported() -> None:
    class Limits:
        pass

    unmapped: list[str] = []
    properties = {"className": str, "limits": Limits, "members": list, "arn": str}
    assert list(computed_paths(parse(TYPESCRIPT), properties, unmapped)) == ["className"]
    assert unmapped == ["unheard_of", "limits.soft_limit"]


@pytest.mark.parametrize(
    ("name", "properties", "mapped"),
    [
        ("subnet_id", {"subnetId"}, "subnetId"),
        ("policy", {"policies"}, "policies"),
        ("alias", {"aliases"}, "aliases"),
        ("capacity_provider_strategy", {"capacityProviderStrategies"}, "capacityProviderStrategies"),
        ("trusted_signers", {"trustedSigner"}, "trustedSigner"),
        ("unheard_of", {"other"}, None),
    ],
)
def test_a_property_is_found_in_singular_and_plural(name: str, properties: set[str], mapped: str | None) -> None:
    assert property_name(name, properties) == mapped


def test_a_type_lies_in_the_folder_of_its_name() -> None:
    assert "ecs-service" in candidates("aws:ecs/service:Service")
    assert "db-instance" in candidates("aws:rds/instance:Instance")
    assert "vpc" in candidates("aws:ec2/vpc:Vpc")
