"""What a stack file would say with its faults corrected, so that one fault hides no other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from settings.corrections import corrected
from settings.model import OPEN, REMOVE, Fault, Rename
from settings.paths import changed, steps

__all__ = ["Repairs"]

_WORD = re.compile(r"[A-Za-z0-9_-]+")


class Repairs:
    """The values with each fault corrected, or left out where the correction is open.

    A misspelt key certainly means its right spelling. For all other faults the repaired value is a guess, so a further
    fault counts only where it does not speak of what was guessed.
    """

    def __init__(self, values: Mapping[str, Any], faults: Sequence[Fault]) -> None:
        self.values = dict(values)
        self.renamed: dict[str, str] = {}
        self._known = {fault.key for fault in faults}
        self._guessed: set[str] = set()
        # A list keeps its indices where its last members go first.
        for fault in sorted(faults, key=lambda fault: fault.key, reverse=True):
            self._repair(fault)

    def _repair(self, fault: Fault) -> None:
        correction = corrected(fault)
        key = fault.key
        if isinstance(correction, Rename):
            holder, _, _ = key.rpartition(".")
            new = f"{holder}.{correction.name}" if holder else correction.name
            if self._has(new):
                correction = REMOVE
            else:
                self.renamed[new] = key
        else:
            self._guessed.add(key)
            if correction is OPEN:
                key, correction = key.partition("[")[0], REMOVE
        try:
            self.values = changed(self.values, key, correction)
        except (LookupError, TypeError):
            return

    def _has(self, key: str) -> bool:
        at: Any = self.values
        for step in steps(self.values, key):
            if not isinstance(at, dict) or step not in at:
                return False
            at = at[step]
        return True

    def further(self, faults: Iterable[Fault]) -> Iterator[Fault]:
        """Those of the repaired values' faults that are no consequence of a repair, by the file's own keys."""
        for fault in faults:
            key = self._written(fault.key)
            if key not in self._known and not any(self._follows(fault, guess) for guess in self._guessed):
                yield Fault(key, fault.reason, fault.corrected)

    def _written(self, key: str) -> str:
        for new, old in self.renamed.items():
            if key == new or key.startswith((f"{new}.", f"{new}[")):
                return old + key[len(new) :]
        return key

    @staticmethod
    def _follows(fault: Fault, guess: str) -> bool:
        """Whether the fault may come of the repair at `guess`: it lies above, below or beside it, or names it."""
        above = guess.rpartition(".")[0]
        if f"{guess}.".startswith(f"{fault.key}.") or fault.key.startswith((f"{guess}.", f"{guess}[")):
            return True
        if above and fault.key.rpartition(".")[0] == above:
            return True
        names = {name for name in re.split(r"[.\[\]]", guess) if name and not name.isdecimal()}
        leaf = guess.partition("[")[0].rpartition(".")[2]
        words = set(_WORD.findall(fault.reason))
        return leaf in words or (len(names) > 2 and bool({*_entries(guess)} & words))


def _entries(key: str) -> Iterator[str]:
    """The names of entries in a key: `api` of `compute.services.api.port`."""
    yield from re.split(r"[.\[]", key)[2:3]
