"""What people do in each scene: they write mails to the hub; each is handed back to be told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.demo.cast import CHEN, GAO, LI, LIU, SUN, THE_BOT, WANG, WU, ZHANG, ZHOU, Member
from bot.demo.clients import IPHONE
from bot.demo.enclosures import make_document, make_form
from bot.demo.letters import (
    Enclosure,
    Letter,
    find_links,
    read_original,
    reply_all,
    reply_automatically,
    tap,
    write_new,
)
from bot.demo.world import StoryBroken, World
from bot.rules.mail import Address
from bot.rules.words import Proof
from bot.store.secrets import SecretVerdict

FIRST, SECOND = "ZC2026-0001", "ZC2026-0002"
FORGER = Address("reads.along@outside.example", "赵总")


@dataclass(frozen=True, slots=True)
class Written:
    """A mail somebody wrote, with its meaning in English."""

    letter: Letter
    gloss: str = ""
    files: tuple[str, ...] = ()
    shows_subject: bool = False  # its subject is worth telling
    writer: str = ""  # who really wrote it, when that is not who it says


_REQUEST = """陈总好，请安排技术支持：
客户名称：欧莱雅
项目名称：CITRIX安装
项目性质：非项目
支持类型：安装实施
支持内容：安装并配置CITRIX，约50个用户
支持时间：9月30日
支持地点：上海市南京西路1601号
支持方式：现场
客户联系人：周敏
电话：021-5555 0100
地址：上海市南京西路1601号
产品及版本：CITRIX Virtual Apps 2402
准备要求：无
文档要求：实施方案、实施计划
紧急程度：一般"""


def request(world: World) -> Iterator[Written]:
    """Sales ask; the subject has one em dash, and one required person is missing."""
    subject = "技术支持申请--欧莱雅--CITRIX安装--ZGH—0922"
    to, cc = [CHEN.address], [SUN.address, ZHOU.address, GAO.address, THE_BOT]
    letter = write_new(ZHANG.client, ZHANG.address, world.now, subject, _REQUEST, to, cc)
    yield send(world, letter, ZHANG, "Request--customer--project--sales (his initials)--date", is_new=True)


def vacation(world: World) -> Iterator[Written]:
    """A vacation reply to the bot's notice."""
    text = "您好，我正在休假，9月28日回来后处理您的邮件。"
    letter = reply_automatically(ZHOU.address, world.now, world.newest(ZHOU), text)
    yield send(world, letter, ZHOU, "I am on holiday until 28 September.", is_new=True)


_SECOND = """陈总，联合利华Exchange迁移，请安排一天，9月28日，远程即可。谢谢！"""


def wrong_subject(world: World) -> Iterator[Written]:
    """A request whose subject lacks a field."""
    yield _request_second(world, "技术支持申请--联合利华--Exchange迁移--0922", "One day, remote, please.")


def cured_subject(world: World) -> Iterator[Written]:
    """The cure taken from the bot's own mail: what was missing, the sender's own name, stands in it."""
    text = read_original(world.newest(LIU, private=True)).text
    cure = next((line for line in text.splitlines() if line.startswith("技术支持申请--")), "")
    if LIU.name not in cure:
        raise StoryBroken(f"the cure should name the sales who wrote: {cure!r}")
    yield _request_second(world, cure)


def approve(world: World) -> Iterator[Written]:
    """A plain yes with an assignment."""
    text = "同意。李工去，9月30日，2人天，现场。"
    yield reply(world, CHEN, FIRST, text, "Agreed. Li goes, 30 September, 2 days, on site.")


def quoted_buttons_are_void(world: World) -> bool:
    """Whether the secret that the director's reply showed to everybody is worth nothing now."""
    registered = next(raw for raw in world.hub.inbox(CHEN.email) if find_links(raw))
    secrets = re.findall(rf"{FIRST}#([A-Z2-7]{{16}})", read_original(registered).text)
    with world.house.store.reading() as tx:
        verdicts = [tx.secrets.check(FIRST, secret, CHEN.email) for secret in secrets]
    return bool(verdicts) and set(verdicts) == {SecretVerdict.BURNT}


def forge(world: World) -> Iterator[Written]:
    """Somebody else writes in the director's name, through a server that asks nobody who he is."""
    subject = f"回复：{world.case(SECOND).subject}"
    text = "同意，王工马上去，3人天。"
    letter = write_new(IPHONE, CHEN.address, world.now, subject, text, [THE_BOT], [LIU.address, WANG.address, FORGER])
    world.post(letter)
    yield Written(letter, "Agreed, Wang goes at once, 3 days.", writer="somebody, as 陈志远")


def forger_reads_nothing(world: World) -> bool:
    """Whether the address the forger put in Cc stayed out of the case's people."""
    return FORGER.email not in {person.email for person in world.case(SECOND).participants}


def tap_approval(world: World) -> Iterator[Written]:
    """The director taps 同意 in his copy of the registration and adds the assignment."""
    registered = next(raw for raw in world.hub.inbox(CHEN.email) if SECOND.encode() in raw and find_links(raw))
    yield tap_link(
        world, registered, "同意", "，王工，9月28日，1人天，远程。", "Agreed, Wang, 28 September, 1 day, remote."
    )


def tap_was_proved_by_its_secret(world: World) -> bool:
    """Whether the last mail on the second case failed authentication and was proved by a button's secret."""
    with world.house.store.reading() as tx:
        row = tx.mails.of_case(world.case(SECOND).id)[-1]
        return row.proof is Proof.SECRET and b"dmarc=fail" in tx.mails.raw(row.raw_sha256)


def complete_second(world: World) -> Iterator[Written]:
    """A completion with the signed form."""
    text = "邮箱已全部迁移完成，附上客户签字的服务单，请验收。"
    yield reply(world, WANG, SECOND, text, "Completed; the signed form is attached.", make_form("服务单_联合利华.pdf"))


def object_second(world: World) -> Iterator[Written]:
    """Sales find fault."""
    text = "不通过，财务部有两位同事的日历没有迁移过来。"
    yield reply(world, LIU, SECOND, text, "Not accepted: two calendars are missing.")


def complete_second_again(world: World) -> Iterator[Written]:
    """The fault is put right."""
    text = "两位同事的日历已补迁，客户已核对，全部完成，请再次验收。"
    yield reply(world, WANG, SECOND, text, "The calendars are there now; all completed.")


def accept_second(world: World) -> Iterator[Written]:
    """Sales accept."""
    yield reply(world, LIU, SECOND, "验收通过，谢谢王工！", "Accepted, thank you.")


def complete_first(world: World) -> Iterator[Written]:
    """A completion with the documents, but without the form."""
    text = "CITRIX已安装完成，50个用户登录正常，请验收。附件是实施方案和实施计划。"
    plan = make_document("实施方案_欧莱雅CITRIX.docx", "实施方案", "客户：欧莱雅", "项目：CITRIX安装")
    schedule = make_document("实施计划_欧莱雅CITRIX.docx", "实施计划", "9月30日 安装并测试")
    yield reply(world, LI, FIRST, text, "Installed, 50 users log in; please accept.", plan, schedule)


def hand_in_form(world: World) -> Iterator[Written]:
    """The form comes as a scan whose name says nothing."""
    form, asked = make_form("扫描件0930.pdf"), world.newest(LI, FIRST, private=True)
    letter = reply_all(LI.client, LI.address, world.now, asked, "补上服务单。", [form])
    yield send(world, letter, LI, "Here is the form.", (form,))


def nobody(world: World) -> Iterator[Written]:  # noqa: ARG001  # an act like the others
    """Only the clock acts."""
    return iter(())


def close_second(world: World) -> Iterator[Written]:
    """The director closes."""
    yield reply(world, CHEN, SECOND, "同意关闭。", "Agreed, close it.")


def hand_in_documents(world: World) -> Iterator[Written]:
    """The documents that were missing."""
    plan = make_document("实施方案_Exchange迁移.docx", "实施方案", "客户：联合利华", "项目：Exchange迁移")
    schedule = make_document("实施计划_Exchange迁移.docx", "实施计划", "9月28日 迁移邮箱", "9月29日 补迁日历")
    yield reply(world, WANG, SECOND, "附上实施方案和实施计划，请归档。", "Here they are, please file.", plan, schedule)


def close_first(world: World) -> Iterator[Written]:
    """The director closes."""
    yield reply(world, CHEN, FIRST, "同意关闭", "Agreed, close it.")


def _request_second(world: World, subject: str, gloss: str = "") -> Written:
    cc = [SUN.address, ZHOU.address, WU.address, GAO.address, THE_BOT]
    letter = write_new(LIU.client, LIU.address, world.now, subject, _SECOND, [CHEN.address], cc)
    return send(world, letter, LIU, gloss, is_new=True)


def reply(world: World, who: Member, ref: str, text: str, gloss: str, *files: Enclosure) -> Written:
    """Somebody answers all on the case's newest mail."""
    letter = reply_all(who.client, who.address, world.now, world.newest(who, ref), text, files)
    return send(world, letter, who, gloss, files)


def tap_link(world: World, mail: bytes, label: str, added: str, gloss: str, who: Member = CHEN) -> Written:
    """Somebody taps a button of a mail, on a phone for which nobody vouches."""
    links = find_links(mail)
    if label not in links:
        raise StoryBroken(f"there should be a button {label}; there are {', '.join(links) or 'none'}")
    letter = tap(who.address, world.now, links[label], added)
    world.post(letter)  # not logged in
    return Written(letter, gloss)


def send(
    world: World, letter: Letter, who: Member, gloss: str, files: tuple[Enclosure, ...] = (), *, is_new: bool = False
) -> Written:
    """Somebody's mail goes out through their own login."""
    world.post(letter, login=who.email)
    return Written(letter, gloss, tuple(file.name for file in files), shows_subject=is_new)
