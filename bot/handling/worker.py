"""A worker's name in claims, from which a later one on the same machine can tell that it has surely ended.

The process number alone is not enough: numbers come again. So the name holds the boot, the namespace in which the
number counts, and when the process began. Where the system does not tell these (no /proc), nobody is ever called gone,
and the lease decides.
"""

import os
import secrets
import socket
from pathlib import Path

_PROC = Path("/proc")
_AFTER_NAME = 2  # /proc/PID/stat has the number and the name first; the name may hold anything, so we count behind it
_STATE = 3 - 1 - _AFTER_NAME
_BEGAN = 22 - 1 - _AFTER_NAME


def name_worker() -> str:
    """A new name for a worker of this process: `host/machine/process/began/token`; no two are the same."""
    pid = os.getpid()
    return f"{socket.gethostname()}/{_machine()}/{pid}/{_began(pid)}/{secrets.token_hex(4)}"


def is_gone(name: str) -> bool:
    """Whether the process behind a worker's name has surely ended; False whenever that cannot be known from here."""
    _host, machine, pid, began, *_token = (name.rsplit("/", 4) + [""] * 4)[:5]
    if not machine or machine != _machine() or not pid.isdecimal() or not began:
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    now = _began(int(pid))
    return now not in {"", began}


def _machine() -> str:
    """This boot and the namespace of process numbers; "" when the system does not tell."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}:{(_PROC / 'self/ns/pid').readlink().name}"
    except OSError:
        return ""


def _began(pid: int) -> str:
    """When the process began, in the kernel's ticks; "ended" when it only waits to be buried, "" when unknown."""
    try:
        found = (_PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()
        return "ended" if found[_STATE] in {"Z", "X"} else found[_BEGAN]
    except (OSError, IndexError):
        return ""
