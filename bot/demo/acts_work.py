"""What people do besides: an emergency, matters beside a case, a rating, the weekly reports."""

from collections.abc import Iterator
from decimal import Decimal
from email import message_from_bytes, policy

from bot.demo.acts import FIRST, SECOND, Written, reply, send, tap_link
from bot.demo.cast import CHEN, GAO, LI, LIU, SUN, THE_BOT, WANG, WU, ZHANG, ZHOU, Member
from bot.demo.clients import IPHONE
from bot.demo.enclosures import correct_figure, make_form
from bot.demo.letters import find_links, reply_all, write_new
from bot.demo.world import StoryBroken, World

THIRD = "ZC2026-0003"


def emergency(world: World) -> Iterator[Written]:
    """The engineer writes from the way to the customer."""
    text = "应急：强生，核心交换机宕机，销售张国华，陈总电话已同意，先去处理。"
    letter = write_new(IPHONE, LI.address, world.now, "强生交换机", text, [THE_BOT], [CHEN.address, ZHANG.address])
    yield send(
        world, letter, LI, "Emergency: Johnson & Johnson's core switch is down; Chen agreed by phone.", is_new=True
    )


def confirm_emergency(world: World) -> Iterator[Written]:
    """The director confirms what he said on the phone."""
    yield tap_link(world, _with_button(world, CHEN, THIRD, "属实，同意"), "属实，同意", "", "True, I agreed.")


def send_request_after_all(world: World) -> Iterator[Written]:
    """Sales send the request afterwards (补发), as a request like any other."""
    subject, text = "技术支持申请--强生--核心交换机宕机--张国华--0923", "补发申请。支持类型：故障处理\n项目性质：非项目"
    cc = [SUN.address, ZHOU.address, WU.address, GAO.address, THE_BOT]
    letter = write_new(ZHANG.client, ZHANG.address, world.now, subject, text, [CHEN.address], cc)
    yield send(world, letter, ZHANG, "The request, sent after all.", is_new=True)


def complete_third(world: World) -> Iterator[Written]:
    """A completion that says the hours worked."""
    text = "交换机电源模块已更换，网络恢复，完成。9月23日 14:00-17:30，3.5小时。服务单见附件。"
    form = make_form("服务单_强生.pdf")
    yield reply(
        world, LI, THIRD, text, "Power module replaced; 23 September 14:00-17:30, 3.5 hours; form attached.", form
    )


def accept_and_close_third(world: World) -> Iterator[Written]:
    """Sales accept."""
    yield reply(world, ZHANG, THIRD, "验收通过，谢谢李工。", "Accepted.")


def close_third(world: World) -> Iterator[Written]:
    """The director closes without the papers that an emergency has not."""
    yield reply(world, CHEN, THIRD, "同意关闭。", "Agreed, close it.")


def file_third(world: World) -> Iterator[Written]:
    """There are no plans of an emergency: the director files the case as it is."""
    mail = _with_button(world, CHEN, THIRD, "按现有文档归档")
    yield tap_link(world, mail, "按现有文档归档", "", "File it with the documents there are.")


def sign_week(world: World) -> Iterator[Written]:
    """The director signs the newest weekly report by one tap."""
    mail = _with_button(world, CHEN, "", "同意签字")
    yield tap_link(world, mail, "同意签字", "", "Signed.")


def correct_week(world: World) -> Iterator[Written]:
    """The director changes a figure in the report's file and answers with it."""
    mail = _with_button(world, CHEN, "", "同意签字")
    file = correct_figure(mail, "核算工作量", Decimal("2.5"))
    letter = reply_all(CHEN.client, CHEN.address, world.now, mail, "有改动，见附件。", [file])
    yield send(world, letter, CHEN, "Changed, see the file.", (file,))


def raise_matters(world: World) -> Iterator[Written]:
    """A problem put on record, and an escalation raised, in one reply."""
    text = "问题：客户机房断电两次，影响迁移进度\n升级：时间调整 客户要求国庆前全部完成，人手不够"
    yield reply(
        world, WANG, SECOND, text, "Problem: two power cuts. Escalation: the customer wants it all before the holiday."
    )


def settle_matter(world: World) -> Iterator[Written]:
    """Whoever was asked says that it is solved."""
    mail, who = _asked_about_matter(world)
    yield tap_link(world, mail, "已解决", "，已与客户约定9月29日前完成。", "Solved: agreed with the customer.", who)


def rate_second(world: World) -> Iterator[Written]:
    """Sales rate for the customer, by one tap in the mail that closed the case."""
    mail = _with_button(world, LIU, SECOND, "4 分")
    yield tap_link(world, mail, "4 分", "", "4 of 5.", LIU)


def papers_go_along(world: World) -> bool:
    """Whether everybody got the service form, the engineer also the plans, engineer and sales the invitation."""
    got = {member: _files(world.newest(member, FIRST)) for member in (GAO, ZHANG, LI)}
    forms = all(any("服务单" in name for name in names) for names in got.values())
    plans = [any("实施方案" in name for name in got[member]) for member in (GAO, ZHANG, LI)]
    dates = ["invite.ics" in got[member] for member in (GAO, ZHANG, LI)]
    return forms and plans == [False, False, True] and dates == [False, True, True]


def chart_is_shown(world: World) -> bool:
    """Whether the mail shows the timeline chart, as a picture of its own."""
    mail = message_from_bytes(world.newest(ZHANG, FIRST), policy=policy.default)
    return any(part.get_content_type() == "image/png" and part["Content-ID"] for part in mail.walk())


def week_is_a_workbook(world: World) -> bool:
    """Whether the newest weekly report came as a file for Excel."""
    return any(name.endswith(".xlsx") for name in _files(_with_button(world, CHEN, "", "同意签字")))


def _files(raw: bytes) -> list[str]:
    mail = message_from_bytes(raw, policy=policy.default)
    return [part.get_filename() or "" for part in mail.iter_attachments()]


def _with_button(world: World, who: Member, ref: str, label: str) -> bytes:
    """The newest mail of the bot to somebody that offers this button, about the case `ref` if named."""
    for raw in reversed(world.hub.inbox(who.email)):
        if b"X-Zhichi-Id: " in raw and ref.encode() in raw and label in find_links(raw):
            return raw
    raise StoryBroken(f"{who.name} should have a button {label} by now")


def _asked_about_matter(world: World) -> tuple[bytes, Member]:
    for member in (CHEN, LI, WANG, SUN, ZHOU, WU):
        for raw in reversed(world.hub.inbox(member.email)):
            if b"X-Zhichi-Id: " in raw and "已解决" in find_links(raw):
                return raw, member
    raise StoryBroken("somebody should have been asked about the escalation by now")


__all__ = [
    "THIRD",
    "accept_and_close_third",
    "chart_is_shown",
    "close_third",
    "complete_third",
    "confirm_emergency",
    "correct_week",
    "emergency",
    "file_third",
    "papers_go_along",
    "raise_matters",
    "rate_second",
    "send_request_after_all",
    "settle_matter",
    "sign_week",
    "week_is_a_workbook",
]  # fmt: skip
