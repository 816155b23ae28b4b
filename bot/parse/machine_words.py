"""The words by which machines give themselves away, in subjects, addresses and openings (mail-in-china.md C1 and C5).

Subject patterns are matched at the outermost prefix; openings at the start of what was freshly written.
"""

import re

GATEWAY_TAG = re.compile(
    r"(?:\s*(?:\[[^\[\]]{1,40}\]|【[^【】]{1,40}】"
    r"|\([^()]{1,10}\)|（[^（）]{1,10}）|\*{3}[^*]{1,20}\*{3}))+\s*"
)

# Automatic replies ---
_AUTO_WORD = (
    r"(?:假期|外出|休假|邮箱|系统)?自[动動](?:回[复覆復]|答[复覆復]|应答)"
    r"|auto(?:matic)?[- ]?(?:reply|response|responder|answer)"
    r"|out of (?:the )?office(?: auto-?reply)?|vacation (?:reply|response)|不在办公室|不在辦公室"
    r"|abwesenheitsnotiz|automatische antwort|r[ée]ponse automatique|respuesta autom[áa]tica|resposta autom[áa]tica"
    r"|risposta automatica|automatyczna odpowied[źz]|自動応答|자동 ?회신"
)
AUTO_SUBJECT = re.compile(
    rf"(?:{_AUTO_WORD})(?:\s*[/／|]\s*(?:{_AUTO_WORD}))?\s*(?:[:：]|$)|[\[【(（](?:{_AUTO_WORD})[\]】)）]"
    r"|AUTO: .{0,80}\bout of (?:the )?office",
    re.IGNORECASE,
)
AUTO_OPENING = re.compile(
    r"\s*[\[【(（]?(?:(?:您好|你好|尊敬的\S{1,6})[，,!！。\s]{0,3})?"
    r"(?:(?:这是|此(?:邮件)?为|此邮件是|本邮件[为是]|這是)(?:一封|封)?"
    r"(?:来自\S{1,12}的|由系统|系统)?(?:假期|外出|休假)?自[动動](?:回[复覆復]|答[复覆復]|发送的(?:回复|邮件))"
    r"|this is an (?:automatic|automated|auto)[- ]?(?:reply|response|answer))",
    re.IGNORECASE,
)
# A mail of nothing but a form says at its end that no person wrote it. One that goes on at length may quote that.
SENT_BY_SYSTEM = re.compile(
    r"(?:本|此)(?:封)?(?:邮件|郵件|信件)(?:是|为|為|由|系)*(?:系统|系統)(?:自[动動])?(?:发送|发出|发布|生成|回复|發送|發出)"
    r"|(?:本|此)(?:封)?(?:邮件|郵件|信件)(?:是|为|為|由|系)*自[动動](?:发送|发出|生成|回复|發送|發出)"
)
NOBODY = re.compile(r"(?:do[-_.]?not[-_.]?reply|no[-_.]?reply)(?:[+.-].*)?", re.IGNORECASE)

# Bounces ---
BOUNCE_SUBJECT = re.compile(
    r"系统退信|系統退信|退信|邮件退回|未送达|未送達|未传递|未傳遞|无法送达|无法传递|無法傳遞"
    r"|(?:您的|你的)?邮件\s*(?:未送达|未能送达|被退回|被拒收)|(?:邮件)?(?:投递|发送|传递)(?:失败|延迟)通知"
    r"|邮件(?:投递|发送|传递)(?:失败|延迟)|投递失败|发送失败"
    r"|發送失敗|傳遞失敗|寄送失敗|邮件无法|延迟送达"
    r"|undeliver|delivery status notification"
    r"|(?:permanent |temporary )?delivery (?:has )?(?:failed|failure|delayed|error)"
    r"|mail delivery|returned mail|failure notice|failed mail|mail (?:system )?error"
    r"|mail could not|delayed mail|warning: (?:.{0,80}(?:user unknown|unknown user)|could not|message)"
    r"|message (?:not|delayed|could)|systems? bounce|non[- ]?delivery",
    re.IGNORECASE,
)
BOUNCE_TEXT = re.compile(
    r"退信|无法送达|未送达|不能送达|无法投递|投递失败|發送失敗|发送失败|无法到达|未能到达"
    r"|undeliver|could not be delivered|delivery (?:has )?failed|not be reached",
    re.IGNORECASE,
)
# The first words of a report; of at most 1,500 characters, so that the cost stays bounded.
BOUNCE_OPENING = re.compile(
    r"(?im)\A.{0,300}?(?:^|(?<=[。！!.，,：:\s*]))[ \t*-]*(?:"
    r"(?:your|the|this|a|an)\s(?:[\w-]+\s){0,3}(?:messages?|e-?mails?|mail)\b.{0,250}?"
    r"(?:(?:could|can|was|has)\s?n[o']t.{0,12}\sdelivered|automatically rejected|created automatically|fatal delivery)"
    r"|(?:could not|cannot|unable to|failed to) deliver\b|delivery (?:of|to)\b.{0,120}(?:failed|delayed|not possible)"
    r"|failed recipients?\b|i'm (?:sorry to have to inform you|afraid i wasn't able)|no such user\b"
    r"|message from interscan|this is an advisory-only email|non-delivery report)",
    re.DOTALL,
)
# A person says "你的邮件被退回了" too: these count with an address in the text.
BOUNCE_OPENING_ZH = re.compile(
    r"\A\s*(?:很?抱歉|对不起|尊敬的|您好|你好|您|你)[^\n]{0,60}?邮件[^\n]{0,80}?"
    r"(?:退回|拒收|(?:无法|未能|不能)(?:送达|投递|到达|发送)|(?:投递|发送|传递)(?:失败|成功)|时出现问题)"
)
ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.\w")
DAEMONS = re.compile(
    r"(?:mailer[-_]?daemon|mail[-_]?daemon|postmaster|microsoftexchange[0-9a-f]{32})(?:[+-].*)?", re.IGNORECASE
)
SURE_DAEMONS = re.compile(r"mail(?:er)?[-_]?daemon", re.IGNORECASE)
SYSTEM_NAMES = re.compile(
    r"系统退信|系统管理员|邮件管理员|退信管理员|网易邮件中心|mail (?:delivery|administrator|system).{0,12}"
    r"|microsoft outlook|system administrator|postmaster",
    re.IGNORECASE,
)

# Receipts and recalls ---
RECEIPT_SUBJECT = re.compile(
    r"(?:已读(?:回执)?|已讀(?:回條)?|未读|未讀|已阅读|已閱讀|(?:阅读|读取|已读)回执|讀取回條"
    r"|read(?: receipt)?|not read|disposition notification)\s*[:：]",
    re.IGNORECASE,
)
RECEIPT_TEXT = re.compile(
    r"阅读|閱讀|读取|讀取|已读|已讀|未读|收条|回执|收件人|查看|打开|删除|刪除"
    r"|\bread\b|displayed|deleted|opened|receipt|your message",
    re.IGNORECASE,
)
RECALL_SUBJECT = re.compile(
    r"(?:撤回(?:邮件)?|邮件撤回|邮件召回|召回(?:邮件)?|收回|回收"
    r"|recall(?: success| failure| report)?|message recall(?: report)?)\s*[:：]",
    re.IGNORECASE,
)
RECALL_TEXT = re.compile(r"邮件|郵件|message|mail", re.IGNORECASE)
WITHDRAWN = re.compile(r"撤回|撤销|取消|不做了|不需要|不用了|作废")
# A machine puts its prefix before the subject of the mail it is about.
ABOUT_A_MAIL = re.compile(
    r"--|——|技术支持|技術支|\[|【|(?:re|fw|fwd|回[复覆復]|答[复覆復]|转发|轉寄)\s*[:：]", re.IGNORECASE
)
