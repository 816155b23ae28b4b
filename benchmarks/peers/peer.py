"""What the peers' scripts share: a virtual environment, and running a command in it with its CPU counted."""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.mailbox import DIRECTOR, ENGINEERS, OTHERS, SALES

PEOPLE = (DIRECTOR, *SALES, *ENGINEERS, *OTHERS)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a peer reads and sends."""

    folder: Path
    imap_port: int
    smtp_port: int
    user: str
    password: str


def environment(name: str, requirements: Sequence[str]) -> Path:
    """The `bin` folder of a virtual environment with these requirements; made when absent."""
    root = Path(os.environ.get("PEERS_FOLDER", Path(tempfile.gettempdir()) / "zhichi-peers"))
    folder = root / "-".join((name, *requirements)).replace("=", "").replace(" ", "")
    if not (folder / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *requirements], check=True)
        (folder / "ready").touch()
    return folder / "bin"


def run(words: Sequence[str], folder: Path, more: Mapping[str, str] | None = None) -> float:
    """Run a command to its end in `folder`; seconds of CPU, user and system, of it and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        words, cwd=folder, env={**os.environ, **(more or {})}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{words[0]}: exit {done.returncode}: {done.stderr[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
