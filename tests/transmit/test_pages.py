"""Mails shown as pages: everything to read, nothing to run or to load."""

from bot.rules.mail import Attachment
from bot.rules.notice import NoticeKind
from bot.transmit.pages import PageEntry, index_page, mail_page
from bot.transmit.samples.every import sample_notice
from tests.transmit.mails import NOW, a_composer, a_parent, compose


def a_mail(body: str, content_type: str = "text/html; charset=utf-8", **headers: str) -> bytes:
    fields = {"From": "a@b.cn", "Subject": "s", **headers, "Content-Type": content_type}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"{head}\r\n{body}".encode()


def test_page_of_our_own_mail_shows_headers_body_and_buttons() -> None:
    page = mail_page(compose(sample_notice(NoticeKind.REGISTERED), a_parent())[1].raw)
    for expected in (
        "支持机器人 &lt;support@example.cn&gt;",
        "<title>Re: 技术支持申请--欧莱雅--CITRIX安装--张国华--0918</title>",
        "申请已登记，请技术总监在 9月18日（周五）18:00 前确认。",
        'href="mailto:support@example.cn?subject=Re%3A%20',
        "background-color:#1a7f4b",
    ):
        assert expected in page


def test_page_can_do_nothing() -> None:
    page = mail_page(
        a_mail(
            '<script>x()</script><p onclick="x()">好</p><img src="http://t.example/a.gif">'
            '<a href="javascript:x()">a</a>'
            '<p style="background:url(http://t.example)">b</p><style>@import url(http://t.example)</style>',
            Subject="</title><script>y()</script>",
            From='"<img src=x onerror=z()>" <a@b.cn>',
        )
    )
    assert "<p>好</p>" in page
    for forbidden in ("<script", "x()", "onclick", "t.example", "javascript:", "<img src=x"):
        assert forbidden not in page
    assert "default-src 'none'" in page


def test_mail_without_html_shows_its_text() -> None:
    page = mail_page(a_mail("同意\n<b>李伟</b>", "text/plain; charset=utf-8"))
    assert "<pre>同意\n&lt;b&gt;李伟&lt;/b&gt;</pre>" in page


def test_gbk_and_unknown_charsets_are_readable() -> None:
    head = b"Subject: =?gb2312?B?zazS4g==?=\r\nContent-Type: text/plain; charset=%s\r\n\r\n"
    page = mail_page(head % b"gb2312" + "同意，镕".encode("gb18030"))
    assert "<title>同意</title>" in page
    assert "<pre>同意，镕</pre>" in page
    assert "同意" in mail_page(head % b"x-unknown" + "同意".encode())


def test_attachments_are_named_and_pictures_embedded() -> None:
    files = (
        Attachment("服务单<1>.docx", "application/msword", b"x" * 3000, "a" * 64),
        Attachment("节点图.png", "image/png", b"PNG", "b" * 64, inline=True),
    )
    copies = a_composer().compose(sample_notice(NoticeKind.CONFIRMED), None, NOW, "main", attachments=files)
    page = mail_page(copies[0].raw)
    assert "附件：服务单&lt;1&gt;.docx（application/msword，2 KB）" in page
    assert 'src="data:image/png;base64,UE5H"' in page


def test_broken_mail_still_makes_a_page() -> None:
    for raw in (b"", b"\xff\xfe\x00", b"Subject: =?utf-8?b?x?=\r\n\r\n", b"Content-Type: multipart/mixed\r\n\r\nx"):
        assert mail_page(raw).startswith("<!DOCTYPE html>")


def test_index_lists_in_order_with_links() -> None:
    page = index_page(
        [
            PageEntry("01.html", NOW, "张国华", "李总监", "技术支持申请<1>", "申请"),
            PageEntry("02.html", NOW, "支持机器人", "全体", "Re: 技术支持申请"),
        ]
    )
    assert page.index('<a href="./01.html">技术支持申请&lt;1&gt;</a>') < page.index('<a href="./02.html">')
    assert "2026-09-18 10:30" in page
