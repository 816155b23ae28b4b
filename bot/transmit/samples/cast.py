"""Who and what the samples tell of: the cast, their request, and the two shapes of a notice about it."""

from bot.rules.mail import Address
from bot.rules.notice import Button, Letter, Line, Notice, NoticeKind, Personal, Row

DIRECTOR = Address("li.zong@example.cn", "李总监")
SALES = Address("zhang.guohua@example.cn", "张国华")
ENGINEER = Address("li.wei@example.cn", "李伟")
OTHERS = (
    Address("sun.lead@example.cn", "孙组长"),
    Address("zhou.local@example.cn", "周总监"),
    Address("gxm@example.cn", "管理部 GXM"),
)
REF = "ZC2026-0001"
SECRET = "K7Q29FXMABCDEFGH"  # noqa: S105 - made up for samples
SUBJECT = "技术支持申请--欧莱雅--CITRIX安装--张国华--0918"
STAGES = ("申请", "确认", "支持", "验收", "关闭", "归档", "核算")

_CASE = (Line("客户", "欧莱雅"), Line("项目", "CITRIX安装"), Line("销售", "张国华"))
YES_NO = (
    Button("同意", "同意", "primary"),
    Button("不同意", "不同意，原因：", "danger"),
    Button("需补充资料", "请补充："),
)
LETTER = Letter(
    (DIRECTOR.email,), tuple(a.email for a in OTHERS), SUBJECT, "项目性质：非项目\n请安排工程师到现场安装。"
)
ROWS = (
    Row(REF, "欧莱雅 · CITRIX安装", "待验收", "9月22日 18:00", owes="张国华"),
    Row("ZC2026-0007", "3M-中国 · AD升级", "待确认", "9月18日 18:00", overdue=True, owes="李总监"),
    Row("ZC2026-0009", "Coca-Cola · 存储扩容（第二期）", "支持中", "", owes="李伟"),
)


def in_thread(
    kind: NoticeKind,
    headline: str,
    now: int,
    *more: Line,
    paragraphs: tuple[str, ...] = (),
    items: tuple[str, ...] = (),
    personal: dict[str, Personal] | None = None,
) -> Notice:
    """A notice to all, with the case at station `now` of its bar."""
    return Notice(
        kind=kind,
        key=f"sample:{kind.value}",
        to=(DIRECTOR, SALES, ENGINEER),
        cc=OTHERS,
        in_thread=True,
        reply_to_mail=1,
        case_id=1,
        ref=REF,
        case_subject=SUBJECT,
        headline=headline,
        lines=(*_CASE, *more),
        paragraphs=paragraphs,
        items=items,
        stage_bar=_bar(now),
        personal=personal or {},
    )


def to_one(
    kind: NoticeKind,
    to: Address,
    headline: str,
    *more: Line,
    paragraphs: tuple[str, ...] = (),
    items: tuple[str, ...] = (),
    rows: tuple[Row, ...] = (),
    copy_text: str = "",
    buttons: tuple[Button, ...] = (),
    ask: str = "",
    ref: str = REF,
) -> Notice:
    """A notice to one person, about the case unless `ref` is empty."""
    secret = SECRET if any(b.secret for b in buttons) else ""
    return Notice(
        kind=kind,
        key=f"sample:{kind.value}",
        to=(to,),
        reply_to_mail=1 if ref else 0,
        case_id=1 if ref else 0,
        ref=ref,
        headline=headline,
        lines=(*_CASE, *more) if ref else more,
        paragraphs=paragraphs,
        items=items,
        rows=rows,
        copy_text=copy_text,
        personal={to.email: Personal(ask, buttons, secret)} if ask or buttons else {},
    )


def _bar(now: int) -> tuple[tuple[str, str], ...]:
    return tuple((label, "done" if i < now else "now" if i == now else "todo") for i, label in enumerate(STAGES))
