"""Secrets stay secret: in no log, no list, no notice, and in no column of either database in clear."""

import logging
import sqlite3
import stat
import subprocess
import sys
import zlib
from collections.abc import Iterable
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from bot.handling.recording import Cause
from bot.rules.decision import Say
from bot.rules.notice import NoticeKind
from bot.rules.words import Stage
from tests.faults.front import Front, make_mail
from tests.servers.postgres import Postgres
from tests.whole.office import ADMIN, DIRECTOR, ENGINEER, SALES, at

SHOWING = (
    "list --json",
    "show {ref}",
    "show {ref} --json",
    "explain mail.eml --json",
    "explain mail.eml",
    "quarantine list",
    "outbox list",
    "audit --json",
)
PASSWORD = "the-mailbox-password"


def secret_of(button: tuple[str, str]) -> str:
    return button[1].rpartition("#")[2].split("]")[0]


def spend_secrets(front: Front) -> tuple[list[str], bytes]:
    """Two secrets seen in every way, the second decides; both, and a mail that holds the first."""
    front.open_case()
    secrets = [secret_of(front.sent(DIRECTOR)[0].button("同意"))]
    subject, body = front.sent(DIRECTOR)[0].button("同意")
    line = body.strip().splitlines()[-1]
    # tapped; typed in the middle of words; quoted to all; in a subject; by the wrong person; in a mail that breaks
    front.write(DIRECTOR, "09-17 10:10", f"这是谁的客户？ {line.strip('[]')} 请说明", subject=subject, results=None)
    front.write(ENGINEER, "09-17 10:11", body, subject=f"{subject} {line}")
    front.write(SALES, "09-17 10:12", "老客户，张经理介绍的", answer=front.sent(SALES)[-1], quote=False)
    secrets.append(secret_of(front.sent(DIRECTOR)[-1].button("同意")))
    front.write(DIRECTOR, "09-17 10:12", front.sent(DIRECTOR)[-1].button("同意")[1], subject=subject, results=None)
    front.write(SALES, "09-17 10:13", "状态", answer=front.sent(SALES)[0])
    front.take(b"\x00 " + line.encode(), "09-17 10:14")
    assert front.case().stage is Stage.APPROVED, "a secret did work"
    return secrets, make_mail(DIRECTOR, "09-17 10:12", body, subject=f"{subject} {line}")


def test_no_secret_is_logged_shown_or_stored_in_clear(front: Front, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secrets, mail = spend_secrets(front)
    ref = front.case().ref
    (front.folder / "mail.eml").write_bytes(mail)
    shown = [caplog.text]
    for words in SHOWING:
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words.format(ref=ref).split()],
            cwd=front.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        shown.append(done.stdout + done.stderr)
    assert ref in shown[2]
    hidden = [*secrets, PASSWORD]
    for number, text in enumerate(shown):
        assert (number, []) == (number, [secret for secret in hidden if secret in text]), text
    assert_not_in_file(front.folder / "zhichi.db", hidden)


@pytest.mark.servers
def test_no_secret_is_stored_in_clear_on_postgresql_or_said_to_it(
    tmp_path: Path, postgres_server: Postgres, postgres_url: str
) -> None:
    """A server that logs every statement with its values (log_statement = all) has none in its log."""
    postgres_server.log_all(postgres_url)
    front = Front(tmp_path, database=postgres_url)
    hidden = [*spend_secrets(front)[0], PASSWORD]
    ref = front.case().ref
    front.close()
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        assert ("blobs",) in tables
        for (name,) in tables:
            whole = sql.SQL("SELECT * FROM {}").format(sql.Identifier(name))
            assert_not_in_table(name, connection.execute(whole), hidden)
    log = postgres_server.read_log()
    assert f"'{ref}'" in log
    assert [secret for secret in hidden if secret in log] == []


def assert_not_in_file(path: Path, hidden: list[str]) -> None:
    """Nor in what SQLite lays beside it; and nobody else may read them."""
    connection = sqlite3.connect(path)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert "blobs" in names
    for name in names:
        assert_not_in_table(name, connection.execute(f'SELECT * FROM "{name}"'), hidden)
    connection.close()
    for file in path.parent.glob("zhichi.db*"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert PASSWORD.encode() not in file.read_bytes()


def assert_not_in_table(name: str, rows: Iterable[tuple[object, ...]], hidden: list[str]) -> None:
    """Only the kept mails hold secrets: what people sent, and the buttons that go out (docs/guarantees.md)."""
    kept = 0
    for row in rows:
        if name == "blobs":
            kept += 1
            whole = b"".join(zlib.decompress(value) for value in row if isinstance(value, bytes))
            assert PASSWORD.encode() not in whole
        else:
            assert not [secret for secret in hidden if secret in repr(row)], name
    assert kept > 3 or name != "blobs"


def test_a_notice_about_a_broken_mail_quotes_no_secret(front: Front) -> None:
    """The operator's mail names what broke, not what the mail said."""
    front.open_case()
    with front.house.store.transaction() as tx:
        said = Say(NoticeKind.OPERATOR, text="x", slot="t")
        front.house.recorder.say(tx, said, None, Cause(), "main", at("09-17 10:00"))
    secret = secret_of(front.sent(DIRECTOR)[0].button("同意"))
    assert all(secret not in got.message.as_string() for got in front.sent(ADMIN))
