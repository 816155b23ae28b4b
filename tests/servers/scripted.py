"""Tiny servers on loopback that misbehave as told: the answer to each command may be replaced by a test."""

import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Self

_PATIENCE = 10.0


class Talk:
    """One client's line, seen from the server."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._file = sock.makefile("rb")
        self.tag = b""
        self.said = b""

    def read_line(self) -> bytes:
        """The next line without its end; EOFError when the client has gone."""
        line = self._file.readline()
        if not line:
            raise EOFError
        return line.rstrip(b"\r\n")

    def read_until_eof(self) -> None:
        """Stay silent until the client gives up."""
        while self._file.readline():
            pass

    def send(self, *lines: bytes) -> None:
        """Send lines in one packet; `TAG` at the start of a line stands for the command's tag."""
        self.said = lines[-1]
        self._sock.sendall(b"".join(line.replace(b"TAG", self.tag, 1) + b"\r\n" for line in lines))

    def send_raw(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._sock.sendall(data)

    def cut(self) -> None:
        """Drop the line without a word."""
        self._file.close()
        self._sock.close()
        raise EOFError


Answer = Callable[[Talk, bytes], None]


class ScriptedServer:
    """Listens on a free port and serves one client after the other in a thread of its own."""

    def __init__(self) -> None:
        self.commands: list[bytes] = []
        self.connections = 0
        self.faults: list[Exception] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: set[socket.socket] = set()
        self._threads = [threading.Thread(target=self._listen)]

    def serve(self, talk: Talk) -> None:
        """Talk to one client until it leaves."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for sock in list(self._open):
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(_PATIENCE)
        if error is None and self.faults:
            raise self.faults[0]

    def _listen(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.add(sock)
            thread = threading.Thread(target=self._serve, args=[sock])
            self._threads.append(thread)
            thread.start()

    def _serve(self, sock: socket.socket) -> None:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        talk = Talk(sock)
        try:
            self.serve(talk)
        except (EOFError, OSError):
            pass  # the client left, or a test cut the line
        except Exception as error:  # noqa: BLE001  # shown by the test's own thread
            self.faults.append(error)
        finally:
            self._open.discard(sock)
            with suppress(OSError):
                talk._file.close()
            sock.close()


def say(*lines: bytes) -> Answer:
    """An answer of fixed lines."""
    return lambda talk, line: talk.send(*lines)


def stay_silent(talk: Talk, line: bytes) -> None:
    """Never answer."""
    talk.read_until_eof()


def cut(talk: Talk, line: bytes) -> None:
    """Drop the line instead of answering."""
    talk.cut()


class FakeImap(ScriptedServer):
    """An IMAP server with one small mailbox in INBOX; `answers` replace what it says to a command (b"UID FETCH" …)."""

    GREETING = b"* OK ready"

    def __init__(
        self,
        answers: Mapping[bytes, Answer] | None = None,
        *,
        mails: Mapping[int, bytes] | None = None,
        capability: bytes = b"IMAP4rev1 ID IDLE UIDPLUS",
        greeting: bytes | None = GREETING,
    ) -> None:
        super().__init__()
        self.mails = dict(mails or {})
        self.greeting = greeting
        self.capability = capability
        self.uidvalidity = 7
        self._answers: dict[bytes, Answer] = {
            b"CAPABILITY": lambda talk, line: talk.send(b"* CAPABILITY " + capability, b"TAG OK done"),
            b"LIST": say(b'* LIST () "/" INBOX', b"TAG OK done"),
            b"EXAMINE": lambda talk, line: self._examine(talk),
            b"UID SEARCH": lambda talk, line: self._search(talk),
            b"UID FETCH": lambda talk, line: self._fetch(talk, line),
            b"LOGOUT": say(b"* BYE", b"TAG OK done"),
            **(answers or {}),
        }

    def serve(self, talk: Talk) -> None:
        if self.greeting is not None:
            talk.send(self.greeting)
        while True:
            talk.tag, _, line = talk.read_line().partition(b" ")
            words = line.upper().split(b" ")
            name = b" ".join(words[:2]) if words[0] == b"UID" else words[0]
            self.commands.append(line)
            self._answers.get(name, say(b"TAG OK done"))(talk, line)

    def _examine(self, talk: Talk) -> None:
        following = max(self.mails, default=0) + 1
        talk.send(
            b"* %d EXISTS" % len(self.mails),
            b"* OK [UIDVALIDITY %d] ok" % self.uidvalidity,
            b"* OK [UIDNEXT %d] ok" % following,
            b"TAG OK [READ-ONLY] done",
        )

    def _search(self, talk: Talk) -> None:
        talk.send(b" ".join([b"* SEARCH", *(b"%d" % uid for uid in self.mails)]), b"TAG OK done")

    def _fetch(self, talk: Talk, line: bytes) -> None:
        wanted = {int(uid) for uid in line.split(b" ")[2].split(b",")}
        rows = [(uid, raw) for uid, raw in self.mails.items() if uid in wanted]
        for number, (uid, raw) in enumerate(rows, 1):
            talk.send_raw(b"* %d FETCH (UID %d " % (number, uid) + _fetch_items(line, raw) + b")\r\n")
        talk.send(b"TAG OK done")


def _fetch_items(line: bytes, raw: bytes) -> bytes:
    if b"BODY.PEEK[HEADER]" in line:
        header = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        return b"BODY[HEADER]<0> {%d}\r\n" % len(header) + header
    if b"BODY.PEEK[]" in line:
        return b"BODY[] {%d}\r\n" % len(raw) + raw
    return b'RFC822.SIZE %d INTERNALDATE "19-Sep-2026 10:00:00 +0800"' % len(raw)


class FakeSmtp(ScriptedServer):
    """An SMTP server that takes every mail; `answers` replace what it says to a verb, or to `b"."` ending the data."""

    def __init__(self, answers: Mapping[bytes, Answer] | None = None, *, extensions: tuple[bytes, ...] = ()) -> None:
        super().__init__()
        self.mails: list[bytes] = []
        ehlo = [b"250-fake", *(b"250-" + extension for extension in extensions), b"250 HELP"]
        self._answers: dict[bytes, Answer] = {
            b"GREETING": say(b"220 fake"),
            b"EHLO": say(*ehlo),
            b"DATA": say(b"354 go on"),
            b".": say(b"250 2.0.0 queued"),
            b"QUIT": say(b"221 bye"),
            b"AUTH": say(b"235 2.7.0 welcome"),
            **(answers or {}),
        }

    def serve(self, talk: Talk) -> None:
        self._answers[b"GREETING"](talk, b"")
        while True:
            line = talk.read_line()
            verb = line.upper().partition(b" ")[0]
            self.commands.append(line)
            self._answers.get(verb, say(b"250 2.1.0 ok"))(talk, line)
            if talk.said.startswith(b"354"):
                self._read_data(talk)

    def _read_data(self, talk: Talk) -> None:
        lines: list[bytes] = []
        while (line := talk.read_line()) != b".":
            lines.append(line[1:] if line.startswith(b".") else line)
        self.mails.append(b"\r\n".join(lines) + b"\r\n")
        self._answers[b"."](talk, b".")
