"""A reply made ready for reading its meaning: one spelling for everything, then sentences and clauses."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from bot.parse import phrases

_CJK = r"\u3400-\u9fff\uf900-\ufaff"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Clauses in order; `asks`: it ends in a question mark; `corrects`: a correction (更正：) stands in front of it."""

    clauses: tuple[str, ...]
    asks: bool = False
    corrects: bool = False


class CleanReply:
    """A reply without quotes, simplified, half width, lower case; made ready once for both readers."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded = _PHONE.sub("\n", _cut_quote(_fold(text)))

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Without formulas, as sentences of clauses."""
        clean = _SPEAKER.sub(r"\1说", self._folded) if ":" in self._folded else self._folded
        clean = _read_words(_EMOJI_RUN.sub(r",\1,", _read_emoticons(clean)))
        clean = _FORMULAS.sub("", clean)
        return [s for part, corrects in _split_corrections(clean) for s in _split_sentences(part, corrects)]

    @cached_property
    def whole(self) -> str:
        """In one spelling, for reading by precedent."""
        return _read_words(_read_emoticons(self._folded))


def read_sentences(text: str) -> list[Sentence]:
    """The sentences of `text`, as `CleanReply` reads them."""
    return CleanReply(text).sentences


def fold_reply(text: str) -> str:
    """`text` in one spelling, as `CleanReply` reads it."""
    return CleanReply(text).whole


def _read_emoticons(text: str) -> str:
    return _EMOTICON.sub(lambda m: _EMOJI.get(m.group(1), ""), text) if "[" in text else text


def _read_words(text: str) -> str:
    return _join_blanks(_read_pinyin(_hide_quoted_words(_fill_form(text))))


_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff\ud800-\udfff]"  # variation selectors, skin tones, lone surrogates
)


_WIDE_BLANK = re.compile("[ \t\u3000]{2,}")
_BLANK_LINES = re.compile(r"\n[ \t\n]*\n")


def _fold(text: str) -> str:
    """Full width, ligatures, case, accents of pinyin, traditional characters: all to one spelling."""
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).lower()
    text = text.replace("’", "'").replace("‘", "'").replace("\r\n", "\n").replace("\r", "\n")
    text = _WIDE_BLANK.sub("  ", _BLANK_LINES.sub("\n\n", text))
    text = _ADDRESS.sub(r"\1", text) if "." in text else text
    if not text.isascii():
        text = _ACCENTED.sub(lambda m: unicodedata.normalize("NFD", m.group())[0], text)
        text = _to_simplified(text).replace("支援", "支持")
        text = _REPEATED.sub(r"\1", text)
    return text


# "没问题没问题": said twice is said once.
_REPEATED = re.compile(
    "(没问题|没有问题|同意|可以[的滴哒]?|批准|通过|批了|准了|没意见|不行|不批|收到|确认)(?:\\1){1,4}"
)
_ADDRESS = re.compile(r"\b(mr|ms|mrs|dr)\.")  # its dot ends no sentence
_ACCENTED = re.compile("[\u00e0-\u00ff\u0101-\u01dc]")


def _to_simplified(text: str) -> str:
    """OpenCC is loaded (30 ms) only for a character outside GB2312, as every traditional-only one is."""
    if _outside_gb2312(text):
        converted: str = _opencc().convert(text)
        return converted
    return text


def _outside_gb2312(text: str) -> bool:
    try:
        text.encode("gb2312")  # nearly every text
    except UnicodeEncodeError:
        chinese = "".join(re.findall(f"[{_CJK}]", text))
    else:
        return False
    return len(chinese.encode("gb2312", "ignore")) < 2 * len(chinese)


@cache
def _opencc():  # type: ignore[no-untyped-def]
    from opencc import OpenCC

    return OpenCC("t2s")


_PHONE = re.compile(phrases.PHONE_SIGNATURE)
_QUOTE = re.compile(phrases.QUOTE, re.MULTILINE)


def _cut_quote(text: str) -> str:
    """Everything above the first sign of a quote, signature mark or disclaimer."""
    sign = _QUOTE.search(text)
    return text[: sign.start()] if sign else text


_SPEAKER = re.compile(rf"^[ \t]*({phrases.SPEAKER})[ ]*:[ ]*(?=[^\s])", re.MULTILINE)
_EMOJI = {
    "强": "👍",
    "赞": "👍",
    "ok": "👌",
    "好的": "👌",
    "抱拳": "🙏",
    "合十": "🙏",
    "握手": "🤝",
    "鼓掌": "👏",
    "弱": "👎",
    "白眼": "🙄",
}
_EMOTICON = re.compile(r"\[([a-z]{1,6}|[\u4e00-\u9fff]{1,3})\]")
_EMOJI_RUN = re.compile("([\u2600-\u27bf\U0001f300-\U0001faff]+)")
_FORM = re.compile(
    r"是否(?:同意|批准|通过)[ ]*:[ ]*"
    r"(?:(是|同意|批准|通过|yes|y|√|✓|✔|✅)|(?:否|不同意|不批准|不通过|no|n|×|❌))(?![^\s,.;。])"
)


def _fill_form(text: str) -> str:
    """A filled field is an answer: "是否同意：是"."""
    return _FORM.sub(lambda m: "同意" if m.group(1) else "不同意", text)


_QUOTED_WORDS = re.compile('[“「『"《]([^“”「」『』"《》\n]{1,30})[”」』"》]')


def _hide_quoted_words(text: str) -> str:
    """Words in quotation marks are talked about, not said."""
    return _QUOTED_WORDS.sub("〇", text)


_LETTERS = re.compile(r"[a-z]+[1-4]?(?:[ ]+[a-z]+[1-4]?)*")


def _read_pinyin(text: str) -> str:
    return _LETTERS.sub(lambda m: _pinyin_words(m.group()), text)


def _pinyin_words(run: str) -> str:
    words = re.findall("[a-z]+", run)
    known = [phrases.PINYIN.get(w) for w in words]
    joined = "".join(words)
    if None in known or not any(key in joined for key in phrases.PINYIN_KEYS):
        return run
    return "".join(k for k in known if k)


_BLANKS = re.compile(rf"[ \t\u3000](?<=[{_CJK}〇].)[ \t\u3000]*(?=[{_CJK}〇])")
_OPEN_END = re.compile(
    "(?:^|[,.!?;:\n \t])[^,.!?;:\n \t]$|[不没未别勿莫暂先很太非无并也还才再就会能可想要敢是我被把同批有]$"
    "|(?<![以好行是对])的$"
)
_OPEN_START = re.compile("[不吗嘛呢吧的了才就但意准]|[^,.!?;:\n \t](?:$|[,.!?;:\n \t])")


def _join_blanks(text: str) -> str:
    """A blank between Chinese characters is a comma, unless a word was torn: "不 同意" stays one refusal."""

    def joined(match: re.Match[str]) -> str:
        before = text[max(0, match.start() - 4) : match.start()]
        after = text[match.end() : match.end() + 2]
        return "" if _OPEN_END.search(before) or _OPEN_START.match(after) else ","

    text = _BLANKS.sub(joined, text)
    return _BROKEN_LINE.sub(r"\1", text)


# A line that ends in a negation, or is as long as mail programs wrap, goes on in the next one.
_BROKEN_LINE = re.compile(
    rf"([不没未别勿暂先非无并也还才能可想要是被把]|[^\n]{{30,200}}[{_CJK}a-z,])[ \t]*\n[ \t]*(?=[{_CJK}a-z])"
)
_FORMULAS = re.compile(phrases.FORMULAS)
_CORRECTION = re.compile(phrases.CORRECTION)


def _split_corrections(text: str) -> Iterator[tuple[str, bool]]:
    start, corrects = 0, False
    for match in _CORRECTION.finditer(text):
        yield text[start : match.start()], corrects
        start, corrects = match.end(), True
    yield text[start:], corrects


_SENTENCE_END = re.compile(r"\.*[。!?;\n][。!?;\n.]*|\.{2,}|(?<![0-9])\.(?=\s|$|[^a-z0-9])|…+")
_CLAUSE_END = re.compile(
    r"[,、()\[\]{}【】<>|/\\*#=+\u2014\u2013\u3001\t]+|(?<!问题)(?<!风险)(?<!升级)(?<!变更):(?!\d)|[-~](?![0-9])| {2,}"
)


# "1. 同意本次支持", "(2)李工去": the number counts the lines.
_LIST_NUMBER = re.compile(r"\d{1,2}(?:[.)]\s+|[.)](?=[^\d\s]))")


def _strip(clause: str) -> str:
    clause = clause.strip()
    number = _LIST_NUMBER.match(clause) if clause[:1].isdecimal() else None
    return clause[number.end() :] if number else clause


def _split_sentences(text: str, corrects: bool) -> Iterator[Sentence]:
    start = 0
    ends = [(m.start(), m.end(), "?" in m.group()) for m in _SENTENCE_END.finditer(text)]
    ends.append((len(text), len(text), False))
    for end, next_start, asks in ends:
        clauses = tuple(c for c in map(_strip, _CLAUSE_END.split(text[start:end])) if c)
        if clauses:
            yield Sentence(clauses, asks, corrects)
            corrects = False
        start = next_start
