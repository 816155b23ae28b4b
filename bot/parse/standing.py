"""Reading a director's word that somebody decides in their place on these days, or that this ends (rulebook part 0).

`9月20到25号外出，由李工代批`. Only what is said plainly comes out whole; everything near it comes with a problem, to be
asked back. What else the mail says is handed back beside it, to be read as if the delegation were not there.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.parse.assigned_people import find_delegate
from bot.parse.prose_dates import find_date
from bot.parse.subject_words import SURNAMES
from bot.rules.mail import StandIn

LONGEST_TEXT = 2000
LONGEST_AHEAD = timedelta(days=180)  # a day further away is likelier misread than meant
LONGEST_STAY = timedelta(days=120)
_BACK = 3  # clauses before 代批 in which the days are looked for

_TRADITIONAL = str.maketrans("號審請說為離開間這幾個婚產喪度", "号审请说为离开间这几个婚产丧度")
_CLAUSE = re.compile(r"[^,，。;；!！\n]+[,，。;；!！\n]*")
_DELEGATES = re.compile(
    r"代批|代审|代签|代为(?:审批|批准|批复|审核|确认)|代我(?:审|批|签|确认|定|决定)|替我(?:审|批|签|确认)"
)
_LOOSE = re.compile(r"(?:审批|批准|批复|审核)[^,，。;；\n]{0,4}(?:找|联系)")
_ABSENT = re.compile(
    r"即日起|外出|出差|出国|休假|年假|请假|病假|产假|婚假|丧假|度假|休息|不在|离开|住院|期间|这几天|这段时间"
)
_DAY = re.compile(
    r"\d\s?[月日号./-]|[一二三四五六七八九十]\s?[月日号]|周[一二三四五六日天末]|星期|礼拜|[今明后]天|今日|明日"
    r"|即日|下周|本周|这周|月底|月初|下个?月|(?<!\d)\d{4}(?!\d)|节后|节前|一段时间|最近|近期"
)
_WEEKDAY_NOTE = re.compile(r"[(（]\s?(?:周|星期|礼拜)[一二三四五六日天]\s?[)）]")
_SAME_YEAR = re.compile(r"(20\d\d)(\s?年[^,，年]{2,8}(?:至|到|-|~|—)\s?)\1\s?年")
_SOMEBODY = re.compile(
    rf"[{''.join(sorted(SURNAMES))}](?:工(?!作)|总(?!部|共)|经理)|[小老][{''.join(sorted(SURNAMES))}]"
)
_FROM_NOW = re.compile(
    r"(?:从|自)?\s?(?P<day>即日|今天|今日|现在|明天|明日|后天)\s?(?:起|开始)?\s?(?:至|到|-|~|—|直到)\s?(?P<rest>.+)",
    re.DOTALL,
)
_STEPS = {"明天": 1, "明日": 1, "后天": 2}
_OPEN_END = re.compile(
    r"\s?(?:起|开始|以后|之后|后|前|之前|以前|左右|前后|至|到|-|~|—|、|和|或|以来|的?(?:申请|支持|单))"
)
_DOUBT = re.compile(
    "如果|要是|假如|倘若|万一|可能|也许|大概|或许|打算|准备让|计划|考虑|希望|想让|建议|能不能|能否|可否|是否|要不要|吗|么[?？]|[?？]"
    "|听说|据说|不用|不要|不必|不再|别让|先不|暂不|不由|不让|没有|未定|待定|除非|除外|除了|说(?!一?[下声])"
)
_DOUBT_BESIDE = re.compile(
    "如果|要是|假如|倘若|万一|打算|计划|考虑|建议|吗|[?？]|听说|据说|说(?!一?[下声])|好不好|行不行"
)
_PARTLY = re.compile(
    r"(?<!技术)(?<!所有)(?<!全部)(?<!我)的(?:技术支持)?(?:申请|单子|项目|支持)"
    r"|(?:报销|费用|付款|合同|采购|用印|考勤|发票|借款|加班)"
)
_WHOLE = re.compile(r"(?:所有|全部|我|这期间|期间|技术支持)的(?:技术支持)?(?:申请|单子|支持)")
_CANCELS = re.compile(
    r"(?:请|麻烦)?(?:即日起|从?今天起|现在|立即|提前)?\s?(?:取消|结束|停止|终止|撤销|收回|解除)"
    r"(?:了|对)?(?:由|让|给)?[^\s,，。]{0,6}?(?:的)?(?:代批|代审|代为审批)(?:的?(?:安排|授权|权限|设置))?(?:了)?"
    r"|代批(?:的?(?:安排|授权))?\s?(?:已|就)?(?:取消|结束|停止|终止|作废|到此为止)(?:了|吧)?"
)
_NEAR_CANCEL = re.compile(
    r"(?:取消|结束|停止|终止|撤销|收回|解除|不用|不再|不必|不要)[^,，。;；\n]{0,10}代(?:批|审|为)|代批[^,，。]{0,6}(?:取消|结束|作废)"
)
_EDGE = " \t,，。;；!！.、~"

NO_NAME = "没有写清由谁代批"
NO_DAYS = "没有写清从哪一天到哪一天"
IN_DOUBT = "说法不是肯定的"
NOT_ONE = "写了不止一个人"


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause without what ends it, and whole."""

    text: str
    whole: str


def read_stand_in(
    text: str, reference: date, known_names: Iterable[str] = (), *, on_case: bool = False
) -> tuple[StandIn, str] | None:
    """The delegation in a director's words and the rest of them; None when there is none.

    `reference` is the day of receipt. `on_case`: words without any day are left to be read as a decision about that
    case (R10, 转李工代批). Names are returned as written; `problems` are Chinese lines for the question back.
    """
    plain = unicodedata.normalize("NFC", text[:LONGEST_TEXT]).translate(_TRADITIONAL)
    if not ("代" in plain or "替我" in plain or _LOOSE.search(plain)):
        return None
    names = tuple(known_names)
    clauses = [_Clause(whole.rstrip(",，。;；!！\n").strip(), whole) for whole in _CLAUSE.findall(plain)]
    ending = [n for n, clause in enumerate(clauses) if _CANCELS.fullmatch(clause.text.strip(_EDGE))]
    naming = [n for n, clause in enumerate(clauses) if n not in ending and _speaks(clause.text)]
    if not naming:
        if not ending:
            return None
        return StandIn(ends=True, problems=_doubt_beside(clauses, ending)), _without(clauses, ending)
    last = naming[-1]
    dated = [n for n in range(max(0, naming[0] - _BACK), last + 1) if _is_dated(clauses[n].text, own=n in naming)]
    used = sorted({*dated, *naming})
    about_all = ending or any(_DAY.search(clauses[n].text) or _NEAR_CANCEL.search(clauses[n].text) for n in used)
    if on_case and not about_all:
        return None
    found = _read("，".join(clauses[n].text for n in used), [clauses[n].text for n in dated], reference, names)
    passed = (clauses[n].text for n in range(used[0], last) if n not in used)
    unsure = (NO_DAYS,) if any(_DAY.search(clause) for clause in passed) else ()
    problems = dict.fromkeys((*found.problems, *_doubt_beside(clauses, used), *unsure))
    return replace(found, ends=bool(ending), problems=tuple(problems)), _without(clauses, [*used, *ending])


def _doubt_beside(clauses: list[_Clause], used: list[int]) -> tuple[str, ...]:
    """他说，取消代批: what stands right before and after may take the certainty away."""
    beside = (clauses[n].whole for n in (used[0] - 1, used[-1], used[-1] + 1) if 0 <= n < len(clauses))
    return (IN_DOUBT,) if any(_DOUBT_BESIDE.search(clause) for clause in beside) else ()


def _speaks(clause: str) -> bool:
    return bool(_DELEGATES.search(clause) or _LOOSE.search(clause))


def _is_dated(clause: str, *, own: bool) -> bool:
    """Whether the clause says on which days: with its absence, or beside the delegation itself."""
    return bool(_ABSENT.search(clause) or (own and _DAY.search(clause)))


def _without(clauses: list[_Clause], used: Iterable[int]) -> str:
    left = set(range(len(clauses))) - set(used)
    return "".join(clauses[n].whole for n in sorted(left)).strip()


def _read(said: str, dated: list[str], reference: date, names: tuple[str, ...]) -> StandIn:
    name = find_delegate(said, names)
    problems = [] if name else [NO_NAME]
    if _DOUBT.search(said) or _NEAR_CANCEL.search(said):
        problems.append(IN_DOUBT)
    if _PARTLY.search(_WHOLE.sub("", said)):
        problems.append("像是只代批一部分，或是别的审批；机器人只登记技术支持申请的全部代批")
    others = {n for n in (*names, *_SOMEBODY.findall(said)) if len(n) > 1 and n in said}
    if name and (any(n not in name and name not in n for n in others) or _is_one_of(name, said)):
        problems.append(NOT_ONE)
    start, end, problem = _read_days("，".join(dated), reference)
    return StandIn(name, start, end, problems=(*problems, *((problem,) if problem else ())))


def _is_one_of(name: str, said: str) -> bool:
    return bool(re.search(rf"[或和及与、/]者?\s?{re.escape(name)}|{re.escape(name)}\s?[或和及与、/]", said))


def _read_days(said: str, reference: date) -> tuple[date | None, date | None, str]:
    """First and last day, or the problem. Absences become one word, for a day before 休假 counts as not free else."""
    plain = _SAME_YEAR.sub(r"\1\2", _WEEKDAY_NOTE.sub("", said))
    first: date | None = None
    if now := _FROM_NOW.search(plain):
        first, plain = reference + timedelta(days=_STEPS.get(now["day"], 0)), now["rest"]
    plain = _ABSENT.sub("外出", plain)
    found = find_date(plain, reference)
    if found is None or found.reading.day is None or found.reading.problems:
        said_why = found.reading.problems[0] if found and found.reading.problems else NO_DAYS
        return None, None, said_why
    after = plain[found.end :]
    more = find_date(after, reference)
    if _OPEN_END.match(after) or more is not None:
        return None, None, NO_DAYS
    start, end = found.reading.day, found.reading.end or found.reading.day
    if first is not None:
        start = first
    return _check_days(start, end, reference)


def _check_days(start: date, end: date, reference: date) -> tuple[date | None, date | None, str]:
    if end < reference:
        return None, None, "这些日子已经过去"
    if end < start or end - start > LONGEST_STAY or start - reference > LONGEST_AHEAD:
        return None, None, "起止日期不合常理，请写上年份"
    return start, end, ""
