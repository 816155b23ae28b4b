"""The proof by a real host: OpenDKIM as Postfix's milter says who signed, and the bot believes nobody else."""

from pathlib import Path

import pytest

from bot.cycle import Cycle
from bot.rules.words import Stage
from tests.faults.front import PASS, SUBJECT, make_mail
from tests.servers.signing import CheckedMail
from tests.whole.office import BOT, DIRECTOR, SALES, Office, at

pytestmark = pytest.mark.servers


def test_what_the_director_signed_counts_and_nothing_else(checked_mail: CheckedMail, tmp_path: Path) -> None:
    office = Office(checked_mail.hub, tmp_path)
    # Real deliveries carry the moment of today, so the company works at any hour of it.
    office.write(SALES, "09-17 10:00", "请安排", subject=SUBJECT)
    office.turn("09-17 10:05")
    answer = office.last(DIRECTOR)

    def arrive(raw: bytes) -> Stage:
        checked_mail.deliver(raw, DIRECTOR, BOT)
        Cycle(office.house).turn(at("09-17 10:30"))
        return office.case().stage

    true = make_mail(DIRECTOR, "09-17 10:20", "同意，李工去，2人天", answer=answer, results=None)
    signed = checked_mail.signer.sign(true)
    forged = b"Authentication-Results: " + PASS.encode() + b"\r\n"
    assert arrive(make_mail(DIRECTOR, "09-17 10:21", "同意", answer=answer, results=None)) is Stage.AWAITING_APPROVAL
    assert arrive(make_mail(DIRECTOR, "09-17 10:22", "同意", answer=answer, results=PASS)) is Stage.AWAITING_APPROVAL
    tampered = signed.replace(b"Content-Type: text/plain", b"X-Nothing: 1\r\nContent-Type: text/plain")
    body_at = tampered.index(b"\r\n\r\n") + 4
    assert arrive(forged + tampered[:body_at] + b"4" + tampered[body_at:]) is Stage.AWAITING_APPROVAL
    other = signed.replace(str(answer.message["Message-ID"]).encode(), b"<elsewhere@demo.local>")
    assert arrive(forged + other) is Stage.AWAITING_APPROVAL
    whys = [entry["why"] for entry in office.show()["history"] if entry["event"] == "unproved"]
    assert len(whys) >= 3
    assert any("dkim" in why for why in whys), "the milter's own word is what is quoted"
    for raw in checked_mail.hub.inbox(BOT)[1:]:
        assert PASS.encode() not in raw or b"X-Zhichi-Id" in raw, "a forged result of our own id is taken out"

    assert arrive(signed) is Stage.APPROVED
    replayed = signed.replace(b"Message-ID: <", b"Message-ID: <again")
    before = office.case()
    assert arrive(replayed) is Stage.APPROVED
    assert office.case() == before
    office.close()
