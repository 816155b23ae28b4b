"""One-tap answers: the link's mail says the answer first and carries the secret (R10)."""

from urllib.parse import parse_qs, urlsplit

import pytest

from bot.rules.notice import Button, Letter
from bot.transmit.buttons import CUT_NOTE, Tap, make_taps

SUBJECT = "技术支持申请--欧莱雅--CITRIX安装--ZGH--0918"


def tap(button: Button, subject: str = "Re: 主题", ref: str = "ZC2026-0001", secret: str = "K7Q2") -> Tap:
    return make_taps([button], to="support+a@example.cn", subject=subject, ref=ref, secret=secret)[0]


def decode(href: str) -> tuple[str, str, str]:
    parts = urlsplit(href)
    assert parts.scheme == "mailto"
    assert "+" not in parts.query  # a plus would be read as itself (RFC 6068)
    query = parse_qs(parts.query, strict_parsing=True)
    return parts.path, query["subject"][0], query["body"][0]


def test_link_says_the_answer_first_then_the_secret() -> None:
    to, subject, body = decode(tap(Button("同意", "同意"), subject="Re: 技术支持申请--A&B=C--?#%--0918").href)
    assert to == "support%2Ba@example.cn"
    assert subject == "Re: 技术支持申请--A&B=C--?#%--0918"
    assert body == "同意\r\n\r\n（请勿改动此行）[ZC2026-0001#K7Q2]\r\n"


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("ZC2026-0001", "评分：5\r\n\r\n（请勿改动此行）[ZC2026-0001]\r\n"),
        ("", "评分：5\r\n"),
    ],
)
def test_button_without_secret_still_names_the_case(ref: str, expected: str) -> None:
    assert decode(tap(Button("5 分", "评分：5", secret=False), ref=ref).href)[2] == expected


@pytest.mark.parametrize(("ref", "secret"), [("ZC2026-0001", ""), ("", "K7Q2")])
def test_button_that_needs_a_secret_is_never_made_without(ref: str, secret: str) -> None:
    with pytest.raises(ValueError, match="secret"):
        tap(Button("同意", "同意"), ref=ref, secret=secret)


def test_answer_cannot_add_header_fields_or_lines() -> None:
    made = tap(Button("同意", "同意\r\n&cc=x@evil.example"), subject="a\r\nBcc: x")
    assert set(parse_qs(urlsplit(made.href).query)) == {"subject", "body"}
    assert decode(made.href)[2].split("\r\n")[0] == "同意 &cc=x@evil.example"
    assert "%0D" not in made.href.partition("&body=")[0]


def test_link_stays_short_enough_for_windows() -> None:
    made = tap(Button("不同意", "不同意，原因："), subject="技" * 300, secret="K7Q29FXMABCDEFGH")
    assert len(made.href) < 2000


# ---- a new mail laid ready (R3) ----


def letter_tap(text: str, says: str = "", cc: tuple[str, ...] = ("b@example.cn",), subject: str = SUBJECT) -> Tap:
    letter = Letter(("chen@example.cn",), cc, subject, text)
    return tap(Button("发送更正后的申请", says, secret=False, letter=letter), ref="", secret="")


def opened(made: Tap) -> tuple[str, list[str], str, str]:
    query = parse_qs(urlsplit(made.href).query, strict_parsing=True)
    return urlsplit(made.href).path, query["cc"][0].split(","), query["subject"][0], query["body"][0]


def test_R3_a_letter_goes_to_its_people_and_the_bot_with_the_whole_subject() -> None:
    subject = "技术支持申请--" + "客" * 55 + "--" + "项" * 55 + "--ZGH--0918"
    to, cc, whole, body = opened(letter_tap("请安排\n现场", cc=("b@example.cn", "chen@example.cn"), subject=subject))
    assert (to, cc, whole) == ("chen@example.cn", ["support+a@example.cn", "b@example.cn"], subject)
    assert body == "请安排\r\n现场"


def test_R3_what_a_letter_says_stands_above_its_text_and_no_reply_says_the_same() -> None:
    made = letter_tap("请安排", says="客户名称无误")
    assert opened(made)[3] == "客户名称无误\r\n\r\n请安排"
    assert (made.answers, made.token_line) == (False, "")


@pytest.mark.parametrize(("text", "kept"), [("请" * 4000, 100), ("a" * 4000, 600), ("客户 A\n" * 400, 100)])
def test_R3_a_long_text_is_cut_where_a_link_ends_and_says_so(text: str, kept: int) -> None:
    made = letter_tap(text)
    body = opened(made)[3].replace("\r\n", "\n")
    assert len(made.href) <= 2000
    assert body.rstrip().endswith(CUT_NOTE)
    assert kept <= len(body.partition("\n（")[0]) <= 600
    assert text.startswith(body.partition("\n（")[0])


def test_R3_a_short_text_is_whole() -> None:
    assert opened(letter_tap("请" * 120))[3] == "请" * 120


def test_a_letter_to_very_many_people_still_opens() -> None:
    made = letter_tap("请" * 500, cc=tuple(f"person{n}@a-long-domain.example.cn" for n in range(500)))
    assert len(made.href) <= 2000
    assert opened(made)[1][0] == "support+a@example.cn"


def test_a_letters_people_cannot_add_header_fields() -> None:
    made = letter_tap("请\r\n&bcc=x@evil.example", cc=("a@b.cn?bcc=x@evil.example", "b@c.cn&bcc=y@evil.example"))
    assert set(parse_qs(urlsplit(made.href).query)) == {"cc", "subject", "body"}
    assert opened(made)[1] == ["support+a@example.cn"]
