"""Files that go along: names every client reads, types nobody can abuse."""

from email.header import decode_header, make_header

import pytest

from bot.rules.mail import Attachment
from bot.transmit.attach import make_part


def a_file(name: str = "a.pdf", content_type: str = "application/pdf") -> Attachment:
    return Attachment(name, content_type, b"content", "c" * 64)


def test_chinese_name_goes_out_in_both_ways() -> None:
    part = make_part(a_file("实施方案（第二版）-欧莱雅.docx"))
    assert part.get_filename() == "实施方案（第二版）-欧莱雅.docx"
    assert "filename*=utf-8''" in part["Content-Disposition"]
    assert str(make_header(decode_header(str(part.get_param("name"))))) == "实施方案（第二版）-欧莱雅.docx"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("a\r\nX-Evil: 1.pdf", "a X-Evil: 1.pdf"),
        ('a";b.pdf', 'a";b.pdf'),
        ("", "file"),
    ],
)
def test_names_cannot_break_out(name: str, expected: str) -> None:
    part = make_part(a_file(name))
    assert part.get_filename() == expected
    assert "\n" not in part["Content-Disposition"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("application/pdf", "application/pdf"),
        ("Image/JPEG; name=x", "image/jpeg"),
        ("text/html\r\nX: y", "application/octet-stream"),
        ("multipart/mixed", "application/octet-stream"),
        ("message/rfc822", "application/octet-stream"),
        ("", "application/octet-stream"),
    ],
)
def test_only_plain_types_are_claimed(written: str, expected: str) -> None:
    assert make_part(a_file(content_type=written)).get_content_type() == expected
