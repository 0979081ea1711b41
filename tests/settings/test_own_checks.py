"""Each check of broken_own.py is needed: without it, the one file that is written for it would pass."""

from __future__ import annotations

import pytest

from tests.settings.broken_own import OWN, Own
from tests.settings.own_checks import passing, without


def test_there_are_forty() -> None:
    assert len({own.broken.name for own in OWN}) >= 40


def test_with_every_check_none_passes() -> None:
    assert passing() == []


@pytest.mark.check
@pytest.mark.parametrize("own", OWN, ids=lambda own: own.broken.name)
def test_without_its_check_this_file_alone_passes(own: Own) -> None:
    assert without(own) == [own.broken.name]
