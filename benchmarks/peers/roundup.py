"""Roundup's IMAP gateway: classic tracker on SQLite, everybody of the firm a user, nosy mails to the sink."""

import sqlite3
from configparser import RawConfigParser
from pathlib import Path

from benchmarks.mailbox import BOT
from benchmarks.peers.peer import PEOPLE, Place, environment, run

VERSION = "roundup==2.6.0"
# The gateway has no option for the port.
_GATEWAY = """
import imaplib, sys
imaplib.IMAP4.__init__.__defaults__ = ("", int(sys.argv.pop(1)), None)
from roundup.scripts.roundup_mailgw import run
run()
"""


class Roundup:
    """One tracker."""

    name = VERSION

    def __init__(self, place: Place) -> None:
        self._place = place
        self._bin = environment("roundup", [VERSION])
        self._home = place.folder / "tracker"
        admin = [str(self._bin / "roundup-admin"), "-i", str(self._home)]
        run([*admin, "install", "classic", "sqlite"], place.folder)
        self._configure(self._home / "config.ini")
        run([*admin, "initialise", "admin"], place.folder)
        for number, (name, address) in enumerate(PEOPLE):
            values = [f"username=user{number}", f"realname={name}", f"address={address}", "roles=User"]
            run([*admin, "create", "user", *values], place.folder)
        (place.folder / "gateway.py").write_text(_GATEWAY)

    def read(self) -> float:
        """Read the mailbox once; seconds of CPU."""
        place = self._place
        login = f"{place.user}:{place.password}@127.0.0.1"
        words = [str(self._bin / "python"), "gateway.py", str(place.imap_port), str(self._home), "imap", login]
        return run(words, place.folder)

    def tickets(self) -> int:
        """How many issues there are."""
        with sqlite3.connect(self._home / "db" / "db") as connection:
            return int(connection.execute("SELECT count(*) FROM _issue").fetchone()[0])

    def _configure(self, path: Path) -> None:
        config = RawConfigParser(comment_prefixes=("#",), inline_comment_prefixes=None)
        config.read(path, encoding="utf-8")
        values = {
            ("main", "admin_email"): f"admin@{BOT.partition('@')[2]}",
            ("tracker", "web"): "http://127.0.0.1:1/",
            ("tracker", "email"): BOT,
            ("mail", "domain"): BOT.partition("@")[2],
            ("mail", "host"): "127.0.0.1",
            ("mail", "port"): str(self._place.smtp_port),
            ("rdbms", "backend"): "sqlite",
        }
        for (section, key), value in values.items():
            if not config.has_section(section):
                config.add_section(section)
            config.set(section, key, value)
        with path.open("w", encoding="utf-8") as file:
            config.write(file)
