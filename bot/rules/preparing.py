"""Before the work: who starts the talk, what it is about, what sales bring (R12-R14). Said within the confirmation."""

from dataclasses import dataclass

from bot.rules.case import Case, DeadlineKind
from bot.rules.notice import Personal
from bot.rules.papers.documents import FORM, required_documents
from bot.rules.people import Person
from bot.rules.policy import Policy
from bot.rules.scene import Scene
from bot.rules.words import Nature, Role

TOPICS = ("客户的情况", "客户方需要的准备和注意事项", "销售要求留意的事项")
"""R12: what the engineer must know before the work."""


@dataclass(frozen=True, slots=True)
class Talk:
    """R13: who starts the talk before the work, and with whom; addresses."""

    starter: str
    others: tuple[str, ...]


def plan_talk(policy: Policy, case: Case) -> Talk | None:
    """Non-project: engineer → sales; project: engineer → sales and deputy, or manager → engineers and sales (R13).

    None while no engineer is named.
    """
    if not case.engineers:
        return None
    lead, *helpers = case.engineers
    if case.nature is not Nature.PROJECT:
        return Talk(lead, (case.sales, *helpers))
    people = _people(policy, case)
    managers = [p.address for p in people if Role.PROJECT_MANAGER in p.roles]
    if managers:
        rest = (a for a in (*case.engineers, case.sales) if a != managers[0])
        return Talk(managers[0], tuple(dict.fromkeys(rest)))
    return Talk(lead, tuple(dict.fromkeys((case.sales, *_deputies(policy, case, people), *helpers))))


def _people(policy: Policy, case: Case) -> list[Person]:
    """Everybody registered who works on the case or is on its thread."""
    addresses = (*case.engineers, *(a.email for a in case.participants))
    return list(dict.fromkeys(p for a in addresses if (p := policy.company.find(a))))


def _deputies(policy: Policy, case: Case, people: list[Person]) -> list[str]:
    """The deputy on the thread; else the only one there is for the branch of sales."""
    there = [p.address for p in people if Role.DEPUTY_MANAGER in p.roles]
    sales = policy.company.find(case.sales)
    known = policy.company.with_role(Role.DEPUTY_MANAGER, branch=sales.branch if sales else "")
    return there or [p.address for p in known if len(known) == 1]


def prepare(scene: Scene, case: Case) -> dict[str, Personal]:
    """What engineers, manager and sales find in their own copy of the confirmation."""
    talk = plan_talk(scene.policy, case)
    if talk is None:
        return {}
    starter = scene.name(talk.starter)
    joined = {a: Personal(f"{starter}会与您沟通支持前的准备，请参加（R13）。") for a in talk.others if a != case.sales}
    return {**joined, case.sales: _bring(starter, case), talk.starter: _start(scene, case, talk)}


def owed_documents(scene: Scene, case: Case) -> tuple[str, ...]:
    """What document support owes and until when, and what else is due before the work (R5, R15, R16); Chinese lines."""
    lines = []
    if due := scene.due(DeadlineKind.OUTLINE):
        lines.append(f"文档支持：请工程师与销售于 {due} 前在本邮件上商定目录（大纲），双方同意后再开始编写（R5）。")
    if due := scene.due(DeadlineKind.PROPOSAL):
        lines.append(f"方案请于 {due} 前提交；销售没有看懂的，继续修改（R16、R17）。")
    names = [name for name in required_documents(scene.policy, case) if name != FORM]
    if names:
        lines.append(f"需要的文档：{'、'.join(names)}（R15），尽量在支持之前备好。")
    return tuple(lines)


def _start(scene: Scene, case: Case, talk: Talk) -> Personal:
    names = "、".join(scene.name(a) for a in talk.others)
    topics = "\n".join(f"{n}. {topic}" for n, topic in enumerate(TOPICS, start=1))
    unclear = f"有不清楚的，请{scene.name(case.sales)}安排与客户通话或拜访。"
    return Personal(f"支持前请您先与{names}沟通（R12、R13）：\n{topics}\n{unclear}")


def _bring(starter: str, case: Case) -> Personal:
    """R14, with what the request says already, so that sales only add the rest."""
    known = dict(case.fields)
    contact = " ".join(v for label in ("客户联系人", "电话") if (v := known.get(label, "")))
    lines = (
        f"客户联系人{_said(contact)}",
        f"现有网络与应用（拓扑图）{_said(known.get('产品及版本', ''))}",
        f"本次目标{_said(known.get('支持内容', ''))}",
        f"注意事项{_said(known.get('准备要求', ''))}",
    )
    numbered = "\n".join(f"{n}. {line}" for n, line in enumerate(lines, start=1))
    return Personal(f"请向{starter}提供（R14）：\n{numbered}")


def _said(value: str) -> str:
    line = " ".join(value.split())
    return f"：申请中写的是“{line[:40]}{'…' if len(line) > 40 else ''}”，请核对" if line else ""
