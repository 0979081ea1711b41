"""Runs the matrix and prints what it finds: `python -m tests.matrix [GROUP…]`."""

from __future__ import annotations

import sys
import time
from collections import Counter

from tests.matrix.cases import cases
from tests.matrix.groups import GROUPS, faults, missing, without_effect
from tests.matrix.judge import Result
from tests.matrix.knobs import knobs
from tests.matrix.lists import EXCUSED, REPLACES


def main(names: list[str]) -> int:
    """Print the findings of each group, and the numbers of all."""
    whole, transitions = Result(), 0
    found: list[str] = []
    for name in names or list(GROUPS):
        begun = time.process_time()
        result = GROUPS[name]()
        here = faults(result)
        if result.moved:
            here += [*missing(result), *(f"no effect: {knob}" for knob in without_effect(result))]
        print(f"{name}: {len(result.steps)} cases, {time.process_time() - begun:.0f} s of CPU, {len(here)} faults")
        print("".join(f"  {line}\n" for line in here), end="", flush=True)
        found += here
        transitions += sum(result.steps.values())
        whole.add(result)
    counted = {case.knob for case in cases() if case.name in whole.steps}
    print(f"{len(counted)} of {len(knobs())} knobs, {len(whole.steps)} cases, {transitions} transitions")
    print("replaced:")
    for knob, nouns in sorted(whole.lost.items()):
        reason = REPLACES[knob.partition(" (")[0]].reason if knob.partition(" (")[0] in REPLACES else "NOT LISTED"
        print(f"  {knob}: {', '.join(sorted(nouns))} ({reason})")
    print(f"verdicts: {dict(Counter(one.verdict for one in whole.findings))}, faults: {len(found)}")
    print(f"excused: {', '.join(EXCUSED)}")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
