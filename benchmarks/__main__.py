"""Runs every `benchmarks/bench_*.py` and prints one table; `python -m benchmarks NAME…` runs only those named.

What was measured is written to `benchmarks/results` too (BENCH_WRITE=0: not). BENCH_MAILS, BENCH_ROUNDS and BENCH_PAST
make a run smaller than the 10,000 mails, three rounds and 1,000,000 past cases that count.

A benchmark is a module with `run() -> Iterable[Result]`. Exit 0: every limit kept; 1: one was not, or a benchmark
broke; 2: no benchmark of that name.
"""

import importlib
import os
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.result import Result
from benchmarks.writing import write_results

HERE = Path(__file__).parent
WRITE = os.environ.get("BENCH_WRITE", "1") == "1"


def main(wanted: list[str]) -> int:
    """Run the benchmarks named, or all, and print what they measured."""
    known = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    if unknown := [name for name in wanted if name not in known]:
        print(f"no benchmark {', '.join(unknown)}; there are: {', '.join(known) or 'none'}", file=sys.stderr)
        return 2
    table = Table("benchmark", "what", "measured", "limit", "", "note")
    fine = True
    for name in wanted or known:
        print(f"running {name} …", file=sys.stderr)
        rows = list(_results(name))
        if WRITE:
            write_results(name, rows)
        for row in rows:
            fine = fine and row.passes
            table.add_row(name, row.what, _number(row.value, row.unit), _limit(row), _verdict(row), row.note)
    Console().print(table)
    return 0 if fine else 1


def _results(name: str) -> Iterable[Result]:
    """What the benchmark measured; one that breaks fails alone and the others still run."""
    try:
        return list(importlib.import_module(f"benchmarks.bench_{name}").run())
    except Exception as error:  # noqa: BLE001  a broken benchmark is a result too
        traceback.print_exc()
        return [Result("broke", float("inf"), "", limit=0, note=f"{type(error).__name__}: {error}")]


def _limit(row: Result) -> str:
    if row.limit is None:
        return ""
    return f"{'≥' if row.at_least else '≤'} {_number(row.limit, row.unit)}"


def _verdict(row: Result) -> str:
    if row.limit is None:
        return ""
    return "ok" if row.passes else "MISSED"


def _number(value: float, unit: str) -> str:
    return f"{value:,.4g} {unit}".rstrip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
