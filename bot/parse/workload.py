"""Reading a workload in 人天 (R9, R27): 2人天, 两天工作量, 16小时, 按2.5人天核算. Eight hours are a day (R29)."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from bot.parse.chinese_numbers import number_of

HOURS_A_DAY = 8
MOST_DAYS = Decimal(1000)
_N = r"(?:\d{1,4}(?:\.\d{1,2})?|[一二两三四五六七八九十]{1,3}|半)"
_MAN_DAY = r"(?:个\s?)?(?:人\s?[/·*x×]?\s?(?:天|日)|工日|man-?days?|mds?\b)"
_DAY = r"(?:个\s?)?(?:工作日|工作天|整天|天|days?\b|d\b)"
_HOUR = r"(?:个\s?)?(?:工时|人时|小时|钟头|hours?\b|hrs?\b|h\b)"
_RANGE = re.compile(rf"(?<![\d.]){_N}\s?(?:-|~|到|至|或)\s?{_N}\s?(?:{_MAN_DAY}|{_DAY}|{_HOUR})")
_AMOUNT = re.compile(
    rf"(?<![\d./第每])(?<!\d:)(?P<number>{_N})\s?"
    rf"(?:(?P<man>{_MAN_DAY})|(?P<day>{_DAY})|(?P<hour>{_HOUR}))\s?(?P<half>半)?"
)
_HALF = re.compile(r"(?P<count>[\d一二两三四]?)个?半个?\s?(?P<unit>人天|人日|天|工作日)")
_TIMES = re.compile(
    rf"(?<![\d.])(?P<people>\d{{1,2}}|[一二两三四五六])\s?(?:个\s?)?人\s?[*x×,，]?\s?(?:各|每人)?\s?(?P<number>{_N})\s?{_DAY}"
)
_UNITS = frozenset("天日时钟dh")  # each of the amounts above has one of them
_BARE = re.compile(
    rf"(?:工作量|人天数?|核算|核定|结算|按|算|预估|预计|共|合计|总计)(?:结果|工作量|人天)?\s?(?:[:=]|为|是|按|算|约|定为|就)?\s?(?P<number>{_N})"
    r"(?=\s?(?:$|[,。;、!)\n]|核算|算|结算|吧|即可|就行|就好|左右|,))"
)
_ONLY = re.compile(
    r"\s*(?:同意|可以|好的?|行|ok|确认|就)?\s?[,。]?\s?(?P<number>\d{1,3}(?:\.\d{1,2})?)\s?[。.!]?\s*", re.IGNORECASE
)
_NOT_BEFORE = re.compile(
    r"(?:第|每|隔|提前|推迟|延期|顺延|延后|拖|晚|近|过|前|后|最近|未来|这|那|头|当|已经?等了?|等|请假|休假|出差|超过|不到|不超过|间隔|含|包括|其中|路上|来回|路程|往返|交通|保修|质保|有效期|试用|\d\s?[*x×]|相差|还有|剩)\s?$"
)
_NOT_AFTER = re.compile(
    r"\s?(?:太[多长久贵高]|多了|不够|够不够|不行|之?内|以内|之?后|以后|之?前|以前|一次|制|响应|到达|到场|待命|值守|回复|答复|没|不|假|里)"
)
_TOTAL = re.compile(r"(?:共|合计|总计|一共|总共|总)(?:工作量)?[:是为约]?\s?$")


@dataclass(frozen=True, slots=True)
class Workload:
    """`days` is 人天, None when not said or not clear; `problem` a Chinese line when several numbers compete."""

    days: Decimal | None = None
    problem: str = ""


def read_days(text: str) -> Decimal | None:
    """The workload a reply names, in 人天; None when it names none or more than one."""
    return read_workload(text).days


def read_workload(text: str) -> Workload:
    """The workload named in `text`; periods and deadlines (3天内, 第二天, 7*24小时) are no workload."""
    plain = unicodedata.normalize("NFKC", text)
    amount = None if _UNITS.isdisjoint(plain) else _read_amounts(plain)
    if amount:
        return amount
    bare = _BARE.search(plain) or _ONLY.fullmatch(plain)
    return Workload(_number(bare["number"])) if bare else Workload()


def _read_amounts(plain: str) -> Workload | None:
    """Of numbers with their units; None when there are none."""
    ranged = next((r for r in _RANGE.finditer(plain) if not _is_period(plain, r.start(), r.end())), None)
    if ranged:
        return Workload(problem=f"工作量「{ranged[0].strip()}」不是一个数，请写明几人天")
    total, sure, loose = _collect(plain)
    for group in (total, sure, loose):
        values = set(group)
        if len(values) == 1:
            return Workload(values.pop())
        if values:
            named = "、".join(f"{value}" for value in dict.fromkeys(group))
            return Workload(problem=f"工作量写了几个数（{named}），请写明总共几人天")
    return None


def _collect(plain: str) -> tuple[list[Decimal], list[Decimal], list[Decimal]]:
    """Amounts said to be the total, amounts in 人天, and amounts in days or hours."""
    total: list[Decimal] = []
    sure: list[Decimal] = []
    loose: list[Decimal] = []
    rest = _TIMES.sub(lambda found: _multiply(found, sure), plain)
    rest = _HALF.sub(_spell_half, rest)
    for found in _AMOUNT.finditer(rest):
        if _is_period(rest, found.start(), found.end()):
            continue
        value = _value(found)
        if value is None:
            continue
        if _TOTAL.search(rest, max(0, found.start() - 12), found.start()):
            total.append(value)
        (sure if found["man"] or _is_workload(rest, found) else loose).append(value)
    return total, sure, loose


def _multiply(found: re.Match[str], sure: list[Decimal]) -> str:
    people, number = _number(found["people"]), _number(found["number"])
    if people and number:
        sure.append(_tidy(people * number))
    return " "


def _spell_half(found: re.Match[str]) -> str:
    count = _number(found["count"] or "1") or Decimal(1)
    return f"{count / 2}{found['unit']}"


def _is_workload(text: str, found: re.Match[str]) -> bool:
    """两天工作量, 工作量3天: the unit is days, the word makes it certain."""
    return "工作量" in text[max(0, found.start() - 8) : found.start()] or text[found.end() :].lstrip(" 的").startswith(
        "工作量"
    )


def _is_period(text: str, start: int, end: int) -> bool:
    return bool(_NOT_BEFORE.search(text[max(0, start - 8) : start]) or _NOT_AFTER.match(text, end))


def _value(found: re.Match[str]) -> Decimal | None:
    number = _number(found["number"])
    if number is None:
        return None
    if found["half"]:
        number += Decimal("0.5")
    return _tidy(number / HOURS_A_DAY if found["hour"] else number)


def _number(written: str) -> Decimal | None:
    if written == "半":
        return Decimal("0.5")
    value = Decimal(written) if written[:1].isdecimal() else Decimal(number_of(written))
    return _tidy(value) if 0 < value < MOST_DAYS else None


def _tidy(value: Decimal) -> Decimal:
    """Three places at most, no trailing zeros, never an exponent."""
    rounded = value.quantize(Decimal("0.001")).normalize()
    return rounded if rounded.as_tuple().exponent not in {1, 2, 3} else rounded.quantize(Decimal(1))
