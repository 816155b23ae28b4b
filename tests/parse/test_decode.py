"""Headers and parts as Chinese clients really encode them, and as nobody should (mail-in-china.md C6)."""

import base64
import quopri
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.parse.charsets import decode_text
from bot.parse.decode import decode_base64, decode_header, decode_transfer, parse_parameters
from bot.parse.headers import Headers, find_message_id, find_sender, find_thread_ids, parse_addresses, parse_date
from bot.parse.names import MAX_NAME_BYTES, clean_name
from bot.rules.mail import Address


def word(text: str, charset: str = "utf-8", label: str | None = None, encoding: str = "B") -> str:
    """An encoded word (RFC 2047) as a client writes it; `label` may lie about the charset."""
    return raw_word(text.encode(charset), charset if label is None else label, encoding)


def raw_word(data: bytes, label: str, encoding: str = "B") -> str:
    text = base64.b64encode(data) if encoding == "B" else quopri.encodestring(data, header=True)
    return f"=?{label}?{encoding}?{text.decode()}?="


def eight_bit(text: str, charset: str) -> str:
    """Bare 8-bit text as the compat32 parser hands it over."""
    return text.encode(charset).decode("ascii", "surrogateescape")


UTF8 = "技术支持申请".encode()
B64 = base64.b64encode(UTF8).decode()

HEADERS = {
    "plain": ("Re: hello", "Re: hello"),
    "one word": (word("技术支持"), "技术支持"),
    "folded": (f"{word('技术')}\r\n {word('支持')}", "技术支持"),
    "split inside a character": (f"{raw_word(UTF8[:4], 'utf-8')} {raw_word(UTF8[4:], 'UTF-8')}", "技术支持申请"),
    "split inside a GBK character": (
        f"{raw_word('同意'.encode('gbk')[:3], 'gbk')} {raw_word('同意'.encode('gbk')[3:], 'GB2312')}",
        "同意",
    ),
    "base64 itself split": (f"=?utf-8?B?{B64[:6]}?= =?utf-8?B?{B64[6:]}?=", "技术支持申请"),
    "quoted-printable": (word("技术 支持", encoding="Q"), "技术 支持"),
    "without blanks between": (f"{word('技术')}{word('支持')}", "技术支持"),
    "glued to text": (f"Re:{word('技术')}--0919", "Re:技术--0919"),
    "in quotes": (f'"{word("张三", "gbk")}"', '"张三"'),
    "line end inside": (
        word("NAND\r\n flash【请注意，邮件由a@b.example代发】"),
        "NAND flash【请注意，邮件由a@b.example代发】",
    ),
    "line end inside the encoded text": (f"=?utf-8?B?{B64[:8]}\r\n {B64[8:]}?=", "技术支持申请"),
    "blanks in Q text": ("=?utf-8?Q?a b=E5=90=8C?=", "a b同"),
    "question mark in Q text": ("=?utf-8?Q?really??=", "really?"),
    "gb2312 holding GB18030": (word("朱镕基㐀", "gb18030", "gb2312"), "朱镕基㐀"),
    "x-gbk": (word("同意", "gbk", "x-gbk"), "同意"),
    "gb18030 label in capitals": (word("同意", "gb18030", "GB18030"), "同意"),
    "big5": (word("同意申請", "big5", "big5"), "同意申請"),
    "hz": (raw_word("同意".encode("hz"), "hz-gb-2312"), "同意"),
    "language tag": (word("同意", label="utf-8*zh-cn"), "同意"),
    "empty label, UTF-8": (word("同意", label=""), "同意"),
    "empty label, GBK": (word("同意", "gbk", ""), "同意"),
    "unknown label": (word("同意", "gbk", "x-unknown"), "同意"),
    "junk label": (word("同意", label="utf8mb4_general-ci"), "同意"),
    "label that is no charset": (word("同意", label="rot13"), "同意"),
    "UTF-8 called gb2312": (word("请总监批示同意", label="gb2312"), "请总监批示同意"),
    "GBK called utf-8": (word("请总监批示", "gbk", "utf-8"), "请总监批示"),
    "GBK called iso-8859-1": (word("请总监批示", "gbk", "iso-8859-1"), "请总监批示"),
    "real iso-8859-1": (word("Müller", "iso-8859-1"), "Müller"),
    "empty word": ("=?UTF-8?B??= x", "x"),
    "not a word": ("=?utf-8?X?abc?= =?broken", "=?utf-8?X?abc?= =?broken"),
    "bare UTF-8": (eight_bit("回复：同意", "utf-8"), "回复：同意"),
    "bare GBK": (eight_bit("回复：同意，派张三", "gbk"), "回复：同意，派张三"),
    "bare 8-bit next to a word": (eight_bit("回复：", "gbk") + word("同意"), "回复：同意"),
    "NUL": ("a\x00b" + raw_word(b"c\x00d", "utf-8"), "abcd"),
    "utf-7 with a lone surrogate": (raw_word(b"a+2AA-b", "utf-7"), "ab"),
    "broken base64": ("=?utf-8?B?5ZCM5oS*?=", "同"),
    "padding missing": (f"=?utf-8?B?{base64.b64encode('同意吗x'.encode()).decode().rstrip('=')}?=", "同意吗x"),
}


@pytest.mark.parametrize("name", HEADERS)
def test_header_values_read_as_meant(name: str) -> None:
    value, wanted = HEADERS[name]
    text = decode_header(value)
    if name == "broken base64":
        assert text.startswith(wanted)
    else:
        assert text == wanted


@pytest.mark.parametrize(
    ("text", "charset", "label"),
    [
        ("同意，请安排张三", charset, label)
        for charset in ("utf-8", "gb18030")
        for label in (
            "utf-8",
            "gb2312",
            "gbk",
            "",
            "us-ascii",
            "iso-8859-1",
            "nonsense",
            "\x00",
            "utf-8\x00",
            "x" * 5000,
        )
    ]
    + [("同意，請安排張三", "big5hkscs", label) for label in ("big5", "BIG5-HKSCS", "cp950")]
    + [("同意", "utf-16", "utf-16"), ("同意", "iso2022_jp_2", "iso-2022-jp-2"), ("ok", "ascii", "hz-gb-2312")],
)
def test_body_text_reads_whatever_the_label(text: str, charset: str, label: str) -> None:
    assert decode_text(text.encode(charset), label) == text


@pytest.mark.parametrize("label", ["utf-8", "gbk", "", "us-ascii", "utf-16"])
def test_utf16_is_known_by_its_mark_and_survives_a_torn_end(label: str) -> None:
    assert decode_text("同意".encode("utf-16") + b"\x0c", label) == "同意"


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "big5hkscs"])
@given(text=st.text(st.characters(codec="big5", min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=4))
def test_no_replacement_character_where_the_bytes_decode(codec: str, text: str) -> None:
    for label in ("", "utf-8", "gbk", "big5", "latin1"):
        assert "\ufffd" not in decode_text(text.encode(codec), label)


@given(st.binary(), st.text(max_size=20))
def test_any_bytes_under_any_label_give_storable_text(data: bytes, label: str) -> None:
    text = decode_text(data, label)
    assert "\x00" not in text
    assert text.encode("utf-8").decode("utf-8") == text


def test_one_broken_byte_does_not_spoil_a_utf8_text() -> None:
    data = "技术总监已经同意这次支持申请".encode()
    assert decode_text(data[:9] + b"\xff" + data[9:], "utf-8") == "技术总监已经同意这次支持申请"


@example("\ud800\udc41\udce9\udfff同意")
@given(st.text(st.characters(min_codepoint=0, max_codepoint=0x10FFFF), max_size=300))
def test_any_header_gives_one_storable_line(value: str) -> None:
    text = decode_header(value)
    text.encode("utf-8")
    assert not set(text) & {"\x00", "\n", "\r"}


PARAMETERS = [
    ("text/plain; caf\udcc3\udca9=x; charset=gbk", ("text/plain", {"charset": "gbk"})),  # no such name in RFC 2045
    ("text/plain", ("text/plain", {})),
    ('TEXT/Plain; Charset="GBK"', ("text/plain", {"charset": "GBK"})),
    ("attachment; filename*=GBK''%CD%AC%D2%E2.doc; filename=x.doc", ("attachment", {"filename": "同意.doc"})),
    (
        "attachment; filename*0*=utf-8''%E5%90; filename*1*=%8C%E6%84%8F; filename*2=\".pdf\"",
        ("attachment", {"filename": "同意.pdf"}),
    ),
    ("attachment; filename*2=c; filename*0=a; filename*1=b", ("attachment", {"filename": "abc"})),
    (f'attachment; filename="{word("服务单.pdf", "gbk")}"', ("attachment", {"filename": "服务单.pdf"})),
    (f"attachment; filename={word('服务单.pdf')}", ("attachment", {"filename": "服务单.pdf"})),
    ("attachment; filename=" + eight_bit("服务单.pdf", "gbk"), ("attachment", {"filename": "服务单.pdf"})),
    ("attachment; filename*=junk''%E5%90%8C", ("attachment", {"filename": "同"})),
    ("attachment; filename*=%E5%90%8C", ("attachment", {"filename": "同"})),
    ("attachment; filename*=utf-8''", ("attachment", {})),
    ("attachment; filename*x=1; filename*999999=2", ("attachment", {})),
    ('attachment; filename="a;b.doc"; size=5', ("attachment", {"filename": "a;b.doc", "size": "5"})),
    ('attachment; filename="never closed', ("attachment", {"filename": "never closed"})),
    ("", ("", {})),
    (";;;=", ("", {})),
]


@pytest.mark.parametrize(("value", "wanted"), PARAMETERS)
def test_parameters(value: str, wanted: tuple[str, dict[str, str]]) -> None:
    assert parse_parameters(value) == wanted


@pytest.mark.parametrize(
    ("data", "encoding", "wanted"),
    [
        (b"5ZCM5oSP", "base64", "同意".encode()),
        (b"5ZCM\r\n5oSP", " BASE64 (sic)", "同意".encode()),
        (b"5ZCM5oSPx", "base64", "同意".encode()),
        (b"5ZCM!!5oSP", "base64", "同意".encode()),
        (b"=E5=90=8C=\r\n=E6=84=8F", "quoted-printable", "同意".encode()),
        (b"=ZZ=E5", "quoted-printable", b"=ZZ\xe5"),
        (b"a=  \r\nb= c", "quoted-printable", b"ab= c"),
        (b"begin 644 x\r\n#86)C\r\nend\r\n", "x-uuencode", b"abc"),
        ("同意，李明去。".encode(), "base64", "同意，李明去。".encode()),
        (b"OK, agreed. Li goes.", "base64", b"OK, agreed. Li goes."),
        (b"understandably straightforward", "base64", b"understandably straightforward"),
        (b"5ZCM5oSP\r\n\r\n-- a footer of the list\r\n", "base64", "同意\n\r\n-- a footer of the list\r\n".encode()),
        (b"as it is", "8bit", b"as it is"),
        (b"as it is", "x-nonsense", b"as it is"),
    ],
)
def test_transfer_encodings(data: bytes, encoding: str, wanted: bytes) -> None:
    assert decode_transfer(data, encoding) == wanted


@given(st.binary())
def test_base64_never_raises(data: bytes) -> None:
    decode_base64(data)


ADDRESSES = {
    "bare": ("Boss@Corp.Example", [("boss@corp.example", "")]),
    "named": ("张三 <z@c.example>", [("z@c.example", "张三")]),
    "encoded": (f"{word('张三', 'gbk')} <z@c.example>", [("z@c.example", "张三")]),
    "encoded in quotes": (f'"{word("张三")}" <z@c.example>', [("z@c.example", "张三")]),
    "empty encoded name": ("=?UTF-8?B??= <z@c.example>", [("z@c.example", "")]),
    "QQ": ('"李四"<lisi@c.example>;"王五"<w@c.example>;', [("lisi@c.example", "李四"), ("w@c.example", "王五")]),
    "address in the display name": ('"boss@corp.example" <evil@x.example>', [("evil@x.example", "boss@corp.example")]),
    "bare address as the name": ("boss@corp.example <evil@x.example>", [("evil@x.example", "boss@corp.example")]),
    "angle in the quoted name": (
        '"A <boss@corp.example>" <evil@x.example>',
        [("evil@x.example", "A <boss@corp.example>")],
    ),
    "comma in a bare name": ("Zhang, San <z@c.example>", [("z@c.example", "Zhang,San")]),
    "comma in an encoded name": ("=?utf-8?Q?Li,_Si?= <l@c.example>", [("l@c.example", "Li, Si")]),
    "group": ("同事: a@c.example, B <b@c.example>;", [("a@c.example", ""), ("b@c.example", "B")]),
    "undisclosed": ("undisclosed-recipients:;", []),
    "comment": ("z@c.example (Zhang San)", [("z@c.example", "")]),
    "mailto": ("<mailto:z@c.example>", [("z@c.example", "")]),
    "empty": ("<>", []),
    "two in one": ("x <a@c.example> <b@c.example>", [("a@c.example", "x"), ("b@c.example", "")]),
    "quote never closed": ('"Zhang <z@c.example>', [("z@c.example", "Zhang")]),
    "address hidden in an encoded word": (word("老板 <boss@corp.example>"), []),
    "encoded word inside the angle": ("<=?utf-8?Q?boss=40corp.example?=>", []),
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_addresses(name: str) -> None:
    value, wanted = ADDRESSES[name]
    assert [
        (a.email, a.name.replace(", ", ",") if "bare name" in name else a.name) for a in parse_addresses(value)
    ] == wanted


@pytest.mark.parametrize(
    ("lines", "email"),
    [
        (["Boss <Boss@corp.example>"], "boss@corp.example"),
        ([], ""),
        (["a@c.example", "a@c.example"], ""),
        (["boss@corp.example, evil@x.example"], ""),
        (["boss@corp.example <evil@x.example> <boss@corp.example>"], ""),
        (["老板"], ""),
    ],
)
def test_the_sender_is_one_address_or_nobody(lines: list[str], email: str) -> None:
    sender, problem = find_sender(Headers([("From", line) for line in lines]))
    assert sender.email == email
    assert bool(problem) == (not email)


def test_five_thousand_recipients_cost_little() -> None:
    value = ", ".join(f'"{word("张三", "gbk")}" <u{n}@c.example>' for n in range(5_000))
    begun = time.perf_counter()
    found = parse_addresses(value)
    assert (len(found), found[-1]) == (5_000, Address("u4999@c.example", "张三"))
    assert time.perf_counter() - begun < 3


HOSTILE = ["=?a?q?", '"', "(", "<", "=?", "a,", '\\"', "=?a?b?", '"\\', ";a=", ';a="\\', "a*0*=%;", ":", "@", " "]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_headers_take_linear_time(piece: str) -> None:
    value = piece * 100_000
    begun = time.perf_counter()
    decode_header(value)
    parse_addresses(value)
    parse_parameters("a;" + value)
    find_thread_ids(Headers([("References", value)]))
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    ("reply_to", "references", "wanted"),
    [
        ("<a@x>", "<1@x> <2@x>\r\n <a@x>", ("a@x", "2@x", "1@x")),
        ("", "<1@x>, \r\n <2@x>", ("2@x", "1@x")),
        ("", "<1@x>,<2@x>", ("2@x", "1@x")),
        ("Message of today <a@x>", "", ("a@x",)),
        ("a@x", "", ("a@x",)),
        ("<88E2581B1D024E9A+2026.1@x>", "", ("88E2581B1D024E9A+2026.1@x", "2026.1@x")),
        ("< a@\r\n x>", "", ("a@x",)),
        ("", "", ()),
    ],
)
def test_thread_ids(reply_to: str, references: str, wanted: tuple[str, ...]) -> None:
    lines = [("In-Reply-To", reply_to), ("References", references)]
    assert find_thread_ids(Headers([line for line in lines if line[1]])) == wanted


def test_thread_ids_are_capped_and_the_newest_are_kept() -> None:
    ids = find_thread_ids(Headers([("References", " ".join(f"<{n}@x>" for n in range(5_000)))]))
    assert (len(ids), ids[0]) == (100, "4999@x")


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        (["<a@x>"], ("a@x", False)),
        ([], ("", True)),
        ([""], ("", True)),
        (["", "<b@x>"], ("b@x", False)),
        (["<a@x>", "<a@x>"], ("a@x", False)),
        (["<a@x>", "<b@x>"], ("a@x", True)),
        (["no-brackets"], ("no-brackets", False)),
    ],
)
def test_message_ids(values: list[str], wanted: tuple[str, bool]) -> None:
    found, problem = find_message_id(Headers([("Message-ID", value) for value in values]))
    assert (found, bool(problem)) == wanted


SHANGHAI = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("Mon, 21 Sep 2026 10:00:00 +0800", datetime(2026, 9, 21, 10, tzinfo=SHANGHAI)),
        ("21 Sep 2026 10:00:00 +0000 (UTC)", datetime(2026, 9, 21, 10, tzinfo=UTC)),
        ("Mon, 21 Sep 2026 10:00:00", datetime(2026, 9, 21, 10, tzinfo=SHANGHAI)),
        ("Mon, 21 Sep 101 10:00:00 +0800", None),
        ("Mon, 21 Sep 3609 10:00:00 +0800", None),
        ("Mon, 31 Feb 2026 10:00:00 +0800", None),
        ("Mon, 21 Sep 2026 99:99:99 +0800", None),
        ("Mon, 21 Sep 2026 10:00:00 +9900", None),
        ("2026年9月21日 星期一 上午10:00", None),
        ("", None),
        ("x" * 100_000, None),
    ],
)
def test_dates_are_aware_or_none(value: str, wanted: datetime | None) -> None:
    assert parse_date(value, SHANGHAI) == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("服务单.pdf", "服务单.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\服务单.doc", "服务单.doc"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\x00b.doc", "ab.doc"),
        ("a\r\nb.doc", "ab.doc"),
        (".htaccess", "htaccess"),
        ("..", "attachment-3.pdf"),
        ("", "attachment-3.pdf"),
        ('a<b>:"|?*.doc', "a_b______.doc"),
        ("CON.txt", "_CON.txt"),
        ("a/", "a"),
        ("\u200b\ufeff", "attachment-3.pdf"),
    ],
)
def test_file_names_are_harmless(name: str, wanted: str) -> None:
    assert clean_name(name, "application/pdf", 3) == wanted


def test_long_file_names_keep_their_extension() -> None:
    name = clean_name("很长" * 250 + ".docx", "application/pdf", 1)
    assert len(name.encode()) <= MAX_NAME_BYTES
    assert name.endswith(".docx")


@given(st.text(max_size=600))
def test_any_file_name_is_harmless(name: str) -> None:
    clean = clean_name(name, "text/plain", 1)
    assert clean
    assert not set(clean) & set('/\\\x00\n\r<>:"|?*')
    assert clean not in {".", ".."}
    assert len(clean.encode("utf-8")) <= MAX_NAME_BYTES


def test_uuencoded_lines_that_claim_more_than_they_hold_cannot_fill_the_memory() -> None:
    data = b"begin 644 x\n" + b"]\n" * 10_000  # 45 bytes claimed by each line
    assert len(decode_transfer(data, "x-uuencode")) <= len(data)
