"""Reading what a mail says beside the stages of its case: raised, answered, settled, rated (R31, R32, R37, R39).

A label (`升级：`, `问题：`, `风险：`, `争议：`) counts at the beginning of a line or sentence and holds to the end of
its paragraph or the next label. Nothing is read into prose except a disagreement told in plain words.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from bot.parse.first_chars import lead
from bot.parse.phrases import matters as words
from bot.rules.matters.matter import Act, Issue, MatterKind, MatterSaid, MattersRead, RatingSaid

LONGEST_TEXT = 20_000
LONGEST_SAID = 500  # characters kept of one matter
_MOST = 20  # matters in one mail

_Span = tuple[int, int]

_START = re.compile(r"(?:^|(?<=[\n。;；!！]))[ \t　]*(?:[-*•·][ \t]*|\d{1,2}[.、)）][ \t]*)?", re.MULTILINE)
_LABEL = re.compile(words.LABEL)
_HINT = re.compile(
    lead(r"升级|问题|风险|争议|分歧|意见|解决|处理|消除|[评打给]|[分星★⭐🌟]|^-?\d{1,4}(?:\.\d+)?(?:/\d+)?[。.]?$")
)
_PARAGRAPH_END = re.compile(r"\n[ \t　]*\n")
_SENTENCE = re.compile(r"[^。;；!！\n]*[。;；!！\n]*")
_FULL_STOP = re.compile("[。!！]")
_SETTLED = re.compile(words.SETTLED)
_NOT_SETTLED = re.compile(rf"\s?(?:{words.NOT_SETTLED})")
_ASKS = re.compile(r"[?？]\s*$|[吗么]\s*[?？。]?\s*$")
_UNSETTLED = re.compile(words.UNSETTLED)
_NAME = re.compile(words.NAME)
_DISAGREE = re.compile(words.DISAGREE)
_PART = re.compile(r"[,，。;；\s]*(影响|应对|对策|措施)(?:措施|办法|方案)?\s?[:：]\s?")
_EDGE = " \t\n　,，。;；:：、-—"


def read_matters(text: str) -> MattersRead:
    """What `text`, the fresh words of one person, says about matters and ratings; any text, never raises."""
    text = text[:LONGEST_TEXT].strip()
    if not _HINT.search(text):
        return MattersRead(rest=text, other=text, outside=text, only_seen=is_only_seen(text))
    if rated := read_rating(text):
        return MattersRead(rating=rated, whole=True, outside="" if rated.labelled else text)
    said: list[MatterSaid] = []
    closing: list[_Span] = []
    raising: list[_Span] = []
    reported: list[_Span] = []
    for start, end, found in _find(text):
        said += found
        (raising if found[0].act in {Act.RAISE, Act.REOPEN} else closing).append((start, end))
        reported.append((start, _end_of_words(text, start, end, found)))
    outside = _without(text, [*closing, *raising])
    return MattersRead(
        said=tuple(said[:_MOST]),
        whole=bool(said) and not _is_more(outside),
        outside=outside,
        rest=_without(text, closing),
        other=_without(text, reported),
    )


def _end_of_words(text: str, start: int, end: int, found: list[MatterSaid]) -> int:
    """What surely belongs to it: "问题：介质损坏。已离场" and "问题1已解决，已离场" report besides."""
    settled = _SETTLED.match(text, start, end) if found[0].act is Act.SETTLE else None
    stop = settled or _FULL_STOP.search(text, start, end)
    return stop.end() if stop else end


def _is_more(rest: str) -> bool:
    """Whether something is said besides; a greeting and thanks are nothing."""
    return bool(_POLITE.sub("", rest).strip(_EDGE + "!！~"))


_POLITE = re.compile(
    r"(?:各位|[一-鿿]{1,3}[总工]|大家|领导)?(?:您|你)?好|谢谢|多谢|感谢|辛苦了?|请知悉|请关注|请处理|hi|hello"
)


_THANKS = re.compile(r"\n\s*(?:谢谢|多谢|感谢|辛苦)[^\n]{0,10}$")


def _find(text: str) -> Iterator[tuple[int, int, list[MatterSaid]]]:
    """From where to where, and what is said there."""
    paragraphs = [*(stop.start() for stop in _PARAGRAPH_END.finditer(text)), len(text)]
    at = 0
    while at < len(text):
        begin = _START.match(text, at)
        here = begin.end() if begin else at
        sentence = _SENTENCE.match(text, here)
        end = sentence.end() if sentence and sentence.end() > here else len(text)
        if label := _LABEL.match(text, here):
            end = _end_of_label(text, label.end(), paragraphs[bisect_left(paragraphs, label.end())])
            found = _read_label(label, text[label.end() : end])
        else:
            found = _read_sentence(text[here:end])
        if found:
            yield here, end, found
        at = end


def _end_of_label(text: str, after: int, end: int) -> int:
    """The end of the paragraph, or where the next label begins."""
    for begin in _START.finditer(text, after, end):
        at = begin.end()
        if after < at < end and (_LABEL.match(text, at) or _read_sentence(_sentence_at(text, at))):
            return begin.start()
    return end


def _sentence_at(text: str, at: int) -> str:
    match = _SENTENCE.match(text, at)
    return match.group() if match else ""


def _read_label(label: re.Match[str], content: str) -> list[MatterSaid]:
    kind = _kind(label["kind"])
    content = _THANKS.sub("", content).strip(_EDGE)
    number = int(label["number"] or 0)
    if not content or (kind is MatterKind.PROBLEM and _ASKS.search(content)):
        return []  # 问题：…？ asks something, and is no problem of the work
    if number and (closed := _read_sentence(f"{label['kind']}{number}{content}")):
        return closed
    if number:
        return [MatterSaid(Act.ANSWER, kind, number, text=_short(content))]
    if kind is MatterKind.ESCALATION:
        issue, content = _split_issue(content)
        return [MatterSaid(Act.RAISE, kind, issue=issue, text=_short(content))]
    text, impact, response = _split_parts(content) if kind is MatterKind.RISK else (content, "", "")
    return [MatterSaid(Act.RAISE, kind, text=_short(text), impact=impact, response=response)]


def _read_sentence(sentence: str) -> list[MatterSaid]:
    """Settled, not settled, or a disagreement in plain words."""
    line = sentence.strip(_EDGE + "!！")
    if _ASKS.search(sentence.strip()):
        return []
    if found := _UNSETTLED.match(line):
        return _named(found, Act.REOPEN, line[found.end() :])
    found = _SETTLED.match(line)
    if found and not _NOT_SETTLED.match(line, found.end()):
        outcome = line[found.end() :]
        plain = found["names"] or not outcome.strip(_EDGE + "了")
        return _named(found, Act.SETTLE, outcome) if plain else []
    found = _DISAGREE.match(line)
    if found and not line.startswith(("如果", "若", "要是", "是否")):
        return [MatterSaid(Act.RAISE, MatterKind.DISPUTE, text=_short(line))]
    return []


def _named(found: re.Match[str], act: Act, outcome: str) -> list[MatterSaid]:
    """One for each matter named; a bare 已解决 names none."""
    text = _short(outcome.strip(_EDGE))
    named = [
        (_kind(word), int(number))
        for word, numbers in _NAME.findall(found["names"] or "")
        for number in re.findall(r"\d+", numbers) or [0]
    ]
    return [MatterSaid(act, kind, number, text=text) for kind, number in named] or [MatterSaid(act, text=text)]


def _kind(word: str) -> MatterKind:
    return MatterKind.DISPUTE if word == "分歧" else MatterKind(word)


def _split_issue(content: str) -> tuple[Issue | None, str]:
    """One of the eight and the reason; the longest name that stands first."""
    names = sorted(((name, issue) for issue, group in words.ISSUE_WORDS.items() for name in group), key=_by_length)
    bare = content.lstrip("“「【[ ")
    for name, issue in names:
        if bare.startswith(name):
            return issue, bare[len(name) :].strip(_EDGE + "”」】]")
    return None, content


def _by_length(pair: tuple[str, Issue]) -> int:
    return -len(pair[0])


def _split_parts(content: str) -> tuple[str, str, str]:
    """A risk, its 影响 and its 应对, in whatever order they stand."""
    pieces = _PART.split(content)
    parts = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    response = next((parts[word] for word in ("应对", "对策", "措施") if word in parts), "")
    return pieces[0].strip(_EDGE), _short(parts.get("影响", "").strip(_EDGE)), _short(response.strip(_EDGE))


def _without(text: str, spans: list[_Span]) -> str:
    kept, at = [], 0
    for start, end in sorted(spans):
        kept.append(text[at:start])
        at = end
    return "".join([*kept, text[at:]]).strip()


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SAID else line[: LONGEST_SAID - 1] + "…"


# Ratings

_RATING = re.compile(rf"{words.RATING}(?P<rest>.*)", re.DOTALL)
_RATED = re.compile(words.RATED, re.IGNORECASE)
_GIVES = re.compile(r"(?:我?给|打|评)?(?:个|了)?\s?")
_DIGITS = "零一二三四五六七八九十"
_TOP, _LOWEST = 5, 1


def read_rating(text: str) -> RatingSaid | None:
    """The rating that the whole of `text` is, or None: `评分：5`, `5分`, `五星`, `★★★★☆`, or a number alone."""
    text = text.strip().strip("。.!！")
    if labelled := _RATING.match(text):
        return replace(_after_label(labelled["rest"].strip()), labelled=True)
    first, _, comment = text.partition("\n")
    start = _GIVES.match(first)
    given = _RATED.fullmatch(first, start.end() if start else 0)
    if given is None:
        return None
    bare = text == given["digits"]
    return replace(_given(given, comment), bare=bare)


def _after_label(rest: str) -> RatingSaid:
    if given := _RATED.match(rest):
        return _given(given, rest[given.end() :])
    word = re.match(rf"[〇两{_DIGITS}]{{1,3}}(?![一-鿿])", rest)
    return RatingSaid(_number(word.group()), word.group()) if word else RatingSaid(None, _short(rest)[:30])


def _given(found: re.Match[str], comment: str) -> RatingSaid:
    written, comment = found.group().strip(), _short(comment.strip(_EDGE))
    if found["marks"]:
        return RatingSaid(_within(len(found["marks"])), written, comment)
    if found["word"]:
        return RatingSaid(_number(found["word"]), written, comment)
    digits, of = found["digits"], found["of"]
    whole = digits.isdigit() and (of is None or int(of) == _TOP)
    return RatingSaid(_within(int(digits)) if whole else None, written, comment)


def _number(word: str) -> int | None:
    plain = word.replace("〇", "零").replace("两", "二")
    return _within(_DIGITS.index(plain)) if len(plain) == 1 and plain in _DIGITS else None


def _within(stars: int) -> int | None:
    return stars if _LOWEST <= stars <= _TOP else None


_ONLY_SEEN = re.compile(words.ONLY_SEEN, re.IGNORECASE)


def is_only_seen(text: str) -> bool:
    """Whether the words only say that the mail was seen, or thank: no answer to a question (R10)."""
    return not text.strip() or _ONLY_SEEN.fullmatch(text.strip()) is not None
