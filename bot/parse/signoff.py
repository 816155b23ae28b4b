"""Signatures, sign-offs and disclaimers at the end of what a person wrote (mail-in-china.md C4)."""

import re

from bot.parse.tokens import REF

_MAX_SIGNATURE_LINES = 8
_MAX_SIGNATURE_LINE = 60

_DEVICES = (
    r"(?:iPhone|iPad|iPod|Android|Windows|手机|平板|华为|小米|荣耀|OPPO|vivo|三星|HUAWEI|Xiaomi|HONOR|Samsung|Galaxy"
    r"|魅族|一加|realme|邮件应用)"
)
_CLIENTS = (
    r"(?:企业微信|网易邮箱大师|网易邮箱|网易灵犀办公|QQ ?邮箱|Foxmail"
    r"|钉钉|飞书|阿里邮箱|新浪邮箱|1[38]9 ?邮箱|沃邮箱|Outlook)"
)
_SENT_FROM = re.compile(
    r"(?:^|(?<=[\s。！!.~，,])) *[\[(（【]?"
    rf"(?:(?:发自|发送自|來自|来自|發自)(?:我的|於|于)? ?(?:{_CLIENTS}|.{{0,12}}{_DEVICES})"
    r"[^的，,。！!？?；;：:\n]{0,30}"
    rf"|(?:由|通过)(?:我的)? ?(?:{_CLIENTS}|.{{0,12}}{_DEVICES}).{{0,8}}(?:发出|发送)"
    rf"|(?:从|從)(?:我的)? ?(?:{_CLIENTS}|.{{0,12}}{_DEVICES}).{{0,12}}(?:发送|發送|傳送)"
    r"|(?:获取|下载|取得) ?(?:适用于 ?\S{1,10}的)? ?Outlook.{0,40}|Get Outlook for .{1,20}"
    rf"|Sent from (?:my )?.{{0,20}}(?:{_DEVICES}|Mail|Outlook|phone|mobile|WeCom|Foxmail).{{0,20}})"
    r"[\])）】]?[。.]?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_SENT_FROM_KEYS = ("自", "由我", "通过", "从", "從", "Outlook", "outlook", "ent from")
_SIGNATURE_MARK = re.compile(r"(?m)^--[ \t]*$")
_RULE_LINE = re.compile(r"(?m)^[ \t]*[-—_=─━*]{4,}[ \t]*$")
_RULE_AT_END = re.compile(r"(?<=\S)[ \t]+[-_=]{8,}\Z")  # a flattened line
_BARE_RULE = re.compile(r"[-—_=─━*\s]+")

_CLOSING = re.compile(
    r"(?m)^[ \t]*(?:此致(?:[ \t，,]*敬礼)?|敬礼|祝好|祝[：:]?(?:工作|身体|万事|一切)\S{1,8}|顺祝\S{1,8}"
    r"|順祝\S{1,8}|顺颂\S{1,4}|祝商祺|商祺"
    r"|谢谢(?:大家|各位|您|你)?|多谢|感谢|謝謝|以上[，,]?谢谢|Best [Rr]egards|Kind [Rr]egards"
    r"|Regards|Best [Ww]ishes|BR|Thanks(?: and regards)?|Thank you)"
    r"[ \t]*[!！。.，,~～]*[ \t]*$"
)
_POLITE_CLOSING = re.compile(r"谢|謝|Thank", re.IGNORECASE)
_CONTACT = re.compile(
    r"(?:电话|電話|手机|手機|座机|传真|傳真|邮箱|郵箱|邮编|地址|网址|公司|集团|部门"
    r"|Tel|Mobile|Phone|Fax|E-?mail|Mail|Add|Address|Web|www\.|https?:|[MTPFE])"
    r"[ \t]*[:：.]|[\w.-]+@[\w-]+\.\w|(?:有限公司|集团|Co\., ?Ltd|\b1\d{10}\b|\b0\d{2,3}-\d{7,8})",
    re.IGNORECASE,
)
_FIELD = re.compile(r"[^\s:：]{1,12}[:：\t]")
_REQUEST_LABEL = re.compile(r"客户|客戶|项目|項目|支持|联系人|聯繫人|产品|版本|要求|紧急|内容|时间|工程师|工作量|人天")
_NAME_LINE = re.compile(
    r"[^\S\n]*(?:[\u4e00-\u9fff·]{2,4}|[A-Za-z][A-Za-z .'-]{1,30})(?:[ \t/|（(][^\n:：]{0,30})?[^\S\n]*"
)
_DECISION = re.compile(
    r"同意|批准|确认|確認|通过|可以|可行|不|否|拒|驳回|暂缓|推迟|请|行|好|收到|完成|已|没|无|未|派|换|改|让|由|找|安排|交给"
    r"|OK|yes|no\b|approve|reject|agree",
    re.IGNORECASE,
)
_SECRET = re.compile(rf"{REF}#[A-Z2-7]{{16}}")
_DISCLAIMER = re.compile(
    r"(?im)^[ \t*>【\[（(]*(?:(?:免责(?:声明|条款)|保密(?:声明|提示|须知|条款|通知|警告))(?=[\s:：*】\]）)]|$)"
    r"|重要(?:声明|提示|告知)[:：]|(?:请|为了?)?(?:考虑|爱护|保护)环境|[^\n]{0,12}(?:非必要)?[不勿]打印(?:本|此)邮件"
    r"|(?:【|\[|\()?(?:保密|机密|注意|提示|声明)?(?:】|\]|\)|：|:)?[ \t]*"
    r"(?:本|此)(?:电子)?(?:邮件|郵件)[^\n]{0,60}(?:保密|机密|機密|收件人|收件者|商业秘密|法律)"
    r"|disclaimer|confidentiality (?:notice|note|statement)|this (?:e-?mail|message|communication)[^\n]{0,80}"
    r"(?:confidential|intended|privileged)"
    r"|the information (?:contained )?in this)"
)
_GATEWAY_BANNER = re.compile(
    r"(?i)\A[ \t*\[【（(]*(?:注意|警告|提醒|安全提示|CAUTION|WARNING|External|外部邮件|EXTERNAL EMAIL)[^\n]{0,20}"
    r"(?:外部|external|outside|originated)[^\n]{0,300}(?:\n|\Z)"
    r"|\A[ \t]*[\[【(（](?:外部(?:邮件)?|external)[^\n\]】)）]{0,60}[\]】)）][ \t]*(?:\n|\Z)"
)


def strip_signoff(text: str) -> str:
    """What a person wrote without signature, sign-off, device line, disclaimer and gateway banner.

    A line that carries a button's secret is always kept. A lone 谢谢 is an answer and stays.
    """
    kept = text.strip()
    if banner := _GATEWAY_BANNER.match(kept):
        kept = kept[banner.end() :]
    if any(key in kept for key in _SENT_FROM_KEYS):
        kept = _SENT_FROM.sub("", kept)
    kept = _drop_disclaimers(kept)
    kept = _cut_at_mark(kept)
    kept = _strip_rules(kept)
    kept = _cut_at_rule(kept)
    kept = _cut_at_closing(kept)
    kept = _cut_contact_block(kept)
    return _restore_secrets(text, _strip_rules(kept))


def _restore_secrets(text: str, kept: str) -> str:
    if "#" not in text or len(_SECRET.findall(text)) == len(_SECRET.findall(kept)):
        return kept
    lost = [line.strip() for line in text.split("\n") if _SECRET.search(line) and line.strip() not in kept]
    return "\n".join(filter(None, [kept, *lost]))


def _strip_rules(text: str) -> str:
    """Without the bare rules and blanks at the end that introduced what was cut."""
    text = text.strip()
    while text:
        head, _, last = text.rpartition("\n")
        if not _BARE_RULE.fullmatch(last):
            break
        text = head.rstrip()
    return _RULE_AT_END.sub("", text) if text.endswith(("-", "_", "=")) else text


def _cut_at_mark(text: str) -> str:
    match = _SIGNATURE_MARK.search(text) if "--" in text else None
    return text[: match.start()] if match else text


def _drop_disclaimers(text: str) -> str:
    """Each disclaimer goes with its paragraph, and a heading takes the paragraph below it along."""
    kept, at = [], 0
    for match in _DISCLAIMER.finditer(text):
        if match.start() < at:
            continue
        kept.append(text[at : match.start()])
        at = text.find("\n\n", match.end())
        at = len(text) if at < 0 else at
    return "".join([*kept, text[at:]])


def _cut_at_rule(text: str) -> str:
    """A rule followed by a name or contact lines only, as Foxmail puts it."""
    for match in _RULE_LINE.finditer(text):
        if _is_signature(text[match.end() :]):
            return text[: match.start()].rstrip()
    return text


def _cut_at_closing(text: str) -> str:
    for match in _CLOSING.finditer(text):
        before, after = text[: match.start()].rstrip(), text[match.end() :]
        if after.strip() and not _is_signature(after) and not _CLOSING.match(after.strip()):
            continue
        if before:
            return before
        return match[0].strip() if _POLITE_CLOSING.search(match[0]) else ""
    return text


def _cut_contact_block(text: str) -> str:
    """A last paragraph of name and contact lines without any mark before it; never the fields of a request (R4)."""
    before, gap, block = text.rpartition("\n\n")
    if not gap or not before.strip() or before.rstrip().endswith((":", "：")):
        return text
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    is_contact = len(lines) > 1 and _NAME_LINE.fullmatch(lines[0]) and _CONTACT.search("\n".join(lines[1:]))
    return before.rstrip() if is_contact and _is_signature(block) else text


def _is_signature(block: str) -> bool:
    """Whether lines look like a name with contact data, not like something said."""
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    if not lines or len(lines) > _MAX_SIGNATURE_LINES or any(len(line) > _MAX_SIGNATURE_LINE for line in lines):
        return False
    if any(_REQUEST_LABEL.search(line) and _FIELD.match(line) for line in lines):
        return False
    return all(_CONTACT.search(line) or (_is_nameish(line) and not _DECISION.search(line)) for line in lines)


def _is_nameish(line: str) -> bool:
    return not re.search(r"[。！!？?；;]", line) and not (_FIELD.match(line) and not _CONTACT.search(line))
