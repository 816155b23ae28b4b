"""What Chinese hosts refuse, in their own words, and what the bot does then (mail-in-china.md B4)."""

from datetime import timedelta

import pytest

from bot.transmit.report import Outcome
from bot.transmit.retry import Action, decide_retry

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NEVER = timedelta(0)


@pytest.mark.parametrize(
    ("code", "text", "action", "delay"),
    [
        # limits: back off long, whatever the code
        (550, "Sender frequency limited", Action.RETRY, 15 * MINUTE),
        (550, "Domain frequency limited", Action.RETRY, 15 * MINUTE),
        (550, "Connection frequency limited. http://service.mail.qq.com", Action.RETRY, 15 * MINUTE),
        (421, "HL:ICC 163 smtp: too many connections", Action.RETRY, 15 * MINUTE),
        (421, "HL:REP 163 smtp5", Action.RETRY, 15 * MINUTE),
        (450, "MI:DMC 163 smtp2", Action.RETRY, 15 * MINUTE),
        (450, "RP:DRC 126 smtp3", Action.RETRY, 15 * MINUTE),
        (451, "MI:SFQ 163 smtp1", Action.RETRY, 15 * MINUTE),
        (554, "MI:STC 163 smtp9", Action.RETRY, 15 * MINUTE),
        (454, "Reject: too frequently sending", Action.RETRY, 15 * MINUTE),
        (554, "Reject by behaviour spam: too frequently sending", Action.RETRY, 15 * MINUTE),
        # content
        (554, "DT:SPM 163 smtp12,EsCowABnb", Action.HOLD, NEVER),
        (554, "5.7.1 message looks like spam", Action.HOLD, NEVER),
        (550, "邮件内容疑似垃圾邮件", Action.HOLD, NEVER),
        (451, "DT:SPM 163 smtp1", Action.RETRY, 2 * MINUTE),
        # nobody there
        (
            550,
            "5.1.1 <x@demo.local>: Recipient address rejected: User unknown in virtual mailbox table",
            Action.FAIL,
            NEVER,
        ),
        (550, "Mailbox not found. http://service.mail.qq.com", Action.FAIL, NEVER),
        (550, "User not found: x@163.com", Action.FAIL, NEVER),
        (550, "Mailbox unavailable or access denied", Action.FAIL, NEVER),
        (550, "MI:NHD 163 mx", Action.FAIL, NEVER),
        (553, "5.1.3 not an address this server can take", Action.FAIL, NEVER),
        (511, "sorry, no such account", Action.FAIL, NEVER),
        # the sender must be the login
        (501, "mail from address must be same as authorization user", Action.STOP_ACCOUNT, HOUR),
        (553, "Mail from must equal authorized user", Action.STOP_ACCOUNT, HOUR),
        # full, too big
        (552, "5.2.2 Mailbox is full", Action.RETRY, HOUR),
        (452, "4.2.2 Over quota", Action.RETRY, HOUR),
        (552, "5.3.4 Message size exceeds fixed limit", Action.HOLD, NEVER),
        # the code alone
        (421, "4.3.2 shutting down", Action.RETRY, MINUTE),
        (451, "4.7.1 greylisted", Action.RETRY, MINUTE),
        (452, "4.3.1 try later", Action.RETRY, MINUTE),
        (550, "5.7.1 no", Action.HOLD, NEVER),
        (599, "", Action.HOLD, NEVER),
    ],
)
def test_the_text_is_read_before_the_code(code: int, text: str, action: Action, delay: timedelta) -> None:
    outcome = Outcome.REFUSED_PERMANENT if code >= 500 else Outcome.REFUSED_TEMPORARY
    decision = decide_retry(code, text, 1, outcome)
    assert (decision.action, decision.delay) == (action, delay)
    assert f"({code} {text}".strip() in decision.operator_line


@pytest.mark.parametrize(
    ("outcome", "code", "text", "action", "delay"),
    [
        (Outcome.UNCERTAIN, None, "connection lost", Action.HOLD, NEVER),
        (Outcome.UNCERTAIN, 451, "whatever", Action.HOLD, NEVER),
        (Outcome.NOT_SENT, None, "connection refused", Action.RETRY, MINUTE / 2),
        (Outcome.NOT_SENT, 421, "HL:ICC too many connections", Action.RETRY, 15 * MINUTE),
        (Outcome.NOT_SENT, 454, "4.7.0 Temporary authentication failure", Action.RETRY, MINUTE / 2),
        (
            Outcome.AUTH_REFUSED,
            535,
            "Login Fail. Please enter your code",
            Action.STOP_ACCOUNT,
            15 * MINUTE,
        ),
        (Outcome.AUTH_REFUSED, 535, "authenticate too many times", Action.STOP_ACCOUNT, 15 * MINUTE),
        (Outcome.PARTIAL, 550, "5.1.1 no such user", Action.FAIL, NEVER),
        (Outcome.PARTIAL, 451, "4.7.1 greylisted", Action.RETRY, MINUTE),
    ],
)
def test_the_outcome_decides_first(
    outcome: Outcome, code: int | None, text: str, action: Action, delay: timedelta
) -> None:
    decision = decide_retry(code, text, 1, outcome)
    assert (decision.action, decision.delay) == (action, delay)


def test_a_refused_login_says_what_to_do_and_a_crowded_one_to_wait() -> None:
    assert "授权码" in decide_retry(535, "authentication failed", 1, Outcome.AUTH_REFUSED).operator_line
    assert "wait" in decide_retry(535, "authenticate too many times", 1, Outcome.AUTH_REFUSED).operator_line


@pytest.mark.parametrize(
    ("text", "delays"),
    [
        ("4.7.1 greylisted", [1, 2, 4, 8, 16, 32, 60, 60]),
        ("MI:SFQ", [15, 30, 60, 120, 240, 360, 360]),
    ],
)
def test_the_delay_doubles_up_to_a_cap(text: str, delays: list[int]) -> None:
    decisions = [decide_retry(451, text, n, Outcome.REFUSED_TEMPORARY) for n in range(1, len(delays) + 1)]
    assert [decision.delay for decision in decisions] == [minutes * MINUTE for minutes in delays]


def test_retries_come_to_an_end_and_the_operator_is_told() -> None:
    decision = decide_retry(451, "4.7.1 greylisted", 20, Outcome.REFUSED_TEMPORARY)
    assert decision.action is Action.HOLD
    assert decision.operator_line.startswith("given up after 20 tries")


@pytest.mark.parametrize(("attempts", "outcome"), [(1, Outcome.SENT), (0, Outcome.NOT_SENT)])
def test_where_nothing_is_to_decide_asking_is_an_error(attempts: int, outcome: Outcome) -> None:
    with pytest.raises(ValueError, match="nothing to decide"):
        decide_retry(250, "ok", attempts, outcome)
