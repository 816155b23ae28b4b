"""No loops (R47): sends stay under the caps, every loop ends by itself, the operator is told once."""

import os
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage

import pytest

from bot.rules.policy import Caps
from bot.rules.words import Fate, Stage
from bot.store.outbox_tables import OutboxStatus
from tests.faults.front import FAIL, SUBJECT, Front, make_mail
from tests.whole.office import ADMIN, BOT, DIRECTOR, ENGINEER, PEOPLE, SALES, Got, at

CAPS = Caps()
MAILS = int(os.environ.get("FLOOD_MAILS", "2000"))  # FLOOD_MAILS=10000 for the number
Habit = Callable[[EmailMessage], None]


def alarms(front: Front) -> list[Got]:
    """What the operator was told about caps."""
    return [got for got in front.sent(ADMIN, "operator") if "上限" in got.text]


def clock(start: str, minutes: int) -> str:
    return f"{at(start) + timedelta(minutes=minutes):%m-%d %H:%M}"


def answer_everything(front: Front, robots: dict[str, Habit], start: str, rounds: int = 300) -> int:
    """Each robot answers every mail of the bot's at once, in changing words; how many they wrote till all is quiet."""
    seen = {person: len(front.sent(person)) - 1 for person in robots}
    written = 0
    for turn in range(rounds):
        quiet = True
        for person, habit in robots.items():
            got = front.sent(person)
            for new in got[seen[person] :]:
                quiet = False
                written += 1
                text = f"来信编号 {written}，窗口 {written % 7}，祝您生活愉快"
                front.write(person, clock(start, turn), text, answer=new, change=habit)
            seen[person] = len(got)
        if quiet:
            return written
    pytest.fail(f"they still talk after {written} mails")


def plain(_mail: EmailMessage) -> None:
    """No sign of a machine."""


def vacation(mail: EmailMessage) -> None:
    mail["Auto-Submitted"] = "auto-replied"


def vacation_by_subject(mail: EmailMessage) -> None:
    mail.replace_header("Subject", f"自动回复: {mail['Subject']}")


def await_acceptance(front: Front) -> None:
    front.open_case()
    front.write(DIRECTOR, "09-17 10:30", "同意，李工9月18日去，1人天", answer=front.sent(DIRECTOR)[0])
    front.write(ENGINEER, "09-18 09:00", "已完成", answer=front.sent(ENGINEER)[-1])
    assert front.case().stage is Stage.AWAITING_ACCEPTANCE


def test_a_robot_without_any_sign_is_not_answered_for_ever(front: Front) -> None:
    await_acceptance(front)
    before = front.case()
    wrote = answer_everything(front, {SALES: plain}, "09-18 09:10")
    assert 1 < wrote <= CAPS.answers_day + 5
    assert front.case().stage is before.stage
    assert len(alarms(front)) == 1


def test_three_robots_on_one_thread_fall_silent(front: Front) -> None:
    await_acceptance(front)
    wrote = answer_everything(front, dict.fromkeys((SALES, DIRECTOR, ENGINEER), plain), "09-18 09:10")
    assert wrote <= 3 * (CAPS.answers_day + 10)
    assert front.case().stage is Stage.AWAITING_ACCEPTANCE


@pytest.mark.parametrize("habit", [vacation, vacation_by_subject])
def test_everybody_on_vacation_is_no_conversation(front: Front, habit: Habit) -> None:
    front.open_case()
    before = len(front.lines())
    wrote = answer_everything(front, dict.fromkeys(PEOPLE, habit), "09-17 10:10")
    news = front.lines()[before:]
    assert wrote <= len(PEOPLE) + 2
    assert {line.kind.value for line in news} <= {"operator", "delegated"}


@pytest.mark.parametrize("other", ["zhichi@elsewhere.example", "zhichi@demo.local", ENGINEER])
def test_two_bots_on_one_thread_do_not_talk(front: Front, other: str) -> None:
    """Another Zhichi, even one that somebody registered as a person, gives back each notice in its own words."""
    await_acceptance(front)
    before = len(front.lines())
    with front.house.store.reading() as tx:
        rows = [tx.outbox.get(line.id) for line in front.lines()]
    for number, row in enumerate(row for _ in range(4) for row in rows if row):
        mail = message_from_bytes(row.raw)
        mail.replace_header("From", f"支持机器人 <{other}>")
        mail.replace_header("X-Zhichi-Id", f"{number:032x}")
        mail.replace_header("Message-ID", f"<zhichi.other.{number}@elsewhere.example>")
        front.take(mail.as_bytes(), clock("09-18 10:00", number))
    assert front.last_mail().fate is Fate.IGNORED
    assert len(front.lines()) == before
    assert front.case().stage is Stage.AWAITING_ACCEPTANCE


def a_bounce(number: int, original: bytes) -> bytes:
    head = (
        f"From: MAILER-DAEMON@demo.local\r\nTo: {BOT}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        f"Message-ID: <bounce{number}@demo.local>\r\nDate: Thu, 17 Sep 2026 10:30:{number % 60:02} +0800\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
    )
    parts = (
        f"--b\r\nContent-Type: text/plain\r\n\r\nfailed {number}\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n"
        f"Final-Recipient: rfc822; {ENGINEER}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\n"
    )
    return head.encode() + parts.encode() + original + b"\r\n--b--\r\n"


def test_a_bounce_of_a_bounce_is_never_answered(front: Front) -> None:
    front.open_case()
    with front.house.store.reading() as tx:
        row = tx.outbox.get(front.lines()[0].id)
    assert row
    raw = row.raw
    for number in range(20):
        raw = a_bounce(number, raw[:20_000])
        front.take(raw, "09-17 10:31")
    assert {line.kind.value for line in front.lines()} == {"registered", "operator"}
    assert len(front.sent(ADMIN, "operator")) <= 2


def test_a_list_that_sends_everything_again_is_no_party(front: Front) -> None:
    front.open_case()
    before = len(front.lines())
    for number in range(30):
        true = make_mail(DIRECTOR, "09-17 10:30", f"同意 {number}", answer=front.sent(DIRECTOR)[0])
        front.take(b"List-Id: <all.demo.local>\r\n" + true, "09-17 10:31")
    assert (front.case().stage, len(front.lines())) == (Stage.AWAITING_APPROVAL, before)


def test_a_reply_all_storm_moves_the_bot_to_nothing(front: Front) -> None:
    await_acceptance(front)
    others = [p for p in PEOPLE if p not in {SALES, DIRECTOR}]
    before = len(front.lines())
    for number in range(120):
        person = others[number % len(others)]
        front.write(
            person, clock("09-18 10:00", number // 10), f"请不要全部回复 {number}", answer=front.sent(SALES)[-1]
        )
    assert len(front.lines()) == before
    assert front.case().stage is Stage.AWAITING_ACCEPTANCE


@pytest.mark.parametrize("command", ["状态", "我的待办", "帮助"])
def test_R48_a_command_is_answered_a_few_times_an_hour(front: Front, command: str) -> None:
    front.open_case()
    answer = front.sent(SALES)[0]
    for minute in range(30):
        front.write(SALES, clock("09-17 11:00", minute), command, answer=answer, quote=False)
    kinds = {"status", "todo", "help"}
    answered = [line for line in front.lines() if line.kind.value in kinds]
    assert len(answered) == CAPS.commands_hour
    assert not any(line.status is OutboxStatus.HELD for line in answered)
    assert len(alarms(front)) == 1
    front.write(SALES, "09-17 13:00", command, answer=answer, quote=False)
    assert len([line for line in front.lines() if line.kind.value in kinds]) == CAPS.commands_hour + 1


def test_a_forger_cannot_make_the_bot_pester_whose_name_he_uses(front: Front) -> None:
    front.open_case()
    before = len(front.sent(DIRECTOR))
    answer = front.sent(DIRECTOR)[0]
    for number in range(60):
        words = ("同意", "状态", "不太懂，是这样吗", "不同意")[number % 4]
        front.write(DIRECTOR, clock("09-17 11:00", number % 50), f"{words} {number}", answer=answer, results=FAIL)
    assert len(front.sent(DIRECTOR)) - before <= CAPS.answers_hour
    assert front.case().stage is Stage.AWAITING_APPROVAL
    assert len(alarms(front)) == 1


def test_thousands_of_mails_in_an_hour_from_one_address(front: Front) -> None:
    """Wrong requests, right ones, commands and chatter: everything is on record, little goes out."""
    front.open_case()
    answer = front.sent(SALES)[0]
    bodies = (
        lambda n: make_mail(SALES, "09-17 11:00", f"帮助 {n}", subject=f"问题{n}", to=BOT, cc=""),
        lambda n: make_mail(SALES, "09-17 11:00", f"请安排{n}", subject=f"技术支持申请--欧莱雅{n}"),
        lambda n: make_mail(SALES, "09-17 11:00", f"状态\n{n}", answer=answer, quote=False),
        lambda n: make_mail(SALES, "09-17 11:00", f"客户又来电话了，{n}", answer=answer, quote=False),
    )
    for number in range(MAILS - 40):
        front.take(bodies[number % 4](number), clock("09-17 11:00", number % 60))
    for number in range(40):
        front.take(
            make_mail(SALES, "09-17 11:59", f"请安排{number}", subject=SUBJECT.replace("CITRIX", f"甲{number}乙")),
            "09-17 11:59",
        )
    going = [line for line in front.lines() if line.status is not OutboxStatus.HELD]
    for person in PEOPLE:
        got = sum(person in line.recipients for line in going if line.kind.value != "operator")
        assert got <= CAPS.per_address_hour + CAPS.answers_hour
    assert sum(SALES in line.recipients for line in going) < 80
    assert 1 <= len(alarms(front)) <= len(PEOPLE) + 1
    assert len({got.text for got in alarms(front)}) == len(alarms(front))
    with front.house.store.reading() as tx:
        assert tx.mails.quarantined() == ()
        assert tx.audit.counts().mails == MAILS + 1


@pytest.mark.parametrize("results", [FAIL, None])
def test_requests_nobody_vouches_for_open_a_few_cases_an_hour_and_more_the_next_day(
    front: Front, results: str | None
) -> None:
    """What is over the limit is on record, the operator hears of it once a day, and others are not kept out."""
    for number in range(60):
        subject = f"技术支持申请--欧莱雅--第{number}个项目--ZGH--0917"
        front.write(SALES, clock("09-17 11:00", number % 50), "请安排", subject=subject, results=results)
    assert len(front.cases()) == CAPS.cases_hour
    assert len(cases_alarms(front)) == 1
    row = front.last_mail()
    assert (row.fate, row.case_id) == (Fate.IGNORED, None)
    assert "只作记录" in row.fate_why
    front.write(SALES, "09-17 11:55", "请安排", subject="技术支持申请--宝洁--真的--ZGH--0917")
    assert len(front.cases()) == CAPS.cases_hour + 1, "a proved request is opened all the same"
    for hour in range(12, 22):
        for number in range(10):
            subject = f"技术支持申请--欧莱雅--第{hour}点{number}个--ZGH--0917"
            front.write(SALES, f"09-17 {hour}:30", "请安排", subject=subject, results=results)
    assert len(front.cases()) == CAPS.cases_day + 1
    assert len(cases_alarms(front)) == 1
    front.write(SALES, "09-18 23:00", "请安排", subject="技术支持申请--宝洁--次日--ZGH--0918", results=results)
    assert len(front.cases()) == CAPS.cases_day + 2


def cases_alarms(front: Front) -> list[Got]:
    return [got for got in front.sent(ADMIN, "operator") if "未经证实" in got.text]


def test_a_backlog_read_at_once_is_no_flood(front: Front) -> None:
    """After an outage of days a branch's requests come in one turn; they were written one by one."""
    for number in range(24):
        sent = f"09-{10 + number // 3} {9 + number % 3:02}:00"
        subject = f"技术支持申请--欧莱雅--第{number}个项目--ZGH--0917"
        raw = make_mail(SALES, sent, "请安排", subject=subject, results=None)
        front.take(raw, "09-17 11:00", received=sent)
    assert len(front.cases()) == 24


def test_unregistered_colleagues_are_told_a_few_times_in_all(front: Front) -> None:
    """Made-up addresses must not turn the bot into a spammer of the company."""
    for number in range(40):
        front.write(f"nobody{number}@demo.local", "09-17 11:00", "请安排", subject=SUBJECT, cc=BOT)
    told = [line for line in front.lines() if line.kind.value == "not_registered"]
    going = [line for line in told if line.status is not OutboxStatus.HELD]
    assert len(going) == CAPS.strangers_hour
    assert len(alarms(front)) == 1


def test_a_flood_of_unreadable_mail_tells_the_operator_a_few_times(front: Front) -> None:
    for number in range(40):
        assert front.take(b"\x00\x01 garbage %d" % number, "09-17 11:00") is Fate.QUARANTINED
    assert len(front.sent(ADMIN, "operator")) <= CAPS.answers_hour + 1
    assert len(alarms(front)) == 1


def test_the_operator_hears_again_the_next_day(front: Front) -> None:
    for day in ("09-17", "09-18"):
        for number in range(40):
            front.write(SALES, f"{day} 11:{number:02}", "帮助", subject="求助", to=BOT, cc="")
    assert len(alarms(front)) == 2
