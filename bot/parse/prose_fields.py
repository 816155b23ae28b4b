"""Fields of a request told in sentences (R4): only what is certain; the rest is listed back as missing."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from datetime import date

from bot.parse.field_words import LABELS
from bot.parse.nature import find_nature
from bot.parse.phrases import prose as words
from bot.parse.prose_dates import find_date
from bot.rules.mail import RequestFields
from bot.rules.words import Nature

LONGEST_TEXT = 4000
_SENTENCES = re.compile(r"[^。；;！!？?\n]+[。；;！!？?\n]?")
_LABELLED = re.compile(words.LABELLED)
_ASKS = re.compile("[？?]|[吗呢么]$")
_GOING, _OTHER_DAY = re.compile(words.GOING), re.compile(words.OTHER_DAY)
_PHONE, _NAMES_PHONE = re.compile(words.PHONE), re.compile(words.NAMES_PHONE)
_CONTACT, _PLACE = re.compile(words.CONTACT), re.compile(words.PLACE)
_KINDS = tuple((kind, re.compile(pattern)) for kind, pattern in words.KINDS)
_MODES = tuple((mode, re.compile(pattern)) for mode, pattern in words.MODES)
_HOUSE, _HALF_DAY = re.compile(words.HOUSE), re.compile(words.HALF_DAY)
_DENIED = re.compile(words.DENIED)
_URGENT, _NOT_URGENT = re.compile(words.URGENT), re.compile(words.NOT_URGENT)
_NATURES = {Nature.PROJECT: "项目", Nature.NON_PROJECT: "非项目"}


def read_prose(text: str, reference: date) -> dict[str, str]:
    """What the sentences of `text` say for certain: label → value; a question says nothing."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST_TEXT])
    lines = "\n".join(line for line in plain.splitlines() if not _LABELLED.match(line))
    told = [s.strip() for s in _SENTENCES.findall(lines) if not _ASKS.search(s.strip())]
    found = dict(pair for pair in _read_all(told, "\n".join(told), reference) if pair[1])
    return {label: value.strip() for label, value in found.items()}


def add_prose(fields: RequestFields, text: str, reference: date, skipped: Collection[str] = ()) -> RequestFields:
    """`fields` and, where they have nothing, what the sentences of `text` say for certain; `skipped` labels aside."""
    told = {label: value for label, value in read_prose(text, reference).items() if label not in skipped}
    found = told | dict(fields.values)
    values = tuple((label, found[label]) for label in LABELS if label in found)
    return RequestFields(values, tuple(label for label in fields.missing if label not in found))


def _read_all(told: list[str], text: str, reference: date) -> Iterator[tuple[str, str]]:
    yield "支持时间", _only({day for sentence in told if (day := _find_day(sentence, reference))})
    yield "支持方式", _only(_named(_MODES, text))
    yield "支持类型", _only(_named(_KINDS, text))
    yield "支持地点", _only({found[1] for found in _PLACE.finditer(text)})
    yield "客户联系人", _only({found[1] for found in _CONTACT.finditer(text)})
    yield "电话", _only({n for sentence in told if _NAMES_PHONE.search(sentence) for n in _PHONE.findall(sentence)})
    nature = find_nature(text)
    yield "项目性质", _NATURES[nature] if nature else ""
    if _NOT_URGENT.search(text):
        yield "紧急程度", "一般"
    elif found := _URGENT.search(text):
        yield "紧急程度", found[0]


def _only(values: set[str]) -> str:
    """Two answers to one question are none."""
    return next(iter(values)) if len(values) == 1 else ""


def _named(table: tuple[tuple[str, re.Pattern[str]], ...], text: str) -> set[str]:
    return {
        name
        for name, pattern in table
        for found in pattern.finditer(text)
        if not _DENIED.search(text, max(0, found.start() - 6), found.start())
    }


def _find_day(sentence: str, reference: date) -> str:
    """The day of the support as written: a sentence about going there, with one plain day in it."""
    found = find_date(sentence, reference)
    if found is None or not found.reading.plain or _OTHER_DAY.search(sentence) or not _GOING.search(sentence):
        return ""
    if _HOUSE.search(sentence, max(0, found.start - 2), found.start):
        return ""
    before, behind = sentence[: found.start], sentence[found.end :]
    more = find_date(before, reference) or find_date(behind, reference)
    half = _HALF_DAY.match(sentence, found.end)
    return "" if more else sentence[found.start : half.end() if half else found.end]
