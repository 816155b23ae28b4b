"""The people of the story, the mail client each of them uses, and the config.toml made of them."""

from dataclasses import dataclass

from bot.demo.clients import FOXMAIL, OUTLOOK, QQMAIL, Client
from bot.demo.hub import AUTHSERV_ID
from bot.rules.mail import Address
from bot.rules.words import Role

DOMAIN = "xinhai.example"
BOT = f"zhichi@{DOMAIN}"
PASSWORD = "only-for-the-demo"  # noqa: S105  # opens nothing but the demo's own servers, which end with it


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the cast. `called` is how the narration calls them, `part` what they are in English."""

    name: str
    login: str
    called: str
    role: Role
    part: str
    client: Client = OUTLOOK
    branch: str = ""
    group: str = ""

    @property
    def email(self) -> str:
        """The address, which is also the name to log in with."""
        return f"{self.login}@{DOMAIN}"

    @property
    def address(self) -> Address:
        """The address with the name."""
        return Address(self.email, self.name)


SH, ONE = "上海", "华东一组"
CHEN = Member("陈志远", "chen.zhiyuan", "Chen", Role.DIRECTOR, "technical director", FOXMAIL)
ZHANG = Member("张国华", "zhang.guohua", "Zhang", Role.SALES, "sales", OUTLOOK, SH, ONE)
LIU = Member("刘婷", "liu.ting", "Liu", Role.SALES, "sales", QQMAIL, SH, ONE)
LI = Member("李强", "li.qiang", "Li", Role.ENGINEER, "engineer", OUTLOOK)
WANG = Member("王磊", "wang.lei", "Wang", Role.ENGINEER, "engineer", QQMAIL)
SUN = Member("孙丽", "sun.li", "Sun", Role.SALES_LEAD, "sales lead", OUTLOOK, SH, ONE)
ZHOU = Member("周建平", "zhou.jianping", "Zhou", Role.LOCAL_SALES_DIRECTOR, "local sales director", QQMAIL, SH)
WU = Member("吴振东", "wu.zhendong", "Wu", Role.COMPANY_SALES_DIRECTOR, "company sales director")
GAO = Member("高晓梅", "gao.xiaomei", "Gao", Role.ADMIN, "administration")

CAST = (CHEN, ZHANG, LIU, LI, WANG, SUN, ZHOU, WU, GAO)
THE_BOT = Address(BOT, "支持机器人")
_BY_EMAIL = {member.email: member for member in CAST}


def find_member(email: str) -> Member | None:
    """Who of the cast has this address."""
    return _BY_EMAIL.get(email.lower())


def call(email: str) -> str:
    """How the narration calls whoever has this address."""
    member = find_member(email)
    return member.called if member else "the bot" if email == BOT else email


def hub_users() -> dict[str, str]:
    """Login → password of everybody with a mailbox on the hub."""
    return dict.fromkeys((BOT, *_BY_EMAIL), PASSWORD)


def write_config(imap_port: int, smtp_port: int) -> str:
    """The story's config.toml; the password lies in the file `password` beside it."""
    return _HEAD.format(bot=BOT, authserv=AUTHSERV_ID, imap=imap_port, smtp=smtp_port) + "".join(
        _PERSON.format(m=member) + _line("branch", member.branch) + _line("group", member.group) for member in CAST
    )


def _line(key: str, value: str) -> str:
    return f'{key} = "{value}"\n' if value else ""


_HEAD = """\
# Written by `zhichi demo`. Its mail servers ran inside that command and are gone: `list`, `show`, `explain` work.
# config.example.toml explains every setting; README.md, "Going live", says how to write your own.

[company]
name = "上海新海系统集成有限公司"

[[accounts]]
name = "demo"
address = "{bot}"
display_name = "支持机器人"
authserv_id = "{authserv}"

[accounts.imap]
host = "127.0.0.1"
port = {imap}
tls = "none"
password_file = "password"

[accounts.smtp]
host = "127.0.0.1"
port = {smtp}
tls = "none"

[database]
url = "sqlite:///zhichi.db"

[files]
archive = "archive"
"""
_PERSON = """
[[people]]
name = "{m.name}"
address = "{m.email}"
roles = ["{m.role.value}"]
"""
