"""Nobody approves for the director (design.md part 2), by real mail."""

from email.message import EmailMessage

import pytest

from bot.rules.words import Stage
from tests.whole.office import DIRECTOR, ENGINEER, PEOPLE, SALES, Office

pytestmark = pytest.mark.servers

SUBJECT = "技术支持申请--欧莱雅--CITRIX安装--ZGH--0917"


@pytest.fixture
def asked(small_office: Office) -> Office:
    """A request lies before the director."""
    return _ask(small_office)


def _ask(office: Office) -> Office:
    office.write(SALES, "09-17 10:00", "请安排", subject=SUBJECT)
    office.turn("09-17 10:05")
    return office


def _stays_asked(office: Office) -> None:
    assert office.case().stage is Stage.AWAITING_APPROVAL


def test_only_the_directors_copy_has_the_directors_buttons(asked: Office) -> None:
    _, body = asked.last(DIRECTOR).button("同意")
    secret = body.rpartition("#")[2].split("]")[0]
    assert len(secret) == 16
    for person in PEOPLE:
        copies = [got.message.as_string() for got in asked.inbox(person)]
        assert person == DIRECTOR or not any(secret in text for text in copies)
    ids = {str(got.message["Message-ID"]) for person in PEOPLE for got in asked.inbox(person)}
    assert len(ids) == 1


def test_a_tap_approves_even_where_the_host_vouches_for_nothing(asked: Office) -> None:
    asked.tap(DIRECTOR, "09-17 10:30", asked.last(DIRECTOR), "同意")
    asked.turn("09-17 10:31")
    assert asked.case().stage is Stage.APPROVED


def test_a_reply_that_nobody_vouches_for_is_asked_back_once_and_then_counts(asked: Office) -> None:
    asked.write(DIRECTOR, "09-17 10:30", "同意，李工去，2人天", answer=asked.last(DIRECTOR), proved=False)
    asked.turn("09-17 10:31")
    _stays_asked(asked)
    question = asked.last(DIRECTOR)
    assert "是您本人所发" in question.text
    asked.write(DIRECTOR, "09-17 10:40", "同意", answer=question, proved=False)
    asked.turn("09-17 10:41")
    _stays_asked(asked)
    assert len([g for g in asked.inbox(DIRECTOR) if "是您本人所发" in g.text]) == 1

    asked.tap(DIRECTOR, "09-17 10:50", question, "是我本人，确认")
    asked.turn("09-17 10:51")
    _stays_asked(asked)  # the reply-all before had quoted the secret to everybody: burnt, a new one is sent
    asked.tap(DIRECTOR, "09-17 10:55", asked.last(DIRECTOR), "是我本人，确认")
    asked.turn("09-17 10:56")
    assert (asked.case().stage, asked.case().engineers) == (Stage.APPROVED, (ENGINEER,))


def test_a_forged_from_is_refused_and_on_record(asked: Office) -> None:
    def forge(mail: EmailMessage) -> None:
        mail.replace_header("Authentication-Results", "hub.demo.local; dmarc=fail header.from=demo.local")

    asked.write(DIRECTOR, "09-17 10:30", "同意", answer=asked.last(DIRECTOR), change=forge)
    asked.turn("09-17 10:31")
    _stays_asked(asked)
    assert "unproved" in [entry["event"] for entry in asked.show()["history"]]


def test_a_forged_result_below_another_hosts_does_not_count(asked: Office) -> None:
    def forge(mail: EmailMessage) -> None:
        mail.replace_header("Authentication-Results", "other.example; dmarc=pass header.from=demo.local")
        mail["Received"] = "from evil.example by hub.demo.local; Thu, 17 Sep 2026 10:30:00 +0800"
        mail["Authentication-Results"] = "hub.demo.local; dmarc=pass header.from=demo.local"

    asked.write(DIRECTOR, "09-17 10:30", "同意", answer=asked.last(DIRECTOR), change=forge)
    asked.turn("09-17 10:31")
    _stays_asked(asked)


def test_somebody_elses_hand_does_not_make_the_secret_work(asked: Office) -> None:
    subject, body = asked.last(DIRECTOR).button("同意")
    asked.write(ENGINEER, "09-17 10:30", body, subject=subject)
    asked.write(SALES, "09-17 10:31", body, subject=subject)
    asked.turn("09-17 10:32")
    _stays_asked(asked)


def test_an_old_secret_and_a_used_one_are_worth_nothing(asked: Office) -> None:
    subject, body = asked.last(DIRECTOR).button("不同意")
    asked.tap(DIRECTOR, "09-17 10:30", asked.last(DIRECTOR), "同意")
    asked.turn("09-17 10:31")
    asked.write(DIRECTOR, "09-17 10:40", body, subject=subject, proved=False)
    asked.turn("09-17 10:41")
    assert asked.case().stage is Stage.APPROVED


def test_without_authserv_id_words_alone_never_decide(small_office: Office) -> None:
    small_office.edit('authserv_id = "hub.demo.local"', 'authserv_id = ""')
    _ask(small_office)
    small_office.write(DIRECTOR, "09-17 10:30", "同意", answer=small_office.last(DIRECTOR))
    small_office.turn("09-17 10:31")
    _stays_asked(small_office)


def test_the_bots_own_words_quoted_back_decide_nothing(asked: Office) -> None:
    asked.write(DIRECTOR, "09-17 10:30", "", answer=asked.last(DIRECTOR))
    asked.turn("09-17 10:31")
    _stays_asked(asked)


def test_R47_a_vacation_reply_is_no_answer_and_gets_none(asked: Office) -> None:
    before = len(asked.inbox(DIRECTOR))

    def automatic(mail: EmailMessage) -> None:
        mail["Auto-Submitted"] = "auto-replied"

    asked.write(DIRECTOR, "09-17 10:30", "同意", answer=asked.last(DIRECTOR), change=automatic)
    asked.turn("09-17 10:31")
    _stays_asked(asked)
    assert len(asked.inbox(DIRECTOR)) == before


def test_R10_a_condition_is_recorded_and_only_the_plain_yes_moves(asked: Office) -> None:
    asked.write(DIRECTOR, "09-17 10:30", "如果客户确认了时间就同意", answer=asked.last(DIRECTOR))
    asked.turn("09-17 10:31")
    assert asked.case().stage is Stage.AWAITING_INFO
    asked.write(SALES, "09-17 11:00", "客户已经确认9月22日", answer=asked.last(SALES))
    asked.turn("09-17 11:01")
    _stays_asked(asked)
    asked.write(DIRECTOR, "09-17 11:30", "同意", answer=asked.last(DIRECTOR))
    asked.turn("09-17 11:31")
    assert asked.case().stage is Stage.APPROVED
