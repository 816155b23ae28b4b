"""`zhichi` in a process that kills itself, as `kill -9` would: `python -m tests.faults.victim POINT N WORDS…`.

The product knows nothing of it: the functions around each point are wrapped in this process alone.
"""

import functools
import inspect
import json
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any

Bang = Callable[[], None]

POINTS = {
    "fetch-before": ("bot.fetch.news:_fetch_bodies", "before"),
    "fetch-after": ("bot.handling.intake:Intake.take", "before"),
    "mail-before-commit": ("bot.handling.intake:Intake._carry", "after"),
    "mail-after-commit": ("bot.handling.intake:Intake._take_once", "after"),
    "mailbox-read": ("bot.cycle:Cycle.take_mail", "after"),
    "deadline-before-commit": ("bot.handling.ticking:Ticker._handle", "after"),
    "deadline-after-commit": ("bot.handling.ticking:Ticker._take_one", "after"),
    "claim-before-commit": ("bot.store.outbox_claims:Claims.claim", "after"),
    "claim-after-commit": ("bot.handling.delivering:Delivery._send", "before"),
    "people-named": ("bot.transmit.handover:Handover._name_people", "after"),
    "data-sent": ("bot.transmit.handover:Handover._send_body", "after"),
    "note-before-commit": ("bot.store.outbox_claims:Claims.mark_sending", "after"),
    "note-after-commit": ("bot.transmit.handover:Handover._send_final_dot", "before"),
    "dot-sent": ("aiosmtplib.protocol:SMTPProtocol.write", "after .\r\n"),
    "dot-answered": ("bot.transmit.handover:Handover._send_final_dot", "after"),
    "sent-before-commit": ("bot.handling.delivering:Delivery._report", "after"),
    "sent-after-commit": ("bot.handling.delivering:Delivery._send", "after"),
    "own-copy-before-commit": ("bot.store.outbox:Outbox.settle", "after"),
    "own-copy-before": ("bot.store.outbox:Outbox.settle", "before"),
    "own-copy-after-commit": ("bot.handling.intake:Intake._take_once", "after own"),
    "uncertain-judged": ("bot.handling.delivering:Delivery._settle_uncertain", "after"),
}
"""Where a process may be killed: the function, on which side of it, and which calls count if not all (`_counts`)."""

AT_RANDOM = "random"
"""Not a point: N is then the milliseconds after the work began."""


def arm(point: str, number: int) -> None:
    """Let this process die at the `number`-th time it comes to `point`."""
    if point == AT_RANDOM:
        _wrap("bot.cycle:Cycle.turn" if "once" in sys.argv else "bot.daemon:Daemon.run", "before", _fuse(number))
        return
    place, side = POINTS[point]
    _wrap(place, side, _counter(number))


def _counter(number: int) -> Bang:
    left = number

    def bang() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return bang


def _fuse(milliseconds: int) -> Bang:
    def bang() -> None:
        timer = threading.Timer(milliseconds / 1000, os.kill, (os.getpid(), signal.SIGKILL))
        timer.daemon = True
        timer.start()

    return bang


def _wrap(place: str, side: str, bang: Bang) -> None:
    module_name, _, path = place.partition(":")
    owner: Any = import_module(module_name)
    *parents, name = path.split(".")
    for parent in parents:
        owner = getattr(owner, parent)
    setattr(owner, name, _around(getattr(owner, name), side, bang))


def _around(function: Callable[..., Any], side: str, bang: Bang) -> Callable[..., Any]:
    side, _, wanted = side.partition(" ")

    def before(_args: tuple[Any, ...]) -> None:
        if side == "before":
            bang()

    def after(args: tuple[Any, ...]) -> None:
        if side == "after" and _counts(wanted, args):
            bang()

    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def wrapped_async(*args: Any, **kwargs: Any) -> Any:
            before(args)
            given: Awaitable[Any] = function(*args, **kwargs)
            result = await given
            after(args)
            return result

        return wrapped_async

    @functools.wraps(function)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        before(args)
        result = function(*args, **kwargs)
        after(args)
        return result

    return wrapped


def _counts(wanted: str, args: tuple[Any, ...]) -> bool:
    """ "" every call; "own" one that took in a copy of the bot's; else one whose last argument is these bytes."""
    if wanted == "own":
        return b"\r\nX-Zhichi-Id: " in args[1].raw
    return not wanted or bool(args[-1] == wanted.encode())


def main() -> None:
    """Arm, then be `zhichi` with the remaining words; or, without any, bear one such process for each line read."""
    if not sys.argv[1:]:
        bear()
        return
    point, number, *words = sys.argv[1:]
    sys.argv = ["zhichi", *words]
    arm(point, int(number))
    from bot.cli import main as zhichi

    zhichi()


def bear() -> None:
    """Load the program once, then fork: most of a short process's life is loading. Answers with each one's end."""
    for place, _side in POINTS.values():
        import_module(place.partition(":")[0])
    import_module("bot.cli")
    for line in sys.stdin:
        folder, *sys.argv[1:] = json.loads(line)
        child = os.fork()
        if child == 0:
            os.chdir(folder)
            log = os.open("victim.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            for stream in (1, 2):
                os.dup2(log, stream)
            main()
        _pid, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
