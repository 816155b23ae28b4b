"""Reading the fields of a request's body (R4): `字段：值` lines, a pasted table, labels on lines of their own."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bot.parse.field_words import (
    CLOSING_LINES,
    CONTACT_AND_PHONE,
    LABELS,
    LONG_VALUES,
    OPTIONS,
    SYNONYMS,
    TRADITIONAL_LABELS,
)
from bot.parse.nature import find_nature
from bot.rules.mail import RequestFields

__all__ = ["find_label", "find_nature", "read_fields"]

LONGEST_LINE = 2000
LONGEST_VALUE = 4000
_SHORT_CELL = 12
_BOTH = "客户联系人+电话"
_KNOWN = {label: label for label in LABELS}
_KNOWN |= {word: label for label, words in SYNONYMS.items() for word in words}
_KNOWN |= dict.fromkeys(CONTACT_AND_PHONE, _BOTH)
_NUMBERING = re.compile(r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）、.．]\s*|[①-⑳]\s*|[-*•·●■◆▪>☆★◇○]{1,2}\s+)")
_COLON = re.compile(r"[:：]")
_BRACKETED = re.compile(
    r"\s*(?:【([^【】]{1,24})】|\[([^\[\]]{1,24})\]|「([^「」]{1,24})」|\*{1,2}([^*]{1,24})\*{1,2})\s*[:：]?"
)
_CELLS = re.compile(r"\s*(?:\t|\||｜)\s*")
_WIDE_GAP = re.compile(r"\s{2,}|[,，;；]\s*")
_HINT = re.compile(r"[（(][^（()）]{0,40}[)）]")
_PHONE = re.compile(
    r"(?<!\d)(?:\+?86[- ]?)?(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8}(?:[-转]\d{1,6})?|\d{7,8})(?!\d)"
)
_PLACE = re.compile("[省市区县镇路街道巷弄号楼]")
_ALSO_VALUES = {"项目性质": "项目", "紧急程度": "紧急"}
_TICKED, _EMPTY_BOX = "☑■√✓✔☒⊠●◉🗹", "□☐○◯"
_BOX = re.compile(rf"([{_TICKED}{_EMPTY_BOX}])\s*([^\s{_TICKED}{_EMPTY_BOX}]+)")
_BOX_BEHIND = re.compile(rf"([^\s{_TICKED}{_EMPTY_BOX}]+)\s*([{_TICKED}{_EMPTY_BOX}])")
_TYPED_TICK = re.compile(r"[（(\[]\s*[√✓✔vVxX☑■]\s*[)）\]]")
_TYPED_BOX = re.compile(r"[（(\[]\s*[)）\]]")
_GAP = re.compile(r"\s*(\S{2,12}?)(?: {2,}|[ ]*\u3000+[ \u3000]*)([^\s:：].*)")


def read_fields(text: str) -> RequestFields:
    """Read R4's fields out of the fresh text of a request.

    Out: what was found in the rulebook's order under the rulebook's labels, and the labels not found.
    """
    lines = [line[:LONGEST_LINE].rstrip() for line in text.splitlines()]
    found: dict[str, str] = {}
    for label, value in _pairs(lines):
        cleaned = _choose(value)
        if cleaned and label not in found:
            found[label] = cleaned[:LONGEST_VALUE]
    _part_contact(found)
    return RequestFields(
        values=tuple((label, found[label]) for label in LABELS if label in found),
        missing=tuple(label for label in LABELS if label not in found),
    )


def find_label(text: str) -> str:
    """The rulebook's label that `text` stands for (`用户名称`, `聯絡電話`, `客 户`); "" when it is none."""
    return _short_label(text) if len(text) <= _SHORT_CELL else _look_up(text)


def _look_up(text: str) -> str:
    plain = _HINT.sub("", unicodedata.normalize("NFKC", text).translate(TRADITIONAL_LABELS))
    return _KNOWN.get("".join(plain.split()).strip("*_：:").casefold(), "")


_short_label = lru_cache(maxsize=256)(_look_up)  # the same labels stand in every request


def _pairs(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Labels and values in the order of the text; a later value of the same label is the caller's to drop."""
    number = 0
    while number < len(lines):
        block, number = _read_block(lines, number)
        yield from block


def _read_block(lines: list[str], number: int) -> tuple[list[tuple[str, str]], int]:
    """One line, or the several lines that belong together, and the number of the line after them."""
    cells = [cell for cell in _CELLS.split(lines[number].strip(" |")) if cell.strip()]
    labels = _find_labels(cells)
    if len(cells) > 1 and all(labels):
        return _read_header(lines, number, labels)
    if len(cells) > 1 and labels[0]:
        return _read_cells(cells, labels), number + 1
    stack = _label_lines(lines, number)
    if len(stack) >= 3:
        return _read_stack(lines, number, stack)
    pairs = _read_line(lines[number])
    if not pairs:
        return [], number + 1
    more, after = _continuation(lines, number + 1, *pairs[-1])
    label, value = pairs[-1]
    return [*pairs[:-1], (label, "\n".join(part for part in (value, *more) if part))], after


def _find_labels(cells: list[str]) -> list[str]:
    """The label each cell is, "" for a value; 项目 behind 项目性质 is a value, though it is a label elsewhere."""
    labels: list[str] = []
    for cell in cells:
        is_value = bool(labels) and cell.strip() == _ALSO_VALUES.get(labels[-1])
        labels.append("" if is_value else find_label(cell))
    return labels


def _read_header(lines: list[str], number: int, labels: list[str]) -> tuple[list[tuple[str, str]], int]:
    """A row of labels over a row of values."""
    below = number + 1
    while below < len(lines) and not lines[below].strip(" |-:"):
        below += 1
    values = [cell.strip() for cell in re.split(r"[\t|｜]", lines[below].strip(" |"))] if below < len(lines) else []
    if any(
        find_label(value) and value != _ALSO_VALUES.get(label) for label, value in zip(labels, values, strict=False)
    ):
        return [], number + 1
    return list(zip(labels, values, strict=False)), below + 1


def _read_cells(cells: list[str], labels: list[str]) -> list[tuple[str, str]]:
    """Label, value, label, value … in one row."""
    pairs: list[tuple[str, str]] = []
    for cell, label in zip(cells, labels, strict=True):
        if label:
            pairs.append((label, ""))
        elif pairs:
            last, value = pairs[-1]
            pairs[-1] = (last, f"{value} {cell}".strip())
    return pairs


def _label_lines(lines: list[str], number: int) -> list[str]:
    """The labels of the lines from `number` on that hold nothing but a label."""
    labels: list[str] = []
    for line in lines[number:]:
        if not line.strip():
            continue
        label = find_label(line)
        if not label or (labels and line.strip() == _ALSO_VALUES.get(labels[-1])):
            break
        labels.append(label)
    return labels


def _read_stack(lines: list[str], number: int, labels: list[str]) -> tuple[list[tuple[str, str]], int]:
    """A table whose cells came one a line: all labels, then all values."""
    count = len(labels)
    filled = list(itertools.islice((at for at in range(number, len(lines)) if lines[at].strip()), 2 * count))
    rows = filled[count:]
    values = [lines[at].strip() for at in rows]
    if len(values) < count or any(_read_line(value) for value in values):
        return [], filled[count - 1] + 1
    return list(zip(labels, values, strict=True)), rows[-1] + 1


def _read_line(line: str) -> list[tuple[str, str]]:
    """The labels of one line with their values: `联系人：张三  电话：138…` holds two."""
    start = found.end() if (found := _NUMBERING.match(line)) else 0
    body = line[start:]
    bracket = _BRACKETED.match(body)
    if bracket and (label := find_label(next(group for group in bracket.groups() if group))):
        return [(label, body[bracket.end() :].strip())]
    label = find_label(body)
    if label:
        return [(label, "")]
    if (gap := _GAP.fullmatch(body)) and not _COLON.search(gap[1]) and (label := find_label(gap[1])):
        return [(label, gap[2].strip())]
    return _read_colons(body)


def _read_colons(body: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    value_from = 0
    for colon in _COLON.finditer(body):
        head = body[max(value_from, colon.start() - 30) : colon.start()]
        gap = 0 if not pairs else max((gap.end() for gap in _WIDE_GAP.finditer(head)), default=-1)
        if gap < 0 and pairs and " " in head:
            gap = head.rindex(" ") + 1
        label = find_label(head[gap:]) if gap >= 0 else ""
        if not label:
            if not pairs:
                return []
            continue
        if pairs:
            pairs[-1] = (pairs[-1][0], body[value_from : colon.start() - len(head) + gap].strip(" ,，;；"))
        value_from = colon.end()
        pairs.append((label, body[value_from:].strip()))
    return pairs


def _continuation(lines: list[str], number: int, label: str, value: str) -> tuple[list[str], int]:
    """Lines after a label that still belong to its value."""
    more: list[str] = []
    while number < len(lines):
        line = lines[number].strip()
        if not line:
            if value or more or not _follows(lines, number):
                break
        elif not value and not more and line == _ALSO_VALUES.get(label):
            more.append(line)
        elif _starts_other(line) or (more and label not in LONG_VALUES) or (value and label not in LONG_VALUES):
            break
        else:
            more.append(line)
        number += 1
    return more, number


def _follows(lines: list[str], number: int) -> bool:
    """Whether the next line is filled, so that one blank line between label and value is bridged."""
    return number + 1 < len(lines) and bool(lines[number + 1].strip())


def _starts_other(line: str) -> bool:
    """Whether `line` is another field, a label we do not know, or the end of the mail."""
    if _read_line(line) or line.casefold().startswith(CLOSING_LINES):
        return True
    cells = _CELLS.split(line)
    if len(cells) > 1 and find_label(cells[0]):
        return True
    head = _COLON.split(line, maxsplit=1)[0]
    return ":" in line.replace("：", ":") and 2 <= len(head) <= 6 and all("一" <= c <= "鿿" for c in head)


def _choose(value: str) -> str:
    """The value proper: the ticked box among several, nothing when the template's options were left as they are."""
    boxes = _find_boxes(value)
    if boxes and any(mark in _EMPTY_BOX for mark, _ in boxes):
        return "、".join(word.strip("；;,，") for mark, word in boxes if mark in _TICKED)
    plain = unicodedata.normalize("NFKC", "".join(value.split())).casefold().strip("()[]【】_-/\\.…")
    return "" if not plain or plain in OPTIONS else value.strip().rstrip("；;")


def _find_boxes(value: str) -> list[tuple[str, str]]:
    """Boxes with their words; a box stands before its word, or behind it where the line ends in one."""
    if _TYPED_BOX.search(value) or any(mark in value for mark in _EMPTY_BOX):
        value = _TYPED_BOX.sub("□", _TYPED_TICK.sub("☑", value))
    value = value.strip(" ；;,，、")
    if value[-1:] and value[-1] in _TICKED + _EMPTY_BOX:
        return [(mark, word) for word, mark in _BOX_BEHIND.findall(value)]
    return _BOX.findall(value)


def _part_contact(found: dict[str, str]) -> None:
    """Contact and telephone in one value: the number is the telephone when it has no line of its own."""
    if _BOTH in found:
        told = found.pop(_BOTH)
        found.setdefault("客户联系人", told)
        behind = _PHONE.split(told)[-1].strip(" ,，;；、/")
        if behind != told and _PLACE.search(behind):
            found.setdefault("地址", behind)
    phones: Iterable[str] = _PHONE.findall(found.get("客户联系人", ""))
    if "电话" not in found and (number := "、".join(phones)):
        found["电话"] = number
