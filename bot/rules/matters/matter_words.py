"""The notices about matters and ratings, each for few people alone (R31, R32, R37, R39, R45)."""

from bot.rules.case import Case
from bot.rules.decision import Say
from bot.rules.matters.matter import CLIMBING, Matter, MatterKind
from bot.rules.matters.putting import BOT, describe, seat_words
from bot.rules.notice import Button, Line, Personal
from bot.rules.scene import Scene
from bot.rules.times.hours import moment_words
from bot.rules.wording import Words


def word_matter(say: Say, scene: Scene, _case: Case) -> Words:
    """To the level that is asked: what it is, what this level does about it, until when it is awaited."""
    matter = _of(say, scene)
    duty = scene.policy.escalation.duty(matter.issue, matter.level)
    until = moment_words(scene.policy.hours.local(matter.next_at)) if matter.next_at else ""
    more = (
        Line("现在请", f"{_names(matter.owners, scene)}，{seat_words(matter)}"),
        *((Line("这一级做", duty),) if duty else ()),
        *((Line("答复期限", until),) if until else ()),
    )
    ask = Personal(
        ask=f"请您{duty or '判断并给出办法'}，并答复大家怎么办。直接回复即可，也可以点下面的按钮。",
        buttons=(Button("已解决", f"{matter.name}已解决", "primary"), Button("我来处理", f"{matter.name}：我来处理")),
        beside=True,
    )
    personal = dict.fromkeys(matter.owners, ask)
    if matter.raised_by not in {BOT, *matter.owners}:
        personal[matter.raised_by] = Personal(
            ask="已转给上述人员。不需要了，请点下面的按钮。",
            buttons=(Button("已解决", f"{matter.name}已解决"),),
            beside=True,
        )
    after = "到期没有答复，将请更上一级处理，并抄送前面的人。" if until else ""
    said = f"{_who(matter.raised_by, scene)}提出：{describe(matter)}"
    paragraphs = (said, _before(matter, scene), after)
    return Words(
        f"{matter.name}：{_title(matter)}，请{_names(matter.owners, scene)}处理。",
        paragraphs,
        more=more,
        personal=personal,
    )


def word_told(say: Say, scene: Scene, _case: Case) -> Words:
    """Answered or settled: the raiser and everybody asked hear it; who disagrees says so by one tap."""
    matter = _of(say, scene)
    line = (Line(matter.name, describe(matter)),)
    not_yet = Button("仍未解决", f"{matter.name}仍未解决", "danger")
    if not matter.is_open:
        outcome = (f"结果：{matter.outcome}",) if matter.outcome else ()
        personal = Personal(ask="如果还没有解决，请点下面的按钮，将再请人处理。", buttons=(not_yet,), beside=True)
        headline = f"{matter.name}已由{_who(matter.settled_by, scene)}了结。"
        return Words(headline, outcome, more=line, personal=_each(say, personal))
    buttons = (Button("已解决", f"{matter.name}已解决", "primary"), not_yet)
    ask = Personal(ask="这样可以吗？仍未解决的将请更上一级处理。", buttons=buttons, beside=True)
    said = f"{_who(matter.answered_by, scene)}：{matter.answer}"
    return Words(f"{matter.name}有了答复，不再上报。", (said,), more=line, personal=_each(say, ask))


def word_help(say: Say, _scene: Scene, _case: Case) -> Words:
    """What could not be taken as written, and what to do."""
    standing = Personal("点一下，直接发送即可：", say.buttons, beside=True) if say.buttons else Personal()
    return Words(say.headline, items=say.items, personal=_each(say, standing))


def matter_lines(scene: Scene) -> tuple[str, ...]:
    """The open matters of the case, one line each, for 状态 (R37, R48)."""
    return tuple(matter_line(matter, scene) for matter in scene.matters if matter.is_open)


def matter_line(matter: Matter, scene: Scene) -> str:
    """One open matter with its level and who is asked, or what was answered."""
    text = f"{matter.name}：{describe(matter)}"
    if matter.kind not in CLIMBING:
        return f"{text}（{_who(matter.raised_by, scene)}提出）"
    if matter.answered_by:
        return f"{text}（{seat_words(matter)}，{_who(matter.answered_by, scene)}已答复：{matter.answer}）"
    return f"{text}（{seat_words(matter)}，待{_names(matter.owners, scene) or '指定'}答复）"


def rating_line(scene: Scene) -> tuple[str, ...]:
    """The rating that counts, for 状态 (R39)."""
    return (f"评分：{scene.rating.stars} 分",) if scene.rating else ()


def _of(say: Say, scene: Scene) -> Matter:
    found = next((m for m in scene.matters if m.name == say.matter), None)
    if found is None:
        raise ValueError(f"{say.kind}: the case has no matter {say.matter!r}")
    return found


def _title(matter: Matter) -> str:
    return (
        matter.issue.value if matter.issue else "意见分歧" if matter.kind is MatterKind.DISPUTE else matter.kind.value
    )


def _before(matter: Matter, scene: Scene) -> str:
    former = [a for a in matter.asked if a not in matter.owners]
    return f"此前请过{_names(tuple(former), scene)}，还没有解决。" if former else ""


def _who(address: str, scene: Scene) -> str:
    return "支持机器人（期限逾期）" if address == BOT else scene.name(address)


def _names(addresses: tuple[str, ...], scene: Scene) -> str:
    return "、".join(scene.name(a) for a in addresses)


def _each(say: Say, personal: Personal) -> dict[str, Personal]:
    return dict.fromkeys((*say.to, *say.cc), personal) if personal != Personal() else {}
