"""Where the old mail begins in a reply: the marks of all clients of mail-in-china.md C2, anywhere in a line.

Positions are found by plain string search first and then looked at closely, so the cost stays linear.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_NARROW = 80  # characters looked at around a keyword
_LONG_ATTRIBUTION = 320
_BLOCK = 3000  # a header block with long To and Cc lines
_DATE_WITHIN = 400  # clients write the date next to the sender

_RULE = r"[-—–_=*─━－﹣]"
_BLANK = r"(?:[ \t?]|&nbsp;)"  # a no-break space that did not survive its charset or its HTML
_SEPARATOR_KEY = re.compile(
    r"原始邮件|原始郵件|原邮件|邮件原件|邮件原文|原始信息|原始消息|原始訊息|邮件信息|回复的邮件|转发的消息|转发的邮件|转发邮件"
    r"|轉寄的郵件|轉寄郵件|Replied|Reply to Message|[Oo]riginal|[Ff]orwarded"
)
_SEPARATOR = re.compile(
    rf"(?<!{_RULE}){_RULE}{{2,70}}{_BLANK}{{0,6}}(?:(?:以下是)?(?:回复的|回覆的|转发的|轉寄的)?"
    r"(?:原始邮件|原始郵件|原邮件|邮件原件|邮件原文|原始信息|原始消息|原始訊息|邮件信息|转发的邮件信息"
    r"|转发邮件信息|转发的邮件|转发邮件|轉寄的?郵件|消息|邮件|郵件)"
    r"|Original(?: Messages?| Email| Mail| Appointment)?"
    r"|Reply to Message|Replied (?:message|mail)|Forwarded (?:message|mail|email)(?: follows)?)"
    rf"{_BLANK}{{0,6}}[:：]?{_BLANK}{{0,6}}{_RULE}{{2}}",
    re.IGNORECASE,
)
_BEGIN_FORWARDED = re.compile(r"(?m)^[ \t]*(?:Begin forwarded message|以下是转发的邮件|开始转发的邮件)[ \t]*[:：]")

_FROM_KEY = re.compile(r"发件人|發件人|寄件人|寄件者|From")
_GAP = r"[ \t*]{0,4}[:：|\t]"
_FROM = re.compile(rf"(?:发件人|發件人|寄件人|寄件者|From){_GAP}")
_DATED = re.compile(
    r"(?:发送时间|发送日期|發送時間|發送日期|寄件日期|寄件時間|发件时间|发件日期|傳送時間|日期|时间|時間"
    rf"|Sent(?: Time)?|Date){_GAP}"
)
_OTHER = re.compile(rf"(?:收件人|收件者|抄送|副本|主题|主題|主旨|标题|Subject|To|Cc|CC){_GAP}")
_LABELED_LINE = re.compile(
    r"[ \t*>]*(?:发件人|發件人|寄件人|寄件者|发送时间|发送日期|發送時間|發送日期|寄件日期|发件时间|日期"
    r"|时间|時間|收件人|收件者|抄送|副本"
    rf"|主题|主題|主旨|标题|From|Sent(?: Time)?|Date|To|Cc|CC|Subject){_GAP}"
)
_HEADLINE = re.compile(r"\n[ \t]*(?:原始邮件|原邮件|Original Message)[ \t]*\n\s*\Z")
_SPACED_LABELS = (
    (re.compile(r"发 {1,2}件 {1,2}人"), "发件人"),
    (re.compile(r"收 {1,2}件 {1,2}人"), "收件人"),
    (re.compile(r"抄 {1,3}送"), "抄送"),
    (re.compile(r"主 {1,3}题"), "主题"),
    (re.compile(r"日 {1,3}期"), "日期"),
)

_WROTE_KEY = re.compile(r"写道|寫道|wrote")
_WROTE_AT = re.compile(
    r"(?m)^[^\n,，。；;!！?？]{2,60} 写于 (?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}[^\n]{0,20}[:：][ \t]*$"
)  # Notes
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_DATE = (
    r"(?:(?:19|20)\d\d ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2}"
    rf"|(?:\d{{1,2}} )?{_MONTH}\.?,? ?\d{{1,2}},? (?:19|20)\d\d|\d{{1,2}} {_MONTH}\.?,? (?:19|20)\d\d"
    r"|\d{1,2}/\d{1,2}/(?:19|20)?\d\d)"
)
_HAS_DATE = re.compile(_DATE)
_HAS_TIME = re.compile(r"\d{1,2}[:：]\d\d")
_HAS_ADDRESS = re.compile(r"[^\s@<>]@[^\s@<>]{1,100}\.[A-Za-z]{2}")
_ATTRIBUTION = re.compile(rf"(?:(?:在|于|於|At|On)[ \t]{{0,3}}(?:[A-Za-z]{{3,9}}, ?)?)?{_DATE}")
_ABOUT_A_MAIL = re.compile(r"(?:邮件|郵件|信|文|mail|里|中|说明|备注)$", re.IGNORECASE)
_NAME_AND_ADDRESS = re.compile(
    r"(\"[^\"\n]{0,60}\"|[^\s,，。！？；;!?<>\"]{0,40})[ \t]{0,3}<[^<>\s]{3,100}>[ \t]{0,3}$"
)
_BARE_ADDRESS = re.compile(r"[^\s,，。！？；;!?<>]{0,40}[ \t]{0,3}[^\s@<>]{1,64}@[^\s@<>]{3,100}[ \t]{1,3}$")
_SAID = re.compile(r"[^\n]*(?:[。！!？?；;，,.]|[\u4e00-\u9fff](?= ))")  # own words before a name or a date
_LATIN_NAME = re.compile(r"[A-Za-z .,'\"()-]{0,60}")
_NAMED_BLOCK = re.compile(
    rf"[^\n:：]{{2,8}}{_GAP}[^\n:：]{{1,40}}(?:发送时间|发送日期|日期){_GAP}[ \t]*{_DATE}"
    rf"[^\n]{{0,20}}(?:收件人|主题){_GAP}"
)


class Cut(NamedTuple):
    """An old mail begins at `start`; `end` is the end of the mark itself."""

    start: int
    end: int


def fold_labels(text: str) -> str:
    """`主　题` and kin without the blanks that clients put in for looks."""
    if " 人" in text or " 题" in text or " 送" in text or " 期" in text:
        for pattern, label in _SPACED_LABELS:
            text = pattern.sub(label, text)
    return text


def find_cut(text: str, start: int = 0) -> Cut | None:
    """The first mark of an old mail at or after `start`, outside lines quoted by ">"; None when there is none."""
    best: Cut | None = None
    for find in (_find_separators, _find_begin_forwarded, _find_attributions, _find_header_blocks):
        limit = best.start if best else len(text)
        best = next((cut for cut in find(text, start, limit) if not _is_quoted(text, cut.start)), best)
    return best


def _is_quoted(text: str, at: int) -> bool:
    line_start = text.rfind("\n", 0, at) + 1
    return text[line_start : line_start + _NARROW].lstrip().startswith(">")


def _occurrences(text: str, key: re.Pattern[str], start: int, limit: int) -> Iterator[int]:
    """Positions of a keyword, in order, also where one begins within another; looked for only as far as is asked."""
    while match := key.search(text, start, limit):
        yield match.start()
        start = match.start() + 1


def _find_separators(text: str, start: int, limit: int) -> Iterator[Cut]:
    for at in _occurrences(text, _SEPARATOR_KEY, start, limit):
        match = _SEPARATOR.search(text, max(start, at - _NARROW), at + _NARROW)
        if match and match.start() <= at < match.end():
            yield Cut(match.start(), match.end())


def _find_begin_forwarded(text: str, start: int, limit: int) -> Iterator[Cut]:
    if text.find("转发的邮件", start, limit) >= 0 or text.find("Begin forwarded", start, limit) >= 0:
        match = _BEGIN_FORWARDED.search(text, start, limit)
        if match:
            yield Cut(match.start(), match.end())
    if text.find("写于", start, limit) >= 0 and (match := _WROTE_AT.search(text, start, limit)):
        yield Cut(match.start(), match.end())


def _find_attributions(text: str, start: int, limit: int) -> Iterator[Cut]:
    for at in _occurrences(text, _WROTE_KEY, start, limit):
        rest = text[at : at + 12].lstrip("写道寫wrote").lstrip(" \t")
        if not rest.startswith((":", "：")) and not rest.startswith("\n"):
            continue
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        ends_line = not text[at:end].lstrip("写道寫wrote").strip(" \t:：")
        begin = _attribution_start(text, max(start, at - _LONG_ATTRIBUTION), at, ends_line=ends_line)
        if begin is not None:
            colon = at + text[at : at + 12].find(rest[0]) if rest[0] in ":：" else at
            yield Cut(begin, end if ends_line else colon + 1)


def _attribution_start(text: str, floor: int, at: int, *, ends_line: bool) -> int | None:
    """Where `… 写道` begins: at its line, up to two lines before (wrapped), or within the line (flattened)."""
    line_start = max(floor, text.rfind("\n", floor, at) + 1)
    window = text[line_start:at]
    if _ABOUT_A_MAIL.search(window.rstrip()):
        return None
    begin = line_start
    for _ in range(2):
        is_dated = _HAS_DATE.search(window) and (_ATTRIBUTION.match(window.lstrip()) or _HAS_ADDRESS.search(window))
        if is_dated and not window.lstrip().startswith(("于", "於")):
            break
        previous = max(floor, text.rfind("\n", floor, max(floor, begin - 1)) + 1)
        line = text[previous : max(previous, begin - 1)]
        if begin <= floor or not line.strip() or not (_HAS_DATE.search(line) or _ends_with_address(line)):
            break
        begin, window = previous, text[previous:at]
    has_date, has_address = _HAS_DATE.search(window), _HAS_ADDRESS.search(window)
    is_plain = has_date and (_HAS_TIME.search(window) or has_address)
    quotes_next = ends_line and (has_date or has_address) and _quote_follows(text, at)
    if not is_plain and not (has_address and ends_line) and not quotes_next:
        return None
    return _within_line(window, begin)


def _quote_follows(text: str, at: int) -> bool:
    line_end = text.find("\n", at)
    return line_end >= 0 and text[line_end : line_end + _NARROW].lstrip().startswith(">")


def _ends_with_address(line: str) -> bool:
    return line.rstrip().endswith(">") and "@" in line


def _within_line(window: str, begin: int) -> int:
    """Leave the writer's own words that a flattened line puts in front of the attribution."""
    match = _ATTRIBUTION.search(window)
    head = window[: match.start()] if match else window
    named = _NAME_AND_ADDRESS.search(head if match else window.rstrip()) or _BARE_ADDRESS.search(head)
    own = head[: named.start()] if named else head
    if not own.strip() or _LATIN_NAME.fullmatch(own):
        return begin
    if not named and not (match and match[0][0] in "在于於AO"):
        said = _SAID.match(own) if "@" not in own else None
        return begin + said.end() if said else begin  # a name without blanks: 王工2026年…写道
    return begin + len(own)


def _find_header_blocks(text: str, start: int, limit: int) -> Iterator[Cut]:
    for at in _occurrences(text, _FROM_KEY, start, limit):
        match = _FROM.match(text, at)
        if match and (begin := _block_start(text, start, at)) is not None:
            yield Cut(begin, match.end())


def _block_start(text: str, start: int, at: int) -> int | None:
    """Start of the header block around the From label at `at`, or None when it is but a word in a sentence."""
    line_start = max(start, text.rfind("\n", start, at) + 1)
    at_line_start = not text[line_start:at].strip(" \t*|")
    begin = _labels_before(text, start, line_start) if at_line_start else at
    window_end = at + _BLOCK
    dated = _DATED.search(text, begin, at + _DATE_WITHIN)
    if not dated:
        return None
    if at_line_start and _HAS_ADDRESS.search(text, at, dated.start()) and text.count("\n", at, dated.start()) == 1:
        return begin
    if not _OTHER.search(text, begin, window_end):
        return None
    if at_line_start:
        others = sum(1 for line in text[line_start:window_end].split("\n")[1:6] if _LABELED_LINE.match(line))
        if others or begin < line_start:
            return begin
    if _HAS_ADDRESS.search(text, at, dated.start() if dated.start() > at else at + _DATE_WITHIN):
        return begin
    # Foxmail names people without their addresses: then sender, full date and receiver stand in a row.
    return begin if _NAMED_BLOCK.match(text, at) else None


def _labels_before(text: str, start: int, line_start: int) -> int:
    """Some clients put the subject and the date above the sender."""
    begin = line_start
    for _ in range(4):
        previous = max(start, text.rfind("\n", start, max(start, begin - 1)) + 1)
        if text[previous:begin] == "\n":  # double spaced
            previous = max(start, text.rfind("\n", start, max(start, previous - 1)) + 1)
        if previous >= begin or not _LABELED_LINE.match(text, previous):
            break
        begin = previous
    headline = _HEADLINE.search(text, max(start, begin - _NARROW), begin)
    return headline.start() if headline else begin
