"""Notices become mails: one set of headers for all, buttons for one person alone, nothing to break out of."""

import dataclasses
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.rules.mail import Address, Attachment
from bot.rules.notice import Button, Line, Notice, NoticeKind, Outgoing, Personal, Row
from bot.transmit.compose import Composer
from bot.transmit.samples.cast import DIRECTOR, ENGINEER, OTHERS, REF, SALES, SECRET, SUBJECT
from bot.transmit.samples.every import sample_notice
from bot.transmit.templates import shipped_templates
from tests.transmit.mails import BOT, NOW, a_composer, a_parent, compose, counting_ids, html_of, read, text_of

REGISTERED = sample_notice(NoticeKind.REGISTERED)
SHARED_HEADERS = ("From", "To", "Cc", "Subject", "Message-ID", "Date", "In-Reply-To", "References", "X-Zhichi-Case")


def bare(**changes: object) -> Notice:
    notice = Notice(kind=NoticeKind.STATUS, key="k", to=(SALES,), headline="在等验收。", ref=REF)
    return dataclasses.replace(notice, **changes)  # type: ignore[arg-type]


def test_headers_of_an_answer_in_the_thread() -> None:
    mail = read(compose(REGISTERED, a_parent(message_id="p@x", references=("a@x", "b@x")))[0])
    assert mail["From"] == "支持机器人 <support@example.cn>"
    assert mail["To"].addresses[0].addr_spec == DIRECTOR.email
    assert [a.display_name for a in mail["Cc"].addresses] == [a.name for a in OTHERS]
    assert mail["Subject"] == f"Re: {SUBJECT}"
    assert mail["Date"] == "Fri, 18 Sep 2026 10:30:00 +0800"
    assert mail["In-Reply-To"] == "<p@x>"
    assert mail["References"].split() == ["<a@x>", "<b@x>", "<p@x>"]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["X-Zhichi-Case"] == REF
    assert mail["MIME-Version"] == "1.0"
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_all_copies_share_their_headers_and_differ_in_their_own_id() -> None:
    notice = dataclasses.replace(REGISTERED, personal={**REGISTERED.personal, SALES.email: Personal("请补充资料。")})
    copies = compose(notice, a_parent())
    mails = [read(copy) for copy in copies]
    assert [copy.copy for copy in copies] == [0, 1, 2]
    for name in SHARED_HEADERS:
        assert len({str(mail[name]) for mail in mails}) == 1, name
    assert {copy.message_id for copy in copies} == {f"zhichi.{REF}.{1:032x}@example.cn"}
    assert [mail["X-Zhichi-Id"] for mail in mails] == [copy.own_id for copy in copies]
    assert len({copy.own_id for copy in copies}) == 3


def test_everybody_gets_exactly_one_copy() -> None:
    shared, own = compose(REGISTERED, a_parent())
    assert shared.recipients == (SALES.email, ENGINEER.email, *(a.email for a in OTHERS))
    assert own.recipients == (DIRECTOR.email,)


def test_the_directors_buttons_reach_the_director_alone() -> None:
    shared, own = compose(REGISTERED, a_parent())
    for content in (text_of(own), html_of(own)):
        assert f"{REF}%23{SECRET}" in content
        assert f"[{REF}#{SECRET}]" in content
        assert "请您确认是否同意" in content
    for content in (text_of(shared), html_of(shared)):
        assert SECRET not in content
        assert "mailto:" not in content
        assert "请您确认是否同意" not in content


def test_two_peoples_secrets_stay_apart() -> None:
    yes = (Button("同意", "同意"),)
    personal = {DIRECTOR.email: Personal("甲", yes, "AAAA1111"), SALES.email.upper(): Personal("乙", yes, "BBBB2222")}
    shared, director, sales = compose(bare(to=(DIRECTOR, SALES, ENGINEER), personal=personal))
    seen = {copy.recipients[0]: (text_of(copy) + html_of(copy)) for copy in (shared, director, sales)}
    assert ("AAAA1111" in seen[DIRECTOR.email], "BBBB2222" in seen[DIRECTOR.email]) == (True, False)
    assert ("AAAA1111" in seen[SALES.email], "BBBB2222" in seen[SALES.email]) == (False, True)
    assert ("AAAA1111" in seen[ENGINEER.email], "BBBB2222" in seen[ENGINEER.email]) == (False, False)


def test_a_button_for_somebody_not_written_to_reaches_nobody() -> None:
    (only,) = compose(bare(personal={"else@example.cn": Personal("x", (Button("同意", "同意"),), SECRET)}))
    assert only.recipients == (SALES.email,)
    assert SECRET not in text_of(only)


def test_nothing_personal_needs_no_copy_of_its_own() -> None:
    copies = compose(bare(to=(SALES, ENGINEER), personal={SALES.email: Personal(), ENGINEER.email: Personal(" ")}))
    assert [copy.recipients for copy in copies] == [(SALES.email, ENGINEER.email)]


def test_empty_sentences_leave_no_gap() -> None:
    (only,) = compose(bare(paragraphs=("一。", "", " ", "二。"), items=("", "三")))
    assert "一。\n\n二。\n\n- 三\n" in text_of(only)
    assert html_of(only).count("•") == 1


def test_evidence_copy_is_in_every_envelope_and_in_no_header() -> None:
    copies = a_composer().compose(REGISTERED, a_parent(), NOW, "main", self_copy_to="Support@example.cn")
    for copy in copies:
        assert copy.recipients[-1] == "support@example.cn"
        mail = read(copy)
        assert "support@example.cn" not in f"{mail['To']} {mail['Cc']}"


def test_the_bot_never_writes_to_itself_or_twice_to_one_person() -> None:
    (only,) = compose(bare(to=(SALES, Address(BOT.address)), cc=(Address(SALES.email.upper()), ENGINEER, ENGINEER)))
    assert only.recipients == (SALES.email, ENGINEER.email)
    assert str(read(only)["Cc"]) == "李伟 <li.wei@example.cn>"


def test_nobody_to_write_to_makes_no_mail() -> None:
    assert compose(bare(to=(Address(BOT.address), Address("坏地址")))) == ()


def test_people_in_copy_alone_become_the_addressees() -> None:
    mail = read(compose(bare(to=(), cc=(SALES,)))[0])
    assert str(mail["To"]) == "张国华 <zhang.guohua@example.cn>"
    assert mail["Cc"] is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"case_subject": SUBJECT, "in_thread": True}, f"Re: {SUBJECT}"),
        ({"case_subject": SUBJECT, "reply_to_mail": 3}, f"Re: {SUBJECT}"),
        ({"case_subject": f"回复：Re: {SUBJECT}", "in_thread": True}, f"Re: {SUBJECT}"),
        ({"case_subject": SUBJECT}, f"【当前状态】{REF} 在等验收。"),
        ({"case_subject": " ", "in_thread": True}, f"【当前状态】{REF} 在等验收。"),
        ({"ref": ""}, "【当前状态】在等验收。"),
    ],
)
def test_subject(changes: dict[str, object], expected: str) -> None:
    (only,) = compose(bare(**changes), a_parent())
    assert only.subject == expected
    assert read(only)["Subject"] == expected


def test_notice_without_a_mail_to_answer_starts_a_thread() -> None:
    (only,) = compose(bare())
    mail = read(only)
    assert mail["In-Reply-To"] is None
    assert mail["References"] is None
    assert "原始邮件" not in text_of(only)
    assert "原始邮件" not in html_of(only)


def test_history_is_quoted_below_in_both_forms() -> None:
    shared = compose(REGISTERED, a_parent(text="请安排支持。", html="<p>请安排<b>支持</b>。</p>"))[0]
    own, _, quoted = text_of(shared).partition("------------------ 原始邮件 ------------------")
    assert "请安排支持。" not in own
    assert "发件人: 张国华 <zhang.guohua@example.cn>" in quoted
    assert quoted.rstrip().endswith("请安排支持。")
    assert "<p>请安排<b>支持</b>。</p>" in html_of(shared)


def test_text_part_starts_with_the_mark_parse_knows() -> None:
    for kind in NoticeKind:
        for copy in compose(sample_notice(kind), a_parent()):
            assert text_of(copy).startswith("【支持机器人】"), kind


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_says_everything_in_both_parts(kind: NoticeKind) -> None:
    notice = sample_notice(kind)
    said = [notice.headline, *notice.paragraphs, *notice.items, notice.copy_text]
    said += [word for line in notice.lines for word in (line.label, line.value)]
    said += [word for row in notice.rows for word in (row.ref, row.title, row.state, row.due, row.owes)]
    said += [label for label, _ in notice.stage_bar]
    copies = compose(notice, a_parent())
    assert copies
    for copy in copies:
        for content in (text_of(copy), html_of(copy)):
            assert [word for word in said if word not in content] == []
            assert "None" not in content
            assert "{{" not in content
            assert "直接回复即可" in content


def test_overdue_comes_first_and_is_said_in_a_word() -> None:
    rows = (Row("ZC2026-0001", "甲", "待确认"), Row("ZC2026-0002", "乙", "待验收", "9月1日", overdue=True))
    (only,) = compose(bare(kind=NoticeKind.TODO, rows=rows))
    for content in (text_of(only), html_of(only)):
        assert content.index("逾期") < content.index("乙") < content.index("甲")
    assert text_of(only).count("【逾期】") == 1


def test_progress_reads_without_pictures_or_colour() -> None:
    (only,) = compose(bare(stage_bar=(("申请", "done"), ("确认", "now"), ("支持", "todo"))))
    assert "进度：✓申请 → ●确认 → ○支持\n" in text_of(only)
    for piece in ("✓<br>申请", "●<br>确认", "○<br>支持"):
        assert piece in html_of(only)


def nasty(value: str) -> Notice:
    return bare(
        to=(Address("a@b.cn", value),),
        cc=(Address("c@d.cn", value),),
        ref=REF,
        case_subject=value,
        in_thread=True,
        headline=value,
        lines=(Line(value, value),),
        paragraphs=(value,),
        items=(value,),
        rows=(Row(value, value, value, value, overdue=True, owes=value),),
        copy_text=value,
        stage_bar=((value, "now"),),
        personal={"a@b.cn": Personal(value, (Button(value, value),), SECRET)},
    )


@pytest.mark.parametrize(
    "value",
    [
        "欧莱雅\r\nBcc: x@evil.example\r\n\r\nbody",
        "欧莱雅\nX-Zhichi-Id: forged",
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{7*7}}{% for x in y %}{{ notice.__class__ }}",
        "a\x00b\x0bc\ud83d",
        "'; DROP TABLE cases; --",
    ],
)
def test_data_stays_data(value: str) -> None:
    plain = read(compose(nasty("值"), a_parent())[0])
    copies = compose(nasty(value), a_parent(subject=value, text=value, html=value, sender=Address("a@b.cn", value)))
    for copy in copies:
        mail = read(copy)
        assert sorted(mail.keys()) == sorted(plain.keys())
        assert mail["X-Zhichi-Id"] == copy.own_id
        html = html_of(copy)
        assert "<script" not in html
        assert "<img" not in html
        assert "49" not in text_of(copy)
        assert "\x00" not in html + text_of(copy)


@pytest.mark.parametrize("kind", NoticeKind)
def test_bytes_on_the_wire(kind: NoticeKind) -> None:
    parent = a_parent(text="长" * 100_000, html="<p>" + "长" * 100_000)
    for copy in compose(sample_notice(kind), parent):
        assert copy.raw.isascii()
        assert copy.raw.count(b"\n") == copy.raw.count(b"\r\n") == copy.raw.count(b"\r")
        assert all(len(line) <= 998 for line in copy.raw.split(b"\r\n"))
        assert copy.raw.endswith(b"\r\n")
        assert len(copy.raw) < 600_000


def test_text_inside_the_parts_has_wire_line_ends() -> None:
    part = read(compose(bare())[0]).get_body(("plain",))
    assert isinstance(part, EmailMessage)
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert content.count(b"\n") == content.count(b"\r\n") > 3


def test_same_ids_and_moment_give_the_same_bytes() -> None:
    assert compose(REGISTERED, a_parent()) == compose(REGISTERED, a_parent())


def test_outgoing_keeps_what_the_outbox_needs() -> None:
    later = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
    (only,) = a_composer().compose(bare(key="status:7", case_id=7), None, NOW, "main", later)
    assert only == Outgoing(
        notice_key="status:7",
        copy=0,
        kind=NoticeKind.STATUS,
        account="main",
        case_id=7,
        message_id=f"zhichi.{REF}.{1:032x}@example.cn",
        own_id=f"{2:032x}",
        subject=f"【当前状态】{REF} 在等验收。",
        recipients=(SALES.email,),
        raw=only.raw,
        not_before=later,
    )


def test_naive_time_and_button_without_secret_are_refused() -> None:
    with pytest.raises(ValueError, match="no offset"):
        a_composer().compose(bare(), None, datetime(2026, 9, 18), "main")  # noqa: DTZ001 - what must be refused
    with pytest.raises(ValueError, match="secret"):
        compose(bare(personal={SALES.email: Personal("", (Button("同意", "同意"),))}))


def test_bot_name_and_domain_come_from_its_identity() -> None:
    bot = dataclasses.replace(BOT, name="IT “支持”", domain="mail.example.cn")
    (only,) = Composer((shipped_templates(),), bot, counting_ids()).compose(bare(), None, NOW, "main")
    assert only.message_id.endswith("@mail.example.cn")
    assert read(only)["From"].addresses[0].display_name == "IT “支持”"


def test_forms_and_charts_go_along(tmp_path: Path) -> None:
    form = Attachment("服务单-欧莱雅.docx", "application/vnd.openxmlformats-officedocument", b"PK form", "a" * 64)
    chart = Attachment("时间节点图.png", "image/png", b"\x89PNG chart", "b" * 64, inline=True)
    copies = a_composer().compose(REGISTERED, None, NOW, "main", attachments=(form, chart))
    for copy in copies:
        mail = read(copy)
        assert mail.get_content_type() == "multipart/mixed"
        (file,) = mail.iter_attachments()
        assert (file.get_filename(), file.get_payload(decode=True)) == (form.name, b"PK form")
        picture = next(part for part in mail.walk() if part.get_content_type() == "image/png")
        assert f'src="cid:{picture["Content-ID"].strip("<>")}"' in html_of(copy)
        assert picture.get_payload(decode=True) == chart.content
        assert copy.raw.isascii()


def test_what_is_for_some_goes_into_their_copies_alone() -> None:
    people = (ENGINEER.email, SALES.email)
    entry = Attachment("invite.ics", "text/calendar; method=REQUEST", b"BEGIN:X", "a" * 64, only_for=people)
    entry = dataclasses.replace(entry, alternative=True)
    opened = dataclasses.replace(entry, content_type="application/ics", alternative=False)
    form = Attachment("a.docx", "application/x", b"PK", "b" * 64)
    copies = a_composer().compose(REGISTERED, None, NOW, "main", attachments=(entry, opened, form))
    by_person = {person: copy for copy in copies for person in copy.recipients}
    assert len(copies) == len(set(by_person.values())) == 3, "the director's own, the two invited, all others"
    assert by_person[ENGINEER.email] is by_person[SALES.email]
    invited = read(by_person[SALES.email])
    types = [part.get_content_type() for part in invited.walk() if not part.is_multipart()]
    assert types == ["text/plain", "text/html", "text/calendar", "application/ics", "application/x"]
    calendar = next(part for part in invited.walk() if part.get_content_type() == "text/calendar")
    assert (calendar.get_param("method"), calendar.get_param("charset")) == ("REQUEST", "UTF-8")
    assert calendar.get_content_disposition() is None
    assert copies[0].recipients == tuple(a.email for a in REGISTERED.cc)
    for copy in copies:
        if copy is not by_person[SALES.email]:
            assert [a.get_filename() for a in read(copy).iter_attachments()] == ["a.docx"]
            assert b"calendar" not in copy.raw


def test_a_template_that_says_something_personal_once_for_all_tells_nobody_elses_secret(tmp_path: Path) -> None:
    careless = '{% call once("all") %}{{ notice.headline }} {{ ask }} {{ token_line }}{% endcall %}\n'
    for name in ("body.txt", "body.html"):
        path = tmp_path / "status" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(careless, encoding="utf-8")
    yes = (Button("同意", "同意"),)
    personal = {DIRECTOR.email: Personal("甲", yes, "AAAA1111"), SALES.email: Personal("乙", yes, "BBBB2222")}
    composer = Composer((tmp_path, shipped_templates()), BOT, counting_ids())
    for everybody in ((DIRECTOR, SALES, ENGINEER), (DIRECTOR, SALES)):
        copies = composer.compose(bare(to=everybody, personal=personal), None, NOW, "support")
        assert len(copies) == len(everybody)
        for copy in copies:
            words = text_of(copy) + html_of(copy)
            foreign = {p.secret for email, p in personal.items() if email not in copy.recipients}
            assert not any(secret in words for secret in foreign), copy.recipients


def test_what_the_copies_share_is_the_same_as_if_each_were_made_alone() -> None:
    both = Composer((shipped_templates(),), BOT, counting_ids())
    notice = dataclasses.replace(REGISTERED, personal={**REGISTERED.personal, SALES.email: Personal("请补充资料。")})
    for email in (DIRECTOR.email, SALES.email):
        alone = Composer((shipped_templates(),), BOT, counting_ids())
        person = next(a for a in (DIRECTOR, SALES) if a.email == email)
        (mine,) = alone.compose(dataclasses.replace(notice, to=(person,), cc=()), a_parent(), NOW, "support")
        together = both.compose(notice, a_parent(), NOW, "support")
        (same,) = (copy for copy in together if copy.recipients == (email,))
        assert (text_of(same), html_of(same)) == (text_of(mine), html_of(mine))


def test_shared_pieces_are_said_as_often_and_in_the_way_the_template_says(tmp_path: Path) -> None:
    """Those pieces are encoded once for all copies; around them, and through filters, a template does as it likes."""
    words = '{% call once("a") %}\n一\r二\u202e\n{% endcall %}{% call once("a") %}{% endcall %}{{ ask }}\n'
    words += '{% filter upper %}{% call once("b") %}x{% endcall %}{% endfilter %}\n\n'
    for name in ("body.txt", "body.html"):
        path = tmp_path / "status" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(words.encode())
    notice = bare(to=(DIRECTOR, SALES), personal={DIRECTOR.email: Personal("请答复。")})
    for copy in Composer((tmp_path, shipped_templates()), BOT, counting_ids()).compose(notice, None, NOW, "support"):
        asked = "请答复。" if copy.recipients == (DIRECTOR.email,) else ""
        assert text_of(copy) == f"一\n二\n一\n二\n{asked}\nX\n"
