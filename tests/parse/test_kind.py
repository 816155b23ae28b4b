"""Automatic mail is told from people's mail before anything else (R47, mail-in-china.md C1 and C5)."""

import pytest

from bot.rules.mail import BouncedAddress
from bot.rules.words import Kind
from tests.parse.composing import BOT, compose, multipart, read

REQUEST = "技术支持申请--欧莱雅--CITRIX安装--ZGH--0924"
REPORT = 'multipart/report; report-type=delivery-status; boundary="=_b"'
DAEMON = "Mail Delivery System <MAILER-DAEMON@corp.example>"

BY_SUBJECT = [
    ("回复: " + REQUEST, Kind.HUMAN),
    (f"回复：  自动答复:  回复: {REQUEST}", Kind.HUMAN),
    (f"回复: 自动回复: {REQUEST}", Kind.HUMAN),
    (f"转发: 系统退信: {REQUEST}", Kind.HUMAN),
    (f"自动答复:  回复:  回复: {REQUEST}", Kind.AUTO_REPLY),
    (f"自动回复: {REQUEST}", Kind.AUTO_REPLY),
    (f"自动回复：Re: {REQUEST}", Kind.AUTO_REPLY),
    (f"自動回覆: {REQUEST}", Kind.AUTO_REPLY),
    (f"[外部邮件] 自动回复: {REQUEST}", Kind.AUTO_REPLY),
    (f"[自动回复] {REQUEST}", Kind.AUTO_REPLY),
    (f"Automatic reply: {REQUEST}", Kind.AUTO_REPLY),
    (f"Out of Office: {REQUEST}", Kind.AUTO_REPLY),
    (f"Out of Office AutoReply: {REQUEST}", Kind.AUTO_REPLY),
    ("自动回复功能怎么设置", Kind.HUMAN),
    ("休假安排", Kind.HUMAN),
    ("Vacation: plan for October", Kind.HUMAN),
    (f"已读: {REQUEST}", Kind.RECEIPT),
    (f"已读：{REQUEST}", Kind.RECEIPT),
    (f"未读: {REQUEST}", Kind.RECEIPT),
    (f"Read: {REQUEST}", Kind.RECEIPT),
    (f"回复: 已读: {REQUEST}", Kind.HUMAN),
    ("已读方案，没有问题", Kind.HUMAN),
    (f"撤回: {REQUEST}", Kind.RECALL),
    (f"Recall: {REQUEST}", Kind.RECALL),
    (f"回复: 撤回: {REQUEST}", Kind.HUMAN),
    ("未送达: 设备还在路上", Kind.HUMAN),
    ("系统退信怎么办？", Kind.HUMAN),
    ("已读：没有意见", Kind.HUMAN),
    ("召回: 有问题的硬盘", Kind.HUMAN),
    (f"自动回复/Auto Reply: {REQUEST}", Kind.AUTO_REPLY),
    ("AUTO: Wang Wei is out of the office (returning 2026/10/08)", Kind.AUTO_REPLY),
    (f"Automatische Antwort: {REQUEST}", Kind.AUTO_REPLY),
]


@pytest.mark.parametrize(("subject", "kind"), BY_SUBJECT)
def test_the_outermost_prefix_decides(subject: str, kind: Kind) -> None:
    mail = read(compose("同意", Subject=subject))
    assert mail.kind is kind
    assert mail.kind_why


BY_HEADER = [
    ({"Auto-Submitted": "auto-replied"}, Kind.AUTO_REPLY),
    ({"Auto-Submitted": "auto-generated (vacation)"}, Kind.AUTO_REPLY),
    ({"Auto-Submitted": "no"}, Kind.HUMAN),
    ({"X-Autoreply": "yes"}, Kind.AUTO_REPLY),
    ({"X-Autorespond": ""}, Kind.AUTO_REPLY),
    ({"X-Autoreply": "no"}, Kind.HUMAN),
    ({"X-QQ-HolidayReply": "true"}, Kind.AUTO_REPLY),
    ({"X-QQ-AUTO-REPLY": "true"}, Kind.AUTO_REPLY),
    ({"Return-Path": "<wang+auto_=to=zhichi@corp.example>"}, Kind.AUTO_REPLY),
    ({"Precedence": "auto_reply"}, Kind.AUTO_REPLY),
    ({"X-MS-Exchange-Generated-Message-Source": "Mailbox Rules Agent"}, Kind.AUTO_REPLY),
    ({"X-Auto-Response-Suppress": "DR, RN"}, Kind.HUMAN),
    ({"Precedence": "bulk"}, Kind.LIST),
    ({"Precedence": "list"}, Kind.LIST),
    ({"List-Id": "<dev.lists.example>"}, Kind.LIST),
    ({"List-Unsubscribe": "<mailto:leave@lists.example>"}, Kind.LIST),
    ({"Return-Path": "<>"}, Kind.HUMAN),
    ({"X-Zhichi-Id": "abc"}, Kind.HUMAN),
    ({"X-Zhichi-Id": "abc", "From": f"支持 <{BOT}>"}, Kind.OWN),
    ({"X-Zhichi-Id": "abc", "From": f"{BOT} <evil@x.example>"}, Kind.HUMAN),
    ({"From": f"支持 <{BOT}>"}, Kind.HUMAN),
    ({"Content-Type": "text/calendar; method=REQUEST; charset=utf-8"}, Kind.CALENDAR),
    ({"From": DAEMON}, Kind.BOUNCE),
    ({"From": "PostMaster@qq.example", "Subject": "系统退信"}, Kind.BOUNCE),
    ({"From": "Postmaster@163.example", "Subject": "系统退信/Systems bounce"}, Kind.BOUNCE),
    ({"From": "postmaster@corp.example", "Subject": "未送达: 申请"}, Kind.BOUNCE),
    ({"From": "postmaster@corp.example", "Subject": "Undeliverable: 申请"}, Kind.BOUNCE),
    ({"Return-Path": "<>", "Subject": "退信: 申请"}, Kind.BOUNCE),
    ({"X-Failed-Recipients": "a@x.example"}, Kind.BOUNCE),
]


@pytest.mark.parametrize(("headers", "kind"), BY_HEADER, ids=lambda value: str(value)[:60])
def test_marks_of_machines(headers: dict[str, str], kind: Kind) -> None:
    assert read(compose("收到", **headers)).kind is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("这是来自QQ邮箱的假期自动回复邮件。\n您好，我最近正在休假中，无法亲自回复您的邮件。", Kind.AUTO_REPLY),
        ("您好，这是一封自动回复邮件，我已收到。", Kind.AUTO_REPLY),
        ("我9月25日起休假，期间由李四代我确认。", Kind.HUMAN),
        ("收到了他的自动回复，这是自动回复的内容，请看下。", Kind.HUMAN),
        ("同意\n\n> 这是来自QQ邮箱的假期自动回复邮件。", Kind.HUMAN),
        ("This is an automatic reply. I am on leave until 25 September.", Kind.AUTO_REPLY),
        ("【自动回复】您好，我在休假", Kind.AUTO_REPLY),
        ("自动回复：我正在出差，9月20日回来。", Kind.AUTO_REPLY),
        ("Automatic reply: I am away until Monday.", Kind.AUTO_REPLY),
        ("自动回复功能还没有配置。", Kind.HUMAN),
        ("来信已收到，工单号 12345。此邮件由系统自动发送，请勿回复。", Kind.AUTO_REPLY),
        ("系统自动发送的服务单我没有收到，请重发。", Kind.HUMAN),
    ],
)
def test_an_automatic_opening_tells_but_talk_about_a_vacation_does_not(text: str, kind: Kind) -> None:
    assert read(compose(text, Subject=f"Re: {REQUEST}")).kind is kind


BOUNCES_IN_WORDS = [
    ("Delivery Failure", "Could not deliver message to the following recipient(s):\n\nli@corp.example", Kind.BOUNCE),
    (
        "Delivery failure notification",
        "Your message with Subject: x\ncould not be delivered to l@x.example",
        Kind.BOUNCE,
    ),
    ("邮件被退回", "抱歉，您的邮件被退回来了……\n收件人：li@corp.example\n退信原因：用户不存在", Kind.BOUNCE),
    ("邮件被退回", "你的邮件被退回来了，换个地址吧", Kind.HUMAN),
    ("退信已解决", "你的邮件被退回来的问题解决了，li@corp.example 可以收信了。", Kind.HUMAN),
    ("Delivery failed at site", "The delivery of the switches failed, please reschedule.", Kind.HUMAN),
    ("Returned mail: User unknown", "The following addresses had permanent errors: <li@x.example>", Kind.BOUNCE),
    ("Mail delivery failed", "This message was created automatically by mail delivery software.", Kind.BOUNCE),
    ("退信问题排查", "客户发给我们的邮件总是被退回，提示 550 5.1.1，地址 li@corp.example", Kind.HUMAN),
    ("转发: 系统退信", "抱歉，您的邮件被退回来了……\n收件人：li@corp.example", Kind.HUMAN),
    ("回复: 申请", "Your mail could not be delivered to li@corp.example, please check", Kind.HUMAN),
]


@pytest.mark.parametrize(("subject", "text", "kind"), BOUNCES_IN_WORDS)
def test_a_bounce_without_any_mark_is_told_by_subject_and_opening_together(subject: str, text: str, kind: Kind) -> None:
    assert read(compose(text, Subject=subject)).kind is kind


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"From": "系统退信 <notice@corp.example>"}, Kind.BOUNCE),
        ({"Return-Path": "<>"}, Kind.BOUNCE),
        ({"From": ""}, Kind.BOUNCE),
        ({}, Kind.HUMAN),
    ],
)
def test_a_bounces_subject_needs_one_more_sign(headers: dict[str, str], kind: Kind) -> None:
    assert read(compose("li@corp.example 用户不存在", **{"Subject": "邮件未送达", **headers})).kind is kind


def test_nobody_writes_from_an_address_that_nobody_reads() -> None:
    assert read(compose("验证码 123456", From="no-reply@corp.example")).kind is Kind.AUTO_REPLY


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("王总 将撤回邮件“申请”。", Kind.RECALL),
        ("", Kind.RECALL),
        ("客户取消了，麻烦撤回这个单子。", Kind.HUMAN),
    ],
)
def test_a_request_taken_back_is_no_recalled_mail(text: str, kind: Kind) -> None:
    assert read(compose(text, Subject=f"撤回: {REQUEST}")).kind is kind


def test_an_invitation_inside_alternatives_is_calendar_an_attached_one_is_not() -> None:
    ics = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR"
    text = ("Content-Type: text/plain; charset=utf-8", "会议")
    kind = 'multipart/alternative; boundary="=_b"'
    for head in ("Content-Type: text/calendar; method=REQUEST; charset=utf-8", "Content-Type: text/calendar"):
        assert read(compose(multipart(text, (head, ics)), Content_Type=kind)).kind is Kind.CALENDAR
    attached = ('Content-Type: text/calendar; name="x.ics"\r\nContent-Disposition: attachment; filename="x.ics"', ics)
    mail = read(compose(multipart(text, attached), Content_Type='multipart/mixed; boundary="=_b"'))
    assert (mail.kind, mail.attachments[0].name) == (Kind.HUMAN, "x.ics")


def test_a_disposition_notification_is_a_receipt() -> None:
    parts = multipart(
        ("Content-Type: text/plain; charset=utf-8", "您的邮件已被阅读"),
        ("Content-Type: message/disposition-notification", "Final-Recipient: rfc822; w@corp.example\r\n"),
    )
    kind = 'multipart/report; report-type=disposition-notification; boundary="=_b"'
    assert read(compose(parts, Content_Type=kind, Subject="hello")).kind is Kind.RECEIPT


def status(action: str, code: str, text: str = "smtp; 550 5.1.1 no such user") -> tuple[str, str]:
    return (
        "Content-Type: message/delivery-status",
        f"Reporting-MTA: dns; mx.corp.example\r\n\r\nFinal-Recipient: rfc822; Nobody@X.example\r\nAction: {action}\r\n"
        f"Status: {code}\r\nDiagnostic-Code: {text}\r\n",
    )


RETURNED = ("Content-Type: message/rfc822", f"From: {BOT}\r\nX-Zhichi-Id: own-77\r\nSubject: x\r\n\r\n同意")


@pytest.mark.parametrize(
    ("action", "code", "permanent"),
    [("failed", "5.1.1", True), ("delayed", "4.4.1", False), ("failed", "4.2.2", False)],
)
def test_a_delivery_status_names_address_reason_and_our_mail(action: str, code: str, permanent: bool) -> None:
    text = ("Content-Type: text/plain; charset=utf-8", "Sorry.")
    raw = compose(
        multipart(text, status(action, code), RETURNED), From=DAEMON, Subject="Undelivered", Content_Type=REPORT
    )
    mail = read(raw)
    assert mail.kind is Kind.BOUNCE
    assert mail.bounced == (BouncedAddress("nobody@x.example", permanent, f"{code} 550 5.1.1 no such user"),)
    assert mail.own_ids == ("own-77",)
    assert mail.fresh_text == "Sorry."
    assert [attachment.name for attachment in mail.attachments] == ["x.eml"]


def test_a_delivered_report_names_nobody() -> None:
    raw = compose(multipart(status("delivered", "2.0.0")), From=DAEMON, Content_Type=REPORT)
    assert (read(raw).kind, read(raw).bounced) == (Kind.BOUNCE, ())


QQ_BOUNCE = """<html><body><div>抱歉，您的邮件被退回来了……</div><table><tr><td>原邮件信息：</td></tr>
<tr><td>收件人</td><td>nobody@qq.example</td></tr></table><div>退信原因：收件人邮件地址（nobody@qq.example）不存在，邮件无法送达。</div>
<div>host mx.qq.example said: 550 Mailbox unavailable or access denied</div></body></html>"""


def test_a_qq_bounce_is_read_without_a_delivery_status() -> None:
    parts = multipart(
        ("Content-Type: text/html; charset=utf-8", QQ_BOUNCE),
        (
            "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=original.eml",
            "From: x\r\nX-Zhichi-Id: own-8\r\n\r\ny",
        ),
    )
    raw = compose(
        parts,
        From="系统退信 <PostMaster@qq.example>",
        Subject="系统退信",
        Auto_Submitted="auto-generated",
        Content_Type='multipart/report; boundary="=_b"',
    )
    mail = read(raw)
    assert mail.kind is Kind.BOUNCE
    assert [(b.email, b.permanent) for b in mail.bounced] == [("nobody@qq.example", True)]
    assert "不存在" in mail.bounced[0].why
    assert mail.own_ids == ("own-8",)


def test_a_delay_told_in_words_is_not_permanent() -> None:
    text = "您发往 slow@x.example 的邮件暂时未能投递，系统将继续尝试。"
    mail = read(compose(text, From="postmaster@corp.example", Subject="邮件投递延迟"))
    assert [(b.email, b.permanent) for b in mail.bounced] == [("slow@x.example", False)]


def test_the_bot_is_never_reported_as_bounced() -> None:
    mail = read(compose(f"{BOT} 发给 nobody@x.example 的邮件无法投递", From=DAEMON, Subject="退信"))
    assert [b.email for b in mail.bounced] == ["nobody@x.example"]


def test_only_our_own_mail_and_bounces_give_own_ids() -> None:
    assert read(compose(X_Zhichi_Id="forged")).own_ids == ()
    assert read(compose(X_Zhichi_Id="real-1", From=BOT)).own_ids == ("real-1",)
