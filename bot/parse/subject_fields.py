"""Customer, project and sales out of the middle of a subject, checked, or arranged anew for a suggestion (D2)."""

import re
from dataclasses import dataclass, field
from datetime import date

from bot.parse.person_names import is_surely_person, looks_like_person
from bot.parse.subject_checks import SLOTS, drop_gateway_words, find_faults, is_date, is_extra, is_unfilled, is_work
from bot.parse.subject_marks import CLOSING, OPENING
from bot.parse.subject_split import cut_middle, find_tokens
from bot.parse.subject_words import (
    CHINESE_NAMES,
    FIELD_LABELS,
    LONG_DASHES,
    POLITE_WORDS,
    SEPARATOR,
    SHORT_DASHES,
    TRADITIONAL,
    WORK_ENDS,
)

_LABEL = re.compile(r"([㐀-鿿]{2,4})\s?[:：]\s?(?=.)")
_SLOT_OF = {label: slot for slot, labels in FIELD_LABELS.items() for label in labels}
_LONG_DASH = re.compile(rf"[{LONG_DASHES}]")


@dataclass(slots=True)
class Split:
    """The three names as far as found, with what was put right and what is wrong. `labelled`: slots named outright."""

    values: dict[str, str] = field(default_factory=dict)
    labelled: set[str] = field(default_factory=set)
    repaired: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def split_fields(middle: str, reference: date, *, long_only: bool) -> Split:
    """Customer, project and sales out of `middle`; with problems the values serve a suggestion only."""
    cut = cut_middle(middle, long_only=long_only)
    split = Split(problems=cut.problems)
    if not cut.problems:
        wrong = dict.fromkeys(dashes for dashes in cut.separators if dashes != SEPARATOR)
        split.repaired.extend(note_separator(dashes) for dashes in wrong)
        _take_in_order(cut.pieces, split)
        split.problems += [] if split.problems else find_faults(split.values, frozenset(split.labelled), reference)
    if split.problems:
        kept = {slot: split.values[slot] for slot in split.labelled}
        pieces = [piece for piece in cut.pieces if read_label(unwrap(piece))[0] not in kept]
        split.values = kept | _arrange(pieces, set(SLOTS) - set(kept), reference)
    return split


def read_label(piece: str) -> tuple[str, str]:
    """`客户：欧莱雅` as ("customer", "欧莱雅"); the slot is "" without a label."""
    found = _LABEL.match(piece)
    slot = _SLOT_OF.get(found[1].translate(TRADITIONAL), "") if found else ""
    return (slot, unwrap(piece[found.end() :].strip())) if found and slot else ("", piece)


def unwrap(text: str) -> str:
    """`text` without the brackets or quotes that enclose the whole of it."""
    while len(text) > 2 and (at := (OPENING + "“‘\"'").find(text[0])) >= 0:
        closing = (CLOSING + "”’\"'")[at]
        if text[-1] != closing or text.find(closing, 1) != len(text) - 1:
            break
        text = text[1:-1].strip()
    return text


def note_separator(dashes: str) -> str:
    """The line that says which separator was put right."""
    return f"分隔符「{dashes}」已改为「{SEPARATOR}」"


def _take_in_order(pieces: list[str], split: Split) -> None:
    for slot, piece in zip(SLOTS, pieces, strict=True):
        bare = unwrap(piece)
        label, value = read_label(bare)
        if bare != piece:
            split.repaired.append(f"去掉了「{bare}」外面的括号")
        if label and label != slot:
            split.problems.append(f"{CHINESE_NAMES[label]}写在了{CHINESE_NAMES[slot]}的位置")
        elif label:
            split.labelled.add(slot)
            split.repaired.append(f"去掉了{CHINESE_NAMES[slot]}里的字段名")
            hidden, value = value, _strip_hidden(value)
            if hidden != value:
                split.problems.append(f"{CHINESE_NAMES[slot]}「{hidden}」前后多了分隔符或字段名")
        split.values[slot] = value


def _strip_hidden(value: str) -> str:
    """Without what a field's label hid: separators that part nothing, and the label once more."""
    while (bare := read_label(value.strip(LONG_DASHES + SHORT_DASHES))[1]) != value:
        value = bare
    return value


def _arrange(pieces: list[str], wanted: set[str], reference: date) -> dict[str, str]:
    """Put pieces where they most likely belong, for the suggestion only."""
    values: dict[str, str] = {}
    rest: list[str] = []
    for piece in (drop_gateway_words(unwrap(piece)) for piece in pieces):
        slot, value = read_label(piece)
        if slot in wanted - set(values):
            values[slot] = value
        elif piece and not _is_no_name(piece, reference):
            rest.append(piece)
    if "sales" in wanted - set(values) and (sales := _pick_sales(rest)):
        values["sales"] = sales
        rest.remove(sales)
    if len(rest) >= 2 and rest[0].endswith(WORK_ENDS) and not rest[1].endswith(WORK_ENDS):
        rest[0], rest[1] = rest[1], rest[0]
    if "customer" in wanted - set(values) and rest and (len(rest) > 1 or not is_work(rest[0])):
        values["customer"] = rest.pop(0)
    if "project" in wanted - set(values) and rest:
        values["project"] = SEPARATOR.join(rest)
    return {slot: _settle_dashes(slot, value) for slot, value in values.items()}


def _is_no_name(piece: str, reference: date) -> bool:
    return is_extra(piece) or is_date(piece, reference) or is_unfilled(piece) or piece in POLITE_WORDS


def _pick_sales(rest: list[str]) -> str:
    people = [piece for piece in rest if is_surely_person(piece)]
    if people:
        return people[-1]
    if len(rest) >= 3 or (len(rest) == 2 and looks_like_person(rest[-1])):
        return rest[-1] if not is_work(rest[-1]) else ""
    return ""


def _settle_dashes(slot: str, value: str) -> str:
    """A name in a suggestion holds no dash that would be asked back again."""
    if slot == "project":
        return value
    for token in reversed(find_tokens(value, "SL")):
        value = value[: token.start] + "-" + value[token.end :]
    return _LONG_DASH.sub("-", value)
