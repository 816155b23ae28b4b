"""Files that go along: names every client reads, types nobody can abuse."""

import re
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.policy import default

import pytest

from bot.rules.mail import Attachment
from bot.transmit.attach import write_part


def a_file(name: str = "a.pdf", content_type: str = "application/pdf") -> Attachment:
    return Attachment(name, content_type, b"content", "c" * 64)


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def on_the_wire(file: Attachment) -> tuple[bytes, Message]:
    """The part's header lines as they are sent, and what a client makes of them."""
    raw = write_part(file)
    return raw.split(b"\r\n\r\n")[0], message_from_bytes(raw)


@pytest.mark.parametrize(
    "name", ["实施方案（第二版）-欧莱雅.docx", "服务单_" + "长" * 45 + "_ZC2026-0001.docx", "表 格 .docx"]
)
def test_chinese_name_goes_out_in_both_ways(name: str) -> None:
    head, part = on_the_wire(a_file(name, WORD))
    assert part.get_filename() == name
    assert b"filename*=utf-8''" in head
    assert str(make_header(decode_header(str(part.get_param("name"))))) == name
    modern = message_from_bytes(head + b"\r\n\r\n", policy=default)
    assert modern.get_filename() == name
    assert part.get_content_type() == WORD


def test_every_client_can_read_the_lines() -> None:
    head, _ = on_the_wire(a_file("服务单_" + "长" * 45 + ".docx", WORD))
    assert all(len(line) < 998 for line in head.split(b"\r\n"))
    assert all(len(word) <= 75 for word in re.findall(rb"=\?utf-8\?b\?[^?]*\?=", head)), "RFC 2047"
    assert not re.search(rb"^[\w-]+: *$", head, re.MULTILINE), "no line holds a name alone"


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
    head, part = on_the_wire(a_file(name))
    assert part.get_filename() == part.get_param("name") == expected
    assert {line.split(b":")[0] for line in head.split(b"\r\n") if line[:1] != b" "} == {
        b"Content-Type",
        b"MIME-Version",
        b"Content-Transfer-Encoding",
        b"Content-Disposition",
    }


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
    assert on_the_wire(a_file(content_type=written))[1].get_content_type() == expected
