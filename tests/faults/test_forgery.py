"""Nobody approves for the director, whatever a mail claims (design.md part 2): refused, on record, told once a day."""

import re

import pytest

from bot.parse.tokens import find_secrets
from bot.rules.words import Fate, Kind, Stage
from tests.faults.front import FAIL, OTHER_SUBJECT, PASS, Front, make_mail
from tests.whole.office import ADMIN, BOT, DIRECTOR, ENGINEER, SALES, Got

EVIL = "evil@elsewhere.example"
RECEIVED = b"Received: from mx.elsewhere.example by hub.demo.local; Thu, 17 Sep 2026 10:30:00 +0800\r\n"


def ar(*values: str) -> bytes:
    return b"".join(b"Authentication-Results: " + value.encode() + b"\r\n" for value in values)


HONEST_NO = ar(FAIL)
NOT_OUR_DOMAIN = ar("hub.demo.local; dmarc=pass header.from=elsewhere.example")

# name, what stands above From, the From lines
FORGED: list[tuple[str, bytes, bytes]] = [
    ("plain forged From", HONEST_NO, b"From: chen@demo.local"),
    ("nobody vouches", b"", b"From: chen@demo.local"),
    ("name is the director's address", NOT_OUR_DOMAIN, b'From: "chen@demo.local" <evil@elsewhere.example>'),
    ("name holds the director in angles", NOT_OUR_DOMAIN, b'From: "Chen <chen@demo.local>" <evil@elsewhere.example>'),
    ("name is the director's", NOT_OUR_DOMAIN, "From: 陈总监 <evil@elsewhere.example>".encode()),
    ("name unquoted", NOT_OUR_DOMAIN, b"From: chen@demo.local <evil@elsewhere.example>"),
    (
        "encoded name with an address",
        NOT_OUR_DOMAIN,
        b"From: =?utf-8?Q?=E9=99=88_=3Cchen=40demo=2Elocal=3E?= <evil@elsewhere.example>",
    ),
    ("comment holds the director", NOT_OUR_DOMAIN, b"From: evil@elsewhere.example (chen@demo.local)"),
    ("director in a comment inside", HONEST_NO, b"From: chen(x)@demo.local"),
    ("look-alike domain", ar("hub.demo.local; dmarc=pass header.from=dem0.local"), b"From: chen@dem0.local"),
    ("domain with a tail", ar("hub.demo.local; dmarc=pass header.from=demo.local.cn"), b"From: chen@demo.local.cn"),
    ("subdomain", ar("hub.demo.local; dmarc=pass header.from=x.demo.local"), b"From: chen@x.demo.local"),
    (
        "Cyrillic letter in the domain",
        ar("hub.demo.local; dmarc=pass header.from=xn--dem-emc.local"),
        "From: chen@dem\u043e.local".encode(),
    ),
    ("punycode", ar("hub.demo.local; dmarc=pass header.from=xn--dem-emc.local"), b"From: chen@xn--dem-emc.local"),
    ("full-width domain", NOT_OUR_DOMAIN, "From: chen@ｄｅｍｏ.local".encode()),
    ("full-width at", NOT_OUR_DOMAIN, "From: chen＠demo.local <evil@elsewhere.example>".encode()),
    ("zero-width inside", HONEST_NO, "From: chen@demo\u200b.local".encode()),
    ("two From lines, true last", NOT_OUR_DOMAIN, b"From: evil@elsewhere.example\r\nFrom: chen@demo.local"),
    ("two From lines, true first", ar(PASS), b"From: chen@demo.local\r\nFrom: evil@elsewhere.example"),
    ("two addresses in one", ar(PASS), b"From: chen@demo.local, evil@elsewhere.example"),
    ("two addresses, semicolon", ar(PASS), b"From: evil@elsewhere.example; chen@demo.local"),
    ("group syntax", NOT_OUR_DOMAIN, b"From: chen@demo.local: evil@elsewhere.example;"),
    ("empty group", HONEST_NO, b"From: chen@demo.local:;"),
    ("group with two", ar(PASS), b"From: boss: chen@demo.local, evil@elsewhere.example;"),
    ("a blank before the colon", NOT_OUR_DOMAIN, b"From : evil@elsewhere.example\r\nFrom: chen@demo.local"),
    ("From folded at once", HONEST_NO, b"From:\r\n chen@demo.local"),
    ("NUL in the address", NOT_OUR_DOMAIN, b"From: chen@demo.local\x00@elsewhere.example"),
    ("route address", NOT_OUR_DOMAIN, b"From: <@demo.local,chen@demo.local:evil@elsewhere.example>"),
    ("source route to the director", NOT_OUR_DOMAIN, b"From: <@elsewhere.example:chen@demo.local>"),
    ("quoted local part", NOT_OUR_DOMAIN, b'From: "chen@demo.local"@elsewhere.example'),
    ("percent hack", NOT_OUR_DOMAIN, b"From: chen%demo.local@elsewhere.example"),
    ("Sender is a colleague", ar(PASS) + b"Sender: li@demo.local\r\n", b"From: chen@demo.local"),
    ("Sender is elsewhere", ar(PASS) + b"Sender: evil@elsewhere.example\r\n", b"From: chen@demo.local"),
    ("Resent by a colleague", ar(FAIL) + b"Resent-From: chen@demo.local\r\n", b"From: evil@elsewhere.example"),
    (
        "logged in as a colleague",
        ar("hub.demo.local; auth=pass smtp.auth=li@demo.local; dmarc=pass header.from=demo.local"),
        b"From: chen@demo.local",
    ),
    (
        "a colleague's envelope",
        ar("hub.demo.local; spf=pass smtp.mailfrom=li@demo.local; dkim=pass header.d=demo.local"),
        b"From: chen@demo.local",
    ),
    ("forged result below the true one", HONEST_NO + RECEIVED + ar(PASS), b"From: chen@demo.local"),
    (
        "forged result below a true none",
        ar("hub.demo.local; dkim=none") + RECEIVED + ar(PASS),
        b"From: chen@demo.local",
    ),
    ("forged result right below the true one", HONEST_NO + ar(PASS), b"From: chen@demo.local"),
    (
        "forged dkim right below a true none",
        ar("hub.demo.local; dkim=none", "hub.demo.local; dkim=pass header.d=demo.local"),
        b"From: chen@demo.local",
    ),
    (
        "forged dmarc right below a true none",
        ar("hub.demo.local; dmarc=none header.from=demo.local", PASS),
        b"From: chen@demo.local",
    ),
    ("another host's result", ar("mx.elsewhere.example; dmarc=pass header.from=demo.local"), b"From: chen@demo.local"),
    (
        "our host's result below another host's",
        ar("mx.elsewhere.example; dmarc=none header.from=demo.local", PASS),
        b"From: chen@demo.local",
    ),
    ("longer id", ar(PASS.replace("hub.demo.local", "hub.demo.local.evil.example")), b"From: chen@demo.local"),
    ("prefixed id", ar("x" + PASS), b"From: chen@demo.local"),
    (
        "id in a comment",
        ar("evil.example (hub.demo.local); dmarc=pass header.from=demo.local"),
        b"From: chen@demo.local",
    ),
    (
        "comment before another id",
        ar("(hub.demo.local) evil.example; dmarc=pass header.from=demo.local"),
        b"From: chen@demo.local",
    ),
    ("pass in a comment", ar("hub.demo.local (x; dmarc=pass header.from=demo.local)"), b"From: chen@demo.local"),
    (
        "pass in a comment of a fail",
        ar("hub.demo.local; dkim=fail (dmarc=pass header.from=demo.local)"),
        b"From: chen@demo.local",
    ),
    (
        "nested comments",
        ar("hub.demo.local; dkim=none (a (b) ; dmarc=pass header.from=demo.local)"),
        b"From: chen@demo.local",
    ),
    (
        "never closed comment",
        ar("hub.demo.local; dkim=none (; dmarc=pass header.from=demo.local"),
        b"From: chen@demo.local",
    ),
    (
        "escaped bracket",
        ar(r"hub.demo.local; dkim=none (\); dmarc=pass header.from=demo.local)"),
        b"From: chen@demo.local",
    ),
    (
        "in a quoted reason",
        ar('hub.demo.local; dkim=fail reason="x; dmarc=pass header.from=demo.local" header.d=elsewhere.example'),
        b"From: chen@demo.local",
    ),
    (
        "in a quoted property",
        ar('hub.demo.local; dmarc=none header.from="evil; dmarc=pass header.from=demo.local"'),
        b"From: chen@demo.local",
    ),
    (
        "in a quoted envelope",
        ar('hub.demo.local; spf=pass smtp.mailfrom="x; dmarc=pass header.from=demo.local "@elsewhere.example'),
        b"From: chen@demo.local",
    ),
    (
        "property of another's domain",
        ar("hub.demo.local; dmarc=pass header.from=elsewhere.example header.from=demo.local"),
        b"From: chen@demo.local",
    ),
    (
        "folded oddly",
        ar("hub.demo.local;\r\n dkim=none\r\n (;\r\n dmarc=pass header.from=demo.local)"),
        b"From: chen@demo.local",
    ),
    (
        "NUL in the result",
        ar("hub.demo.local\x00.evil.example; dmarc=pass header.from=demo.local"),
        b"From: chen@demo.local",
    ),
    ("full-width result", ar("ｈub.demo.local; dmarc=pass header.from=demo.local"), b"From: chen@demo.local"),
    ("arc instead", b"ARC-Authentication-Results: i=1; " + PASS.encode() + b"\r\n", b"From: chen@demo.local"),
    ("old name of the header", b"X-Authentication-Results: " + PASS.encode() + b"\r\n", b"From: chen@demo.local"),
    (
        "blank before the header's colon",
        b"Authentication-Results : " + PASS.encode() + b"\r\n",
        b"From: chen@demo.local",
    ),
    ("dmarc bestguess", ar("hub.demo.local; dmarc=bestguesspass header.from=demo.local"), b"From: chen@demo.local"),
    ("public suffix signs", ar("hub.demo.local; dkim=pass header.d=local"), b"From: chen@demo.local"),
    ("spf of a helo", ar("hub.demo.local; spf=pass smtp.helo=demo.local"), b"From: chen@demo.local"),
]


def forge(front: Front, above: bytes, sender: bytes, text: str = "同意，李工9月18日去，2人天") -> bytes:
    """A reply-all to the bot's question, exactly as the director's would be but for what is given."""
    true = make_mail(DIRECTOR, "09-17 10:30", text, answer=front.sent(DIRECTOR)[0], results=None)
    assert true.count(b"From: chen@demo.local") == 1
    return above + true.replace(b"From: chen@demo.local", sender)


@pytest.mark.parametrize(("name", "above", "sender"), FORGED, ids=[name for name, *_ in FORGED])
def test_a_forged_yes_moves_nothing_and_is_on_record(front: Front, name: str, above: bytes, sender: bytes) -> None:
    case = front.open_case()
    before = len(front.sent(DIRECTOR))
    for second in (b"", b"\r\nonce more"):
        front.take(forge(front, above, sender) + second, "09-17 10:31")
    assert front.case().stage is Stage.AWAITING_APPROVAL
    assert front.case().engineers == ()
    mail = front.last_mail()
    assert mail.fate in {Fate.ACTED, Fate.IGNORED, Fate.QUARANTINED}
    assert mail.fate_why
    assert len(front.sent(DIRECTOR)) - before <= 1  # told at most once a day
    assert front.sent("evil@elsewhere.example") == []
    assert EVIL not in {a.email for a in front.case().participants}
    if mail.sender == DIRECTOR:
        assert [entry.event for entry in front.history(case)].count("unproved") == 2
        assert len(front.sent(DIRECTOR, "prove")) == 1


def test_the_true_director_is_believed(front: Front) -> None:
    """What the table above forges does decide when it is true: the table could fail."""
    front.open_case()
    front.take(forge(front, ar(PASS), b"From: chen@demo.local"), "09-17 10:31")
    assert (front.case().stage, front.case().engineers) == (Stage.APPROVED, (ENGINEER,))


def test_the_bot_never_answers_to_reply_to(front: Front) -> None:
    def lure(mail: object) -> None:
        mail["Reply-To"] = EVIL  # type: ignore[index]

    front.write(SALES, "09-17 10:00", "请安排", subject="技术支持申请--欧莱雅", change=lure)
    front.open_case("09-17 10:01")
    front.write(DIRECTOR, "09-17 10:05", "嗯看看再说吧", answer=front.sent(DIRECTOR)[0], change=lure)
    assert len(front.sent(SALES)) >= 2
    for line in front.lines():
        assert EVIL not in line.recipients
        with front.house.store.reading() as tx:
            row = tx.outbox.get(line.id)
        assert row
        assert EVIL.encode() not in row.raw


# --- secrets ---------------------------------------------------------------------------------------------------------


def tap(front: Front, sender: str, when: str, button: tuple[str, str], **more: object) -> Fate:
    """Somebody sends the mail that a button opens, from an address that nobody vouches for."""
    subject, body = button
    return front.write(sender, when, body, subject=subject, **{"results": None, "to": BOT, "cc": ""} | more)


def test_only_its_owner_can_use_a_secret(front: Front) -> None:
    front.open_case()
    button = front.sent(DIRECTOR)[0].button("同意")
    for sender in (ENGINEER, SALES, EVIL, "chen@demo.local.cn"):
        tap(front, sender, "09-17 10:30", button)
        assert front.case().stage is Stage.AWAITING_APPROVAL
    tap(front, DIRECTOR, "09-17 10:40", button)
    assert front.case().stage is Stage.APPROVED


def test_a_secret_for_another_case_is_worth_nothing(front: Front) -> None:
    front.open_case()
    second = front.open_case("09-17 10:01", OTHER_SUBJECT)
    subject, body = front.sent(DIRECTOR)[0].button("同意")
    stolen = body.replace("ZC2026-0001", second.ref)
    assert stolen != body
    tap(front, DIRECTOR, "09-17 10:30", (subject, stolen))
    assert {case.stage for case in front.cases()} == {Stage.AWAITING_APPROVAL}
    assert any("口令无效" in entry.why for entry in front.history(second))


def test_the_secret_says_which_case_not_the_thread(front: Front) -> None:
    first = front.open_case()
    second = front.open_case("09-17 10:01", OTHER_SUBJECT)
    _, body = front.sent(DIRECTOR)[0].button("同意")
    answer = front.sent(DIRECTOR)[1]
    front.write(DIRECTOR, "09-17 10:30", body, answer=answer, results=None, quote=False)
    stages = {case.ref: case.stage for case in front.cases()}
    assert stages == {first.ref: Stage.APPROVED, second.ref: Stage.AWAITING_APPROVAL}


def test_a_wrong_token_in_the_right_thread_decides_nothing_elsewhere(front: Front) -> None:
    first = front.open_case()
    second = front.open_case("09-17 10:01", OTHER_SUBJECT)
    answer = front.sent(DIRECTOR)[0]
    front.write(DIRECTOR, "09-17 10:30", f"同意 {second.ref}", answer=answer, quote=False)
    stages = {case.ref: case.stage for case in front.cases()}
    assert stages[second.ref] is Stage.AWAITING_APPROVAL
    front.write(DIRECTOR, "09-17 10:40", f"同意 {first.ref}", subject="回复: 别的", results=FAIL)
    assert {case.ref: case.stage for case in front.cases()} == stages


def test_a_secret_quoted_to_all_is_burnt(front: Front) -> None:
    front.open_case()
    got = front.sent(DIRECTOR)[0]
    _, body = button = got.button("同意")
    front.write(DIRECTOR, "09-17 10:30", f"这个客户是谁介绍的？\n\n> {body}", answer=got, quote=False)
    tap(front, DIRECTOR, "09-17 10:40", button)
    assert front.case().stage is Stage.AWAITING_APPROVAL


@pytest.mark.parametrize("to", [ENGINEER, f"{BOT}, {ENGINEER}"])
def test_a_secret_among_fresh_words_to_others_is_burnt_when_it_decided_nothing(front: Front, to: str) -> None:
    """The director taps, changes the words to a question, and adds a colleague: who could now tap in their name."""
    front.open_case()
    button = front.sent(DIRECTOR)[0].button("同意")
    secret_line = button[1].strip().splitlines()[-1]
    words = f"这个客户是谁介绍的？\n{secret_line}"
    front.write(DIRECTOR, "09-17 10:30", words, subject=button[0], results=None, to=to, cc="")
    tap(front, DIRECTOR, "09-17 10:40", button)
    assert front.case().stage is Stage.AWAITING_APPROVAL


def test_a_secret_on_a_list_is_burnt(front: Front) -> None:
    front.open_case()
    button = front.sent(DIRECTOR)[0].button("同意")

    def by_list(mail: object) -> None:
        mail["List-Id"] = "<all.demo.local>"  # type: ignore[index]

    front.write(DIRECTOR, "09-17 10:30", f"转发\n\n> {button[1]}", to="all@demo.local", cc="", change=by_list)
    tap(front, DIRECTOR, "09-17 10:40", button)
    assert front.case().stage is Stage.AWAITING_APPROVAL


def test_an_old_or_used_secret_decides_nothing_again(front: Front) -> None:
    front.open_case()
    yes, no = (front.sent(DIRECTOR)[0].button(label) for label in ("同意", "不同意"))
    tap(front, DIRECTOR, "09-17 10:30", yes)
    for button in (yes, no):
        tap(front, DIRECTOR, "09-17 10:40", button)
        assert front.case().stage is Stage.APPROVED


def test_a_spent_secret_decides_nothing_even_where_a_yes_still_could(front: Front) -> None:
    """The director put it off by a tap; who sees that mail must not say yes with what is in it."""
    front.open_case()
    subject, body = front.sent(DIRECTOR)[0].button("同意")
    tap(front, DIRECTOR, "09-17 10:30", (subject, body.replace("同意", "延期到9月25日再说")))
    assert front.case().stage is Stage.POSTPONED
    tap(front, DIRECTOR, "09-17 10:40", (subject, body))
    assert front.case().stage is Stage.POSTPONED


def test_guessed_secrets_are_worth_nothing(front: Front) -> None:
    case = front.open_case()
    for secret in ("A" * 16, "a" * 16, "", "7" * 16, "A" * 15, "A" * 17):
        tap(front, DIRECTOR, "09-17 10:30", ("re", f"同意\n\n[{case.ref}#{secret}]"))
    assert front.case().stage is Stage.AWAITING_APPROVAL


# --- replays ---------------------------------------------------------------------------------------------------------


def a_true_yes(front: Front) -> bytes:
    """The director's own 同意 to the first case, with the word of the receiving host."""
    return make_mail(DIRECTOR, "09-17 10:30", "同意，李工去", answer=front.sent(DIRECTOR)[0])


def with_new_id(raw: bytes) -> bytes:
    """The same mail under another Message-ID, which few signatures cover."""
    return re.sub(rb"Message-ID: <[^>]+>", b"Message-ID: <replayed@elsewhere.example>", raw)


def with_blanks(raw: bytes) -> bytes:
    """Relaxed signatures (RFC 6376, 3.4.4) do not mind blanks."""
    head, _, body = with_new_id(raw).partition(b"\r\n\r\n")
    return head + b"\r\n\r\n" + body.replace(b"\r\n", b" \t\r\n") + b"\r\n\r\n"


@pytest.mark.parametrize("again", [lambda raw: raw, with_new_id, with_blanks], ids=["unchanged", "new id", "blanks"])
@pytest.mark.parametrize("stage", ["approved", "accepted", "closed"])
def test_a_replayed_yes_is_the_same_mail(front: Front, again: object, stage: str) -> None:
    front.open_case()
    true = a_true_yes(front)
    front.take(true, "09-17 10:30")
    if stage != "approved":
        front.write(ENGINEER, "09-18 15:00", "已完成", answer=front.sent(ENGINEER)[-1])
        front.write(SALES, "09-18 16:00", "确认验收", answer=front.sent(SALES)[-1])
    if stage == "closed":
        front.write(DIRECTOR, "09-18 17:00", "同意关闭", answer=front.sent(DIRECTOR)[-1])
    before = front.case()
    assert before.stage.value == stage
    front.take(again(true), "09-19 10:00")  # type: ignore[operator]
    assert front.case() == before
    assert "相同" in front.last_mail().fate_why


def test_a_tapped_yes_seen_twice_closes_nothing(front: Front) -> None:
    """The tap was proved by its secret; its twin, vouched for by the host, must not count as a second yes."""
    front.open_case()
    front.take(a_true_yes(front), "09-17 10:30")
    front.write(ENGINEER, "09-18 15:00", "已完成", answer=front.sent(ENGINEER)[-1])
    front.write(SALES, "09-18 16:00", "确认验收", answer=front.sent(SALES)[-1])
    subject, body = front.sent(DIRECTOR)[-1].button("同意关闭")
    raw = make_mail(DIRECTOR, "09-18 17:00", body, subject=subject)
    for _ in range(2):
        front.take(raw, "09-18 17:01")
        assert front.case().stage is Stage.CLOSED


def test_a_captured_yes_does_not_fit_another_case(front: Front) -> None:
    """Turned to case B, the signature breaks: the host says so, and the bot believes the host."""
    front.open_case()
    second = front.open_case("09-17 10:01", OTHER_SUBJECT)
    true = a_true_yes(front)
    front.take(true, "09-17 10:30")
    other = front.sent(DIRECTOR, "registered")[1].message
    turned = re.sub(rb"(In-Reply-To|References): .*\r\n(?: .*\r\n)*", b"", with_new_id(true))
    turned = (
        b"In-Reply-To: " + str(other["Message-ID"]).encode() + b"\r\n" + turned.replace(PASS.encode(), FAIL.encode())
    )
    turned = re.sub(rb"Subject: .*\r\n(?: .*\r\n)*", f"Subject: {other['Subject']}\r\n".encode(), turned)
    front.take(turned, "09-17 10:40")
    assert front.cases()[1].stage is Stage.AWAITING_APPROVAL
    assert "unproved" in [entry.event for entry in front.history(second)]


def test_a_colleagues_forward_of_a_yes_is_not_the_directors(front: Front) -> None:
    front.open_case()
    inner, head = "同意，李工去", f"发件人：陈总监 <{DIRECTOR}>\n发送日期：2026-09-17 10:20\n主题：回复"
    for text in (
        f"见下\n\n-------- 转发邮件信息 --------\n{head}\n\n{inner}",
        f"Fwd\n\n---------- Forwarded message ---------\n{head}\n\n{inner}",
        f"陈总监说：{inner}",
    ):
        front.write(ENGINEER, "09-17 10:30", text, answer=front.sent(SALES)[0], quote=False)
        assert front.case().stage is Stage.AWAITING_APPROVAL


def test_the_bots_own_words_quoted_back_decide_nothing(front: Front) -> None:
    front.open_case()
    got = front.sent(DIRECTOR)[0]
    for text in ("", "\n".join(f"> {line}" for line in got.text.splitlines())):
        front.write(DIRECTOR, "09-17 10:30", text, answer=got)
        assert front.case().stage is Stage.AWAITING_APPROVAL


# --- in the bot's name -----------------------------------------------------------------------------------------------


def in_the_bots_name(own_id: str, message_id: str = "<guess@elsewhere.example>", to: str = BOT) -> bytes:
    head = f"From: {BOT}\r\nTo: {to}\r\nMessage-ID: {message_id}\r\nX-Zhichi-Id: {own_id}\r\n"
    return f"{head}Date: Thu, 17 Sep 2026 10:30:00 +0800\r\nSubject: x\r\n\r\n同意 {own_id}\r\n".encode()


def test_an_unknown_own_id_settles_nothing_and_the_operator_hears_of_it_once(front: Front) -> None:
    front.open_case()
    for number in range(3):
        front.take(in_the_bots_name(f"{number:032x}"), "09-17 10:30")
        assert front.last_mail().kind is Kind.OWN
        assert "编号" in front.last_mail().fate_why
    assert len(front.sent(ADMIN, "operator")) == 1


def test_a_known_own_id_on_another_mail_teaches_no_thread_ids(front: Front) -> None:
    """Everybody knows the id of the copy they got: it must not tie strange mails to the case."""
    case = front.open_case()
    own_id = str(front.sent(DIRECTOR)[0].message["X-Zhichi-Id"])
    front.take(in_the_bots_name(own_id), "09-17 10:30")
    with front.house.store.reading() as tx:
        assert tx.cases.find_by_ids(("guess@elsewhere.example",)) == ()
    assert front.case().stage is case.stage


def test_a_persons_mail_with_our_header_is_still_theirs(front: Front) -> None:
    front.open_case()
    own_id = str(front.sent(DIRECTOR)[0].message["X-Zhichi-Id"])

    def kept(mail: object) -> None:
        mail["X-Zhichi-Id"] = own_id  # type: ignore[index]

    front.write(DIRECTOR, "09-17 10:30", "同意，李工去", answer=front.sent(DIRECTOR)[0], change=kept)
    assert front.case().stage is Stage.APPROVED


def test_the_bot_itself_decides_nothing(front: Front) -> None:
    front.open_case()
    raw = make_mail(BOT, "09-17 10:30", "同意，李工去", answer=front.sent(DIRECTOR)[0])
    front.take(raw, "09-17 10:30")
    assert front.case().stage is Stage.AWAITING_APPROVAL


# --- forged bounces and vacations ------------------------------------------------------------------------------------


def a_bounce(person: str, answer: Got | None = None) -> bytes:
    thread = f"In-Reply-To: {answer.message['Message-ID']}\r\n" if answer else ""
    return (
        f"From: MAILER-DAEMON@elsewhere.example\r\nTo: {BOT}\r\nSubject: Undelivered Mail\r\n{thread}"
        "Date: Thu, 17 Sep 2026 10:30:00 +0800\r\nMessage-ID: <b@elsewhere.example>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nnot delivered\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n"
        f"Final-Recipient: rfc822; {person}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"
    ).encode()


def test_a_forged_bounce_cuts_nobody_off(front: Front) -> None:
    front.open_case()
    front.take(a_bounce(DIRECTOR), "09-17 10:30")
    front.open_case("09-17 10:40", OTHER_SUBJECT)
    assert len(front.sent(DIRECTOR, "registered")) == 2


def test_a_bounce_known_to_be_forged_cuts_nobody_off_though_it_names_our_mail(front: Front) -> None:
    front.open_case()
    forged = ar("hub.demo.local; dmarc=fail header.from=elsewhere.example")
    front.take(forged + a_bounce(DIRECTOR, front.sent(DIRECTOR)[0]), "09-17 10:30")
    front.open_case("09-17 10:40", OTHER_SUBJECT)
    assert len(front.sent(DIRECTOR, "registered")) == 2


def test_a_true_bounce_counts(front: Front) -> None:
    front.open_case()
    front.take(a_bounce(DIRECTOR, front.sent(DIRECTOR)[0]), "09-17 10:30")
    front.open_case("09-17 10:40", OTHER_SUBJECT)
    assert len(front.sent(DIRECTOR, "registered")) == 1


def test_a_forged_word_does_not_end_a_vacation(front: Front) -> None:
    """While sales are away silence is no consent (R24); a forger must not call them back."""
    front.open_case()

    def automatic(mail: object) -> None:
        mail["Auto-Submitted"] = "auto-replied"  # type: ignore[index]

    front.write(SALES, "09-17 10:10", "我在休假", answer=front.sent(SALES)[0], change=automatic)
    front.write(SALES, "09-17 10:20", "收到", answer=front.sent(SALES)[0], results=FAIL)
    with front.house.store.reading() as tx:
        assert [mark.address for mark in tx.marks.all()] == [SALES]


def test_a_mail_known_to_be_forged_files_no_documents_and_reports_no_completion(front: Front) -> None:
    front.open_case()
    front.take(a_true_yes(front), "09-17 10:30")

    def form(mail: object) -> None:
        mail.add_attachment(b"x", maintype="application", subtype="pdf", filename="技术支持服务单.pdf")  # type: ignore[attr-defined]

    front.write(ENGINEER, "09-18 15:00", "已完成", answer=front.sent(ENGINEER)[-1], results=FAIL, change=form)
    assert front.case().stage is Stage.APPROVED
    with front.house.store.reading() as tx:
        assert tx.documents.of(front.case().id) == ()


def test_secrets_are_found_only_where_the_person_wrote_them() -> None:
    """The parser's side of it: the shape is exact."""
    assert find_secrets("ZC2026-0001#ABCDEFGHIJKLMNOP")[0].ref == "ZC2026-0001"
    assert find_secrets("ZC2026-0001#ABCDEFGHIJKLMNO") == ()
