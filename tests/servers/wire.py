"""A loopback line between the bot and a real server that breaks at a chosen command, in a chosen way."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from types import TracebackType
from typing import Self

GARBAGE = b"\x00\xff\xfe{)(*\xb4\xed\r\n" * 3
GREETING = "greeting"
_DELAY = 0.05
_PACKET = 1 << 16
_PATIENCE = 10.0


class Fault(StrEnum):
    """What happens at the chosen command."""

    DELAY = "delay"  # it comes late, in two pieces
    UNHEARD = "unheard"  # the line is cut before the server hears the command
    HALF_HEARD = "half heard"  # the server hears half of the command, then the line is cut
    UNANSWERED = "unanswered"  # the server did as told; the line is cut before its answer
    HALF_ANSWERED = "half answered"  # the line is cut in the middle of the answer's first line
    CUT_INSIDE = "cut inside"  # the line is cut in the middle of what follows the answer's first line
    GARBAGE = "garbage"  # the answer is replaced by nonsense
    SILENT = "silent"  # a router forgot the line: from here on nothing passes, and nobody is told
    SILENT_AFTER = "silent after"  # the same, but the server did as told


_BEFORE = {Fault.UNHEARD, Fault.HALF_HEARD, Fault.SILENT}


class Wire:
    """Listens on `port` and passes everything on to `target`; `name_command` gives a client's line its name.

    One fault at a time: `break_at` arms it for the next `times` commands of that name, `mend` takes it away.
    """

    def __init__(self, target: int, name_command: Callable[[bytes], str]) -> None:
        self.target = target
        self.name_command = name_command
        self.in_step = name_command is name_smtp  # commands said in one go pass one by one, each after its answer
        self.rewrite: Callable[[bytes], bytes] = lambda line: line  # each line of a mail on its way out
        self.struck = 0
        self.seen: set[str] = set()
        self._armed: tuple[str, Fault, Callable[[], None] | None] | None = None
        self._left = 0
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._sockets: set[socket.socket] = set()
        self._threads = [threading.Thread(target=self._listen, name="wire")]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        cut(self._listener)
        for sock in list(self._sockets):
            cut(sock)
        for thread in list(self._threads):
            thread.join(_PATIENCE)

    def break_at(self, point: str, fault: Fault, times: int, action: Callable[[], None] | None = None) -> None:
        """From now on; `action` is done right before, while the client waits."""
        with self._lock:
            self._armed, self._left, self.struck = (point, fault, action), times, 0

    def mend(self) -> None:
        """Pass everything again; lines that fell silent stay silent."""
        with self._lock:
            self._armed = None

    def cut_all(self) -> None:
        """Every line that stands is cut."""
        for sock in list(self._sockets):
            cut(sock)

    def take(self, point: str) -> Fault | None:
        """The fault that strikes at this command, if any."""
        with self._lock:
            self.seen.add(point)
            if self._armed is None or self._armed[0] != point or self._left == 0:
                return None
            self._left -= 1
            self.struck += 1
            _, fault, action = self._armed
        if action:
            action()
        return fault

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                cut(client)
                continue
            line = _Line(self, client, server)
            self._sockets |= {client, server}
            pair = [threading.Thread(target=run, name="wire") for run in (line.pass_commands, line.pass_answers)]
            self._threads = [t for t in self._threads if t.is_alive()] + pair
            for thread in pair:
                thread.start()

    def forget(self, *sockets: socket.socket) -> None:
        """These are closed."""
        self._sockets -= set(sockets)


class _Line:
    """One connection."""

    def __init__(self, wire: Wire, client: socket.socket, server: socket.socket) -> None:
        self._wire, self._client, self._server = wire, client, server
        for sock in (client, server):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._answer_fault: Fault | None = None
        self._silent = False
        self._asked_for_data = self._in_data = self._told_text = False
        self._replied = threading.Condition()
        self._open_replies = 1  # the greeting's
        self._ended = False
        self._rest = b""

    def pass_commands(self) -> None:
        """What the client says, a line at a time."""
        with self._client.makefile("rb") as lines, suppress(OSError):
            for line in lines:
                if not self._silent and not self._pass_command(line):
                    break
        cut(self._server)
        cut(self._client)
        self._wire.forget(self._client, self._server)

    def _pass_command(self, line: bytes) -> bool:
        """Hand it on, broken if so armed; False when the line is cut."""
        line = self._wire.rewrite(line) if self._in_data else line
        point = self._name(line)
        fault = self._wire.take(point) if point else None
        if fault is Fault.SILENT:
            self._silent = True
        elif fault is Fault.HALF_HEARD:
            self._server.sendall(line[: len(line) // 2])
        elif fault is not Fault.UNHEARD:
            self._answer_fault = fault
            owed = self._wire.in_step and (not self._in_data or point == "dot")
            if fault is Fault.DELAY:
                self._server.sendall(line[: len(line) // 2])
                threading.Event().wait(_DELAY)
                line = line[len(line) // 2 :]
            self._pass_in_step(line) if owed else self._server.sendall(line)
        return fault not in {Fault.UNHEARD, Fault.HALF_HEARD}

    def _pass_in_step(self, line: bytes) -> None:
        """Not before each reply owed is there: one still owed would be taken for this command's."""
        with self._replied:
            self._open_replies += 1
        self._server.sendall(line)
        with self._replied:
            self._replied.wait_for(lambda: self._ended or self._open_replies < 1, _PATIENCE)

    def _count_replies(self, data: bytes) -> None:
        """The last line of a reply has no hyphen behind its code (RFC 5321 4.2.1)."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        with self._replied:
            self._open_replies -= sum(line[3:4] != b"-" for line in lines)
            self._replied.notify()

    def _name(self, line: bytes) -> str:
        if not self._in_data:
            self._asked_for_data = line.upper().strip() == b"DATA"
            return self._wire.name_command(line)
        if line == b".\r\n":
            self._in_data = False
            return "dot"
        first, self._told_text = not self._told_text, True
        return "text" if first else ""

    def pass_answers(self) -> None:
        """What the server says, as it comes."""
        self._answer_fault = self._wire.take(GREETING)
        with suppress(OSError):
            while data := self._server.recv(_PACKET):
                if self._asked_for_data and data.startswith(b"354"):
                    self._in_data, self._asked_for_data, self._told_text = True, False, False
                fault, self._answer_fault = self._answer_fault, None
                if not self._silent and not self._pass_answer(data, fault):
                    break
                self._count_replies(data)
        with self._replied:
            self._ended = True
            self._replied.notify()
        if not self._silent:
            cut(self._client)
        cut(self._server)

    def _pass_answer(self, data: bytes, fault: Fault | None) -> bool:
        first = data.find(b"\r\n") + 2
        if fault in {None, Fault.DELAY}:
            self._client.sendall(data)
        elif fault is Fault.GARBAGE:
            self._client.sendall(GARBAGE)
        elif fault is Fault.HALF_ANSWERED:
            self._client.sendall(data[: first // 2])
        elif fault is Fault.CUT_INSIDE:
            self._client.sendall(data[: (first + len(data)) // 2])
        self._silent = self._silent or fault in {Fault.SILENT, Fault.SILENT_AFTER}
        return fault not in {Fault.UNHEARD, Fault.HALF_HEARD, Fault.UNANSWERED, Fault.HALF_ANSWERED, Fault.CUT_INSIDE}


def name_imap(line: bytes) -> str:
    """`LOGIN`, `UID SEARCH`, `FETCH look`, `FETCH mail`, `DONE` …"""
    words = line.upper().split()
    if words[:1] == [b"DONE"]:
        return "DONE"
    if words[1:3] == [b"UID", b"FETCH"]:
        return "FETCH mail" if b"BODY.PEEK[]" in line else "FETCH look"
    return b" ".join(words[1 : 3 if words[1:2] == [b"UID"] else 2]).decode("ascii", "replace")


def name_smtp(line: bytes) -> str:
    """The verb."""
    return (line.upper().split() or [b""])[0].decode("ascii", "replace")


def cut(sock: socket.socket) -> None:
    """End it both ways, also under another thread that reads it."""
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
    sock.close()
