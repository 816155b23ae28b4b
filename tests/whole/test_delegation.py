"""A director lets somebody decide for some days, in plain words; nobody else can (part 0, R10, R24)."""

from datetime import date
from email.message import EmailMessage

import pytest

from bot.rules.words import Fate, Stage
from tests.whole.office import ADMIN, BOT, DIRECTOR, ENGINEER, PEOPLE, SALES, Office

pytestmark = pytest.mark.servers

SUBJECT = "技术支持申请--欧莱雅--CITRIX安装--ZGH--0921"
WORDS = "9月20到25号外出，由李工代批"
MONDAY = date(2026, 9, 14)


def to_bot(mail: EmailMessage) -> None:
    del mail["To"]
    mail["To"] = BOT


def vacation(office: Office, when: str) -> None:
    """The director's mail program answers the registration by itself."""

    def automatic(mail: EmailMessage) -> None:
        mail["Auto-Submitted"] = "auto-replied"

    got = next(mail for mail in office.inbox(DIRECTOR) if "申请已登记" in mail.text)
    office.write(DIRECTOR, when, "我在外出差，9月28日回来。", subject="自动答复: 外出", answer=got, change=automatic)
    office.turn(f"{when}:30")


def say(office: Office, when: str, text: str, subject: str = "外出安排", *, proved: bool = True) -> None:
    """The director's mail to the bot, on no case."""
    office.write(DIRECTOR, when, text, subject=subject, proved=proved)
    office.turn(f"{when}:30")


def request(office: Office, when: str = "09-21 10:00") -> None:
    office.write(SALES, when, "请安排", subject=SUBJECT)
    office.turn(f"{when}:30")


def delegations(office: Office) -> list[tuple[str, str, str]]:
    with office.house.store.reading() as tx:
        return [(d.to, d.start.isoformat(), d.end.isoformat()) for d in tx.delegations.since(MONDAY)]


def fate(office: Office, mail_id: int) -> tuple[Fate, str]:
    with office.house.store.reading() as tx:
        row = tx.mails.get(mail_id)
    return row.fate, row.fate_why


def decide(office: Office, when: str) -> Stage:
    office.write(ENGINEER, when, "同意，王工9月22日去，1人天", answer=office.last(ENGINEER))
    office.turn(f"{when}:30")
    return office.case().stage


def test_plain_words_make_a_delegate_for_these_days(small_office: Office) -> None:
    say(small_office, "09-18 10:00", WORDS)
    assert delegations(small_office) == [(ENGINEER, "2026-09-20", "2026-09-25")]
    for person in (DIRECTOR, ENGINEER):
        (told,) = small_office.inbox(person)
        assert "9月20日（周日）至9月25日（周五）由李明代陈总监批复技术支持申请" in told.text
    assert not any(small_office.inbox(p) for p in PEOPLE if p not in {DIRECTOR, ENGINEER})
    assert fate(small_office, 1) == (Fate.ACTED, "9月20日（周日）至9月25日（周五）由李明代陈总监批复技术支持申请")
    request(small_office)
    assert small_office.last(ENGINEER).button("同意")
    assert decide(small_office, "09-21 11:00") is Stage.APPROVED


@pytest.mark.parametrize("day", ["09-18", "09-28"])
def test_outside_these_days_the_delegate_decides_nothing(small_office: Office, day: str) -> None:
    say(small_office, "09-18 09:30", WORDS)
    small_office.write(SALES, f"{day} 10:00", "请安排", subject=SUBJECT, answer=None)
    small_office.turn(f"{day} 10:01")
    small_office.write(ENGINEER, f"{day} 11:00", "同意，王工9月30日去", answer=small_office.last(SALES))
    small_office.turn(f"{day} 11:01")
    assert small_office.case().stage is Stage.AWAITING_APPROVAL


def test_it_is_said_on_a_case_and_the_delegate_is_asked_at_once(small_office: Office) -> None:
    request(small_office)
    small_office.write(DIRECTOR, "09-21 10:30", WORDS, answer=small_office.last(DIRECTOR))
    small_office.turn("09-21 10:31")
    assert small_office.case().stage is Stage.AWAITING_APPROVAL
    line = next(entry for entry in small_office.show()["history"] if entry["event"] == "stand_in")
    assert "由李明代陈总监批复" in line["why"]
    small_office.tap(ENGINEER, "09-21 11:00", small_office.last(ENGINEER), "同意")
    small_office.turn("09-21 11:01")
    assert small_office.case().stage is Stage.APPROVED


def test_a_yes_beside_it_is_a_yes(small_office: Office) -> None:
    request(small_office)
    text = f"同意，王工9月22日去，1人天。\n{WORDS}。"
    small_office.write(DIRECTOR, "09-21 10:30", text, answer=small_office.last(DIRECTOR))
    small_office.turn("09-21 10:31")
    case = small_office.case()
    assert (case.stage, case.on and case.on.isoformat()) == (Stage.APPROVED, "2026-09-22")
    assert delegations(small_office) == [(ENGINEER, "2026-09-20", "2026-09-25")]


def test_one_tap_or_one_word_ends_it(small_office: Office) -> None:
    say(small_office, "09-18 10:00", WORDS)
    small_office.tap(DIRECTOR, "09-20 10:00", small_office.last(DIRECTOR), "取消代批", proved=True)
    small_office.turn("09-20 10:01")
    assert delegations(small_office) == []
    assert "代批已取消" in small_office.last(ENGINEER).text
    request(small_office)
    small_office.write(ENGINEER, "09-21 11:00", "同意，王工9月22日去", answer=small_office.last(SALES))
    small_office.turn("09-21 11:01")
    assert small_office.case().stage is Stage.AWAITING_APPROVAL


def test_the_newest_word_counts_for_the_same_days(small_office: Office) -> None:
    say(small_office, "09-18 10:00", WORDS)
    say(small_office, "09-18 11:00", "9月22到23号外出，由王工代批")
    assert delegations(small_office) == [("wang@demo.local", "2026-09-22", "2026-09-23")]
    assert "由李明代批已取消" in small_office.last(ENGINEER).text


@pytest.mark.parametrize("words", [WORDS, "取消代批"])
def test_a_forged_word_is_asked_back_and_never_acted_on(small_office: Office, words: str) -> None:
    say(small_office, "09-18 09:30", "9月21到22号外出，由王工代批")
    before = delegations(small_office)
    say(small_office, "09-18 10:00", words, proved=False)
    say(small_office, "09-18 10:10", words, subject="又一封", proved=False)
    assert delegations(small_office) == before
    told = small_office.inbox(DIRECTOR)[1:]
    assert [("没有生效" in mail.text, mail.html.count("mailto:")) for mail in told] == [(True, 0)]


def test_an_unproved_word_on_a_case_counts_once_the_director_taps(small_office: Office) -> None:
    request(small_office)
    words = "明天外出，由李工代批"
    small_office.write(DIRECTOR, "09-21 10:30", words, answer=small_office.last(DIRECTOR), proved=False)
    small_office.turn("09-21 10:31")
    assert delegations(small_office) == []
    small_office.tap(DIRECTOR, "09-22 09:30", small_office.last(DIRECTOR), "是我本人，确认")
    small_office.turn("09-22 09:31")
    assert delegations(small_office) == [(ENGINEER, "2026-09-22", "2026-09-22")]


@pytest.mark.parametrize(
    "words",
    [
        "下周出差，由李工代批",
        "9月20到25号外出，由小刘代批",
        "9月20到25号外出，由李工代批吗？",
        "9月20日起外出，由李工代批",
    ],
)
def test_what_is_not_plain_is_asked_of_the_director_alone(small_office: Office, words: str) -> None:
    say(small_office, "09-18 10:00", words)
    assert delegations(small_office) == []
    assert "代批没有登记" in small_office.last(DIRECTOR).text
    assert not any(small_office.inbox(p) for p in PEOPLE if p != DIRECTOR)


@pytest.mark.parametrize("person", [SALES, ADMIN, ENGINEER])
def test_only_a_director_may_delegate(small_office: Office, person: str) -> None:
    request(small_office)
    small_office.write(person, "09-21 10:30", WORDS, subject="外出安排", change=to_bot)
    small_office.write(person, "09-21 10:40", WORDS, answer=small_office.last(SALES))
    small_office.turn("09-21 10:41")
    assert delegations(small_office) == []
    assert small_office.case().stage is Stage.AWAITING_APPROVAL


def test_it_may_stand_in_the_subject_alone(small_office: Office) -> None:
    say(small_office, "09-18 10:00", "如题", subject=WORDS)
    assert delegations(small_office) == [(ENGINEER, "2026-09-20", "2026-09-25")]


def test_R24_a_directors_vacation_reply_offers_the_delegate(small_office: Office) -> None:
    say(small_office, "09-18 10:00", WORDS)
    request(small_office)
    before = len(small_office.inbox(ENGINEER))
    vacation(small_office, "09-21 10:05")
    assert len(small_office.inbox(ENGINEER)) == before + 1
    assert "代为确认" in small_office.last(ENGINEER).text


def test_R24_nobody_may_decide_and_the_admin_hears_it_once_a_day(small_office: Office) -> None:
    request(small_office)
    for minute in ("05", "06"):
        vacation(small_office, f"09-21 10:{minute}")
    told = [mail for mail in small_office.inbox(ADMIN) if "没有人可以代为确认" in mail.text]
    assert len(told) == 1
