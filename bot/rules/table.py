"""THE TABLE: what may happen to a case, who may cause it, and what follows; read it top to bottom.

The first row that fits stage and event counts. A row with `proof` moves nothing unless the sender's address is proved
(design.md part 2). No row for (stage, event): the mail is put on the record and nothing else happens.
`docs/process.md` is drawn from it (bot.rules.diagram), and a test keeps the drawing true.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.rules.case import DeadlineKind as D
from bot.rules.notice import NoticeKind as N
from bot.rules.words import Stage as S


class Event(StrEnum):
    """What can happen to a case."""

    REQUEST = "request"  # 申请 arrives (R1)
    RETROACTIVE = "retroactive"  # the engineer's completion without a request (R22)
    EMERGENCY = "emergency"  # 应急：work starts before the request (R6)
    RESENT = "resent"  # 补发 of the request, or the request once more (R22)
    APPROVE = "approve"
    CONDITION = "condition"
    REJECT = "reject"
    NEED_INFO = "need_info"
    POSTPONE = "postpone"
    POSTPONE_OVER = "postpone_over"  # the day the director named has come
    DELEGATE = "delegate"
    ASSIGN = "assign"  # engineer, date or workload named or changed after the yes (R9)
    ANSWER = "answer"  # sales answer what the director asked (R10)
    WITHDRAW = "withdraw"
    RESCHEDULE = "reschedule"  # sales want another date (改期)
    RESCHEDULE_AGREED = "reschedule_agreed"
    WITHDRAW_ASKED = "withdraw_asked"  # sales want out of what is confirmed
    WITHDRAW_AGREED = "withdraw_agreed"
    WISH_REFUSED = "wish_refused"  # the director refuses either
    OUTLINE = "outline"  # a table of contents is proposed (R5)
    OUTLINE_AGREED = "outline_agreed"
    PROPOSAL = "proposal"  # the proposal (方案) is sent (R16)
    REVISE = "revise"  # its reader does not understand it (R17)
    UNDERSTOOD = "understood"
    LEFT_SITE = "left_site"  # 已离场 (R19)
    DEVIATION = "deviation"  # workload, product or interest changes (R18)
    CHANGE_AGREED = "change_agreed"  # sales' reply-all or the director: yes (R18)
    CHANGE_REFUSED = "change_refused"  # the same: no (R18)
    COMPLETED = "completed"  # (R21)
    FORM = "form"  # the signed service form came later (R21)
    ACCEPT = "accept"  # sales say so (R23)
    SILENCE = "silence"  # sales say nothing for one working day (R23)
    OBJECT = "object"  # sales say no, also later (R24)
    DOUBT = "doubt"  # sales answer, but neither yes nor no: silence counts no more (R24)
    CLOSE = "close"  # (R25)
    DOCUMENTS = "documents"  # all documents are there (R26)
    ARCHIVE = "archive"  # the director files although something is missing (R26)
    SETTLE = "settle"  # (R27)
    SIGNED = "signed"  # every weekly report that lists its work is signed (R27)


class Who(StrEnum):
    """Who may cause it."""

    DECIDER = "总监"  # director, a delegate of the day, or whom the director named for this case
    SALES = "销售"  # whose request it is
    ENGINEER = "工程师"
    SALES_OR_ENGINEER = "销售/工程师"
    BOT = "支持机器人"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: (stage, event, who) → stage (None: stays), notices, deadlines armed and ended."""

    stages: tuple[S, ...]  # () = no case yet
    event: Event
    who: Who
    to: S | None
    says: str  # Chinese, for the history and the diagram
    notices: tuple[N, ...] = ()
    arms: tuple[D, ...] = ()
    ends: tuple[D, ...] = ()
    proof: bool = False


ASKED = (S.AWAITING_APPROVAL, S.AWAITING_INFO, S.POSTPONED)
AT_WORK = (S.APPROVED, S.ON_SITE)
DONE = (S.ACCEPTED, S.CLOSED)
AFTER_YES = (*AT_WORK, S.AWAITING_ACCEPTANCE, *DONE)
BEFORE_YES = (D.CONFIRM, D.INFO, D.POSTPONED)
OPEN_QUESTIONS = (D.CHANGE, D.WISH)
BEFORE_WORK = (*BEFORE_YES, D.START, D.COMPLETE, D.OUTLINE, D.PROPOSAL, *OPEN_QUESTIONS)
EVERYTHING = tuple(D)
ENDED = frozenset({S.DECLINED, S.WITHDRAWN, S.SETTLED})


def _row(
    stages: S | tuple[S, ...],
    event: Event,
    who: Who,
    to: S | None,
    says: str,
    *,
    notices: tuple[N, ...] = (),
    arms: tuple[D, ...] = (),
    ends: tuple[D, ...] = (),
    proof: bool = False,
) -> Row:
    at = (stages,) if isinstance(stages, S) else stages
    return Row(at, event, who, to, says, notices, arms, ends, proof)


E, W = Event, Who
# fmt: off
TABLE: tuple[Row, ...] = (
    # Request (R1-R3)
    _row((), E.REQUEST, W.SALES, S.AWAITING_APPROVAL, "申请已登记", notices=(N.REGISTERED,), arms=(D.CONFIRM, D.START)),
    _row((), E.RETROACTIVE, W.ENGINEER, S.AWAITING_ACCEPTANCE, "无申请邮件，由工程师的完成邮件立项",
         notices=(N.ACCEPTANCE, N.RESEND_ASKED), arms=(D.ACCEPT, D.RESEND)),
    _row((), E.EMERGENCY, W.DECIDER, S.APPROVED, "总监先行同意的应急支持，待销售补发申请", proof=True,
         notices=(N.CONFIRMED,), arms=(D.COMPLETE, D.RESEND)),
    _row((), E.EMERGENCY, W.ENGINEER, S.AWAITING_APPROVAL, "来信报告应急支持，待总监确认、销售补发申请",
         notices=(N.EMERGENCY,), arms=(D.CONFIRM, D.RESEND)),
    # Confirmation (R8-R11): only a plain, proved yes moves the request
    _row(ASKED, E.APPROVE, W.DECIDER, S.APPROVED, "总监同意", proof=True,
         notices=(N.CONFIRMED,), arms=(D.COMPLETE,), ends=BEFORE_YES),
    _row(ASKED, E.CONDITION, W.DECIDER, S.AWAITING_INFO, "总监有条件同意，条件须先满足", proof=True,
         notices=(N.CONDITION,), arms=(D.INFO,), ends=BEFORE_YES),
    _row(ASKED, E.NEED_INFO, W.DECIDER, S.AWAITING_INFO, "总监要求补充", proof=True,
         notices=(N.NEED_INFO,), arms=(D.INFO,), ends=BEFORE_YES),
    _row(ASKED, E.POSTPONE, W.DECIDER, S.POSTPONED, "总监推迟", proof=True,
         notices=(N.POSTPONED,), arms=(D.POSTPONED,), ends=BEFORE_YES),
    _row(ASKED, E.REJECT, W.DECIDER, S.DECLINED, "总监不同意", proof=True, notices=(N.DECLINED,), ends=EVERYTHING),
    _row(ASKED, E.DELEGATE, W.DECIDER, None, "总监请他人决定", proof=True, notices=(N.DELEGATED,)),
    _row(S.AWAITING_INFO, E.ANSWER, W.SALES, S.AWAITING_APPROVAL, "销售已答复，请总监决定",
         notices=(N.DECIDE_AGAIN,), arms=(D.CONFIRM,), ends=(D.INFO,)),
    _row(S.POSTPONED, E.POSTPONE_OVER, W.BOT, S.AWAITING_APPROVAL, "推迟期满，再请总监确认",
         notices=(N.DECIDE_AGAIN,), arms=(D.CONFIRM,), ends=(D.POSTPONED,)),
    _row(ASKED, E.WITHDRAW, W.SALES, S.WITHDRAWN, "销售撤回申请", proof=True, notices=(N.WITHDRAWN,), ends=EVERYTHING),
    _row(AT_WORK, E.REJECT, W.DECIDER, S.DECLINED, "总监收回同意", proof=True, notices=(N.DECLINED,), ends=EVERYTHING),
    _row(AT_WORK, E.WITHDRAW, W.DECIDER, S.AWAITING_APPROVAL, "总监收回同意，待重新确认", proof=True,
         notices=(N.POSTPONED, N.DECIDE_AGAIN), arms=(D.CONFIRM,),
         ends=(D.COMPLETE, D.OUTLINE, D.PROPOSAL, *OPEN_QUESTIONS)),
    _row(S.DECLINED, E.APPROVE, W.DECIDER, S.APPROVED, "总监改为同意", proof=True,
         notices=(N.CONFIRMED,), arms=(D.START, D.COMPLETE)),
    # Another date, or out: before the yes sales decide; after it others are bound, and the director has to agree
    _row((S.AWAITING_APPROVAL, S.POSTPONED), E.RESCHEDULE, W.SALES, None, "销售更改了申请的支持日期", proof=True),
    _row(AT_WORK, E.RESCHEDULE, W.SALES, None, "销售要求改期，总监同意后才算数", proof=True,
         notices=(N.WISH_ASKED,), arms=(D.WISH,)),
    _row(AT_WORK, E.WITHDRAW_ASKED, W.SALES, None, "销售要求撤回已确认的申请，总监同意后才算数", proof=True,
         notices=(N.WISH_ASKED,), arms=(D.WISH,)),
    _row(AT_WORK, E.RESCHEDULE_AGREED, W.DECIDER, None, "总监同意改期", proof=True,
         notices=(N.CONFIRMED,), arms=(D.COMPLETE,), ends=(D.WISH,)),
    _row(AT_WORK, E.WITHDRAW_AGREED, W.DECIDER, S.WITHDRAWN, "总监同意撤回", proof=True,
         notices=(N.WITHDRAWN,), ends=EVERYTHING),
    _row(AT_WORK, E.WISH_REFUSED, W.DECIDER, None, "总监不同意，按原安排进行", proof=True,
         notices=(N.WISH_REFUSED,), ends=(D.WISH,)),
    # Documents in the making (R5, R16, R17)
    _row((S.AWAITING_APPROVAL, *AT_WORK), E.OUTLINE, W.SALES_OR_ENGINEER, None, "提出文档目录，待对方同意",
         notices=(N.OUTLINE,)),
    _row((S.AWAITING_APPROVAL, *AT_WORK), E.OUTLINE_AGREED, W.SALES_OR_ENGINEER, None, "销售与工程师已商定文档目录",
         proof=True, notices=(N.OUTLINE,), ends=(D.OUTLINE,)),
    _row(AT_WORK, E.PROPOSAL, W.ENGINEER, None, "工程师已提交方案", notices=(N.PROPOSAL,), ends=(D.PROPOSAL,)),
    _row(AT_WORK, E.REVISE, W.SALES, None, "销售尚未看懂方案，工程师继续修改", proof=True,
         notices=(N.PROPOSAL,), arms=(D.PROPOSAL,)),
    _row(AT_WORK, E.UNDERSTOOD, W.SALES, None, "销售已看懂方案", proof=True, ends=(D.PROPOSAL,)),
    # At work (R18, R19)
    _row(AT_WORK, E.ASSIGN, W.DECIDER, None, "总监补充或更改安排", proof=True,
         notices=(N.CONFIRMED,), arms=(D.COMPLETE,)),
    _row(AT_WORK, E.LEFT_SITE, W.ENGINEER, S.ON_SITE, "工程师离场汇报",
         notices=(N.LEFT,), arms=(D.COMPLETE,), ends=(D.CONFIRM,)),
    _row(AT_WORK, E.DEVIATION, W.ENGINEER, None, "工程师报告变更，待销售全部答复结果",
         notices=(N.CHANGE_ASKED,), arms=(D.CHANGE,)),
    _row(AT_WORK, E.CHANGE_AGREED, W.SALES, None, "销售确认变更", proof=True, ends=(D.CHANGE,)),
    _row(AT_WORK, E.CHANGE_REFUSED, W.SALES, None, "销售不同意变更", proof=True, ends=(D.CHANGE,)),
    _row(AT_WORK, E.CHANGE_AGREED, W.DECIDER, None, "总监同意变更", proof=True, ends=(D.CHANGE,)),
    _row(AT_WORK, E.CHANGE_REFUSED, W.DECIDER, None, "总监不同意变更", proof=True, ends=(D.CHANGE,)),
    # Completion (R21-R24)
    _row(AT_WORK, E.COMPLETED, W.ENGINEER, S.AWAITING_ACCEPTANCE, "工程师报告完成，请销售验收",
         notices=(N.ACCEPTANCE,), arms=(D.ACCEPT,), ends=BEFORE_WORK),
    _row(AFTER_YES, E.FORM, W.SALES_OR_ENGINEER, None, "签字的服务单已收到", ends=(D.FORM,)),
    _row((*ASKED, *AFTER_YES, S.ARCHIVED), E.RESENT, W.SALES, None, "销售已补发申请", ends=(D.RESEND,)),
    _row(S.AWAITING_ACCEPTANCE, E.ACCEPT, W.SALES, S.ACCEPTED, "销售验收", proof=True,
         notices=(N.ACCEPTED,), arms=(D.CLOSE,), ends=(D.ACCEPT,)),
    _row(S.AWAITING_ACCEPTANCE, E.SILENCE, W.BOT, S.ACCEPTED, "销售一个工作日内未答复，视为完成",
         notices=(N.ACCEPTED,), arms=(D.CLOSE,), ends=(D.ACCEPT,)),
    _row(S.AWAITING_ACCEPTANCE, E.DOUBT, W.SALES, None, "销售已答复但未表明是否验收，沉默不再视为完成"),
    _row((S.AWAITING_ACCEPTANCE, *DONE, S.ARCHIVED), E.OBJECT, W.SALES, S.ON_SITE, "销售有异议，支持继续", proof=True,
         notices=(N.OBJECTED,), arms=(D.COMPLETE,), ends=(D.ACCEPT, D.CLOSE, D.DOCUMENTS, D.SETTLE)),
    # Closure, archive, settlement (R25-R27)
    _row(S.ACCEPTED, E.CLOSE, W.DECIDER, S.CLOSED, "总监确认关闭", proof=True,
         notices=(N.CLOSED,), arms=(D.DOCUMENTS,), ends=(D.CLOSE,)),
    _row(S.ACCEPTED, E.REJECT, W.DECIDER, S.ON_SITE, "总监不同意关闭，支持继续", proof=True,
         notices=(N.OBJECTED,), arms=(D.COMPLETE,), ends=(D.CLOSE,)),
    _row(S.CLOSED, E.DOCUMENTS, W.BOT, S.ARCHIVED, "文档齐全，已归档",
         notices=(N.ARCHIVED,), arms=(D.SETTLE,), ends=(D.DOCUMENTS, D.FORM)),
    _row(S.CLOSED, E.ARCHIVE, W.DECIDER, S.ARCHIVED, "总监同意按现有文档归档", proof=True,
         notices=(N.ARCHIVED,), arms=(D.SETTLE,), ends=(D.DOCUMENTS, D.FORM)),
    _row(S.CLOSED, E.SETTLE, W.DECIDER, None, "总监已核算工作量，待归档", proof=True),
    _row(S.ARCHIVED, E.SETTLE, W.DECIDER, S.SETTLED, "总监核算工作量，全部完成", proof=True,
         notices=(N.SETTLED,), ends=EVERYTHING),
    _row((S.AWAITING_ACCEPTANCE, *DONE), E.SIGNED, W.DECIDER, None, "周报已签字，工作量按周报核算，待归档", proof=True),
    _row(S.ARCHIVED, E.SIGNED, W.DECIDER, S.SETTLED, "周报已签字，按周报核算工作量，全部完成", proof=True,
         ends=EVERYTHING),
    _row(S.SETTLED, E.SIGNED, W.DECIDER, None, "周报已签字，核算以周报为准", proof=True),
)
# fmt: on


def find_row(stage: S | None, event: Event, who: frozenset[Who]) -> Row | None:
    """The row for this stage (None: no case yet), event and the parts the sender plays; None when there is none."""
    for row in TABLE:
        at_stage = stage in row.stages if stage else not row.stages
        if row.event is event and at_stage and row.who in who:
            return row
    return None
