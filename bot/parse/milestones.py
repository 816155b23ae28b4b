"""Reading a plan's milestones from plain lines (R35): `里程碑：环境准备 9月25日 李工 缓冲1天`.

Each line is cut out of the mail, so that its days and its 完成 say nothing about the case itself. What is not plain
comes with a problem, to be asked back.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from bot.parse.chinese_numbers import number_of
from bot.parse.person_names import is_surely_person
from bot.parse.prose_dates import find_date
from bot.rules.plans.plan import PlanLine

MOST_LINES = 60
LONGEST_NAME = 40
_LONGEST_LINE = 200
_MARK = r"里程碑\s?\d{0,2}\s?[:：]"
_LINE = re.compile(rf"[ \t•·*\-\d.、]*{_MARK}[ \t\u3000]*(?P<body>(?:(?!{_MARK})[^\n])*)\n?")
_NUMBER = "[0-9]{1,2}|[一二两三四五六七八九十]{1,2}"
_BUFFER = re.compile(rf"(?:预留|加)?缓冲\s?(?:为|[:：])?\s?(?P<days>{_NUMBER})\s?个?(?:工作日|天|日)")
_MOVED = re.compile(r"(?:改|调整?|推迟|延期?|顺延|提前|移)(?:到|至|为)\s*$")
_MOVED_AWAY = re.compile(r"(?<=\s)(?:改|调整?|推迟|延期?|顺延|提前|移)(?:到|至|为)?(?=\s|$)")
_BY = re.compile(r"(?<=[日号\d])\s?(?:之前|以前|前)(?=[\s,，;；。]|$)")
_SPLIT = re.compile(r"[\s,，;；。、|/]+")
_DONE = re.compile(r"已?(?:完成|达成|做完|到位)了?|(?i:done)")
_DONE_WORD = re.compile(rf"(?<=[\s,，;；])(?:{_DONE.pattern})(?=[\s,，;；。!！]|$)")
_DROPPED = re.compile(r"取消|删除|作废|不做了|不要了")
_DONE_END = re.compile(r"(?<=.)(?:已(?:经)?(?:完成|达成|做完|到位)了?|完成了)$")
_OWNER = re.compile(r"(?:负责人?[:：]?|由)(?P<a>.{2,10})|(?P<b>.{2,10}?)负责")


def read_milestones(text: str, reference: date, known_names: Collection[str] = ()) -> tuple[tuple[PlanLine, ...], str]:
    """The milestone lines of a fresh text, and the text without them. `reference`: the day of receipt."""
    whole = unicodedata.normalize("NFC", text)
    found = list(_LINE.finditer(whole))[:MOST_LINES] if "里程碑" in whole else []
    if not found:
        return (), text
    rest, at = [], 0
    for line in found:
        rest.append(whole[at : line.start()])
        at = line.end()
    names = frozenset(name.casefold() for name in known_names)
    return tuple(_read(line["body"], reference, names) for line in found), "".join((*rest, whole[at:])).strip()


def _read(said: str, reference: date, names: frozenset[str]) -> PlanLine:
    if len(said.strip()) > _LONGEST_LINE:
        return PlanLine(said.strip()[:LONGEST_NAME], problem="这一行太长", text=said.strip()[:_LONGEST_LINE])
    buffer, body = _take_buffer(_BY.sub("", said))
    reached = _DONE_WORD.search(body)
    body = _DONE_WORD.sub(" ", body)  # 9月25日 已完成: said of a day that is no plan any more
    found = find_date(body, reference)
    moved = found is None and _MOVED_AWAY.search(body) is not None
    body = body if found else _MOVED_AWAY.sub(" ", body)
    if found:
        before = body[: found.start]
        moved = _MOVED.search(before) is not None
        body = f"{_MOVED.sub('', before)} {body[found.end :]}"
    words = [word for word in _SPLIT.split(_strip_weekday(body)) if word]
    done, dropped = reached is not None, any(map(_DROPPED.fullmatch, words[1:]))
    words = [*words[:1], *(word for word in words[1:] if not _DROPPED.fullmatch(word))]
    if words and _DONE_END.search(words[0]):
        words[0], done = _DONE_END.sub("", words[0]), True
    who = next((name for word in words[1:] if (name := _person(word, names))), "")
    name = " ".join(word for word in words if not (who and _person(word, names) == who and word != words[0]))
    reading = found.reading if found else None
    day = (reading.end or reading.day) if reading and reading.plain else None
    line = PlanLine(name[:LONGEST_NAME], day, who, buffer, moved, done, dropped)
    problem = _problem(line, reading.problems if reading else (), len(name))
    return replace(line, problem=problem, text=" ".join(said.split()))


def _take_buffer(body: str) -> tuple[int | None, str]:
    said = _BUFFER.search(body)
    if said is None:
        return None, body
    days = int(said["days"]) if said["days"].isdecimal() else number_of(said["days"].replace("两", "二"))
    return days, _BUFFER.sub(" ", body)


def _strip_weekday(body: str) -> str:
    return re.sub(r"[(（]\s?(?:周|星期)[一二三四五六日天]\s?[)）]", " ", body)


def _person(word: str, names: frozenset[str]) -> str:
    """Who is to do it, as written; "" when the word names nobody."""
    said = _OWNER.fullmatch(word)
    name = (said["a"] or said["b"]) if said else word
    return name if name.casefold() in names or is_surely_person(name) else ""


def _problem(line: PlanLine, of_date: tuple[str, ...], length: int) -> str:
    if not line.name:
        return "没有写里程碑的名称"
    if length > LONGEST_NAME:
        return f"名称太长（最多{LONGEST_NAME}个字）"
    if of_date:
        return of_date[0]
    if line.moved and line.day is None:
        return "没有写改到哪一天"
    if line.done and line.dropped:
        return "既写了完成，又写了取消"
    nothing = line.day is None and not (line.done or line.dropped or line.who or line.buffer is not None)
    return "没有写日期" if nothing else ""
