"""The courier says exactly what became of a mail: above all whether surely nobody got it, or nobody can know."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Sequence
from email import message_from_bytes
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import CertificateRefused, ConfigError, LoginRefused, MailServerError
from bot.transmit.data import encode_body
from bot.transmit.smtp import Courier, Outcome, RecipientResult, SendReport, SmtpSettings, Verdict
from tests.servers.mailhub import MailHub
from tests.servers.scripted import Answer, FakeSmtp, Talk, cut, say, stay_silent

SECRET = "kxvbqmnzlprtwsde"
BOT, LI, WANG = "bot@demo.local", "li@demo.local", "wang@demo.local"
RAW = b"From: bot@demo.local\r\nSubject: x\r\n\r\nhello\r\n"


def make_settings(port: int, **changes: Any) -> SmtpSettings:
    values: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": port,
        "user": "",
        "password": "",
        "sender": BOT,
        "tls": "none",
        "connect_timeout": 5.0,
        "command_timeout": 5.0,
        "send_timeout": 20.0,
        "answer_timeout": 5.0,
    }
    return SmtpSettings(**{**values, **changes})


def with_courier(settings: SmtpSettings, act: Callable[[Courier], Coroutine[Any, Any, SendReport]]) -> SendReport:
    async def run() -> SendReport:
        async with Courier(settings) as courier:
            return await act(courier)

    return asyncio.run(run())


def send(settings: SmtpSettings, raw: bytes = RAW, recipients: Sequence[str] = (LI, WANG)) -> SendReport:
    return with_courier(settings, lambda courier: courier.send(raw, BOT, recipients))


def verdicts(report: SendReport) -> list[tuple[str, str, int | None]]:
    return [(result.address, result.verdict.value, result.code) for result in report.recipients]


PIPELINED = (b"PIPELINING",)
"""Offered by nearly all servers: sender, recipients and DATA arrive at once (RFC 2920)."""
ONE_BY_ONE_OR_NOT = pytest.mark.parametrize("extensions", [(), PIPELINED], ids=["one by one", "in one go"])


def by_recipient(**answers: bytes) -> Answer:
    """Answer RCPT by the recipient's name."""

    def answer(talk: Talk, line: bytes) -> None:
        name = line.partition(b"<")[2].partition(b"@")[0].decode()
        talk.send(answers.get(name, b"250 2.1.5 ok"))

    return answer


@pytest.mark.parametrize("answer", [b"354 go on", b"100 wait", b"999 what", b"\xff\xfe nonsense"])
def test_an_answer_to_the_final_dot_that_is_none_leaves_it_open(answer: bytes) -> None:
    """Neither yes nor no: sending again would double what was perhaps taken."""
    with FakeSmtp({b".": say(answer)}) as server:
        report = send(make_settings(server.port))
    assert report.outcome is Outcome.UNCERTAIN
    assert len(server.mails) == 1


@ONE_BY_ONE_OR_NOT
def test_everybody_accepted_is_sent(extensions: tuple[bytes, ...]) -> None:
    with FakeSmtp(extensions=extensions) as server:
        report = send(make_settings(server.port))
    assert (report.outcome, report.code, report.text) == (Outcome.SENT, 250, "2.0.0 queued")
    assert report.addresses(Verdict.ACCEPTED) == (LI, WANG)
    assert server.mails == [RAW]


@pytest.mark.parametrize(
    ("li", "wang", "outcome", "delivered"),
    [
        (b"550 5.1.1 no such user", b"250 ok", Outcome.PARTIAL, 1),
        (b"451 4.7.1 greylisted", b"250 ok", Outcome.PARTIAL, 1),
        (b"550 5.1.1 no such user", b"550 5.1.1 no such user", Outcome.REFUSED_PERMANENT, 0),
        (b"550 5.1.1 no such user", b"451 4.7.1 greylisted", Outcome.REFUSED_TEMPORARY, 0),
    ],
)
@ONE_BY_ONE_OR_NOT
def test_refused_recipients_are_reported_not_raised(
    li: bytes, wang: bytes, outcome: Outcome, delivered: int, extensions: tuple[bytes, ...]
) -> None:
    """In one go a server may ask for the data all the same: with nobody accepted, none are sent."""
    with FakeSmtp({b"RCPT": by_recipient(li=li, wang=wang)}, extensions=extensions) as server:
        report = send(make_settings(server.port))
    assert report.outcome is outcome
    assert [result.code for result in report.recipients] == [int(li[:3]), int(wang[:3])]
    assert report.code in {451, 550}
    assert len(server.mails) == delivered


def test_a_recipient_refused_for_a_limit_is_only_put_off() -> None:
    with FakeSmtp({b"RCPT": by_recipient(li=b"550 Connection frequency limited")}) as server:
        report = send(make_settings(server.port))
    assert report.addresses(Verdict.REFUSED_TEMPORARY) == (LI,)


@pytest.mark.parametrize("verb", [b"GREETING", b"EHLO", b"MAIL", b"RCPT", b"DATA"])
@ONE_BY_ONE_OR_NOT
def test_a_whole_mail_has_one_deadline_up_to_the_final_dot(verb: bytes, extensions: tuple[bytes, ...]) -> None:
    with FakeSmtp({verb: stay_silent}, extensions=extensions) as server:
        assert send(make_settings(server.port, send_timeout=0.3)).outcome is Outcome.NOT_SENT


def test_a_server_that_stops_reading_the_data_meets_the_deadline() -> None:
    stopped = threading.Event()

    def never_read(talk: Talk, line: bytes) -> None:
        talk.send_raw(b"354 go on\r\n")
        stopped.wait(10)
        talk.cut()

    with FakeSmtp({b"DATA": never_read}) as server:
        report = send(make_settings(server.port, send_timeout=0.5), RAW + b"x" * 40_000_000)
        stopped.set()
    assert report.outcome is Outcome.NOT_SENT


@pytest.mark.parametrize(
    ("answers", "outcome", "code"),
    [
        pytest.param(
            {b"MAIL": say(b"501 must be same as authorization user")}, "refused_temporary", 501, id="sender not login"
        ),
        pytest.param({b"MAIL": say(b"550 5.7.1 no")}, "refused_permanent", 550, id="MAIL 550"),
        pytest.param({b"MAIL": say(b"451 4.3.0 later")}, "refused_temporary", 451, id="MAIL 451"),
        pytest.param({b"MAIL": say(b"550 Sender frequency limited")}, "refused_temporary", 550, id="550 frequency"),
        pytest.param({b"RCPT": say(b"421 4.7.0 HL:ICC")}, "refused_temporary", 421, id="RCPT 421"),
        pytest.param({b"DATA": say(b"451 4.3.0 later")}, "refused_temporary", 451, id="DATA 451"),
        pytest.param({b".": say(b"554 DT:SPM 163 smtp")}, "refused_permanent", 554, id="554 DT:SPM after the dot"),
        pytest.param({b".": say(b"451 DT:SPM 163 smtp")}, "refused_temporary", 451, id="451 after the dot"),
        pytest.param({b"GREETING": say(b"421 too many connections")}, "not_sent", 421, id="greeting 421"),
        pytest.param({b"GREETING": cut}, "not_sent", None, id="cut at the greeting"),
        pytest.param({b"EHLO": cut}, "not_sent", None, id="cut at EHLO"),
        pytest.param({b"MAIL": cut}, "not_sent", None, id="cut at MAIL"),
        pytest.param({b"RCPT": cut}, "not_sent", None, id="cut at RCPT"),
        pytest.param({b"DATA": cut}, "not_sent", None, id="cut at DATA"),
        pytest.param({b"MAIL": stay_silent}, "not_sent", None, id="silent at MAIL"),
        pytest.param({b"DATA": stay_silent}, "not_sent", None, id="silent at DATA"),
        pytest.param({b"MAIL": say(b"gibberish")}, "not_sent", -1, id="gibberish at MAIL"),
        pytest.param({b".": cut}, "uncertain", None, id="cut after the final dot"),
        pytest.param({b".": stay_silent}, "uncertain", None, id="silent after the final dot"),
        pytest.param({b".": say(b"gibberish")}, "uncertain", -1, id="gibberish after the final dot"),
    ],
)
@ONE_BY_ONE_OR_NOT
def test_each_misbehaviour_has_its_outcome(
    answers: dict[bytes, Answer], outcome: str, code: int | None, extensions: tuple[bytes, ...]
) -> None:
    with FakeSmtp(answers, extensions=extensions) as server:
        report = send(make_settings(server.port, command_timeout=0.3, answer_timeout=0.3))
    assert (report.outcome.value, report.code) == (outcome, code)
    assert verdicts(report) == [(LI, outcome, code), (WANG, outcome, code)]
    assert report.text


def test_a_line_cut_in_the_middle_of_the_data_is_surely_not_sent() -> None:
    """The final dot is held back until the rest has left: without it the server has no whole mail."""

    def take_a_little(talk: Talk, line: bytes) -> None:
        talk.send_raw(b"354 go on\r\n")
        talk.read_line()
        talk.cut()

    with FakeSmtp({b"DATA": take_a_little}) as server:
        report = send(make_settings(server.port), RAW + b"x" * 40_000_000)
    assert report.outcome is Outcome.NOT_SENT


def test_a_refusal_in_the_middle_of_the_data_is_heard() -> None:
    def refuse_early(talk: Talk, line: bytes) -> None:
        talk.send_raw(b"354 go on\r\n")
        talk.read_line()
        talk.send(b"552 5.3.4 too big")
        talk.read_until_eof()

    with FakeSmtp({b"DATA": refuse_early}) as server:
        report = send(make_settings(server.port), RAW + (b"x" * 998 + b"\r\n") * 20_000)
    assert (report.outcome, report.code) == (Outcome.REFUSED_PERMANENT, 552)


def test_a_partial_refusal_stays_known_when_the_rest_is_uncertain() -> None:
    with FakeSmtp({b"RCPT": by_recipient(li=b"550 5.1.1 no such user"), b".": cut}) as server:
        report = send(make_settings(server.port))
    assert verdicts(report) == [(LI, "refused_permanent", 550), (WANG, "uncertain", None)]


def test_nobody_listening_is_not_sent() -> None:
    with FakeSmtp() as server:
        port = server.port
    report = send(make_settings(port))
    assert report.outcome is Outcome.NOT_SENT
    assert "connection refused" in report.text


AUTH = (b"AUTH PLAIN LOGIN",)


@pytest.mark.parametrize(
    ("answer", "outcome", "code"),
    [
        (say(b"535 Login Fail. Please enter your authorization code"), Outcome.AUTH_REFUSED, 535),
        (say(b"550 User has no permission"), Outcome.AUTH_REFUSED, 550),
        (say("535 登录失败".encode("gbk")), Outcome.AUTH_REFUSED, 535),
        (say(b"454 4.7.0 Temporary authentication failure"), Outcome.NOT_SENT, 454),
        (cut, Outcome.NOT_SENT, None),
    ],
)
def test_a_refused_login_is_told_and_tried_once(answer: Answer, outcome: Outcome, code: int | None) -> None:
    with FakeSmtp({b"AUTH": answer}, extensions=AUTH) as server:
        report = send(make_settings(server.port, user=BOT, password=SECRET))
    assert (report.outcome, report.code) == (outcome, code)
    assert len([line for line in server.commands if line.startswith(b"AUTH")]) == 1
    assert SECRET not in repr(report)


def test_gbk_in_a_refusal_is_readable() -> None:
    with FakeSmtp({b"AUTH": say("535 登录失败".encode("gbk"))}, extensions=AUTH) as server:
        report = send(make_settings(server.port, user=BOT, password=SECRET))
    assert "535 登录失败; renew the authorisation code" in report.text


def test_a_mechanism_the_server_only_pretends_to_know_is_passed_over() -> None:
    def only_login(talk: Talk, line: bytes) -> None:
        if line.startswith(b"AUTH PLAIN"):
            talk.send(b"504 5.5.4 not this one")
            return
        talk.send(b"334 UGFzc3dvcmQ6")
        talk.read_line()
        talk.send(b"235 2.7.0 welcome")

    with FakeSmtp({b"AUTH": only_login}, extensions=AUTH) as server:
        assert send(make_settings(server.port, user=BOT, password=SECRET)).outcome is Outcome.SENT


def test_a_relay_on_this_machine_that_knows_no_login_is_used_without() -> None:
    with FakeSmtp() as server:
        report = send(make_settings(server.port, user=BOT, password=SECRET))
    assert report.outcome is Outcome.SENT
    assert not [line for line in server.commands if line.startswith(b"AUTH")]


def test_another_machine_without_a_known_login_gets_no_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.transmit.dialling.is_loopback", lambda host: False)
    with FakeSmtp(extensions=(b"AUTH NTLM",)) as server:
        report = send(make_settings(server.port, user=BOT, password=SECRET))
    assert report.outcome is Outcome.AUTH_REFUSED
    assert not [line for line in server.commands if line.startswith((b"AUTH", b"MAIL"))]


def test_starttls_is_never_skipped() -> None:
    with FakeSmtp(extensions=AUTH) as server:
        report = send(make_settings(server.port, tls="starttls", user=BOT, password=SECRET))
    assert report.outcome is Outcome.NOT_SENT
    assert not [line for line in server.commands if line.startswith((b"AUTH", b"MAIL"))]


def send_twice(courier: Courier) -> Coroutine[Any, Any, SendReport]:
    async def act() -> SendReport:
        await courier.send(RAW, BOT, [LI])
        return await courier.send(RAW, BOT, [WANG])

    return act()


def test_one_connection_is_kept() -> None:
    with FakeSmtp() as server:
        assert with_courier(make_settings(server.port), send_twice).outcome is Outcome.SENT
    assert (server.connections, len(server.mails)) == (1, 2)
    assert server.commands[-1] == b"QUIT"


@pytest.mark.parametrize("answer", [cut, say(b"421 4.4.2 idle too long")])
@ONE_BY_ONE_OR_NOT
def test_a_connection_gone_stale_is_replaced_silently(answer: Answer, extensions: tuple[bytes, ...]) -> None:
    server = FakeSmtp(extensions=extensions)

    def only_once_per_line(talk: Talk, line: bytes) -> None:
        if server.connections == 1 and server.mails:
            answer(talk, line)
        else:
            talk.send(b"250 ok")

    server._answers[b"MAIL"] = only_once_per_line
    with server:
        assert with_courier(make_settings(server.port), send_twice).outcome is Outcome.SENT
    assert (server.connections, len(server.mails)) == (2, 2)


def test_a_connection_closed_behind_our_back_is_replaced() -> None:
    def answer_and_leave(talk: Talk, line: bytes) -> None:
        talk.send(b"250 2.0.0 queued")
        talk.cut()

    with FakeSmtp({b".": answer_and_leave}) as server:
        assert with_courier(make_settings(server.port), send_twice).outcome is Outcome.SENT
    assert (server.connections, len(server.mails)) == (2, 2)


def test_an_uncertain_mail_is_never_repeated_by_itself() -> None:
    server = FakeSmtp()
    server._answers[b"."] = lambda talk, line: cut(talk, line) if len(server.mails) == 2 else talk.send(b"250 ok")
    with server:
        assert with_courier(make_settings(server.port), send_twice).outcome is Outcome.UNCERTAIN
    assert len(server.mails) == 2


def test_after_a_refused_mail_the_connection_takes_the_next() -> None:
    async def act(courier: Courier) -> SendReport:
        assert (await courier.send(RAW, BOT, [LI])).outcome is Outcome.REFUSED_PERMANENT
        return await courier.send(RAW, BOT, [WANG])

    with FakeSmtp({b"RCPT": by_recipient(li=b"550 5.1.1 no such user")}) as server:
        assert with_courier(make_settings(server.port), act).outcome is Outcome.SENT
    assert server.connections == 1
    assert b"RSET" in server.commands


@pytest.mark.parametrize(
    ("answers", "outcome", "connections"),
    [
        ({b"RCPT": by_recipient(li=b"550 5.1.1 no"), b"DATA": None}, Outcome.REFUSED_PERMANENT, 1),
        ({b"RCPT": by_recipient(li=b"550 5.1.1 no")}, Outcome.REFUSED_PERMANENT, 2),  # data were asked for: hang up
        ({b"MAIL": None, b"DATA": None}, Outcome.REFUSED_TEMPORARY, 1),
        ({b"MAIL": None}, Outcome.REFUSED_TEMPORARY, 2),
        ({b"DATA": None}, Outcome.REFUSED_TEMPORARY, 1),
    ],
    ids=["RCPT", "RCPT but 354", "MAIL", "MAIL but 354", "DATA"],
)
def test_after_a_refusal_in_one_go_no_data_are_sent_and_the_next_mail_goes(
    answers: dict[bytes, Answer | None], outcome: Outcome, connections: int
) -> None:
    mails = 0

    def refuse_first(verb: bytes) -> Answer:
        def answer(talk: Talk, _line: bytes) -> None:
            talk.send(b"451 4.3.0 later" if mails == 0 else b"354 go on" if verb == b"DATA" else b"250 ok")

        return answer

    async def act(courier: Courier) -> SendReport:
        nonlocal mails
        assert (await courier.send(RAW, BOT, [LI])).outcome is outcome
        mails = 1
        return await courier.send(RAW, BOT, [WANG])

    told = {verb: answer or refuse_first(verb) for verb, answer in answers.items()}
    with FakeSmtp(told, extensions=PIPELINED) as server:
        assert with_courier(make_settings(server.port), act).outcome is Outcome.SENT
    assert (server.connections, server.mails) == (connections, [RAW])


@pytest.mark.parametrize(
    "pieces",
    [
        (b"250 ok\r\n250 ok\r\n354 go on\r\n",),
        (b"250-ok\r\n25", b"0 ok\r\n250 o", b"k\r\n354-go\r\n354 on\r", b"\n"),
        (b"250 ok\n250 \xb7\xb4\n354\n",),
    ],
)
def test_replies_to_what_was_said_in_one_go_may_come_in_any_pieces(pieces: tuple[bytes, ...]) -> None:
    def answer(talk: Talk, _line: bytes) -> None:
        for piece in pieces:
            talk.send_raw(piece)
        talk.said = b"354"

    quiet = dict.fromkeys((b"MAIL", b"RCPT"), say_nothing)
    with FakeSmtp({**quiet, b"DATA": answer}, extensions=PIPELINED) as server:
        assert send(make_settings(server.port), recipients=[LI]).outcome is Outcome.SENT
    assert server.mails == [RAW]


@pytest.mark.parametrize(
    "answer",
    [
        b"250 ok\r\n250 ok\r\n354 go on\r\n250 queued\r\n",
        b"250 ok\r\n250 ok\r\n354 go on\r\n2",
        b"250 ok\r\n250 ok\r\nnonsense\r\n",
        b"250-" + b"x" * 200_000 + b"\r\n",
        b"250-x\r\n" * 20_000,
        b"250 ok\r\n250 ok\r\n421 leaving\r\n",
    ],
    ids=["one reply too many", "more to come", "nonsense", "endless line", "endless reply", "leaving"],
)
def test_out_of_step_in_one_go_is_surely_not_sent(answer: bytes) -> None:
    """A reply that nobody asked for could pass for the answer to the final dot."""

    def out_of_step(talk: Talk, _line: bytes) -> None:
        talk.send_raw(answer)
        talk.read_until_eof()

    quiet = dict.fromkeys((b"MAIL", b"RCPT"), say_nothing)
    with FakeSmtp({**quiet, b"DATA": out_of_step}, extensions=PIPELINED) as server:
        report = send(make_settings(server.port), recipients=[LI])
    assert report.outcome in {Outcome.NOT_SENT, Outcome.REFUSED_TEMPORARY}
    assert server.mails == []


def test_what_can_be_said_in_one_go_is_one_packet() -> None:
    """The server may answer nothing before it has read all."""
    with FakeSmtp(
        dict.fromkeys((b"MAIL", b"RCPT"), say_nothing) | {b"DATA": all_at_once}, extensions=PIPELINED
    ) as server:
        assert send(make_settings(server.port)).outcome is Outcome.SENT
    assert [line.partition(b":")[0] for line in server.commands[1:5]] == [b"MAIL FROM", b"RCPT TO", b"RCPT TO", b"DATA"]


def say_nothing(talk: Talk, line: bytes) -> None:
    """The answer comes later."""


def all_at_once(talk: Talk, line: bytes) -> None:
    """MAIL, two recipients, DATA."""
    talk.send(b"250 ok", b"250 ok", b"250 ok", b"354 go on")


def test_mails_sent_at_the_same_time_take_turns() -> None:
    async def act(courier: Courier) -> SendReport:
        reports = await asyncio.gather(*(courier.send(RAW, BOT, [LI]) for _ in range(10)))
        assert {report.outcome for report in reports} == {Outcome.SENT}
        return reports[0]

    with FakeSmtp() as server:
        with_courier(make_settings(server.port), act)
    assert (server.connections, server.mails) == (1, [RAW] * 10)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"a\r\nb\r\n", b"a\r\nb\r\n"),
        (b"a\nb", b"a\r\nb\r\n"),
        (b"a\rb\r\n", b"a\r\nb\r\n"),
        (b".\r\n..x\r\n", b"..\r\n...x\r\n"),
        (b"a\n.\nRCPT TO:<x@y>\n", b"a\r\n..\r\nRCPT TO:<x@y>\r\n"),
        (b"a\r.\rx", b"a\r\n..\r\nx\r\n"),
    ],
)
def test_no_mail_can_end_the_data_by_itself(raw: bytes, expected: bytes) -> None:
    assert encode_body(raw) == expected


@given(raw=st.binary() | st.text(alphabet="\r\n.x").map(str.encode))
def test_whatever_the_bytes_the_data_end_only_at_our_dot(raw: bytes) -> None:
    body = encode_body(raw)
    assert body.endswith(b"\r\n")
    assert b"\r" not in body.replace(b"\r\n", b"")
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert b"." not in body.split(b"\r\n")


def test_lines_of_dots_arrive_as_written() -> None:
    raw = b"Subject: x\r\n\r\n.\r\n..\r\n...\r\n"
    with FakeSmtp() as server:
        send(make_settings(server.port), raw)
    assert server.mails == [raw]


@pytest.mark.parametrize(
    "address", ["a@b>\r\nRCPT TO:<x@y", "a@b> NOTIFY=NEVER", "a b@c", "no-at-sign", "", "<a@b>", "小李@例子.cn"]
)
def test_an_address_that_is_none_is_refused_here(address: str) -> None:
    with FakeSmtp() as server:
        report = send(make_settings(server.port), recipients=[address, LI])
    assert report.outcome is Outcome.PARTIAL
    assert verdicts(report)[0] == (address, "refused_permanent", 553)
    assert [line for line in server.commands if line.startswith(b"RCPT")] == [b"RCPT TO:<li@demo.local>"]


def test_a_chinese_address_goes_out_where_the_server_can() -> None:
    with FakeSmtp(extensions=(b"SMTPUTF8", b"8BITMIME", b"SIZE 1000000")) as server:
        assert send(make_settings(server.port), recipients=["小李@例子.cn"]).outcome is Outcome.SENT
    assert b"MAIL FROM:<bot@demo.local> SIZE=%d SMTPUTF8" % len(RAW) in server.commands
    assert "RCPT TO:<小李@例子.cn>".encode() in server.commands


@pytest.mark.parametrize(
    ("extension", "raw", "code"),
    [(b"SIZE 10", RAW, 552), (b"PIPELINING", RAW + b"\xff", 554)],
)
def test_what_the_server_cannot_take_is_not_tried(extension: bytes, raw: bytes, code: int) -> None:
    with FakeSmtp(extensions=(extension,)) as server:
        report = send(make_settings(server.port), raw)
    assert (report.outcome, report.code) == (Outcome.REFUSED_PERMANENT, code)
    assert not [line for line in server.commands if line.startswith(b"MAIL")]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"host": "smtp.qq.com"}, "in the clear to smtp"),
        ({"sender": "bot@demo.local>\r\nRCPT"}, "smtp.sender"),
        ({"answer_timeout": 0}, "smtp.answer_timeout"),
    ],
)
def test_settings_that_cannot_work_are_refused(changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(ConfigError, match=fault):
        make_settings(25, password=SECRET, **changes)


def test_the_password_is_not_shown() -> None:
    assert SECRET not in repr(make_settings(25, password=SECRET))


async def check(settings: SmtpSettings) -> None:
    async with Courier(settings) as courier:
        await courier.check()


@pytest.mark.servers
@pytest.mark.parametrize(
    ("tls", "port_name"),
    [("implicit", "submission_tls_port"), ("starttls", "submission_port"), ("none", "submission_port")],
)
def test_dovecot_submission_with_each_kind_of_tls(mailhub: MailHub, tls: str, port_name: str) -> None:
    bot, li = mailhub.add_user(BOT), mailhub.add_user(LI)
    settings = make_settings(
        getattr(mailhub, port_name), user=bot, password=mailhub.password, tls=tls, ca_file=mailhub.ca_file
    )
    asyncio.run(check(settings))
    report = send(settings, recipients=[li])
    assert report.outcome is Outcome.SENT
    mailhub.wait_for(li, 1)
    assert message_from_bytes(mailhub.inbox(li)[0]).get_payload() == "hello\r\n"


@pytest.mark.servers
def test_a_certificate_nobody_vouches_for_is_refused(mailhub: MailHub) -> None:
    for tls, port in (("implicit", mailhub.submission_tls_port), ("starttls", mailhub.submission_port)):
        settings = make_settings(port, user=BOT, password=mailhub.password, tls=tls)
        with pytest.raises(CertificateRefused, match="ca_file"):
            asyncio.run(check(settings))
        assert send(settings).outcome is Outcome.NOT_SENT


@pytest.mark.servers
def test_plain_text_where_tls_is_meant_is_told(mailhub: MailHub) -> None:
    with pytest.raises(MailServerError, match="check port and tls"):
        asyncio.run(check(make_settings(mailhub.smtp_port, tls="implicit")))


@pytest.mark.servers
def test_postfix_refuses_one_recipient_and_takes_the_other(mailhub: MailHub) -> None:
    li = mailhub.add_user(LI)
    report = send(make_settings(mailhub.smtp_port), recipients=[li, "nobody@demo.local", "x@elsewhere.example"])
    assert report.outcome is Outcome.PARTIAL
    assert verdicts(report) == [
        (li, "accepted", 250),
        ("nobody@demo.local", "refused_permanent", 550),
        ("x@elsewhere.example", "refused_permanent", 554),
    ]
    mailhub.wait_for(li, 1)


@pytest.mark.servers
def test_zz_a_wrong_password_is_refused_by_dovecot(mailhub: MailHub) -> None:
    """Last by name: after a refused login Dovecot lets this machine wait."""
    settings = make_settings(
        mailhub.submission_tls_port, user=BOT, password=SECRET, tls="implicit", ca_file=mailhub.ca_file
    )
    with pytest.raises(LoginRefused, match="535"):
        asyncio.run(check(settings))


def test_when_the_fence_refuses_the_final_dot_nobody_gets_the_mail() -> None:
    asked: list[tuple[str, ...]] = []

    def refuse(refused: Sequence[RecipientResult]) -> None:
        asked.append(tuple(result.address for result in refused))
        raise LookupError("somebody else has it")

    async def act(courier: Courier) -> SendReport:
        with pytest.raises(LookupError):
            await courier.send(RAW, BOT, [LI, WANG], fence=refuse)
        return await courier.send(RAW, BOT, [LI])

    with FakeSmtp({b"RCPT": by_recipient(wang=b"451 4.7.1 greylisted")}) as server:
        report = with_courier(make_settings(server.port), act)
    assert asked == [(WANG,)]
    assert (report.outcome, server.mails) == (Outcome.SENT, [RAW])
