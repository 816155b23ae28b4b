"""Finding whom the director sends, and whom he lets decide instead (R9, R10). Names stay as written."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.parse.subject_words import SURNAMES

_SURNAME = f"[{''.join(sorted(SURNAMES))}]"
_CALLED = (
    rf"{_SURNAME}(?:工(?!程|作|具|厂|期|时|艺|单)|总监|总(?!部|共|计)|经理|主任|老师|主管)"
    rf"|(?!小[时计项区车路单程于白平和]|老师)[小老阿]{_SURNAME}(?![一-鿿]?[工时型])"
)
_NOT_NAMES = (
    "时间|公司|经理|总监|领导|全部|项目|单位|大家|相关|管理|后续|明天|后天|周[一二三四五六日天末]|工程|平时|于是|高级|成员"
    "|安排|方便|支持|现场|客户|部门|任何|何人|谁|双方|厂家|厂商|原厂|贵|本|商务|技术|方案|计划|单独"
    "|常驻|应急|别人|其他|万一|解决|连同|向|和|同"
)
_FULL = rf"(?!{_NOT_NAMES}){_SURNAME}[一-鿿]{{1,2}}?"
_INITIALS = r"(?<![A-Za-z])[A-Z]{2,4}(?![A-Za-z])"
_STOP = (
    r"(?=$|[\s,，。;；!！、(（)）和及与\d]|去|前往|到|上门|负责|支持|处理|跟进|协助|配合|实施|现场|远程"
    "|明天|后天|今天|下?周|来|主|带)"
)
_DECIDE = (
    "(?:代批|代为审批|代审|审批|批准|批一下|批复|批|定夺|定一下|来定|定|决定|拍板|把关|审核|代签|签批|全权处理|做主)"
)
_END = r"(?=$|[\s,，。;；!！、)）吧即就了后])"

_STRONG_BEFORE = re.compile(
    "(?:安排|派遣?|派出|派去|指派|指定|委派|支持工程师|工程师|实施人员?|支持人员?|负责人|执行人)(?:是|为|由)?"
    r"\s?(?:工程师|同事)?\s?[:：]?\s?(?:是|为)?\s?$"
)
_WEAK_BEFORE = re.compile(
    r"(?:由|让|叫|请|调|换成?|改成|改为|改派|协助|配合|带上|加上|还有|另外)\s?(?:工程师|同事)?\s?$"
)
_NUMBER = r"[\d一二三四五六七八九十]"
_WHEN = (
    rf"(?:{_NUMBER}{{1,4}}(?:\s?[月./、~至到-]\s?{_NUMBER}{{1,3}}){{0,3}}\s?[日号]?|大?后天|[今明]天|[下本这]?周[一二三四五六日天末]"
    "|月底|月初|[上中下]旬|下周|明后天|尽快|近期|最近)"
)
_DAYS = rf"{_WHEN}(?:\s?(?:-|~|到|至|—)+\s?{_WHEN})?"
_ASIDE = r"(?:[(（][^()（）]{1,8}[)）])?"
_ASSIGN_AFTER = re.compile(
    rf"\s?(?:工程师|同事)?\s?{_ASIDE}\s?(?:{_WHEN}\s?{_ASIDE}\s?(?:上午|下午|早上|晚上|全天)?)?"
    r"\s?(?:一起|一同|一块|都|再|先|来|可以|能|会|就|负责|主要|主|过)?\s?"
    r"(?:去|前往|上门|到现场|到客户|到场|出|远程|现场|支持|负责|处理|跟进|实施|安装|做|接手|协助|配合|牵头|带队"
    "|主导|过来|进场|辅助)"
)
_STANDS_ALONE = re.compile(rf"\s?(?:各|共)?\s?(?:{_WHEN}|半天|[\d一二两三半]\s?(?:个|人|天)|[(（]|$|[,，。;；\n])")
_DATE_BEFORE = re.compile(r"(?:\d[日号]?|[上下]午|[今明后]天|[周期][一二三四五六日天])$")
_WITH_AMOUNT = re.compile(rf"\s?(?:各|共)?\s?(?:{_WHEN}|半天|[\d一二两三半]\s?(?:个|人|天))")
_WITH_ME = re.compile(r"(?:^|[,，。;；!！\n])\s?我(?:和|跟|与|同|带)\s?$")
_TALK_BEFORE = re.compile(
    "(?:联系|通知|告知|告诉|抄送|提醒|问|找|跟|与|同|和|感谢|谢谢|辛苦|收到|回复|转告|转|@|客户|销售|知会"
    r"|避开|给|向|听)\s?$"
)
_TALK_AFTER = re.compile(
    r"\s?(?:先|再|也|要|尽快|(?:和|跟|与|同)[^,，。;；\s]{1,8}|把|将)*"
    "(?:沟通|联系|确认|商量|了解|协调|说|提供|补充|补发|发|告知|通知|反馈|回复|准备|知悉|安排(?:时间|人|工程师|一下)|审批|代批|批|定"
    "|决定|拍板|把关|审核|看|评估)"
)
_AWAY_BEFORE = re.compile(
    r"(?:不要|不用|别|不派|不能派|不安排|不是|除了|不让|换掉|替换|代替|而非|不)\s?(?:派|让|安排|叫|由)?\s?$"
)
_AWAY_AFTER = re.compile(
    r"\s?[^,，。;；\s]{0,4}?(?:没空|不去|不行|休假|请假|出差|在忙|没时间|走不开|不在|有事|去不了|离职|生病|不合适)"
)
_JOIN = re.compile(
    rf"\s?{_ASIDE}\s?(?:{_WHEN}\s?(?:[上下]午)?\s?(?=[、,，]))?"
    r"(?:(?:、|和|及|与|跟|以及|加上?|带上?|协同)\s?(?:工程师)?|,|，|/|\+|&|\s)\s?"
)
_CLAUSE_STARTS = "\n,，。;；!！:："


def find_engineers(text: str, known_names: tuple[str, ...]) -> tuple[str, ...]:
    """Names of those `text` sends to the work, as written and in its order; people only talked to are left out."""
    deciding = {span for span, _ in _find_deciders(text, known_names)}
    engineers: dict[str, None] = {}
    for group in _group(text, [m for m in _mentions(text, known_names) if m not in deciding]):
        if _is_sent(text, group[0][0], group[-1][1]):
            engineers.update(dict.fromkeys(text[start:end] for start, end in group))
    return tuple(engineers)


def find_delegate(text: str, known_names: tuple[str, ...]) -> str:
    """The name of who is to decide instead (请王总代批, 转李工审批); "" when nobody or more than one is named."""
    names = {name for _, name in _find_deciders(text, known_names)}
    return names.pop() if len(names) == 1 else ""


@lru_cache(maxsize=8)
def _known(known_names: tuple[str, ...]) -> str:
    """An alternation of the known names, longest first."""
    names = sorted({name.strip() for name in known_names if len(name.strip()) > 1}, key=len, reverse=True)
    parts = [rf"(?<![A-Za-z])(?i:{_spaced(name)})(?![A-Za-z])" if name.isascii() else re.escape(name) for name in names]
    return "|".join(parts) or "(?!)"


def _spaced(name: str) -> str:
    """Pinyin with a blank, hyphen or apostrophe where the writer pleases: Li Ming, li-ming."""
    return r"[ '’-]?".join(map(re.escape, name)) if name.isalpha() and len(name) >= 5 else re.escape(name)


@lru_cache(maxsize=8)
def _mention_pattern(known_names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"(?P<known>{_known(known_names)})|(?P<called>{_CALLED})|(?P<full>{_FULL}{_STOP}|{_INITIALS})")


@lru_cache(maxsize=8)
def _delegate_patterns(known_names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    name = f"(?P<name>{_known(known_names)}|{_CALLED}|{_FULL}|{_INITIALS})"
    return (
        re.compile(
            rf"(?:请|转给?|转交|交给|交由|由|让|找|联系|授权给?|委托给?|报|给|麻烦)\s?{name}\s?"
            rf"(?:[于在从]?\s?{_DAYS}(?:期间|之间|内)?\s?)?(?:来|去|代为|代我|代|帮我|帮忙|替我|负责|全权)?\s?{_DECIDE}(?!时间|方案|文档)"
        ),
        re.compile(rf"(?:转给?|转交|交给|交由|由|授权|委托)\s?{name}\s?(?:来|代为|代我|代|负责)?\s?确认{_END}"),
        re.compile(
            rf"{name}\s?(?:代批|代为审批|代我(?:审?批|定|决定|确认)|(?:来|说了)?(?:批|定|决定)(?:就行|就可以|即可|吧))"
        ),
        re.compile(rf"(?:转给|转交|转|交给|授权给?|委托给?)\s?{name}\s?(?:处理)?{_END}"),
        re.compile(
            rf"(?:不归我管?|不是我[管批定]|不该我[管批定])(?:了|的)?[,，。\s]{{0,2}}(?:请?找|去?问|请问)\s?{name}{_END}"
        ),
    )


def _find_deciders(text: str, known_names: tuple[str, ...]) -> Iterator[tuple[tuple[int, int], str]]:
    for pattern in _delegate_patterns(known_names):
        for found in pattern.finditer(text):
            before = text[max(0, found.start() - 6) : found.start()]
            if not re.search(r"(?:不要|不用|别|不必|无需|不)\s?$", before):
                yield found.span("name"), found["name"]


def _mentions(text: str, known_names: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where people are named; unknown full names and initials count only right after a plain word of sending."""
    mentions: list[tuple[int, int]] = []
    position = 0
    pattern = _mention_pattern(known_names)
    while found := pattern.search(text, position):
        weak = found["full"] is not None
        joined = mentions and _JOIN.fullmatch(text, mentions[-1][1], found.start())
        if weak and not joined and not _STRONG_BEFORE.search(text, max(0, found.start() - 14), found.start()):
            position = found.start() + 1
            continue
        mentions.append(found.span())
        position = found.end()
    return mentions


def _group(text: str, mentions: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Mentions that stand together as one list: 李工、小王和老张."""
    groups: list[list[tuple[int, int]]] = []
    for mention in mentions:
        if groups and _JOIN.fullmatch(text, groups[-1][-1][1], mention[0]):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _is_sent(text: str, start: int, end: int) -> bool:
    """Whether the people named from `start` to `end` are sent to the work."""
    low = max(0, start - 14)
    if _AWAY_BEFORE.search(text, low, start) or _AWAY_AFTER.match(text, end):
        return False
    if _STRONG_BEFORE.search(text, low, start):
        return True
    if _TALK_AFTER.match(text, end):
        return False
    if _WEAK_BEFORE.search(text, low, start) or _WITH_ME.search(text, low, start):
        return True
    if _TALK_BEFORE.search(text, low, start):
        return False
    return bool(_ASSIGN_AFTER.match(text, end)) or _stands_alone(text, start, end)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """同意，李工，2人天: a clause of its own, but neither the salutation at the start nor the name at the end."""
    head = text[:start].rstrip(" ")
    if not head.strip():
        return bool(_WITH_AMOUNT.match(text, end))
    after_date = bool(_DATE_BEFORE.search(head[-8:]))
    if not (after_date or head[-1] in _CLAUSE_STARTS) or not _STANDS_ALONE.match(text, end):
        return False
    signed = head[-1] == "\n" and not text[end:].strip(" ,，。;；\n")
    return not signed
