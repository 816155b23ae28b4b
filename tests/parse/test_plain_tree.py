"""The quick reader of MIME trees gives what the library gives, or nothing."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.mailbox import make_mailbox
from bot.parse.plain_tree import read_plain_tree
from tests.fuzz.invariants import assert_same_tree
from tests.parse.composing import compose, multipart

PARTS = (("Content-Type: text/plain", "内\r\n\r\n"), ("Content-Type: text/html", "<b>"))
# What mails are made of, and what makes them odd.
LINES = (
    *(b"Content-Type: text/plain", b"Content-Type: message/rfc822", b"Subject:", b"Subject:  ", b" folded"),
    *(
        b"\tfolded;  ",
        b" ",
        b"From x@y Mon Sep 17",
        b"no field",
        b": no name",
        b"A : b",
        b"A:\xd6\xd0",
        b"A:\x0bb",
        b"",
    ),
    *(b'Content-Type: multipart/mixed; boundary="x"', b"Content-Type: multipart/mixed; boundary=xy ; a=b"),
    *(
        b'Content-Type: Multipart/Related; type="a/b";',
        b' boundary="x y"',
        b"Content-Type: multipart/digest; boundary=x",
    ),
    *(
        b"Content-Type: multipart/mixed",
        b"Content-Type: multipart/mixed; boundary*=x",
        b"Content-Type: \x0cmultipart/x",
    ),
    *(b"Content-Type: multipart/mixed; boundary=<x>", b'Content-Type: multipart/mixed; boundary="x\\"y"; boundary=x'),
    *(
        b"--x",
        b"--x ",
        b"--x--",
        b"--x--\t",
        b"--xy",
        b"--x-",
        b" --x",
        b"--x y",
        b"--xy--",
        b"--x--x",
        b"text",
        b"\xff",
    ),
)


def test_ordinary_mails_are_read_without_the_library() -> None:
    mails = [mail.raw for mail in make_mailbox(200, seed=7)]
    assert all(assert_same_tree(raw) for raw in mails)
    assert all(assert_same_tree(raw.replace(b"\n", b"\r\n")) for raw in mails)


def test_nested_parts_are_told_apart_though_one_boundary_begins_like_the_other() -> None:
    body = multipart(
        ('Content-Type: multipart/alternative; boundary="in"', multipart(*PARTS, boundary="in")),
        ("Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64", "aGE=\r\n"),
        boundary="i",
    )
    raw = compose(b"preamble\r\n" + body + b"epilogue\r\n", Content_Type='multipart/mixed;\r\n\tboundary="i"')
    tree = read_plain_tree(raw)
    assert assert_same_tree(raw)
    assert tree is not None
    assert [part.get_content_type() for part in tree.walk()] == [
        *("multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf"),
    ]


def test_what_is_not_plain_is_left_to_the_library() -> None:
    for raw in (
        b"",
        b"no header at all",
        b"A: b\rC: d\n\n",
        compose(Content_Type="message/rfc822"),
        compose(b"--x\r\nA: b\r\n\r\nnever closed\r\n", Content_Type="multipart/mixed; boundary=x"),
        compose(multipart(("A: b", "")) + b"", Content_Type="multipart/mixed; boundary*=utf-8''=_b"),
    ):
        assert read_plain_tree(raw) is None


@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from([b"\n", b"\n", b"\r\n", b"\r", b""])), max_size=25))
def test_any_lines_are_read_as_the_library_reads_them(lines: list[tuple[bytes, bytes]]) -> None:
    assert_same_tree(b"".join(line + end for line, end in lines))


@settings(max_examples=300)
@given(st.integers(0, 2**32), st.sampled_from([b"\n", b"\r\n"]))
def test_mails_with_lines_lost_doubled_and_strange_are_read_as_the_library_reads_them(seed: int, end: bytes) -> None:
    dice = random.Random(seed)
    body = multipart(('Content-Type: multipart/mixed; boundary="xy"', multipart(*PARTS, boundary="xy")), boundary="x")
    lines = compose(body, Content_Type="multipart/mixed; boundary=x").split(b"\r\n")
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(lines))
        lines[at : at + dice.randint(0, 1)] = [dice.choice(LINES) for _ in range(dice.randint(0, 2))]
    assert_same_tree(end.join(lines))
