"""Does a field of a subject hold what it should? Judged by form only; the customer's name is never guessed (D2)."""

import re
from collections.abc import Mapping
from datetime import date

from bot.parse.dates import read_date
from bot.parse.person_names import is_sure_enough, is_surely_person, looks_like_person
from bot.parse.subject_words import (
    CHINESE_NAMES,
    CITIES,
    EXTRA_WORDS,
    GATEWAY_WORDS,
    PRODUCTS,
    UNFILLED,
    WORK_ENDS,
    WORK_WORDS,
)

LONGEST_FIELD = 60
SLOTS = ("customer", "project", "sales")
_ORDINAL = re.compile(r"第[一二三四五六七八九十\d]{1,3}[次版回](?:申请|支持)?|[一二三四五六七八九十\d]次(?:申请|支持)?")
_BRACKETED = re.compile(r"[\[【(（]\s?([^\[\]【】()（）]{1,20}?)\s?[\]】)）]")
_STOP_GAP = re.compile(r"[〔<＜]|[xX×某]{2}|某(?:客户|公司|单位|项目)")
_KNOWN_NUMBERS = frozenset({"7-11"})  # a customer that looks like a day


def find_faults(values: Mapping[str, str], labelled: frozenset[str], reference: date) -> list[str]:
    """A Chinese line for each field that cannot be what stands there; a labelled field is believed as to its kind."""
    problems = [
        problem
        for slot in SLOTS
        if (problem := _find_fault(slot, values[slot], reference) or _find_doubt(slot, values[slot], labelled))
    ]
    if problems or labelled:
        return problems
    customer, project, sales = (values[slot] for slot in SLOTS)
    if is_surely_person(project) and not is_sure_enough(sales):
        return [f"项目名称「{project}」像是销售姓名，次序可能写反了"]
    if customer.casefold() in PRODUCTS and project.isalpha() and not project.isascii() and not is_work(project):
        return [f"客户名称「{customer}」像是产品名，次序可能写反了"]
    return []


def is_shaky(slot: str, value: str) -> bool:
    """Whether `value` is asked back in this slot unless it is labelled."""
    if slot == "sales":
        return not looks_like_person(value)
    return slot == "customer" and value.endswith(WORK_ENDS)


def is_extra(piece: str) -> bool:
    """Whether `piece` is no field of its own here: a place, how urgent, which time (D2)."""
    word = piece.strip("!！。.?？ ()（）【】[]")
    return (
        word.casefold() in EXTRA_WORDS
        or word in CITIES
        or (word[-1:] in {"市", "省", "区"} and word[:-1] in CITIES | EXTRA_WORDS)
        or bool(_ORDINAL.fullmatch(word))
    )


def is_date(piece: str, reference: date) -> bool:
    """Whether `piece` is a day, so that it can be no name."""
    if piece in _KNOWN_NUMBERS:
        return False
    reading = read_date(piece, reference)
    if not reading.is_date or reading.day is None:
        return False
    return reading.relative or not piece.isdigit() or len(piece) in {4, 6, 8}


def is_work(text: str) -> bool:
    """Whether `text` speaks of work or technology, as a project's name does."""
    return any(word in text for word in WORK_WORDS)


def is_unfilled(value: str) -> bool:
    """Whether the template's own words or a stop-gap still stand there."""
    folded = re.sub(r"[\s?？.。]", "", value).casefold()
    return not any(c.isalnum() for c in value) or folded in UNFILLED or bool(_STOP_GAP.match(value))


def drop_gateway_words(value: str) -> str:
    """`value` without a gateway's own marks, for a suggestion."""
    return _BRACKETED.sub(lambda found: "" if found[1].casefold() in GATEWAY_WORDS else found[0], value).strip()


def _find_fault(slot: str, value: str, reference: date) -> str:
    name = CHINESE_NAMES[slot]
    if is_unfilled(value):
        return f"{name}没有填写"
    if len(value) > LONGEST_FIELD:
        return f"{name}太长"
    if is_extra(value):
        return f"{name}写成了「{value}」，像是多出来的字段"
    if is_date(value, reference):
        return f"{name}写成了日期「{value}」"
    if slot == "project" and value.isdigit():
        return f"{name}「{value}」只是数字"
    if any(inside.casefold() in GATEWAY_WORDS for inside in _BRACKETED.findall(value)):
        return f"{name}里夹着邮件系统加的标记：「{value}」"
    return ""


def _find_doubt(slot: str, value: str, labelled: frozenset[str]) -> str:
    if slot in labelled or not is_shaky(slot, value):
        return ""
    name = CHINESE_NAMES[slot]
    kind = "不像人名" if slot == "sales" else "像是项目名称"
    return f"{name}「{value}」{kind}，请核对各项次序；如确实无误，请写成「{name}：{value}」"
