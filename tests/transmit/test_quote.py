"""The quoted history: readable, bounded, without secrets and without anything active (R45)."""

import pytest

from bot.rules.mail import Address
from bot.transmit.quote import (
    CUT_NOTE,
    MARK,
    MAX_QUOTED,
    clean_quoted_html,
    clean_quoted_text,
    quote_parent,
    strip_secrets,
)
from tests.transmit.mails import a_parent


def test_attribution_is_the_form_chinese_clients_write() -> None:
    quote = quote_parent(a_parent(text="请安排支持。\n谢谢"))
    assert quote.text == (
        f"{MARK}\n"
        "发件人: 张国华 <zhang.guohua@example.cn>\n"
        "发送时间: 2026年9月18日(星期五) 10:30\n"
        "主题: 技术支持申请--欧莱雅--CITRIX安装--张国华--0918\n"
        "\n"
        "请安排支持。\n谢谢"
    )
    for line in (
        MARK,
        "张国华 &lt;zhang.guohua@example.cn&gt;",
        "2026年9月18日(星期五) 10:30",
        "请安排支持。<br>\n谢谢",
    ):
        assert line in quote.html


def test_mail_without_date_or_name_is_quoted_too() -> None:
    quote = quote_parent(a_parent(date=None, sender=Address("a@b.cn")))
    assert "发件人: a@b.cn\n主题: " in quote.text


def test_attribution_is_escaped_and_on_one_line_each() -> None:
    quote = quote_parent(a_parent(subject="a\r\n<script>x</script>", sender=Address("a@b.cn", "<b>\n李")))
    assert "<script" not in quote.html
    assert "主题: a <script>x</script>" in quote.text
    assert "发件人: <b> 李 <a@b.cn>\n" in quote.text


@pytest.mark.parametrize(
    "written",
    [
        "（请勿改动此行）[ZC2026-0001#K7Q29FXMABCDEFGH]",
        "ZC2026-0001%23K7Q29FXMABCDEFGH",
        "ZC2026-0001%2523K7Q29FXMABCDEFGH%5D",
        "ZC2026-0001＃K7Q29FXMABCDEFGH",
        "ZC2026-0001&#35;K7Q29FXMABCDEFGH",
        "ZC2026-0001&#x23;K7Q29FXMABCDEFGH",
        "zc2026-0001#k7q29fxmabcdefgh",
        "ZC2026-0001#K7Q29FXM\nABCDEFGH",
        "ZC2026-0001#K7Q2<wbr>9FXM<b>ABCD</b>EFGH",
        "ZC2026-0001 <span>#</span>K7Q29FXMABCDEFGH",
    ],
)
def test_secrets_are_stripped_however_they_are_written(written: str) -> None:
    stripped = strip_secrets(written).upper()
    assert "ZC2026-0001" in stripped
    for piece in ("K7Q2", "9FXM", "ABCD", "EFGH"):
        assert piece not in stripped


def test_case_number_and_other_text_stay() -> None:
    text = "ZC2026-0001 的 C# 程序，见 ZC2026-0002。# 标题"
    assert strip_secrets(text) == text


def test_secrets_are_gone_from_both_forms_of_the_quote() -> None:
    link = "mailto:support@example.cn?subject=x&amp;body=%E5%90%8C%E6%84%8F%0D%0A%5BZC2026-0001%23K7Q29FXMABCDEFGH%5D"
    html = f'<a href="{link}">同意</a><p>[ZC2026-0001&#35;K7Q29FXMABCDEFGH]</p>'
    quote = quote_parent(
        a_parent(html=html, text="[ZC2026-0001#K7Q29FXMABCDEFGH]", subject="ZC2026-0001#K7Q29FXMABCDEFGH")
    )
    assert "K7Q2" not in quote.text
    assert "K7Q2" not in quote.html
    assert "mailto:" not in quote.html
    assert "同意" in quote.html


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>好<script>alert(1)</script></p>", "<p>好</p>"),
        ('<p onclick="x()">好</p>', "<p>好</p>"),
        ('<img src="http://track.example/a.gif">好', "好"),
        ('<a href="javascript:x()">好</a>', '<a rel="noopener noreferrer">好</a>'),
        ('<p style="background:url(http://t.example);color:red;position:fixed">好</p>', '<p style="color:red">好</p>'),
        ("<style>p{color:red}</style><p>好</p>", "<p>好</p>"),
        ("<!--[if mso]><p>x</p><![endif]--><p>好</p>", "<p>好</p>"),
        ("<!--[if !mso]><!--><p>好</p><!--<![endif]-->", "<p>好</p>"),
        ("<p>好</p><style>p{", "<p>好</p>"),
        ('<form action="http://e.example"><input name="a">好</form>', "好"),
        ('<iframe src="http://e.example">x</iframe>好', "好"),
        ("<p>好<b>的", "<p>好<b>的</b></p>"),
        ("<p>a\x00b</p>", "<p>ab</p>"),
        ("</td></table>好", "好"),
        ("<p> </p>", "<p> </p>"),
        ("<img src=x>", ""),
        ("", ""),
    ],
)
def test_html_is_sanitised(html: str, expected: str) -> None:
    assert clean_quoted_html(html) == expected


def test_long_text_is_cut_with_a_note() -> None:
    cut = clean_quoted_text("长" * (3 * MAX_QUOTED))
    assert cut == "长" * MAX_QUOTED + f"\n\n{CUT_NOTE}"
    assert CUT_NOTE not in clean_quoted_text("长" * MAX_QUOTED)


def test_long_html_is_cut_with_a_note_and_stays_well_formed() -> None:
    cut = clean_quoted_html("<table><tr><td>" + "<p>一段很长的往来</p>" * 20_000 + "</td></tr></table>")
    assert MAX_QUOTED * 0.9 < len(cut) < MAX_QUOTED + 500
    assert cut.endswith(f"</td></tr></tbody></table><p>{CUT_NOTE}</p>")


def test_words_style_sheet_does_not_use_up_the_bound() -> None:
    html = f"<html><head><style>{'p.MsoNormal{margin:0}' * 20_000}</style></head><body><p>同意</p></body></html>"
    assert clean_quoted_html(html) == "<p>同意</p>"


@pytest.mark.parametrize("piece", ["<div>", "<table><tr><td>", "<style", "<!--", "<b></x>"])
def test_hostile_nesting_falls_back_to_the_text_at_once(piece: str) -> None:
    assert clean_quoted_html(piece * 200_000) == ""
    assert "请安排支持。" in quote_parent(a_parent(html=piece * 200_000)).html


def test_nesting_too_deep_for_mail_clients_is_not_passed_on() -> None:
    assert clean_quoted_html("<b>" * 3_000 + "x") == ""
    assert clean_quoted_html("<b>" * 30 + "x") == "<b>" * 30 + "x" + "</b>" * 30
