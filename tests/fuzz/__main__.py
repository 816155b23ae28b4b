"""`python -m tests.fuzz [TARGET…] --seconds N`: fuzz the targets named, or all, as many at a time as there are cores.

Guided by coverage with atheris (a development dependency that has no wheel for every Python), else blindly. What is
learned stays in `.fuzz/TARGET/`; an input that breaks a reader lies there too, and `python -m tests.fuzz TARGET FILE`
runs it again. Exit 0: nothing found; 1: something was; 2: no such target.
"""

import argparse
import os
import re
import subprocess
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from tests.fuzz.guided import fuzz_guided

ROOT = Path(__file__).parent.parent.parent
KEPT = ROOT / ".fuzz"
_EXECUTIONS = re.compile(r"stat::number_of_executed_units: (\d+)")


def main() -> int:
    """Read the arguments; one process per target, for libFuzzer ends its own."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Fuzz the readers of mail.")
    parser.add_argument("target", nargs="*", help="targets, all when none is named; or one target and files to run")
    parser.add_argument("--seconds", type=int, default=30, help="how long for each target")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    told = parser.parse_args()
    names = [name for name in told.target if not Path(name).is_file()]
    if told.inside:
        return _fuzz(names[0], told.seconds)
    from tests.fuzz.targets import TARGETS  # not before: atheris must see the readers imported

    if unknown := [name for name in names if name not in TARGETS]:
        print(f"no target {', '.join(unknown)}; there are: {', '.join(TARGETS)}", file=sys.stderr)
        return 2
    if files := [Path(name) for name in told.target if name not in names]:
        for path in files:
            TARGETS[names[0]].check(path.read_bytes())
        return 0
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        fine = list(pool.map(lambda name: _spawn(name, told.seconds), names or TARGETS))
    return 0 if all(fine) else 1


def _spawn(name: str, seconds: int) -> bool:
    command = [sys.executable, "-m", "tests.fuzz", name, "--inside", "--seconds", str(seconds)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    count = _EXECUTIONS.search(done.stdout)
    said = f"{int(count[1]):,} executions" if count else "stopped"
    print(f"{name}: {said} in {seconds} s, {'nothing found' if done.returncode == 0 else 'FAILED'}", flush=True)
    if done.returncode:
        print(done.stdout[-8_000:], file=sys.stderr, flush=True)
    return done.returncode == 0


def _fuzz(name: str, seconds: int) -> int:
    kept = KEPT / name
    kept.mkdir(parents=True, exist_ok=True)
    if find_spec("atheris"):
        fuzz_guided(name, seconds, kept)
    return _fuzz_blindly(name, seconds, kept)


def _fuzz_blindly(name: str, seconds: int, kept: Path) -> int:
    from tests.fuzz.blind import mutations
    from tests.fuzz.targets import TARGETS

    count, end = 0, time.monotonic() + seconds
    for data in mutations(TARGETS[name], seed=time.time_ns()):
        if time.monotonic() > end:
            break
        count += 1
        try:
            TARGETS[name].check(data)
        except Exception:  # noqa: BLE001  whatever a reader raises is what is looked for
            path = kept / f"crash-{sha256(data).hexdigest()[:40]}"
            path.write_bytes(data)
            traceback.print_exc()
            print(f"python -m tests.fuzz {name} {path.relative_to(ROOT)}")
            return 1
    print(f"stat::number_of_executed_units: {count}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
