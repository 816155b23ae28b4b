"""What a mail does beside the stages of its case: raise, answer, settle, reopen a matter (R31, R32, R37).

Raising and reopening only ask others to act and need no proof, like the reports from the work; a forged mail does
nothing. What ends or stops something (an answer, 已解决) counts from a proved sender alone (design.md part 2).
"""

from dataclasses import replace

from bot.rules.applying import summarise
from bot.rules.case import Case, HistoryEntry
from bot.rules.decision import Decision, Say
from bot.rules.desk import Desk
from bot.rules.events import BESIDE, SILENT
from bot.rules.mail import Reading
from bot.rules.matters.matter import Act, Matter, MatterKind, MatterSaid
from bot.rules.matters.matter_acts import Beside, act
from bot.rules.matters.putting import BOT, Put, merge
from bot.rules.notice import NoticeKind as N
from bot.rules.people import Person
from bot.rules.words import Intent, Proof, Stage


def decide_matters(decision: Decision, reading: Reading, case: Case, sender: Person, desk: Desk) -> Decision:
    """`decision`, what the mail does to its case, with what it does beside it."""
    if desk.proof is Proof.FAIL and not desk.known_person:
        return decision
    said = reading.beside.said or _reported(reading) or _answered(decision, reading, sender, desk)
    done = Put()
    for one in said:
        matters = merge(desk.matters, done.matters)
        done = done.also(act(one, Beside(reading, decision.case or case, sender, desk, matters)))
    return add(decision, done, case, sender.address, desk, reading)


def add(decision: Decision, done: Put, case: Case, actor: str, desk: Desk, reading: Reading | None = None) -> Decision:
    """The decision with what is done about matters, each step on the history; the mail's plain line gives way to it."""
    if not (done.lines or done.says or done.matters):
        return decision
    says = (*_fitting(decision, done, reading), *done.says)
    if not done.lines:
        return replace(decision, says=says)
    stage = decision.case.stage if decision.case else case.stage
    mail, summary = (reading.mail.message_id, summarise(reading)) if reading else ("", "")
    entries = tuple(HistoryEntry(desk.now, actor, event, stage, stage, why, mail, summary) for event, why in done.lines)
    return replace(
        decision,
        why=decision.why if decision.changed else done.lines[0][1],
        history=(*(entry for entry in decision.history if entry.event != "mail"), *entries),
        says=says,
        matters=merge(decision.matters, done.matters),
    )


def _fitting(decision: Decision, done: Put, reading: Reading | None) -> tuple[Say, ...]:
    """What else is said: asked for proof once, and told what is still awaited when only a matter was raised."""
    asks_proof = any(say.kind is N.PROVE for say in done.says)
    raised = bool(done.matters) and reading is not None and reading.meaning.intent in BESIDE | {Intent.NONE}
    return tuple(
        replace(say, headline=_STILL) if say.kind is N.ASK and raised and not say.items else say
        for say in decision.says
        if not (say.kind is N.PROVE and asks_proof)
    )


_STILL = "您说的已经登记；这件申请还等着您明确答复。"


def _reported(reading: Reading) -> tuple[MatterSaid, ...]:
    """A problem or risk told without its label, as reports from the work are read (R37)."""
    kind = {Intent.PROBLEM: MatterKind.PROBLEM, Intent.RISK: MatterKind.RISK}.get(reading.meaning.intent)
    return (MatterSaid(Act.RAISE, kind, text=summarise(reading)),) if kind else ()


def _answered(decision: Decision, reading: Reading, sender: Person, desk: Desk) -> tuple[MatterSaid, ...]:
    """Plain words of somebody asked: by answering the notice, or when nothing else waits for them.

    What was only seen is no answer (R10); the raiser hears every answer and can say that it is none (仍未解决).
    """
    silent = reading.meaning.intent in SILENT - {Intent.ACKNOWLEDGMENT_ONLY, Intent.THANKS}
    if silent or reading.beside.rating or reading.beside.only_seen or not reading.mail.fresh_text.strip():
        return ()
    mine = [m for m in desk.matters if m.waits and set(m.asked) & set(sender.addresses)]
    named = [m for m in mine if m.name == desk.answers]
    if not named and (decision.changed or len(mine) != 1):
        return ()
    found = (named or mine)[0]
    return (MatterSaid(Act.ANSWER, found.kind, found.number, text=summarise(reading)),)


def end_matters(decision: Decision, there: tuple[Matter, ...], desk: Desk) -> Decision:
    """What ends with the case, or with the deadline that raised it: nobody need say 已解决 (R32)."""
    case = decision.case
    if case is None or not (there or decision.matters):
        return decision
    over = case.stage in {Stage.DECLINED, Stage.WITHDRAWN}
    met = {kind.value for kind in (*decision.ends, *(d.kind for d in decision.arms))}
    ended = [m for m in merge(there, decision.matters) if m.is_open and (over or (m.cause and m.cause in met))]
    why = "申请已结束" if over else "期限已了结"
    settled = tuple(replace(m, settled_by=BOT, settled_at=desk.now, outcome=why, next_at=None) for m in ended)
    lines = tuple(("resolved", f"{m.name}随之了结：{why}") for m in settled)
    return add(decision, Put(settled, lines), case, BOT, desk) if settled else decision
