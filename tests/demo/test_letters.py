"""The story's people write as real clients do, and the bot's own parser reads what they meant."""

from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy
from io import BytesIO
from zipfile import ZipFile

import pytest

from bot.demo.clients import FOXMAIL, IPHONE, OUTLOOK, QQMAIL, Client
from bot.demo.enclosures import make_document, make_form
from bot.demo.letters import Letter, find_links, reply_all, reply_automatically, tap, write_new
from bot.parse.mail import parse_mail
from bot.rules.mail import Address, Mail, SecretSeen
from bot.rules.notice import NoticeKind
from bot.rules.times.hours import SHANGHAI
from bot.rules.words import Kind
from bot.transmit.compose import Composer, Parent
from bot.transmit.samples.every import sample_notice
from bot.transmit.templates import shipped_templates
from tests.transmit.mails import BOT

AT = datetime(2026, 9, 22, 16, 25, tzinfo=SHANGHAI)
CHEN = Address("chen@xinhai.example", "陈志远")
ZHANG = Address("zhang@xinhai.example", "张国华")
THE_BOT = Address(BOT.address, "支持机器人")
SUBJECT = "技术支持申请--欧莱雅--CITRIX安装--ZGH—0922"
ALL = pytest.mark.parametrize("client", [FOXMAIL, OUTLOOK, QQMAIL, IPHONE], ids=lambda c: c.mailer)


def read(letter: Letter) -> Mail:
    return parse_mail(letter.raw, received_at=AT, bot_addresses=frozenset({BOT.address}))


def a_request() -> Letter:
    return write_new(OUTLOOK, ZHANG, AT, SUBJECT, "请安排支持。", [CHEN], [THE_BOT])


def field(letter: Letter, name: str) -> str:
    return str(message_from_bytes(letter.raw, policy=policy.compat32)[name])


@ALL
def test_the_bot_reads_exactly_what_was_written_above_the_quote(client: Client) -> None:
    text = "同意。李工去，9月30日，2人天，现场。"
    mail = read(reply_all(client, CHEN, AT, a_request().raw, text))
    assert (mail.kind, mail.fresh_text.strip()) == (Kind.HUMAN, text)
    assert "请安排支持。" in mail.full_text


@ALL
def test_a_reply_goes_to_all_and_stays_in_its_thread(client: Client) -> None:
    request = a_request()
    reply = reply_all(client, CHEN, AT, request.raw, "同意")
    assert set(reply.recipients) == {ZHANG.email, BOT.address}
    mail = read(reply)
    assert (mail.sender, mail.subject.normal) == (CHEN, SUBJECT)
    assert read(request).message_id in mail.thread_ids


def test_foxmail_calls_gbk_gb2312_and_threads_by_references_alone() -> None:
    reply = reply_all(FOXMAIL, CHEN, AT, a_request().raw, "同意")
    assert b'charset="gb2312"' in reply.raw
    assert field(reply, "In-Reply-To") == "None"
    assert field(reply, "References").startswith("<")
    assert "—" in read(reply).subject.raw  # gb2312 proper has no such dash


def test_a_subject_gets_one_prefix_however_long_the_thread() -> None:
    first = reply_all(FOXMAIL, CHEN, AT, a_request().raw, "同意")
    second = reply_all(QQMAIL, ZHANG, AT, first.raw, "谢谢")
    assert second.subject == f"回复：{SUBJECT}"


def test_a_tap_sends_the_button_s_words_with_its_secret() -> None:
    sample = sample_notice(NoticeKind.REGISTERED)
    buttons = {address: replace(part, secret="ABCDEFGH234567AB") for address, part in sample.personal.items()}
    registered = replace(sample, personal=buttons)
    copies = Composer((shipped_templates(),), BOT).compose(registered, Parent("m@x", (), ZHANG), AT, "demo")
    [mine] = [copy for copy in copies if find_links(copy.raw)]
    letter = tap(CHEN, AT, find_links(mine.raw)["同意"], "，李工去")
    mail = read(letter)
    assert letter.recipients == (BOT.address,)
    assert mail.fresh_text.splitlines()[0] == "同意，李工去"
    assert mail.secrets == (SecretSeen(registered.ref, "ABCDEFGH234567AB"),)


def test_a_vacation_reply_admits_nothing_in_its_headers_and_is_known_all_the_same() -> None:
    letter = reply_automatically(CHEN, AT, a_request().raw, "我在休假")
    assert field(letter, "Auto-Submitted") == "None"
    assert read(letter).kind is Kind.AUTO_REPLY


@ALL
def test_files_arrive_with_name_and_content(client: Client) -> None:
    form, plan = make_form("服务单_欧莱雅.pdf"), make_document("实施方案.docx", "第一段 <1>")
    mail = read(reply_all(client, CHEN, AT, a_request().raw, "见附件", [form, plan]))
    assert [(a.name, a.content) for a in mail.attachments] == [(form.name, form.content), (plan.name, plan.content)]


def test_the_documents_are_whole_files_and_always_the_same() -> None:
    assert make_form("a.pdf").content.startswith(b"%PDF-")
    plan = make_document("实施方案.docx", "第一段 <1>")
    with ZipFile(BytesIO(plan.content)) as archive:
        assert archive.testzip() is None
        assert "第一段 &lt;1&gt;" in archive.read("word/document.xml").decode()
    assert make_document("实施方案.docx", "第一段 <1>") == plan
