"""An attachment of 200 MB: not fetched, nothing lost, and its sender hears it as well as the operator."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from bot.fetch.news import FetchedMail
from bot.rules.mail import Envelope
from bot.rules.words import Fate
from tests.faults.front import FAIL, SUBJECT, Front, make_mail
from tests.rules.build import at
from tests.whole.office import ADMIN, ENGINEER, SALES

WHEN = "09-17 10:00"
PROBLEM = "mail of 209.7 MB is above the limit of 52.4 MB; only its header was fetched"
_uids = count(500)


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Front]:
    made = Front(tmp_path)
    yield made
    made.close()


def take(front: Front, raw: bytes, *, old: bool = False) -> None:
    header = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    fetched = FetchedMail(Envelope("main", "INBOX", 1, next(_uids), at(WHEN)), header, too_big=True, problem=PROBLEM)
    assert front.house.intake.take(fetched, at(WHEN), old=old) is Fate.QUARANTINED


def test_the_sender_and_the_operator_hear_it_and_the_mail_waits(front: Front) -> None:
    take(front, make_mail(ENGINEER, WHEN, "文档见附件", subject=f"Re: {SUBJECT}"))
    (told,) = front.sent(ENGINEER)
    assert "您的邮件太大，没有处理。" in told.text
    assert SUBJECT in told.text
    assert told.message["To"].addresses[0].addr_spec == ENGINEER
    assert told.message["Cc"] is None
    assert "above the limit" in front.sent(ADMIN)[-1].text
    with front.house.store.reading() as tx:
        assert [row.error for row in tx.mails.quarantined()] == [PROBLEM]


def test_it_is_said_once_however_often_the_mail_is_looked_at(front: Front) -> None:
    take(front, make_mail(SALES, WHEN, "x", subject=SUBJECT))
    front.house.intake.retry_all(at("09-17 10:05"))
    assert len(front.sent(SALES)) == 1


@pytest.mark.parametrize(
    ("sender", "results", "head", "old"),
    [
        ("fremd@elsewhere.example", None, b"", False),
        (ENGINEER, FAIL, b"", False),
        (ENGINEER, None, b"Auto-Submitted: auto-replied\r\n", False),
        (ENGINEER, None, b"", True),  # lay there before the bot came
    ],
)
def test_strangers_forgers_machines_and_the_past_are_not_answered(
    front: Front, sender: str, results: str | None, head: bytes, old: bool
) -> None:
    take(front, head + make_mail(sender, WHEN, "x", subject="附件", results=results), old=old)
    assert front.sent(sender) == []
    assert front.sent(ADMIN)
