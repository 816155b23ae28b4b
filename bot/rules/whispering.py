"""From a decision to a notice for one person alone: only what all need goes to all (R45)."""

from collections.abc import Callable
from dataclasses import replace

from bot.rules import offers, overview, wording_wishes, wording_work
from bot.rules.case import Case, DeadlineKind
from bot.rules.decision import Say
from bot.rules.diagram import STAGE_NAMES
from bot.rules.matters.matter import Issue
from bot.rules.matters.matter_words import matter_line, matter_lines, rating_line, word_help, word_matter, word_told
from bot.rules.notice import Button, Notice, NoticeKind, Personal
from bot.rules.notice import NoticeKind as N
from bot.rules.papers.documents import missing_documents
from bot.rules.papers.lacking import documents_missing, form_missing
from bot.rules.parts import deciders
from bot.rules.plans.planning_words import ABOUT_PLANS
from bot.rules.saying import IN_THREAD, Words, notice_key, owners, to_deciders, word_thread
from bot.rules.scene import AWAITED, Scene, case_lines, node_lines, stage_bar
from bot.rules.table import AT_WORK
from bot.rules.times.hours import moment_words
from bot.rules.words import Stage


def word_notice(say: Say, scene: Scene) -> Notice:
    """The notice for `say`; ValueError when a notice about a case has none."""
    scene = replace(scene, case=None) if say.general else scene
    if say.kind in IN_THREAD:
        if scene.case is None:
            raise ValueError(f"{say.kind} needs a case")
        return word_thread(say, scene, scene.case)
    return _word_private(say, scene)


def _word_private(say: Say, scene: Scene) -> Notice:
    case = scene.case
    words = (
        _ABOUT_CASE[say.kind](say, scene, case) if case and say.kind in _ABOUT_CASE else _GENERAL[say.kind](say, scene)
    )
    receivers = say.to or tuple(words.personal) or scene.operators
    lists_cases = say.kind in {N.DIGEST, N.OVERVIEW, N.TODO}
    sections = overview.sections(scene) if scene.board else ()
    return Notice(
        kind=say.kind,
        key=notice_key(say, scene),
        to=tuple(scene.address(a) for a in dict.fromkeys(receivers)),
        cc=tuple(scene.address(a) for a in dict.fromkeys(say.cc) if a not in receivers),
        reply_to_mail=scene.mail_id or (case.newest_mail if case else 0),
        case_id=case.id if case else 0,
        ref=case.ref if case and not lists_cases else "",
        case_subject=case.subject if case and not lists_cases else "",
        headline=words.headline,
        lines=(*case_lines(scene, case), *words.more) if case and not lists_cases else words.more,
        paragraphs=words.paragraphs,
        items=words.items,
        rows=overview.own_rows(scene) if lists_cases and not sections else (),
        sections=sections,
        bars=overview.bars(scene),
        copy_text=say.text if say.kind is N.SUBJECT_HELP else "",
        stage_bar=stage_bar(case) if case and not lists_cases else (),
        personal=words.personal,
        nodes=node_lines(scene) if case and not lists_cases else (),
    )


_LONGEST_SAID = 100  # characters; nine bytes each in a mailto link, of which Outlook takes 2,000


def _each(say: Say, personal: Personal) -> dict[str, Personal]:
    return dict.fromkeys(say.to, personal)


def _ask(say: Say, scene: Scene, case: Case) -> Words:
    """Back to whom the words are from; with a headline of its own, a question passed on."""
    if say.items:
        ends = case.stage in AT_WORK and _may_decide(say, scene, case)
        asked = Personal("请直接回复，或点下面的按钮。", offers.END) if ends else Personal("请直接回复。")
        open_ = offers.for_decider(case) if case.wish and ends else asked
        return Words(say.items[0], (f"来信：“{say.text}”",), personal=_each(say, open_))
    sales_turn = case.stage is Stage.AWAITING_ACCEPTANCE
    personal = offers.for_owner(DeadlineKind.ACCEPT, case) if sales_turn else offers.for_decider(case)
    if personal == Personal():
        personal = Personal(ask="请直接回复说明。")
    paragraphs = (f"您的回复：“{say.text}”", "在您明确答复之前，沉默不算验收（R24）。" if case.silence_held else "")
    headline = say.headline or "没有读懂您的意思，案件没有变动，请您明确答复。"
    return Words(headline, paragraphs, personal=_each(say, personal))


def _may_decide(say: Say, scene: Scene, case: Case) -> bool:
    today = scene.policy.hours.local(scene.now).date()
    return bool({p.address for p in deciders(scene.policy, case, today)} & set(say.to))


def _prove(say: Say, scene: Scene, case: Case) -> Words:
    said = " ".join(say.text.split())
    mine = (Button("是我本人，确认", said, "primary"),)
    # A cut answer could lose its condition, and Outlook cuts long links: then the plain choices are offered.
    plain = offers.for_decider(case).buttons if _may_decide(say, scene, case) else offers.for_sales(case)
    buttons = mine if len(said) <= _LONGEST_SAID else plain or (Button("是我本人，写明答复", "我的答复：", "plain"),)
    paragraphs = (
        f"收到一封以您的名义发来的邮件：“{said}”。无法验证它确实来自您的邮箱，因此没有生效。",
        "如是您本人所发，请点下面的按钮确认；如不是，请不要理会，并告知管理员。",
    )
    return Words("请确认这封邮件是您本人所发。", paragraphs, personal=_each(say, Personal("", buttons)))


def _decide_again(say: Say, scene: Scene, case: Case) -> Words:
    answer = (f"最新来信：“{say.text}”",) if say.text else ()
    return Words(
        next(iter(say.items), "请您决定。"),
        (*answer, scene.why(DeadlineKind.CONFIRM)),
        personal=to_deciders(scene, case, offers.for_decider(case)),
    )


def _delegated(say: Say, _scene: Scene, case: Case) -> Words:
    to = say.to or ((case.decider,) if case.decider else ())
    headline = "总监请您代为确认。"
    return Words(headline, (say.text,), personal=dict.fromkeys(to, offers.for_decider(case)))


def _chase_acceptance(say: Say, scene: Scene, case: Case) -> Words:
    headline = f"请您答复是否验收：{scene.due(DeadlineKind.ACCEPT)} 前未答复即视为完成。"
    if case.silence_held:
        headline = "请您明确答复是否验收。"
    personal = _each(say, offers.for_owner(DeadlineKind.ACCEPT, case))
    return Words(headline, (_why(DeadlineKind.ACCEPT, scene, case),), personal=personal)


def _why(kind: DeadlineKind, scene: Scene, case: Case) -> str:
    """The deadline's sentence; once silence counts no more, that stands in its place (R24)."""
    if kind is DeadlineKind.ACCEPT and case.silence_held:
        return f"{case.silence_held}，沉默不算验收，须由销售明确答复（R24）。"
    return scene.why(kind)


def _resend_asked(_say: Say, scene: Scene, case: Case) -> Words:
    headline = f"请于 {scene.due(DeadlineKind.RESEND)} 前补发申请邮件（R22）。"
    return Words(headline, (f"主题：{case.subject}",), personal={case.sales: wording_work.ask_resend(scene, case)})


def _settle_asked(_say: Say, scene: Scene, case: Case) -> Words:
    return Words("请核算工作量。", personal=to_deciders(scene, case, offers.for_decider(case)))


def _settled(_say: Say, scene: Scene, case: Case) -> Words:
    people = {*to_deciders(scene, case, Personal(ask=" ")), *case.engineers}
    return Words(
        f"工作量已核算：{case.settled_days} 人天，本次支持全部完成。",
        personal=dict.fromkeys(sorted(people), Personal()),
    )


def _reminder(say: Say, scene: Scene, case: Case) -> Words:
    kind = say.deadline or DeadlineKind.CONFIRM
    headline = f"提醒：{AWAITED[kind]}，{scene.due(kind)} 到期。"
    return Words(
        headline, (_why(kind, scene, case),), _items(kind, scene, case), personal=owners(say, kind, scene, case)
    )


def _escalated(say: Say, scene: Scene, case: Case) -> Words:
    kind = say.deadline or DeadlineKind.CONFIRM
    owner = next((d.owner for d in scene.deadlines if d.kind is kind), "")
    headline = f"逾期上报：{AWAITED[kind]}，应于 {scene.due(kind)} 完成，至今未答复。"
    if say.text:
        headline = f"请协助：{say.text}，沉默不算验收（R24）。"
    paragraphs = (_why(kind, scene, case), f"等待：{scene.name(owner)}。请督促或代为处理。")
    return Words(headline, paragraphs, _items(kind, scene, case), personal=owners(say, kind, scene, case))


def _items(kind: DeadlineKind, scene: Scene, case: Case) -> tuple[str, ...]:
    return missing_documents(scene.policy, case, scene.documents) if kind is DeadlineKind.DOCUMENTS else ()


def _status(_say: Say, scene: Scene, case: Case) -> Words:
    items = tuple(
        f"{AWAITED[d.kind]}：{scene.name(d.owner)}，{moment_words(scene.policy.hours.local(d.due_at))}。{d.why}"
        for d in scene.deadlines
        if d.kind is not DeadlineKind.START
    )
    items = (*items, *matter_lines(scene), *rating_line(scene))
    return Words(f"当前状态：{STAGE_NAMES[case.stage]}。", items=items)


_ABOUT_CASE: dict[NoticeKind, Callable[[Say, Scene, Case], Words]] = {
    N.ASK: _ask,
    N.PROVE: _prove,
    N.DECIDE_AGAIN: _decide_again,
    N.DELEGATED: _delegated,
    N.FORM_MISSING: form_missing,
    N.CHASE_ACCEPTANCE: _chase_acceptance,
    N.RESEND_ASKED: _resend_asked,
    N.DOCUMENTS_MISSING: documents_missing,
    N.SETTLE_ASKED: _settle_asked,
    N.SETTLED: _settled,
    N.REMINDER: _reminder,
    N.ESCALATED: _escalated,
    N.STATUS: _status,
    **ABOUT_PLANS,
    **wording_wishes.PRIVATE,
    **wording_work.PRIVATE,
    N.MATTER: word_matter,
    N.MATTER_TOLD: word_told,
    N.MATTER_HELP: word_help,
}


def _subject_help(say: Say, _scene: Scene) -> Words:
    personal = _each(say, Personal("", say.buttons)) if say.buttons else {}
    if say.headline:
        how = "没有写错时请点“就是这个客户”，或把原邮件原样再发一次；写错了请点另一个按钮，或用下面的主题重新发送："
        return Words(say.headline, (how,), say.items, personal=personal)
    paragraphs = (f"{'点上面的按钮，或' if personal else '请'}把下面的主题复制到新邮件中重新发送：",)
    return Words("邮件主题不合规定，申请还没有登记。", paragraphs, say.items, personal=personal)


def _stand_in(say: Say, _scene: Scene) -> Words:
    """To the director (first in `to`), who may end it by one tap, and to the delegates."""
    director, *delegates = say.to
    how = "要提前结束，请回复“取消代批”，或点下面的按钮。"
    duty = "请您代批：这些天里您对申请的答复与总监本人的答复同样有效。"
    personal = {director: Personal(how, say.buttons), **{d: Personal(duty) for d in delegates}} if say.buttons else {}
    return Words(say.headline or "代批安排有变。", say.items, personal=personal)


def _ask_back(say: Say, _scene: Scene) -> Words:
    """A question that belongs to no case."""
    return Words(say.headline or "没有读懂您的意思，请您明确答复。", (f"来信：“{say.text}”",), say.items)


def _prove_anywhere(say: Say, _scene: Scene) -> Words:
    """Without a case there is no secret to carry: another way of proof is shown."""
    paragraphs = (
        f"收到一封以您的名义发来的邮件：“{say.text}”。无法验证它确实来自您的邮箱，因此没有生效。",
        "如是您本人所发，请用公司邮箱重新发送；或在任何一个申请的邮件上回复同样的话，机器人会请您点按钮确认。",
        "如不是您本人所发，请不要理会，并告知管理员。",
    )
    return Words("请确认这封邮件是您本人所发。", paragraphs)


def _not_registered(_say: Say, _scene: Scene) -> Words:
    return Words(
        "您的邮箱地址不在人员名单中，申请没有登记。", ("请用登记过的公司邮箱重新发送，或请管理部添加这个地址。",)
    )


def _which_case(say: Say, _scene: Scene) -> Words:
    return Words(
        "这封邮件可能属于多个申请，没有处理。", ("请在对应申请的邮件上重新回复，或在正文写明编号：",), say.items
    )


def _operator(say: Say, _scene: Scene) -> Words:
    return Words("支持机器人需要您处理一个问题。", (say.text,), say.items)


def _todo(say: Say, scene: Scene) -> Words:
    """Answers owed, and matters that wait for this person (R48)."""
    mine = tuple(f"{r.case.ref} {matter_line(r.matter, scene)}" for r in scene.asked)
    count = len(scene.waiting) + len(scene.also) + len(mine)
    return Words(f"您有 {count} 项待办。" if count else "您目前没有待办。", items=(*say.items, *mine))


def _help_text(_say: Say, _scene: Scene) -> Words:
    paragraphs = (
        "销售申请：新邮件发给技术总监，主题“技术支持申请--客户名称--项目名称--销售姓名--日期”。",
        "销售改期或撤回：回复“改期到9月25日”“撤回申请”；总监确认之后，须总监同意才算数。",
        "应急：总监或工程师写“应急：客户，事由，销售姓名，先去处理”；机器人立项，请总监确认、销售补发申请。",
        "总监确认：直接回复“同意”，并写明工程师、日期、人天；不同意或需要补充也请直接回复。",
        "工程师：离场回复“已离场，…”，完成后全部回复“已完成”并附签字的服务单。",
        "销售验收：回复“验收通过”，或写明异议；一个工作日内未答复即视为完成。",
        "总监外出：给机器人发“9月20日至25日外出，由李工代批”；提前结束发“取消代批”。",
        "报告问题和风险：在申请的邮件上写“问题：…”“风险：…，影响：…，应对：…”；了结写“问题1已解决”。",
        "请人出面：写“升级：时间调整 原因”（种类："
        + "、".join(issue.value for issue in Issue)
        + "）；意见不一写“争议：…”；了结写“升级1已解决”。",
        "评分：申请关闭后，销售回复“评分：5”（1 到 5 分），或点信里的按钮。",
        "任何时候：在申请的邮件上回复“状态”；给机器人发“我的待办”“帮助”。",
    )
    return Words("用邮件就能办的事：", items=paragraphs)


_GENERAL: dict[NoticeKind, Callable[[Say, Scene], Words]] = {
    N.SUBJECT_HELP: _subject_help,
    N.STAND_IN: _stand_in,
    N.ASK: _ask_back,
    N.PROVE: _prove_anywhere,
    N.NOT_REGISTERED: _not_registered,
    N.WHICH_CASE: _which_case,
    N.OPERATOR: _operator,
    N.DIGEST: overview.word_digest,
    N.OVERVIEW: overview.word_overview,
    N.TODO: _todo,
    N.HELP: _help_text,
    **wording_work.GENERAL,
}
