"""Reading what the director's confirmation says besides yes (R9): who, when, how long, how, with what documents."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from bot.parse.assigned_people import find_delegate, find_engineers
from bot.parse.nature import find_nature
from bot.parse.prose_dates import find_date
from bot.parse.workload import read_days, read_workload
from bot.rules.mail import Assignment

__all__ = ["read_assignment", "read_days"]

LONGEST_TEXT = 4000
_MODES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "现场",
        re.compile(r"现场(?!负责人|联系人|经理|情况|环境|地址|人员|待命)|上门|驻场|到客户(?:处|那|那里|公司)|去客户"),
    ),
    ("远程", re.compile(r"远程|线上支持|向日葵|teamviewer|todesk", re.IGNORECASE)),
    (
        "电话",
        re.compile(
            r"电话(?:支持|方式|指导|处理|解决|协助|解答|即可|就行|就可以)|方式(?:[:：]|为|是)?\s?电话|(?:通过|用|以)电话(?!通知|联系|沟通)"
        ),
    ),
)
_DENIED_BEFORE = re.compile(
    r"(?:不用|不要|不需要?|无需|无须|不必|别|免|没有?|不能|不是|不|暂缓|非)(?:再|去|到|派人|做|写|出|交|提交|准备|安排|走|提供|是)*[^,，。;；\n]{0,2}$"
)
_DOCUMENTS: tuple[tuple[str, str], ...] = (
    ("项目范围说明书", "项目范围说明书?|范围说明书|SOW"),
    ("项目进度计划", "项目进度计划|进度计划"),
    ("项目管理计划", "项目管理计划|管理计划"),
    ("实施方案", "实施方案|实施规划"),
    ("实施计划", "实施计划"),
    ("项目方案", "项目方案"),
    ("项目章程", "项目章程"),
    ("服务单", "(?:技术支持)?服务单"),
)
_DOCUMENT = re.compile("|".join(f"(?P<d{n}>{words})" for n, (_, words) in enumerate(_DOCUMENTS)), re.IGNORECASE)
_DENIED_AFTER = re.compile(r"\s?(?:就|都)?(?:不用|不要|不需要|不必|免|可免|无需|暂不|先不)")
_LIST_SIGN = re.compile(r"\s?(?:、|和|及|与|以及|\+|/|或者?)\s?")


def read_assignment(text: str, reference: date, known_names: Iterable[str] = ()) -> Assignment:
    """Read the director's fresh text; `reference` is the day of receipt, `known_names` every name and alias of people.

    `known_names` may be a mapping, whose keys count. Names are returned as written. What is unclear is left out and
    put into `problems`, a Chinese line each.
    """
    plain = unicodedata.normalize("NFC", text[:LONGEST_TEXT])
    names = tuple(known_names)
    workload = read_workload(plain)
    when = find_date(plain, reference)
    mode, mode_problem = _find_mode(plain)
    reading = when.reading if when else None
    problems = [workload.problem, mode_problem, *(reading.problems if reading else ())]
    plain_day = reading if reading and reading.plain else None
    return Assignment(
        engineers=find_engineers(plain, names),
        on=plain_day.day if plain_day else None,
        until=plain_day.end if plain_day else None,
        days=workload.days,
        nature=find_nature(plain),
        mode=mode,
        documents=find_documents(plain),
        delegate=find_delegate(plain, names),
        problems=tuple(problem for problem in problems if problem),
    )


def find_documents(text: str) -> tuple[str, ...]:
    """R15's documents named in `text` and not waived, each once under its own name, in the order named."""
    named: dict[str, None] = {}
    waived_until = -1
    for found in _DOCUMENT.finditer(text):
        label = _DOCUMENTS[int((found.lastgroup or "d0")[1:])][0]
        joined = waived_until >= 0 and _LIST_SIGN.fullmatch(text, waived_until, found.start())
        if joined or _DENIED_BEFORE.search(text, max(0, found.start() - 14), found.start()):
            waived_until = found.end()
        elif not _is_waived_after(text, found.end()):
            named[label] = None
    return tuple(named)


def _is_waived_after(text: str, end: int) -> bool:
    """实施方案、实施计划都不用: the denial may stand behind the whole list."""
    while more := _LIST_SIGN.match(text, end):
        following = _DOCUMENT.match(text, more.end())
        if not following:
            break
        end = following.end()
    return bool(_DENIED_AFTER.match(text, end))


def _find_mode(text: str) -> tuple[str, str]:
    """现场, 远程 or 电话; with two of them, the problem."""
    modes = [
        mode for mode, words in _MODES if any(not _is_denied(text, found.start()) for found in words.finditer(text))
    ]
    if len(modes) > 1:
        return "", f"支持方式写了{'和'.join(modes)}两种，请定一种" if len(modes) == 2 else "支持方式不明确"
    return (modes[0], "") if modes else ("", "")


def _is_denied(text: str, start: int) -> bool:
    return bool(_DENIED_BEFORE.search(text, max(0, start - 14), start))
