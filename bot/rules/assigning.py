"""The director's words turned into an assignment: names into people, numbers into the case (R9, R27)."""

from dataclasses import replace

from bot.rules.case import Case
from bot.rules.decision import Named
from bot.rules.mail import Assignment, RequestFields
from bot.rules.policy import Policy
from bot.rules.times.hours import day_words
from bot.rules.words import Nature, Role


def resolve_names(policy: Policy, written: tuple[str, ...]) -> Named:
    """Engineers by name or alias; several engineers with one name are not chosen among (ask, never guess)."""
    found: dict[str, None] = {}
    unknown, unclear = [], []
    for name in written:
        people = policy.company.find_named(name, {Role.ENGINEER}) or policy.company.find_named(name)
        if len(people) == 1:
            found[people[0].address] = None
        elif people:
            unclear.append((name, tuple(p.name for p in people)))
        else:
            unknown.append(name)
    return Named(tuple(found), tuple(unknown), tuple(unclear))


def assign(policy: Policy, case: Case, said: Assignment) -> Case:
    """The case with what the director said; what was not said stays as it was."""
    return replace(
        case,
        engineers=resolve_names(policy, said.engineers).found or case.engineers,
        on=said.on or case.on,
        until=said.until or (case.until if not said.on else None),
        days=said.days if said.days is not None else case.days,
        nature=said.nature or case.nature,
        mode=said.mode or case.mode,
        documents_due=said.documents or case.documents_due,
    )


def read_nature(fields: RequestFields) -> Nature | None:
    """The nature a request's body names, None when it names none (R4)."""
    said = fields.get("项目性质")
    if "非项目" in said:
        return Nature.NON_PROJECT
    return Nature.PROJECT if "项目" in said else None


def is_said(said: Assignment) -> bool:
    """Whether the words assign anything."""
    return bool(said.engineers or said.on or said.days is not None or said.documents or said.mode or said.nature)


def open_points(policy: Policy, case: Case, said: Assignment) -> tuple[str, ...]:
    """What the director's confirmation still lacks or left unclear, a Chinese line each (R9); blocks nothing."""
    points = list(unresolved(policy, said))
    if not case.engineers and not points:
        points.append("尚未指定工程师")
    if case.on is None:
        points.append("尚未确定支持日期")
    if case.days is None:
        points.append("尚未给出预估工作量（人天）")
    return tuple(points)


def unresolved(policy: Policy, said: Assignment) -> tuple[str, ...]:
    """Names and numbers in it that mean nobody or several, a Chinese line each."""
    named = resolve_names(policy, said.engineers)
    unknown = (f"没有找到名为“{name}”的工程师，请写全名" for name in named.unknown)
    unclear = (f"“{name}”可能是{'或'.join(who)}，请指明" for name, who in named.unclear)
    return (*unknown, *unclear, *said.problems)


def is_clear(policy: Policy, said: Assignment) -> bool:
    """Whether every name and number in it could be resolved."""
    return not unresolved(policy, said)


def lacking(case: Case) -> str:
    """What must be named before the work can begin, in Chinese; "" when nothing lacks (R9)."""
    return "和".join(word for word, there in (("工程师", case.engineers), ("支持日期", case.on)) if not there)


def changed_lines(policy: Policy, old: Case, new: Case) -> str:
    """Old → new of an assignment in one Chinese line, for history and notice."""
    pairs = (
        ("工程师", _names(policy, old), _names(policy, new)),
        ("日期", support_days(old), support_days(new)),
        ("性质", NATURE_NAMES.get(old.nature, ""), NATURE_NAMES.get(new.nature, "")),
        ("预估工作量", _days(old), _days(new)),
        ("方式", old.mode, new.mode),
        ("文档", "、".join(old.documents_due), "、".join(new.documents_due)),
    )
    return "；".join(f"{label}：{was or '未定'} → {now}" for label, was, now in pairs if was != now)


NATURE_NAMES: dict[Nature | None, str] = {Nature.PROJECT: "项目", Nature.NON_PROJECT: "非项目"}


def support_days(case: Case) -> str:
    """The confirmed support days in words, "" when not known."""
    if not case.on:
        return ""
    return f"{day_words(case.on)}至{day_words(case.until)}" if case.until else day_words(case.on)


def _names(policy: Policy, case: Case) -> str:
    people = (policy.company.find(address) for address in case.engineers)
    return "、".join(p.name if p else a for p, a in zip(people, case.engineers, strict=True))


def _days(case: Case) -> str:
    return f"{case.days} 人天" if case.days is not None else ""
