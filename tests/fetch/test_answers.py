"""The quick reader of FETCH answers gives what imapclient gives, or nothing."""

import random

import pytest
from imapclient.exceptions import ProtocolError
from imapclient.response_parser import parse_fetch_response

from bot.fetch.answers import read_plain_fetch

DATE = b'INTERNALDATE "17-Sep-2026 10:00:00 +0800"'
PIECES = [b"1", b" ", b"(", b")", b"UID 7", b"UID 8", b"RFC822.SIZE 12", DATE, DATE.replace(b"17", b" 7"), b"FLAGS ()"]
PIECES += [b'INTERNALDATE "31-Feb-2026 10:00:00 +0800"', b"INTERNALDATE NIL", b'"', b"\\", b"RFC822.SIZE NIL", b"uid 9"]


def read_by_library(lines: list[object]) -> object:
    try:
        return dict(parse_fetch_response(lines, normalise_times=False, uid_is_key=True))
    except ProtocolError as error:
        return error


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([b"1 (UID 7 RFC822.SIZE 12 " + DATE + b")", b"2 (UID 8 RFC822.SIZE 3 " + DATE + b")"], id="look"),
        pytest.param([b"1 (RFC822.SIZE 12 " + DATE + b" UID 7)"], id="in another order"),
        pytest.param([b'1 (UID 7 INTERNALDATE " 1-Jan-2026 00:00:00 -0330")'], id="one digit, west"),
        pytest.param([(b"1 (UID 7 BODY[] {3}", b"a\r\n"), b")"], id="mail"),
        pytest.param([(b"1 (BODY[] {3}", b"a)b"), b" UID 7)"], id="mail, its number behind"),
        pytest.param([b"1 (UID 7 RFC822.SIZE 1)", b"1 (UID 7 " + DATE + b")"], id="one mail in two answers"),
        pytest.param([(b"1 (UID 7 BODY[] {0}", b""), b")"], id="empty mail"),
    ],
)
def test_answers_as_nearly_all_servers_write_them_are_read_without_the_library(lines: list[object]) -> None:
    found = read_plain_fetch(lines)
    assert found is not None
    assert found == read_by_library(lines)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([None], id="no answer"),
        pytest.param([b"1 (FLAGS (\\Seen))"], id="flags, unasked"),
        pytest.param([b"1 (UID 7 RFC822.SIZE NIL)"], id="no size"),
        pytest.param([b"1 (RFC822.SIZE 12)"], id="no number"),
        pytest.param([b'1 (UID 7 INTERNALDATE "31-Feb-2026 10:00:00 +0800")'], id="no such day"),
        pytest.param([(b"1 (UID 7 BODY[] {4}", b"abc"), b")"], id="shorter than said"),
        pytest.param([(b"1 (UID 7 BODY[] {3}", b"abc"), b" UID 8)"], id="two numbers"),
        pytest.param([(b"1 (UID 7 BODY[] {3}", b"abc"), b" FLAGS ())"], id="more behind the mail"),
        pytest.param([(b"1 (UID 7 BODY[] {3}", b"abc")], id="cut off"),
    ],
)
def test_anything_else_is_left_to_the_library(lines: list[object]) -> None:
    assert read_plain_fetch(lines) is None


def test_what_both_read_is_the_same() -> None:
    dice, both = random.Random(3), 0
    for _ in range(20_000):
        lines: list[object] = []
        for _ in range(dice.choice((1, 1, 2))):
            line = b"1 (" + b" ".join(dice.choice(PIECES) for _ in range(dice.randrange(5))) + b")"
            cut = dice.randrange(len(line)) if dice.random() < 0.3 else len(line)  # something put in anywhere
            lines.append(line[:cut] + (dice.choice(PIECES) if cut < len(line) else b"") + line[cut:])
        if (found := read_plain_fetch(lines)) is not None:
            both += 1
            assert found == read_by_library(lines), lines
    assert both > 300
