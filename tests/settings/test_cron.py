"""Cron expressions: what AWS takes, what it refuses, and what would never fire."""

from __future__ import annotations

import pytest

from settings.cron import cron_fault, in_aws_words, shortest_gap


@pytest.mark.parametrize(
    "text",
    [
        "0 20 ? * MON-FRI *",
        "0/15 * * * ? *",
        "*/5 8-18 ? * 2-6 2027-2030",
        "0 3 1,15 jan,jul ? *",
        "0 3 L * ? *",
        "0 3 LW * ? *",
        "0 3 15W * ? *",
        "0 3 ? * 6L *",
        "0 3 ? * MON#1 *",
        "0 0 29 2 ? *",
        "0 0 29 2 ? 2028",
        "0 0 31 4,5 ? *",
    ],
)
def test_fires(text: str) -> None:
    assert cron_fault(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0 20 * * *", "has 5 fields"),
        ("cron(0 20 ? * MON-FRI *)", "is in cron(…), which the program adds"),
        ("60 20 ? * * *", "has '60' as minute, which is not a value of 0 to 59"),
        ("0 24 ? * * *", "as hour"),
        ("0 0 ? * 0 *", "as day of week"),
        ("0 0 ? * FRI-MON *", "as day of week"),
        ("0 0 32 * ? *", "as day of month"),
        ("0 0 ? 13 MON *", "as month"),
        ("0 0 ? * MON 2020", "has '2020' as year"),
        ("0/0 0 ? * MON *", "as minute"),
        ("? 0 ? * MON *", "as minute"),
        ("0 0 * * * *", "must have ? for exactly one"),
        ("0 0 ? * ? *", "must have ? for exactly one"),
        ("0 0 30 2 ? *", "never fires: day 30 is in none of its months"),
        ("0 0 31 APR,JUN ? *", "never fires: day 31"),
        ("0 0 29 2 ? 2027", "never fires: 29 February is in none of its years"),
        ("0 0 29 2 ? 2100", "never fires: 29 February"),
    ],
)
def test_is_refused(text: str, reason: str) -> None:
    fault = cron_fault(text)
    assert fault is not None
    assert reason in fault


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("0 3 * * ? *", 1440),
        ("0 3 ? * MON-FRI *", 1440),
        ("0/15 * * * ? *", 15),
        ("0 9,10,12 * * ? *", 60),
        ("30 0,23 * * ? *", 60),
        ("0 0,23 ? * MON *", 1380),
        ("0 3 1 * ? *", None),
        ("0 3 ? * SUN,SAT *", 1440),
        ("0 3 L * ? *", None),
    ],
)
def test_the_shortest_gap(text: str, minutes: int | None) -> None:
    assert cron_fault(text) is None
    assert shortest_gap(text) == minutes


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("0 3 * * *", "0 3 * * ? *"),
        ("*/5 * * * 1-5", "*/5 * ? * MON-FRI *"),
        ("0 3 * * 0", "0 3 ? * SUN *"),
        ("0 3 * * 7", "0 3 ? * SUN *"),
        ("0 3 * * 5-7", "0 3 ? * SUN,FRI,SAT *"),
        ("0 3 * * */2", "0 3 ? * SUN,TUE,THU,SAT *"),
        ("30 2 1,15 * *", "30 2 1,15 * ? *"),
        ("@daily", "0 0 * * ? *"),
        ("cron(0 3 * * ? *)", "0 3 * * ? *"),
        ("0 3 * * * *", "0 3 * * ? *"),
        ("0 3 ? * monday *", "0 3 ? * MON *"),
        ("0 0 ? * FRI-MON *", "0 0 ? * FRI,SAT,SUN,MON *"),
        ("0 0 3 * * ?", "0 3 * * ? *"),
        ("0 0 3 ? * MON", "0 3 ? * MON *"),
    ],
)
def test_another_scheduler_s_words_are_translated(text: str, written: str) -> None:
    assert in_aws_words(text) == written
    assert cron_fault(written) is None
    assert (cron_fault(text) or "").endswith(f"; write {written}")


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("0 3 1 * 1", "write two schedules"),
        ("rate(6 hours)", "write every: {hours: 6} instead of cron"),
        ("every day", "write six fields such as"),
        ("0 25 * * *", "write six fields such as"),
    ],
)
def test_what_cannot_be_translated_says_what_to_do(text: str, fix: str) -> None:
    assert in_aws_words(text) is None
    assert fix in (cron_fault(text) or "")
