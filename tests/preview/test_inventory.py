"""The table of what a stack makes refuses a resource without a reason."""

from __future__ import annotations

from collections import Counter

import pytest

from preview.inventory import Kind, table

KINDS = (Kind(("Vpc", "Subnet"), "the network", "always"), Kind(("Topic",), "alarms", "`observability.alarms`"))


def test_counts_of_each_file_and_in_total() -> None:
    made = {"dev.yaml": Counter(Vpc=1, Subnet=6, Topic=1), "prod.yaml": Counter(Vpc=1, Subnet=9)}
    assert table(made, KINDS).splitlines() == [
        "| resources | `dev.yaml` | `prod.yaml` | why | switch |",
        "|---|---|---|---|---|",
        "| `Vpc`, `Subnet` | 7 | 10 | the network | always |",
        "| `Topic` | 1 | 0 | alarms | `observability.alarms` |",
        "| **all** | **8** | **10** | | |",
    ]


@pytest.mark.parametrize(
    ("made", "kinds", "message"),
    [
        ({"Vpc": 1, "Subnet": 1, "Topic": 1, "Queue": 1}, KINDS, "Queue has no row"),
        ({"Vpc": 1, "Subnet": 1}, KINDS, "Topic is in no stack file"),
        ({"Vpc": 1, "Subnet": 1, "Topic": 1}, (*KINDS, KINDS[1]), "Topic is in two rows"),
    ],
)
def test_each_resource_has_one_reason(made: dict[str, int], kinds: tuple[Kind, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        table({"dev.yaml": Counter(made)}, kinds)
