"""From a decision to a notice in the thread: who reads it, what it says, who finds which buttons (R45, R46)."""

from collections.abc import Callable, Iterable
from datetime import date

from bot.rules import offers, wording_wishes, wording_work
from bot.rules.audience import missing_people, split_thread
from bot.rules.case import Case, DeadlineKind
from bot.rules.decision import Say
from bot.rules.matters.rating import ask_rating
from bot.rules.notice import Line, Notice, NoticeKind, Personal
from bot.rules.notice import NoticeKind as N
from bot.rules.papers.documents import in_order, missing_documents
from bot.rules.parts import find_parts
from bot.rules.plans.booking import warn_of_clashes
from bot.rules.preparing import owed_documents, prepare
from bot.rules.scene import Scene, case_lines, node_lines, stage_bar
from bot.rules.table import Who
from bot.rules.wishes import days_words
from bot.rules.wording import Words as Words
from bot.rules.wording import to_deciders as to_deciders
from bot.rules.words import Stage


def notice_key(say: Say, scene: Scene) -> str:
    """The notice's name for ever: the same mail or moment never says the same thing twice."""
    mail = f"m{scene.mail_id}"
    slot = say.slot or (f"{say.matter}:{mail}" if say.matter else mail)
    return f"c{scene.case.id}:{say.kind.value}:{slot}" if scene.case else general_key(say.kind, slot)


def matter_of(key: str) -> str:
    """The name of the matter (升级1) that the notice with this key is about, "" when it is about none."""
    parts = key.split(":")
    return parts[2] if len(parts) > 3 and parts[1] in {N.MATTER.value, N.MATTER_TOLD.value} else ""


def general_key(kind: NoticeKind, slot: str) -> str:
    """The name of a notice that is about no case."""
    return f"-:{kind.value}:{slot}"


def word_thread(say: Say, scene: Scene, case: Case) -> Notice:
    """A notice to the whole thread."""
    words = _THREAD[say.kind](say, scene, case)
    to, cc = split_thread(scene.policy, case, words.personal)
    return Notice(
        kind=say.kind,
        key=notice_key(say, scene),
        to=to,
        cc=cc,
        in_thread=True,
        reply_to_mail=case.newest_mail,
        case_id=case.id,
        ref=case.ref,
        case_subject=case.subject,
        headline=words.headline,
        lines=(*case_lines(scene, case), *words.more),
        paragraphs=words.paragraphs,
        items=words.items,
        stage_bar=stage_bar(case),
        personal=words.personal,
        invites=say.invites,
        nodes=node_lines(scene),
    )


def _registered(_say: Say, scene: Scene, case: Case) -> Words:
    sales = scene.policy.company.find(case.sales)
    added = missing_people(scene.policy, scene.reading.mail, sales) if scene.reading else ()
    paragraphs = [f"请总监于 {scene.due(DeadlineKind.CONFIRM)} 前确认。"]
    if added:
        paragraphs.append(f"已按规定补充收件人：{'、'.join(p.name for p in added)}（R1）。")
    repaired = scene.reading.mail.subject.repaired if scene.reading else ()
    if repaired:
        paragraphs.append(f"主题已自动更正：{'；'.join(repaired)}。")
    missing = scene.reading.fields.missing if scene.reading else ()
    if missing:
        paragraphs.append(f"正文未写明：{'、'.join(missing)}。可回复补充，不影响登记（R4）。")
    more = tuple(Line(label, text) for label, text in _when(scene) if text)
    return Words("申请已登记。", tuple(paragraphs), more=more, personal=_ask_deciders(scene, case))


def _when(scene: Scene) -> Iterable[tuple[str, str]]:
    return ("确认期限", scene.why(DeadlineKind.CONFIRM)), ("最早支持", scene.why(DeadlineKind.START))


def _ask_deciders(scene: Scene, case: Case) -> dict[str, Personal]:
    missing = bool(missing_documents(scene.policy, case, scene.documents))
    return to_deciders(scene, case, offers.for_decider(case, missing=missing))


def _confirmed(say: Say, scene: Scene, case: Case) -> Words:
    names = "、".join(scene.name(e) for e in case.engineers)
    paragraphs = (
        [f"{names}：请先与销售{scene.name(case.sales)}沟通客户情况、准备事项与注意事项（R12）。"] if names else []
    )
    if due := scene.due(DeadlineKind.COMPLETE):
        paragraphs.append(f"完成后请于 {due} 前全部回复“已完成”，并附客户签字的服务单（R21）。")
    else:
        paragraphs.append("完成后请在下一个工作日内全部回复“已完成”，并附客户签字的服务单（R21）。")
    if not say.text:
        paragraphs += owed_documents(scene, case)
    paragraphs += [hint for hint in (_too_early(scene, case), _other_day(case)) if hint]
    if say.invites:
        paragraphs.append("工程师和销售的这封邮件带有日历邀请；日历里的接受或谢绝会记入经过，但不代替邮件答复。")
    resend: dict[str, Personal] = {}
    if case.emergency and case.retroactive and not say.text:
        resend = {case.sales: wording_work.ask_resend(scene, case)}
        paragraphs.append(f"这是先处理、后补申请的应急支持：请{scene.name(case.sales)}补发申请（R6）。")
    headline = f"总监更改了安排：{say.text}。" if say.text else "总监已确认本次支持。"
    asked = to_deciders(scene, case, _ask_arrangement(say, scene, case))
    newly = prepare(scene, case) if not say.text or "工程师：" in say.text else {}
    return Words(headline, tuple(paragraphs), personal=_join(newly, resend, asked))


def _join(*parts: dict[str, Personal]) -> dict[str, Personal]:
    """Somebody with two parts (a director who does the work) reads both."""
    joined: dict[str, Personal] = {}
    for address, part in (pair for one in parts for pair in one.items()):
        had = joined.get(address, Personal())
        ask = "\n".join(words for words in (had.ask, part.ask) if words)
        joined[address] = Personal(ask, (*had.buttons, *part.buttons))
    return joined


def _ask_arrangement(say: Say, scene: Scene, case: Case) -> Personal:
    """What the director left open (R9), and who cannot be there: said now, not afterwards (R38)."""
    lines = [f"请补充：{'；'.join(say.items)}。直接回复即可。"] if say.items else []
    if clashes := warn_of_clashes(scene.policy, case, scene.bookings, scene.away):
        lines += [f"请注意：{'；'.join(clashes)}。如需更改，请直接回复新的工程师或日期。"]
    return Personal(ask="\n".join(lines))


def owners(say: Say, kind: DeadlineKind, scene: Scene, case: Case) -> dict[str, Personal]:
    """Only who owes the answer, or may give it in the owner's place, gets the buttons (R45)."""
    owner = next((d.owner for d in scene.deadlines if d.kind is kind), "")
    resend = kind is DeadlineKind.RESEND
    personal = wording_work.ask_resend(scene, case) if resend else offers.for_owner(kind, case)
    there = (*say.to, *say.cc)
    return (
        {a: personal for a in there if a == owner or _may_answer(a, kind, scene, case)}
        if personal != Personal()
        else {}
    )


def _may_answer(address: str, kind: DeadlineKind, scene: Scene, case: Case) -> bool:
    part = Who.DECIDER if kind in DECIDED else Who.SALES if kind is DeadlineKind.ACCEPT else None
    person = scene.policy.company.find(address)
    today = scene.policy.hours.local(scene.now).date()
    return part is not None and person is not None and part in find_parts(scene.policy, case, person, today)


DECIDED = frozenset(
    {DeadlineKind.CONFIRM, DeadlineKind.CLOSE, DeadlineKind.SETTLE, DeadlineKind.POSTPONED, DeadlineKind.WISH}
)


def _too_early(scene: Scene, case: Case) -> str:
    start = next((d for d in scene.deadlines if d.kind is DeadlineKind.START), None)
    if start and case.on and case.on < scene.policy.hours.local(start.due_at).date():
        return f"提示：确认的日期早于规定的最早支持日（{start.why}）。"
    return ""


def _other_day(case: Case) -> str:
    """The director's date is not the one that was asked for: said plainly, for sales have promised it (R33)."""
    if not (case.wanted and case.on) or (case.wanted <= case.on and (case.until or case.on) <= _last_wanted(case)):
        return ""
    wanted, agreed = days_words(case.wanted, case.wanted_until), days_words(case.on, case.until)
    return f"注意：确认的日期是{agreed}，与申请的{wanted}不同，请销售告知客户；不合适请回复“改期到×月×日”。"


def _last_wanted(case: Case) -> date:
    return case.wanted_until or case.wanted or date.max


def _to_sales(case: Case, ask: str) -> dict[str, Personal]:
    return {case.sales: Personal(ask=ask)}


def _condition(_say: Say, _scene: Scene, case: Case) -> Words:
    paragraphs = (f"条件：{case.condition}", "满足后请销售全部回复说明，再由总监明确确认（R10）。")
    return Words("总监有条件同意，尚未生效。", paragraphs, personal=_to_sales(case, "请满足上述条件后回复。"))


def _need_info(say: Say, scene: Scene, case: Case) -> Words:
    paragraphs = (f"总监：{say.text}", f"请销售于 {scene.due(DeadlineKind.INFO)} 前全部回复。")
    return Words("总监需要更多信息。", paragraphs, personal=_to_sales(case, "请直接回复总监要求的内容。"))


def _declined(say: Say, _scene: Scene, _case: Case) -> Words:
    return Words("总监不同意本次申请。", (f"总监：{say.text}", "如情况有变，请重新发送申请，或请总监回复“同意”。"))


def _postponed(say: Say, scene: Scene, case: Case) -> Words:
    if case.stage is Stage.AWAITING_APPROVAL:
        return Words("总监收回了同意，支持暂停，待总监重新确认。", (f"总监：{say.text}",))
    return Words("总监推迟了本次申请。", (f"总监：{say.text}", scene.why(DeadlineKind.POSTPONED)))


def _withdrawn(say: Say, _scene: Scene, _case: Case) -> Words:
    return Words("销售已撤回申请。", (f"销售：{say.text}",))


def _acceptance(_say: Say, scene: Scene, case: Case) -> Words:
    due = scene.due(DeadlineKind.ACCEPT)
    headline = "工程师已报告客户端完成，请销售验收。"
    paragraphs = [
        f"请{scene.name(case.sales)}于 {due} 前答复；到期未答复即视为完成（R23）。",
        scene.why(DeadlineKind.ACCEPT),
    ]
    if case.retroactive:
        paragraphs.append("本次支持没有申请邮件，已按工程师的完成邮件立项，请销售补发申请（R22）。")
    ask = Personal(ask="请答复是否验收。", buttons=offers.ACCEPT)
    return Words(headline, tuple(paragraphs), personal={case.sales: ask})


def _accepted(_say: Say, scene: Scene, case: Case) -> Words:
    headline = "销售一个工作日内未答复，视为完成（R23）。" if case.tacit else "销售已验收。"
    paragraphs = [f"请总监于 {scene.due(DeadlineKind.CLOSE)} 前确认关闭（R25）。"]
    if case.tacit:
        paragraphs.append("如有异议，销售仍可回复说明，支持将继续（R24）。")
    if "服务单" in missing_documents(scene.policy, case, scene.documents):
        paragraphs.append("签字的服务单尚未收到。")
    return Words(headline, tuple(paragraphs), personal=_ask_deciders(scene, case))


def _objected(say: Say, scene: Scene, case: Case) -> Words:
    names = "、".join(scene.name(e) for e in case.engineers) or "工程师"
    due = scene.due(DeadlineKind.COMPLETE)
    paragraphs = (f"原因：{say.text}", f"请{names}处理后再次全部回复“已完成”{f'（{due} 前）' if due else ''}。")
    return Words("对完成情况有异议，支持继续。", paragraphs)


def _changed(say: Say, _scene: Scene, case: Case) -> Words:
    what, outcome = case.changes[-1]
    return Words(f"{say.text or '销售'}已答复变更。", (f"变更：{what}", f"结果：{outcome}"))


def _closed(_say: Say, scene: Scene, case: Case) -> Words:
    missing = missing_documents(scene.policy, case, scene.documents)
    personal = ask_rating(case, scene.rating) | _ask_deciders(scene, case)
    if case.stage is not Stage.CLOSED:
        return Words("总监已确认关闭，文档齐全，已归档。", items=_filed(scene), personal=personal)
    ask = Personal(ask=f"请于 {scene.due(DeadlineKind.DOCUMENTS)} 前回复并附上：{'、'.join(missing)}（R26）。")
    personal |= {e: ask for e in case.engineers if e not in personal}
    return Words("总监已确认关闭，待文档归档。", (f"尚缺文档：{'、'.join(missing)}。",), personal=personal)


def _archived(_say: Say, scene: Scene, case: Case) -> Words:
    missing = missing_documents(scene.policy, case, scene.documents)
    paragraphs = (f"总监同意缺少：{'、'.join(missing)}。",) if missing else ("文档齐全。",)
    personal = ask_rating(case, scene.rating) | _ask_deciders(scene, case)
    return Words("文档已归档。", paragraphs, items=_filed(scene), personal=personal)


def _filed(scene: Scene) -> tuple[str, ...]:
    return tuple(f"{d.label or '其他'}：{d.name}" for d in in_order(scene.documents))


_THREAD: dict[NoticeKind, Callable[[Say, Scene, Case], Words]] = {
    N.REGISTERED: _registered,
    N.CONFIRMED: _confirmed,
    N.CONDITION: _condition,
    N.NEED_INFO: _need_info,
    N.DECLINED: _declined,
    N.POSTPONED: _postponed,
    N.WITHDRAWN: _withdrawn,
    N.ACCEPTANCE: _acceptance,
    N.ACCEPTED: _accepted,
    N.OBJECTED: _objected,
    N.CHANGED: _changed,
    N.CLOSED: _closed,
    N.ARCHIVED: _archived,
    **wording_wishes.THREAD,
    **wording_work.THREAD,
}
IN_THREAD = frozenset(_THREAD)
