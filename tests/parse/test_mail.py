# ruff: noqa: E501 -- the samples stand as they arrive
"""A raw mail becomes one value, whatever its bytes; numbered mails in tests/mails show each client and trap."""

import base64
import hashlib
import json
import time
import tomllib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.parse.mail import parse_mail
from bot.parse.parts import MAX_PARTS
from bot.rules.mail import Address, Mail, SecretSeen
from bot.rules.words import Kind, Proof
from tests.parse.composing import AUTHSERV, BOT, RECEIVED_AT, compose, multipart, read

MAILS = Path(__file__).parent.parent / "mails"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((MAILS / "expected.toml").read_text(encoding="utf-8"))
MIXED = 'multipart/mixed; boundary="=_b"'
ALTERNATIVE = 'multipart/alternative; boundary="=_b"'
TEXT = ("Content-Type: text/plain; charset=utf-8", "同意")
SECRET = "ZC2026-0001#K7Q2AAXMABCDEFGH"


def read_file(path: Path) -> Mail:
    return parse_mail(path.read_bytes(), received_at=RECEIVED_AT, authserv_id=AUTHSERV, bot_addresses=frozenset({BOT}))


def shown(mail: Mail) -> dict[str, Any]:
    """What expected.toml may say of a mail."""
    return {
        "kind": str(mail.kind),
        "sender": mail.sender.email,
        "name": mail.sender.name,
        "to": [address.email for address in mail.to],
        "cc": [address.email for address in mail.cc],
        "subject": mail.subject.raw,
        "message_id": mail.message_id,
        "thread_ids": list(mail.thread_ids),
        "date": mail.date.isoformat() if mail.date else "",
        "fresh_text": mail.fresh_text,
        "proof": str(mail.proof.verdict),
        "attachments": [attachment.name for attachment in mail.attachments],
        "tokens": list(mail.tokens),
        "secrets": [f"{seen.ref}#{seen.secret}" for seen in mail.secrets],
        "leaked_secrets": [f"{seen.ref}#{seen.secret}" for seen in mail.leaked_secrets],
        "bounced": [f"{one.email} {'gone' if one.permanent else 'delayed'}" for one in mail.bounced],
        "own_ids": list(mail.own_ids),
    }


@pytest.mark.parametrize("name", EXPECTED)
def test_numbered_mails(name: str) -> None:
    found = shown(read_file(MAILS / f"{name}.eml"))
    wanted = {key: value for key, value in EXPECTED[name].items() if key != "about"}
    assert {key: found[key] for key in wanted} == wanted


def test_every_numbered_mail_is_expected_and_the_other_way_round() -> None:
    assert sorted(path.stem for path in MAILS.glob("*.eml")) == sorted(EXPECTED)
    assert all(entry["about"] and entry["kind"] for entry in EXPECTED.values())


def strings(value: object) -> Iterator[str]:
    """Every text anywhere in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from strings(inner)


def assert_storable(mail: Mail) -> None:
    for text in strings(asdict(mail)):
        assert "\x00" not in text
        text.encode("utf-8")
    assert mail.message_id
    assert len(mail.identity) == 64


@given(st.binary(max_size=3_000))
def test_any_bytes_give_a_storable_mail(raw: bytes) -> None:
    assert_storable(read(raw))


HEAD = b"From: a@b.example\r\nSubject: x\r\n"


@given(
    st.sampled_from(
        [b"Content-Type: ", b"Content-Disposition: ", b"Content-Transfer-Encoding: ", b"To: ", b"Date: ", b"Subject: "]
    ),
    st.binary(max_size=200),
    st.binary(max_size=500),
)
def test_any_header_value_gives_a_storable_mail(name: bytes, value: bytes, body: bytes) -> None:
    mail = read(HEAD + name + value.replace(b"\n", b" ") + b"\r\n\r\n" + body)
    assert_storable(mail)
    assert mail.kind is not Kind.UNREADABLE


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_mutated_mails_stay_storable(data: st.DataObject) -> None:
    raw = bytearray(data.draw(st.sampled_from(sorted(MAILS.glob("*.eml")))).read_bytes()[:20_000])
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=6))
    assert_storable(read(bytes(raw)))


@pytest.mark.parametrize(
    "raw", [b"", b"\x00", b"\r\n\r\n", b"no header here", b"\xff\xfe" * 500, b"X-Only: unknown\r\n\r\nx"]
)
def test_what_is_no_mail_is_unreadable(raw: bytes) -> None:
    mail = read(raw)
    assert mail.kind is Kind.UNREADABLE
    assert mail.identity == hashlib.sha256(raw).hexdigest()


@pytest.mark.parametrize(
    ("raw", "fresh"),
    [
        (compose(b""), ""),
        (compose(b"", Content_Type="multipart/mixed"), ""),
        (compose("同意", Content_Type="multipart/mixed"), "同意"),
        (compose("同意", Content_Type="junk"), "同意"),
        (compose("同意", Content_Type='text/plain; charset*=%;charset="x'), "同意"),
        (compose("同意", Content_Type="text/plain; charset*0*='"), "同意"),
        (compose("同意".encode("gbk"), Content_Type="text/plain; charset=utf-8"), "同意"),
        (compose(base64.b64encode("同意".encode()) + b"!!", Content_Transfer_Encoding="base64"), "同意"),
        (compose(multipart(TEXT).replace(b"--=_b--\r\n", b""), Content_Type=MIXED), "同意"),
        (
            compose(
                multipart(TEXT, ("Content-Type: application/pkcs7-signature", "x")),
                Content_Type='multipart/signed; boundary="=_b"',
            ),
            "同意",
        ),
        (
            compose(
                multipart(("Content-Type: text/html; charset=gbk", "<p>同意</p>".encode("gbk"))), Content_Type=MIXED
            ),
            "同意",
        ),
        (compose("<html><body><p>同意</p><blockquote>旧</blockquote></body></html>"), "同意"),
        (
            compose(
                multipart(
                    ("Content-Type: text/plain", "您的邮件客户端不支持HTML格式"),
                    ("Content-Type: text/html; charset=utf-8", "<p>同意</p>"),
                ),
                Content_Type=ALTERNATIVE,
            ),
            "同意",
        ),
        (
            compose(
                multipart(("Content-Type: text/plain", " "), ("Content-Type: text/html; charset=utf-8", "<p>同意</p>")),
                Content_Type=ALTERNATIVE,
            ),
            "同意",
        ),
        (
            compose(
                multipart(
                    ("Content-Type: text/html; charset=utf-8", "<p>同意</p>"),
                    ("Content-Type: text/plain; charset=utf-8", "本邮件含保密信息，仅限收件人"),
                ),
                Content_Type=MIXED,
            ),
            "同意",
        ),
        (compose("同 \n意\n> 旧 \n> 文", Content_Type="text/plain; charset=utf-8; format=flowed; delsp=yes"), "同意"),
        (compose("同意\n王总"), "同意"),
        (b">From wang Thu Sep 24\n\r\n" + compose("同意"), "同意"),
        (b"\xef\xbb\xbf" + compose("同意"), "同意"),
        (b"MIME-Version: 1.0\r\n\r\n" + "同意".encode(), "同意"),
        (compose("同意", Content_Transfer_Encoding="base64"), "同意"),
    ],
)
def test_broken_and_odd_mails_are_read_as_far_as_they_go(raw: bytes, fresh: str) -> None:
    assert read(raw).fresh_text == fresh


def test_the_text_of_an_attached_mail_is_not_the_persons() -> None:
    inner = "From: boss@corp.example\r\nSubject: =?utf-8?B?5ZCM5oSP?=\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n同意，派张三"
    mail = read(
        compose(
            multipart(("Content-Type: text/plain; charset=utf-8", "请看附件"), ("Content-Type: message/rfc822", inner)),
            Content_Type=MIXED,
        )
    )
    assert mail.fresh_text == mail.full_text == "请看附件"
    assert [attachment.name for attachment in mail.attachments] == ["同意.eml"]
    assert "派张三".encode() in mail.attachments[0].content


def test_attachments_are_named_hashed_and_told_from_inline_pictures() -> None:
    png, scan = b"\x89PNG", b"%PDF"
    parts = multipart(
        ("Content-Type: text/html; charset=utf-8", '<p>已完成</p><img src="cid:logo@x">'),
        ("Content-Type: image/png; name=logo.png\r\nContent-ID: <logo@x>\r\nContent-Disposition: inline", png),
        (
            "Content-Type: application/pdf\r\nContent-Disposition: attachment; filename*=GBK''%B7%FE%CE%F1%B5%A5.pdf",
            scan,
        ),
        ("Content-Type: image/jpeg; name=IMG_1.jpg\r\nContent-Disposition: inline", b"\xff\xd8"),
        ("Content-Type: application/ms-tnef; name=winmail.dat", b"x"),
    )
    mail = read(compose(parts, Content_Type='multipart/related; boundary="=_b"'))
    assert [(a.name, a.inline) for a in mail.attachments] == [
        ("logo.png", True),
        ("服务单.pdf", False),
        ("IMG_1.jpg", False),
        ("winmail.dat", False),
    ]
    assert mail.attachments[1].sha256 == hashlib.sha256(scan).hexdigest()
    assert any("winmail.dat" in line for line in mail.lines)


def test_smime_is_kept_and_said() -> None:
    mail = read(
        compose(b"MIAG", Content_Type="application/pkcs7-mime; name=smime.p7m", Content_Transfer_Encoding="base64")
    )
    assert (mail.fresh_text, mail.attachments[0].name) == ("", "smime.p7m")
    assert any("S/MIME" in line for line in mail.lines)


def nested(levels: int) -> bytes:
    raw = HEAD
    for level in range(levels):
        raw += b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level)
    return raw + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + "同意".encode() + b"\r\n"


@pytest.mark.parametrize("levels", [30, 90, 300, 1_000])
def test_deep_nesting_is_read(levels: int) -> None:
    mail = read(nested(levels))
    assert (mail.kind, mail.fresh_text) == (Kind.HUMAN, "同意")


def test_deeply_attached_mails_are_survived() -> None:
    raw = HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 1_000 + b"Subject: x\r\n\r\nold"
    assert read(raw).fresh_text == ""


def test_too_many_parts_are_capped_and_said() -> None:
    mail = read(compose(multipart(TEXT, *[("Content-Type: application/pdf", "x")] * 2_000), Content_Type=MIXED))
    assert len(mail.attachments) < MAX_PARTS
    assert any("parts" in line for line in mail.lines)


def test_five_thousand_recipients() -> None:
    begun = time.perf_counter()
    mail = read(compose(To=", ".join(f"=?gbk?B?1cXI/Q==?= <u{n}@c.example>" for n in range(5_000))))
    assert (len(mail.to), mail.to[0]) == (5_000, Address("u0@c.example", "张三"))
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    "body", ["\n" * 50_000, "发件人: a\n" * 5_000, "=" * 100_000, "在 2026-01-01 写道：\n" * 20_000]
)
def test_hostile_bodies_take_linear_time(body: str) -> None:
    begun = time.perf_counter()
    read(compose(body))
    assert time.perf_counter() - begun < 5


def test_a_missing_message_id_is_made_from_the_content() -> None:
    first, again, other = (
        read(compose(Message_ID="")),
        read(compose(Message_ID="")),
        read(compose("不同意", Message_ID="")),
    )
    assert first.message_id == again.message_id != other.message_id
    assert any("Message-ID" in line for line in first.lines)


def test_identity_ignores_the_way_a_mail_came() -> None:
    raw = compose("同意\r\n第二行")
    by_another_way = b"Received: from x by y; z\r\n" + raw.replace(b"\r\n", b"\n") + b"\n"
    assert read(raw).identity == read(by_another_way).identity
    assert read(raw).identity != read(compose("同意\r\n第三行")).identity


def test_several_from_lines_leave_no_sender() -> None:
    mail = read(compose(From=["Boss <boss@corp.example>", "evil@x.example"]))
    assert mail.sender.email == ""
    assert any("ambiguous" in line for line in mail.lines)


def test_proof_needs_the_configured_host() -> None:
    raw = compose(Authentication_Results=f"{AUTHSERV}; dmarc=pass header.from=corp.example")
    assert read(raw).proof.verdict is Proof.NONE
    assert parse_mail(raw, received_at=RECEIVED_AT, authserv_id=AUTHSERV).proof.verdict is Proof.PASS


SEEN = (SecretSeen("ZC2026-0001", "K7Q2AAXMABCDEFGH"),)


@pytest.mark.parametrize(
    ("raw", "secrets", "leaked"),
    [
        (compose(f"同意\n[{SECRET}]"), SEEN, ()),
        (compose(f"同意\n-- \n{SECRET}"), SEEN, ()),
        (compose(f"请看\n\n> {SECRET}"), (), SEEN),
        (compose(f"请看\n----------原始邮件----------\n{SECRET}"), (), SEEN),
        (compose(f"同意 {SECRET}\n\n> {SECRET}"), SEEN, ()),
        (compose(f"同意 {SECRET}X"), (), ()),
        (
            compose(
                f'<p>好</p><a href="mailto:b@c.example?body={SECRET.replace("#", "%23")}">同意</a>',
                Content_Type="text/html; charset=utf-8",
            ),
            (),
            SEEN,
        ),
        (
            compose(
                multipart(
                    TEXT,
                    (
                        "Content-Type: text/html; charset=utf-8",
                        f'<p>同意</p><a href="mailto:b?body={SECRET.replace("#", "%23")}">x</a>',
                    ),
                ),
                Content_Type=ALTERNATIVE,
            ),
            (),
            SEEN,
        ),
        (compose("同意", Subject=f"Re: {SECRET}"), (), SEEN),
    ],
)
def test_secrets_count_in_fresh_text_and_leak_elsewhere(
    raw: bytes, secrets: tuple[SecretSeen, ...], leaked: tuple[SecretSeen, ...]
) -> None:
    mail = read(raw)
    assert (mail.secrets, mail.leaked_secrets) == (secrets, leaked)


def test_tokens_come_from_subject_and_text_each_once() -> None:
    mail = read(compose("见 ZC2026-0002\n\n> ZC2026-0003 ZC2026-0001 XZC2026-0009", Subject="Re: [ZC2026-0001] x"))
    assert mail.tokens == ("ZC2026-0001", "ZC2026-0002", "ZC2026-0003")


def test_a_part_that_breaks_costs_that_part_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("bot.parse.mail.read_subject", broken)
    monkeypatch.setattr("bot.parse.mail.find_thread_ids", broken)
    mail = read(compose("同意"))
    assert (mail.kind, mail.fresh_text, mail.subject.raw[:2], mail.thread_ids) == (Kind.HUMAN, "同意", "回复", ())
    assert {line for line in mail.lines if "RuntimeError" in line}


def test_the_whole_value_can_be_written_down() -> None:
    for path in sorted(MAILS.glob("*.eml")):
        json.dumps([*strings(asdict(read_file(path)))], ensure_ascii=False).encode("utf-8")
