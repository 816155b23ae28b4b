"""Words of a sentence beside a yes, by what they are (R10)."""

import pytest

from bot.parse.phrases import lexicon
from bot.parse.typed import compile_rows, type_words


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("客户付款后执行", "CT后G"),
        ("小陈出发前先和客户通个电话", "Ex先和CK"),
        ("减到两天", "减到#"),
        ("24号去", "@G"),
        ("还要请王总也批一下", "还M请B也Vx"),
        ("优先处理", "xD"),  # 优先 is no 先
        ("交换机", "x"),  # …and no 换
        ("客户王总点头", "CV"),  # a boss of theirs is the customer
        ("poc环境", "pocN"),  # no order (po) inside a word
        ("", ""),
    ],
)
def test_words_become_what_they_are(text: str, letters: str) -> None:
    assert type_words(text).letters == letters


@pytest.mark.parametrize("text", ["客户付款后执行,李工先去两天", "优先处理", "没有字,再说", ""])
def test_each_letter_knows_its_word(text: str) -> None:
    typed = type_words(text)
    assert len(typed.starts) == len(typed.letters) + 1
    words = [text[a:b] for a, b in zip(typed.starts, typed.starts[1:], strict=False)]
    assert "".join(words) == text
    assert all(len(word) == 1 for word, letter in zip(words, typed.letters, strict=True) if letter in "再先后的")


def test_what_is_cut_out_leaves_the_rest_in_place() -> None:
    left = type_words("客户付款后执行,李工先去两天").without(compile_rows(["T后", "#"]))
    assert (left.letters, left.text) == ("C〇G,E先G〇", "客户〇执行,李工先去〇")
    assert len(left.starts) == len(left.letters) + 1


def test_no_word_has_two_letters() -> None:
    words = [word for words in lexicon.WORDS.values() for word in words.split()]
    assert sorted(words) == sorted(set(words))
    assert not set(words) & set(lexicon.PLAIN.split())
