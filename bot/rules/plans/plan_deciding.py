"""Who may write a plan by mail, and who hears of it: milestone lines of mails, and a milestone found late (R35)."""

from dataclasses import dataclass, replace
from datetime import date

from bot.rules.case import Case, HistoryEntry
from bot.rules.decision import Decision, Say
from bot.rules.desk import PROVED, Desk
from bot.rules.mail import Reading
from bot.rules.notice import NoticeKind as N
from bot.rules.parts import deciders, who_decides
from bot.rules.people import Person
from bot.rules.plans.plan import Milestone, PlanLine
from bot.rules.plans.planning import Step, merge, note, overdue
from bot.rules.table import ASKED, AT_WORK
from bot.rules.times.hours import day_words
from bot.rules.words import Proof, Role, Stage

PLANNED_AT = frozenset({*ASKED, *AT_WORK, Stage.AWAITING_ACCEPTANCE, Stage.ACCEPTED})
"""Stages at which a plan is still followed."""

EXAMPLE = "例如：里程碑：环境准备 9月25日 李工 缓冲1天"
_MANAGERS = frozenset({Role.PROJECT_MANAGER, Role.DEPUTY_MANAGER})


@dataclass(frozen=True, slots=True)
class _Desk:
    """The question at hand."""

    reading: Reading
    case: Case
    sender: Person
    desk: Desk

    @property
    def today(self) -> date:
        """The day of the mail's receipt."""
        return self.desk.policy.hours.local(self.reading.envelope.received_at).date()

    @property
    def plans(self) -> bool:
        """Whether the sender may write the plan: who decides, or a project manager."""
        return self.sender.is_any(_MANAGERS) or self.sender in deciders(self.desk.policy, self.case, self.today)

    def reports(self, line: PlanLine) -> bool:
        """Whether the sender may say how a milestone stands: who does the work, or answers for it."""
        mine = {m.who for m in self.desk.milestones if m.name == line.name} | set(self.case.engineers)
        return not mine.isdisjoint(self.sender.addresses)


def decide_plan(decision: Decision, reading: Reading, case: Case, sender: Person, desk: Desk) -> Decision:
    """`decision`, what the mail does to its case, with what its milestone lines do to the plan."""
    if not reading.plan or desk.proof is Proof.FAIL:
        return decision
    at = _Desk(reading, decision.case or case, sender, desk)
    unproved = desk.proof not in PROVED
    kept = [line for line in reading.plan if not (unproved and _needs_proof(line))]
    done = _note_all(at, tuple(kept))
    asked = _ask_proof(decision, at) if len(kept) < len(reading.plan) else decision
    return _add(asked, done, at)


def _needs_proof(line: PlanLine) -> bool:
    """That something is reached is a report; everything else changes what others are to do."""
    return not line.done and not line.problem


def _note_all(at: _Desk, lines: tuple[PlanLine, ...]) -> Step:
    plan, whole = at.desk.milestones, Step()
    for line in lines:
        step = _note(at, plan, line)
        plan = merge(plan, step.milestones)
        whole = Step(
            merge(whole.milestones, step.milestones),
            (*whole.lines, *step.lines),
            whole.slip or step.slip,
            "；".join(filter(None, (whole.problem, step.problem))),
        )
    return whole


def _note(at: _Desk, plan: tuple[Milestone, ...], line: PlanLine) -> Step:
    if line.problem:
        return Step(problem=f"“{line.name or '里程碑'}”：{line.problem}")
    if at.case.stage not in PLANNED_AT:
        return Step(problem="这件支持已经结束，不再登记里程碑")
    if not (at.plans or (at.reports(line) and (line.done or line.moved))):
        return Step(problem="里程碑由总监或项目经理填写；负责人可以回复完成或改到哪一天")
    named = at.desk.policy.company.find_named(line.who) if line.who else ()
    if line.who and len(named) != 1:
        why = f"可能是{'或'.join(p.name for p in named)}，请写全名" if named else "不在人员名单中"
        return Step(problem=f"“{line.name}”的负责人“{line.who}”{why}")
    return note(at.desk.policy, plan, line, named[0].address if named else "", at.today)


def _ask_proof(decision: Decision, at: _Desk) -> Decision:
    """Nobody vouches for the sender: asked once a day, with what is asked about the case itself if anything is."""
    lines = "\n".join(f"里程碑：{line.text}" for line in at.reading.plan)
    day = at.desk.policy.hours.local(at.desk.now).date().isoformat()
    says = tuple(replace(s, text=f"{s.text}\n{lines}") if s.kind is N.PROVE else s for s in decision.says)
    if not any(say.kind is N.PROVE for say in says):
        slot = ":".join(filter(None, ("plan", at.sender.address, day, at.desk.stale)))
        says = (*says, Say(N.PROVE, to=(at.sender.address,), text=lines, slot=slot))
    why = f"里程碑未生效：来信地址未获验证（{at.reading.mail.proof.why}），已请{at.sender.name}本人确认"
    return _with_line(replace(decision, says=says), at, "unproved", why)


def _add(decision: Decision, done: Step, at: _Desk) -> Decision:
    if done.problem:
        asked = Say(
            N.ASK,
            to=(at.sender.address,),
            text="；".join(line.text for line in at.reading.plan)[:300],
            items=(f"有的里程碑没有登记：{done.problem}。{EXAMPLE}",),
            slot=f"plan:m:{at.reading.mail.message_id}",
        )
        decision = _with_line(
            decision.and_say(asked), at, "plan", f"里程碑没有登记，已请{at.sender.name}说明：{done.problem}"
        )
    if not done.milestones:
        return decision
    touched = _touched(at.desk, at.case, done, everybody=done.slip)
    headline = "项目计划有变。" if done.slip else "项目计划已登记。"
    say = Say(
        N.PLAN, to=tuple(dict.fromkeys((at.sender.address, *touched))), headline=headline, items=_items(done, at.case)
    )
    decision = _with_line(decision.and_say(say), at, "plan", f"{headline}{'；'.join(done.lines)}")
    return replace(decision, milestones=done.milestones)


def _with_line(decision: Decision, at: _Desk, event: str, why: str) -> Decision:
    """One more line of history; the plain "on record" of the mail gives way to it."""
    stage = at.case.stage
    summary = "；".join(line.text for line in at.reading.plan)[:120]
    entry = HistoryEntry(at.desk.now, at.sender.address, event, stage, stage, why, at.reading.mail.message_id, summary)
    kept = tuple(line for line in decision.history if line.event != "mail" or at.reading.mail.fresh_text.strip())
    return replace(decision, why=decision.why if decision.changed else why, history=(*kept, entry))


def _touched(desk: Desk, case: Case, done: Step, *, everybody: bool) -> tuple[str, ...]:
    """Whom a change concerns: who answers for what changed; of a slip also the director and sales."""
    owners = tuple(m.who for m in done.milestones if m.who)
    if not everybody:
        return tuple(dict.fromkeys(owners))
    director = who_decides(desk.policy, case, desk.policy.hours.local(desk.now).date())
    return tuple(dict.fromkeys(a for a in (*owners, *case.engineers[:1], director, case.sales) if a))


def _items(done: Step, case: Case) -> tuple[str, ...]:
    """What changed, and which of the process's own dates it runs into: those are the director's to move."""
    if not done.slip or case.on is None or case.stage is not Stage.APPROVED:
        return done.lines
    into = [m for m in done.milestones if m.is_open and m.first < case.on <= m.planned]
    if not into:
        return done.lines
    names = "、".join(m.name for m in into)
    return (*done.lines, f"支持开始日{day_words(case.on)}受影响：{names}已排到当天或以后，请总监确认是否改期。")


def decide_late(milestone: Milestone, case: Case, desk: Desk) -> Decision:
    """A milestone past its planned day and buffer: told once to those it touches, what depends on it moves (R35)."""
    if case.stage not in PLANNED_AT:
        return Decision(why="支持已结束", case=case, milestones=(replace(milestone, told=True, late_on=None),))
    today = desk.policy.hours.local(desk.now).date()
    step = overdue(desk.policy, desk.milestones, milestone, today)
    why = f"里程碑逾期：{milestone.name}，应于{day_words(milestone.planned)}完成"
    done = replace(
        step, lines=(f"{why}{f'（缓冲{milestone.buffer}天已用完）' if milestone.buffer else ''}", *step.lines)
    )
    say = Say(
        N.PLAN,
        to=_touched(desk, case, done, everybody=True),
        headline=f"{why}，至今没有完成。",
        items=_items(done, case)[1:],
        text=milestone.name,
        slot=f"late:{milestone.name}:{milestone.planned.isoformat()}",
    )
    entry = HistoryEntry(desk.now, "zhichi", "plan", case.stage, case.stage, "；".join(done.lines))
    return Decision(why=why, case=case, history=(entry,), says=(say,), milestones=done.milestones)
