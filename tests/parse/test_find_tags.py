"""Tables of patterns tried by first character find what one alternation of all their rows finds."""

import re
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parse import phrases
from bot.parse.clean_reply import read_sentences
from bot.parse.find_tags import _Scanner, _scanner, _wholes
from bot.parse.first_chars import first_chars, lead, needed_chars
from bot.parse.phrases import Tag
from bot.parse.score import read_reply_rows
from bot.rules.words import ReplyStage

ROWS, _ = read_reply_rows((Path(__file__).parent / "replies.tsv").read_text(encoding="utf-8"))
CLAUSES = [clause for row in islice(ROWS, 0, None, 7) for said in read_sentences(row.text) for clause in said.clauses][
    :1500
]
PATTERNS = ("(?:a|bc+)d", "[^,]{0,3}后(?=x)", "(?<!n)e?f", r"\d{2,}|月底", "(?>g*)(?!h).i", "x?")


@pytest.mark.parametrize(
    ("pattern", "first", "needed"),
    [
        ("(?:a|bc+)d", "ab", "d"),
        ("(?<!n)e?f", "ef", "f"),
        ("[^,]{0,3}后(?=x)", None, "后"),
        ("[a-c]+x{0,2}", "abc", "abc"),
        ("^(?:今|明)天", "今明", "天"),
        ("x?", None, None),
        (".", None, None),
        ("(?i:a)", None, None),
        ("(?i)a", None, None),
        (r"(a)\1", "a", "a"),
        ("a|[^b]", None, None),
    ],
)
def test_what_a_pattern_begins_with_and_needs(pattern: str, first: str | None, needed: str | None) -> None:
    assert first_chars(pattern) == (None if first is None else set(first))
    assert needed_chars(pattern) == (None if needed is None else set(needed))


@given(st.sampled_from(PATTERNS), st.text("abcdefghinx后,1２月底", max_size=12))
def test_every_match_begins_so_and_holds_what_is_needed(pattern: str, text: str) -> None:
    first, needed = first_chars(pattern), needed_chars(pattern)
    for match in re.finditer(pattern, text):
        assert first is None or match[0][0] in first
        assert needed is None or needed & set(match[0])


@given(st.sampled_from(PATTERNS), st.text("abcdefghinx后,1２月底", max_size=12))
def test_with_what_it_begins_with_in_front_a_pattern_matches_the_same(pattern: str, text: str) -> None:
    assert [m.span() for m in re.finditer(lead(pattern), text)] == [m.span() for m in re.finditer(pattern, text)]


@given(st.permutations(PATTERNS[:-1]), st.text("abcdefghinx后,1２月底", max_size=30))
def test_the_first_row_in_order_wins_at_the_leftmost_place(patterns: list[str], text: str) -> None:
    tags = list(Tag)[: len(patterns)]
    found = [(tag, match.span()) for tag, match in _Scanner(tuple(zip(tags, patterns, strict=True))).finditer(text)]
    whole = re.compile("|".join(f"({pattern})" for pattern in patterns))
    assert found == [(tags[(m.lastindex or 1) - 1], m.span()) for m in whole.finditer(text)]


@pytest.mark.parametrize("stage", ReplyStage)
def test_R10_the_tables_find_the_same_as_their_rows_in_one_alternation(stage: ReplyStage) -> None:
    rows = phrases.REPORTS + phrases.BROUGHT + phrases.BACKGROUND + phrases.DEFERRALS
    rows += phrases.STAGE_INSIDE.get(stage, ()) + phrases.ENGLISH + phrases.INSIDE
    whole = re.compile("|".join(f"({row})" for _, row in rows))
    for clause in CLAUSES:
        found = [(tag, match.span()) for tag, match in _scanner(stage, True, True).finditer(clause)]
        assert found == [(rows[(m.lastindex or 1) - 1][0], m.span()) for m in whole.finditer(clause)]


@pytest.mark.parametrize("stage", ReplyStage)
def test_R10_a_whole_clause_meets_every_row_that_could_match_it(stage: ReplyStage) -> None:
    rows = [(tag, re.compile(row)) for tag, row in phrases.STAGE_WHOLE.get(stage, ()) + phrases.WHOLE]
    for clause in CLAUSES:
        fitting = [row for row in _wholes(stage, clause[0]) if row.needed is None or not row.needed.isdisjoint(clause)]
        told = [tag for tag, pattern, _ in fitting if pattern.fullmatch(clause)]
        assert told == [tag for tag, row in rows if row.fullmatch(clause)]
