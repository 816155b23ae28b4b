"""One-tap answers: the link's mail says the answer first and carries the secret (R10)."""

from urllib.parse import parse_qs, urlsplit

import pytest

from bot.rules.notice import Button
from bot.transmit.buttons import Tap, make_taps


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
