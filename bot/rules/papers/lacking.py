"""Who sends documents hears at once what is still lacking (R21, R26)."""

from bot.rules import offers
from bot.rules.case import Case, DeadlineKind
from bot.rules.decision import Decision, Say
from bot.rules.desk import Desk
from bot.rules.notice import NoticeKind as N
from bot.rules.papers.documents import FORM, UNSIGNED, has_form, missing_documents
from bot.rules.people import Person
from bot.rules.saying import Words
from bot.rules.scene import Scene
from bot.rules.words import Stage


def tell_lacking(decision: Decision, sender: Person, desk: Desk) -> Decision:
    """`decision` on a mail with new documents, saying to its sender alone what they do not settle.

    After closing: what is still missing, unless the same mail closes and all are told. Before: that a form without a
    signature is none. `desk.documents` holds the mail's own documents already.
    """
    case, added = decision.case, decision.documents
    if case is None or not added or {say.kind for say in decision.says} & {N.CLOSED, N.FORM_MISSING}:
        return decision
    names = tuple(document.name for document in added)
    if case.stage is Stage.CLOSED and missing_documents(desk.policy, case, desk.documents):
        return decision.and_say(Say(N.DOCUMENTS_MISSING, to=(sender.address,), items=names))
    awaited = any(d.kind is DeadlineKind.FORM for d in desk.open_deadlines)
    if awaited and any(d.label == UNSIGNED for d in added) and not has_form(desk.documents):
        return decision.and_say(Say(N.FORM_MISSING, to=(sender.address,), items=names))
    return decision


def form_missing(say: Say, scene: Scene, case: Case) -> Words:
    """The signed form is asked for; what came without a signature is named."""
    personal = dict.fromkeys(say.to, offers.for_owner(DeadlineKind.FORM, case))
    unsigned = "、".join(f"“{d.name}”" for d in scene.documents if d.label == UNSIGNED)
    headline = "已收到完成邮件，但没有附上客户签字的服务单。"
    if unsigned:
        headline = f"已收到{unsigned}，但它不是客户签字后的扫描件、照片或 PDF。"
    how = "请把签字后的服务单拍照或扫描，作为附件发来（不要只插在正文里）。"
    return Words(headline, (scene.why(DeadlineKind.FORM), how), personal=personal)


def documents_missing(say: Say, scene: Scene, case: Case) -> Words:
    """To who sent some of them: what is there now, what is not."""
    missing = missing_documents(scene.policy, case, scene.documents)
    got = (f"已收到：{'、'.join(say.items)}。",) if say.items else ()
    if FORM in missing and any(d.label == UNSIGNED for d in scene.documents):
        got = (*got, "服务单要客户签字后的扫描件、照片或 PDF，Word 版不算。")
    personal = dict.fromkeys(say.to or case.engineers, offers.for_owner(DeadlineKind.DOCUMENTS, case))
    return Words("归档还缺文档。", (*got, scene.why(DeadlineKind.DOCUMENTS)), missing, personal=personal)
