"""`python -m tests.bench`: prints a table of what was measured, beside its bar."""

from __future__ import annotations

import gc
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from policy.guardrails import load_config
from preview import policies, run, stackfile
from tests.bench.bare import bare
from tests.bench.stacks import PROJECT, of_services, shipped
from tests.policy.bench import bench_servicer, bench_stack

RUNS = 5
SIZES = (1, 10, 50, 200)
Row = tuple[str, str, str]


def main() -> None:
    """Measure and print; `--json FILE` keeps the figures. Garbage is not collected, as in `python -m preview`."""
    gc.disable()
    table = Table("what", "measured", "bar")
    rows = []
    for row in measured():
        table.add_row(*row)
        rows.append(row)
        Console(stderr=True).print(*row, highlight=False)
    Console(width=140).print(table)
    if "--json" in sys.argv:
        Path(sys.argv[sys.argv.index("--json") + 1]).write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def measured() -> Iterator[Row]:
    """Every measurement, one row each."""
    for path in shipped():
        seconds, megabytes = whole_process(["--config-file", str(path)])
        name = path.relative_to(run.ROOT).as_posix()
        yield f"make preview, warm: {name}", f"{seconds:.2f} s, {megabytes:.0f} MB", "3 s, 300 MB (prod)"
    yield "a fault of the settings, CPU beyond the imports", fault_beyond_imports(), "0.5 s"
    yield "a saved file under --watch: Pulumi.dev.yaml", saved_file(), "0.7 s of CPU"
    yield "program over bare registrations", *over_bare()
    for size in SIZES:
        yield autoscaled(size)
    yield "policy pack through the servicer", f"{bench_servicer():.2f} ms a resource", "2 ms a resource"
    yield "stack policies on 2,000 resources", f"{bench_stack():.2f} s", "1 s"


def whole_process(arguments: list[str]) -> tuple[float, float]:
    """Median seconds and peak megabytes of the preview as a process."""
    command = [sys.executable, "-m", "preview", *arguments]
    times = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(command, cwd=run.ROOT, stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:]), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def fault_beyond_imports() -> str:
    """Median CPU seconds of a preview that ends with a fault of the settings, less those of its imports."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "Pulumi.broken.yaml"
        text = (run.ROOT / "Pulumi.prod.yaml").read_text(encoding="utf-8")
        file.write_text(text.replace("nat: per-zone", "nat: per_zone"), encoding="utf-8")
        whole = cpu_seconds(["-m", "preview", "--config-file", str(file)])
    imports = cpu_seconds(["-c", "import gc, preview.cli; gc.freeze()"])  # as the preview ends, without a search
    return f"{whole - imports:.2f} s ({whole:.2f} s over {imports:.2f} s)"


def cpu_seconds(arguments: list[str]) -> float:
    """Median CPU seconds of Python with these arguments, as a process."""
    times = []
    for _ in range(RUNS + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], cwd=run.ROOT, capture_output=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(times[1:])


def saved_file() -> str:
    """Median CPU seconds from a saved file to the next one under --watch, in a process of its own."""
    code = "from tests.bench.watched import main; main()"
    done = subprocess.run([sys.executable, "-c", code], cwd=run.ROOT, capture_output=True, text=True, check=True)
    first, *later = json.loads(done.stdout.splitlines()[-1])
    return f"{statistics.median(later):.2f} s of CPU (the first run {first:.2f} s)"


def over_bare() -> tuple[str, str]:
    """Medians of the prod stack's program and of its bare registrations, run in turn."""
    file = stackfile.read(run.ROOT / "Pulumi.prod.yaml", PROJECT)
    recorded = run.plan(file, project=PROJECT, phases=("deployed",)).phases["deployed"]
    alone = bare(recorded)
    ours, theirs = [], []
    for _ in range(RUNS + 1):
        ours.append(seconds(lambda: run.plan(file, project=PROJECT, phases=("deployed",))))
        theirs.append(seconds(lambda: run.plan(file, project=PROJECT, phases=("deployed",), program=alone)))
    program, plain = statistics.median(ours[1:]), statistics.median(theirs[1:])
    return f"{program / plain:.2f} x ({program * 1000:.0f} ms over {plain * 1000:.0f} ms)", "1.15 x"


def autoscaled(size: int) -> Row:
    """CPU seconds and peak memory of both phases and the policies, in a process of its own, its start included."""
    code = f"from tests.bench.__main__ import one_size; one_size({size})"
    done = subprocess.run([sys.executable, "-c", code], cwd=run.ROOT, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    text = f"{found['seconds']:.2f} s of CPU, {found['megabytes']:.0f} MB, {found['resources']} resources"
    return f"{size} services, both phases and policies", text, "12 s at 200, memory linear"


def one_size(size: int) -> None:
    """Print the figures of a stack of `size` services as JSON; no garbage is collected, as in `python -m preview`."""
    gc.disable()
    file = of_services(size)
    plan = run.plan(file, project=PROJECT, phases=("preview", "deployed"))
    policies.judge(plan, load_config(policies.config_for(run.ROOT, "bench")))
    taken = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": taken, "megabytes": peak, "resources": len(plan.phases["preview"].records)}))


def seconds(work: Callable[[], object]) -> float:
    """Seconds that `work` takes, after a collection."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
