"""Header values: encoded so that all clients read them, and closed to injection."""

import logging
from datetime import UTC, datetime
from email.header import decode_header, make_header

import pytest

from bot.rules.mail import Address
from bot.transmit.headers import (
    MAX_REFERENCES,
    clean_text,
    clean_value,
    encode_addresses,
    encode_date,
    encode_references,
    encode_text,
    format_address,
    reply_subject,
    usable_addresses,
    wire_address,
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("技术支持申请--欧莱雅--A--ZGH--0919", "Re: 技术支持申请--欧莱雅--A--ZGH--0919"),
        ("Re: 安装", "Re: 安装"),
        ("回复：Re:RE: 答复: 安装", "Re: 安装"),
        ("回复(2)：Re[3]: 安装", "Re: 安装"),
        ("Reply: 安装", "Re: 安装"),
        ("Report: 安装", "Re: Report: 安装"),
        ("安装\r\nBcc: x@evil.example", "Re: 安装 Bcc: x@evil.example"),
    ],
)
def test_reply_subject_has_exactly_one_re(written: str, expected: str) -> None:
    assert reply_subject(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a\r\nBcc: b", "a Bcc: b"),
        ("a\x00b\x1fc", "a b c"),
        ("a\u2028b\u0085c", "a b c"),
        ("李\u202e总", "李 总"),
        ("half \ud83d", "half"),
        ("  张国华 ", "张国华"),
    ],
)
def test_clean_value_is_one_clean_line(written: str, expected: str) -> None:
    assert clean_value(written) == expected


def test_clean_text_keeps_line_ends_and_tabs_only() -> None:
    assert clean_text("a\r\nb\rc\td\x00\x08\ud83d\u202e") == "a\nb\nc\td"


@pytest.mark.parametrize(
    "subject",
    [
        "Re: 技术支持申请--欧莱雅--CITRIX安装--张国华--0918",
        "plain ASCII",
        "长" * 150,
        "Re: Re: a 😀 " + "字" * 60,
        "=?utf-8?b?x?=",
    ],
)
def test_encoded_subject_reads_back_in_words_of_at_most_75(subject: str) -> None:
    encoded = encode_text(subject, "Subject").encode()
    assert encoded.isascii()
    assert all(len(word) <= 75 for word in encoded.split())
    assert all(len(line) <= 76 for line in f"Subject: {encoded}".split("\n"))
    assert str(make_header(decode_header(encoded))) == subject


def test_each_encoded_word_holds_whole_characters() -> None:
    words = encode_text("支持机器人" * 20, "Subject").encode().split()
    assert len(words) > 3
    for word in words:
        content, charset = decode_header(word)[0]
        assert isinstance(content, bytes)
        assert charset is not None
        content.decode(charset)


def test_overlong_subject_is_cut_with_a_sign() -> None:
    assert str(make_header(decode_header(encode_text("字" * 500, "Subject").encode()))) == "字" * 200 + "…"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", "a@b.cn"),
        ("Li Wei", "Li Wei <a@b.cn>"),
        ('Li "W", x', '"Li \\"W\\", x" <a@b.cn>'),
        ("李伟", "=?utf-8?b?5p2O5Lyf?= <a@b.cn>"),
        ("=?utf-8?b?x?=", "=?utf-8?b?PT91dGYtOD9iP3g/PQ==?= <a@b.cn>"),
    ],
)
def test_format_address(name: str, expected: str) -> None:
    assert format_address("a@b.cn", name) == expected


def test_name_cannot_start_a_header() -> None:
    value = encode_addresses([Address("a@b.cn", "李\r\nBcc: x@evil.example")]).encode()
    assert "\n" not in value


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        ("A@B.cn", "a@b.cn"),
        ("a@例子.cn", "a@xn--fsqu00a.cn"),
        ("张@b.cn", ""),
        ("a@b.cn\r\nRCPT TO:<x@y>", ""),
        ("a b@c.cn", ""),
        ("a@b.cn>, <x@y.cn", ""),
        ("nobody", ""),
        ("", ""),
        ("a@" + "x" * 70 + ".cn", ""),
    ],
)
def test_wire_address(email: str, expected: str) -> None:
    assert wire_address(email) == expected


def test_usable_addresses_once_each_without_the_bot(caplog: pytest.LogCaptureFixture) -> None:
    written = [Address("a@b.cn", "甲"), Address("A@B.CN", "again"), Address("bot@b.cn"), Address("张@b.cn")]
    with caplog.at_level(logging.WARNING):
        kept = usable_addresses(written, leave_out=["Bot@b.cn"])
    assert kept == (Address("a@b.cn", "甲"),)
    assert "left out" in caplog.text


def test_references_are_the_parents_and_its_id() -> None:
    found = encode_references("c@x", ["a@x", "<b@x>"])
    assert found is not None
    assert [value.encode() for value in found] == ["<c@x>", "<a@x>\n <b@x>\n <c@x>"]


def test_references_keep_the_root_and_the_newest() -> None:
    found = encode_references("parent@x", [f"{n}@x" for n in range(100)])
    assert found is not None
    ids = found[1].encode().split()
    assert len(ids) == MAX_REFERENCES
    assert (ids[0], ids[1], ids[-1]) == ("<0@x>", "<72@x>", "<parent@x>")


@pytest.mark.parametrize("bad", ["", "a b@x", "a>\r\nBcc: x", "x" * 500, "编号@x"])
def test_unusable_ids_are_left_out(bad: str) -> None:
    assert encode_references(bad, []) is None
    found = encode_references("ok@x", [bad])
    assert found is not None
    assert found[1].encode() == "<ok@x>"


def test_date_is_shanghais_and_a_naive_one_is_refused() -> None:
    assert encode_date(datetime(2026, 9, 18, 2, 30, tzinfo=UTC)).encode() == "Fri, 18 Sep 2026 10:30:00 +0800"
    with pytest.raises(ValueError, match="no offset"):
        encode_date(datetime(2026, 9, 18, 2, 30))  # noqa: DTZ001 - the naive one that must be refused
