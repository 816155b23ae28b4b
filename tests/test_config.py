"""config.toml: every fault at once, each with its key, its cure and its line; secrets never shown."""

import stat
import sys
from collections.abc import Callable
from dataclasses import fields
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bot.config import Config, default_config, load_config
from bot.config.names import all_aliases
from bot.config.sections import CapsSection, PersonEntry
from bot.config.source import key_lines
from bot.config.times import ChaseSection, ConfirmSection
from bot.config.values import Section
from bot.errors import ConfigError
from bot.rules.people import Company
from bot.rules.policy import Caps, ChaseTimes, ConfirmRule, Policy
from bot.rules.words import Role

Writer = Callable[[str], Path]

COMPANY = '[company]\nname = "新海"\n'
ACCOUNT = """
[[accounts]]
name = "support"
address = "zhichi@xinhai.example"
[accounts.imap]
host = "imap.xinhai.example"
password_env = "XINHAI_PASSWORD"
[accounts.smtp]
host = "smtp.xinhai.example"
"""
PEOPLE = """
[[people]]
name = "陈志远"
addresses = ["CZY@xinhai.example", "chen@xinhai.example"]
roles = ["director"]
[[people]]
name = "张国华"
address = "zgh@xinhai.example"
roles = ["sales"]
branch = "上海"
[[people]]
name = "李强"
addresses = ["lq@xinhai.example"]
roles = ["engineer"]
aliases = ["强子"]
"""
GOOD = COMPANY + ACCOUNT + PEOPLE


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    def make(text: str) -> Path:
        path = tmp_path / "config.toml"
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        return path

    return make


def faults_of(path: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    return caught.value.faults


# What is added to a good file -> the one fault, as the operator reads it.
ADDED = {
    "unknown key": ("[hours]\nopning = '08:00'", 'hours.opning: unknown key; did you mean "opening"? (line 28)'),
    "unknown section": ("[demon]\nlog_json = true", 'demon: unknown section; did you mean "daemon"? (line 27)'),
    "no near key": ("[hours]\nx = 1", "hours.x: unknown key; known here: closing, noon, opening (line 28)"),
    "not a time": ("[hours]\nnoon = '25:00'", 'hours.noon: "25:00" is not a time of day; write "09:00" (line 28)'),
    "seconds as time": ("[hours]\nnoon = 12", 'hours.noon: 12 is not a time of day; write "09:00" (line 28)'),
    "closing first": (
        "[hours]\nclosing = '08:30'",
        "hours: closing 08:30 is not after opening 09:00; exchange them (line 27)",
    ),
    "noon outside": (
        "[hours]\nnoon = '18:00'",
        "hours: noon 18:00 is outside working hours; choose a time between 09:00 and 18:00 (line 27)",
    ),
    "not a number": ("[caps]\nper_case_hour = 'x'", 'caps.per_case_hour: "x" is not a whole number (line 28)'),
    "bool as number": ("[caps]\nper_case_hour = true", "caps.per_case_hour: true is not a number (line 28)"),
    "too small": ("[caps]\nper_case_hour = 0", "caps.per_case_hour: 0 is too small; write at least 1 (line 28)"),
    "not a bool": ("[daemon]\nlog_json = 'ja'", 'daemon.log_json: "ja" is neither true nor false (line 28)'),
    "not text": ("[files]\narchive = 7", "files.archive: 7 is not a path; put it in quotes (line 28)"),
    "not a list": (
        "[documents]\nproject = '方案'",
        'documents.project: "方案" is not a list; write it in square brackets (line 28)',
    ),
    "choice": (
        "[outgoing]\nuncertain_nudges = 'resent'",
        'outgoing.uncertain_nudges: "resent" is not allowed here; did you mean "resend"? One of: hold, resend '
        "(line 28)",
    ),
    "calendar day": ("[calendar]\noff = [7]", 'calendar.off[0]: 7 is not a date; write "2027-02-05" (line 28)'),
    "calendar backwards": (
        "[calendar]\noff = ['2027-02-12/2027-02-05']",
        'calendar.off[0]: "2027-02-12/2027-02-05" ends before it begins; write the earlier date first (line 28)',
    ),
    "calendar too long": (
        "[calendar]\noff = ['2027-02-05/2028-12-12']",
        'calendar.off[0]: "2027-02-05/2028-12-12" is longer than a year; check the years (line 28)',
    ),
    "day off and worked": (
        "[calendar]\noff = [2027-02-05]\nwork = ['2027-02-05']",
        "calendar: 2027-02-05 stands in off and in work; remove it from one of them (line 27)",
    ),
    "noon rule backwards": (
        "[confirm]\nconfirm = [2, 1]",
        "confirm.confirm: [2, 1]: after noon may not be earlier than before noon; write [before, after] (line 28)",
    ),
    "database kind": (
        "[database]\nurl = 'mysql://a:geheim@h/x'",
        'database.url: is no database address; write "sqlite:///zhichi.db" or "postgresql://user@host/name" (line 28)',
    ),
    "two database sources": (
        "[database]\nurl_env = 'XINHAI_DB'\nurl_file = 'db'",
        "database: more than one of url, url_env and url_file is set; keep one of them (line 27)",
    ),
    "role": (
        "[[people]]\nname = '王芳'\naddress = 'wf@xinhai.example'\nroles = ['enginer']",
        'people[3].roles[0]: "enginer" is not a role; did you mean "engineer"? One of: director, sales, sales_lead, '
        "local_sales_director, company_sales_director, admin, engineer, project_manager, deputy_manager, operator "
        "(line 30)",
    ),
    "no role": (
        "[[people]]\nname = '王芳'\naddress = 'wf@xinhai.example'\nroles = []",
        "people[3].roles: is empty; fill it in or remove the line (line 30)",
    ),
    "no address": (
        "[[people]]\nname = '王芳'\nroles = ['admin']",
        'people[3]: has no address; add addresses = ["…"] (line 27)',
    ),
    "full-width at": (
        "[[people]]\nname = '王芳'\naddress = 'wf＠xinhai.example'\nroles = ['admin']",
        'people[3].address: "wf＠xinhai.example" is not an e-mail address; retype ＠ in ASCII (line 29)',
    ),
    "address with name": (
        "[operator]\naddresses = ['Wang <wf@xinhai.example>']",
        'operator.addresses[0]: "Wang <wf@xinhai.example>" is not an e-mail address; '
        "write the address alone: name@company.example (line 28)",
    ),
    "shared address": (
        "[[people]]\nname = '王芳'\naddress = 'Chen@xinhai.example'\nroles = ['admin']",
        "people[3].addresses: chen@xinhai.example already belongs to 陈志远; remove it from one of them (line 27)",
    ),
    "the bot is a person": (
        "[[people]]\nname = '支持'\naddress = 'zhichi@xinhai.example'\nroles = ['admin']",
        "people[3].addresses: zhichi@xinhai.example already belongs to support; remove it from one of them (line 27)",
    ),
    "delegate unknown": (
        "[[delegates]]\nby = '陈志元'\nto = '张国华'\nstart = 2026-10-01\nend = 2026-10-02",
        'delegates[0].by: "陈志元" is nobody in [[people]]; did you mean "陈志远"? (line 28)',
    ),
    "delegate to oneself": (
        "[[delegates]]\nby = '陈志远'\nto = 'chen@xinhai.example'\nstart = 2026-10-01\nend = 2026-10-02",
        "delegates[0].to: chen@xinhai.example cannot stand in for themselves; name somebody else (line 29)",
    ),
    "delegate dates": (
        "[[delegates]]\nby = '陈志远'\nto = '张国华'\nstart = 2026-10-03\nend = '2026-10-02'",
        "delegates[0].end: 2026-10-02 is before start = 2026-10-03; exchange them (line 31)",
    ),
}


@pytest.mark.parametrize("case", ADDED)
def test_one_fault_is_one_line_with_key_cure_and_place(case: str, write: Writer) -> None:
    added, fault = ADDED[case]
    assert faults_of(write(f"{GOOD}{added}\n")) == [fault]


# (old, new) in a good file -> the one fault.
CHANGED = {
    "zone": (
        '[company]\n', '[company]\ntimezone = "Asia/Shanghi"\n',
        'company.timezone: "Asia/Shanghi" is no known time zone; did you mean "Asia/Shanghai"? (line 2)',
    ),
    "plain text to another machine": (
        '[accounts.imap]\n', '[accounts.imap]\ntls = "none"\n',
        'accounts[0].imap.tls: "none" would send the password in the clear to imap.xinhai.example; '
        'use "implicit" or "starttls" (line 8)',
    ),
    "secret instead of its name": (
        "XINHAI_PASSWORD", "XQWERTYUIOPASDFG",
        "accounts[0].imap.password_env: write the name of an environment variable such as ZHICHI_MAIL_PASSWORD, not "
        "the secret itself (upper case, with an underscore) (line 9)",
    ),
    "two sources": (
        "password_env", 'password = "geheim"\npassword_env',
        "accounts[0].imap: password and password_env are both set; keep one of them (line 7)",
    ),
    "password as number": (
        'password_env = "XINHAI_PASSWORD"', "password = 12345678",
        "accounts[0].imap.password: the value is not text; put it in quotes (line 9)",
    ),
    "host with scheme": (
        '"smtp.xinhai.example"', '"smtps://smtp.xinhai.example"',
        'accounts[0].smtp.host: "smtps://smtp.xinhai.example" is not a host name; write it alone, like '
        "imap.company.example (line 11)",
    ),
    "host missing": (
        'host = "smtp.xinhai.example"\n', "",
        "accounts[0].smtp.host: missing; add it under [accounts.smtp] as config.example.toml shows (line 10)",
    ),
    "single brackets": (
        "[[accounts]]", "[accounts]",
        "accounts: is written as one section; write [[accounts]] with double brackets (line 4)",
    ),
    "no account": (ACCOUNT, "", "accounts: missing; add an [[accounts]] section with the bot's mailbox"),
    "no director": (
        '["director"]', '["admin"]', 'people: nobody confirms requests; give somebody roles = ["director"] (line 13)',
    ),
    "no sales": ('["sales"]', '["admin"]', 'people: nobody sends requests; give somebody roles = ["sales"] (line 13)'),
    "no engineer": (
        '["engineer"]', '["admin"]', 'people: nobody does the work; give somebody roles = ["engineer"] (line 13)',
    ),
    "authserv-id": (
        "[accounts.imap]", 'authserv_id = "mx.example; spf=pass"\n[accounts.imap]',
        'accounts[0].authserv_id: "mx.example; spf=pass" is not one host name; copy the word that follows '
        '"Authentication-Results:" (line 7)',
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGED)
def test_a_changed_line_gives_one_fault(case: str, write: Writer) -> None:
    old, new, fault = CHANGED[case]
    assert GOOD.count(old) >= 1
    assert faults_of(write(GOOD.replace(old, new, 1))) == [fault]


def test_the_templates_folder_must_be_there(write: Writer) -> None:
    path = write(f'{GOOD}[files]\ntemplates = "ours"\n')
    where = path.parent / "ours"
    assert faults_of(path) == [
        f"files.templates: {where} is not a folder; create it or leave the key empty (line 28)",
    ]
    where.mkdir()
    assert load_config(path).files.templates == where


def test_all_faults_come_at_once_and_what_a_faulty_entry_meant_is_not_called_missing(write: Writer) -> None:
    text = GOOD.replace('["director"]', '["directer"]').replace('host = "imap', 'hots = "imap')
    text += "[[delegates]]\nby = '陈志远'\nto = '王五'\nstart = 2026-10-01\nend = 2026-10-02\n[hours]\nnoon = '8'\n"
    found = [line.split(":")[0] for line in faults_of(write(text))]
    assert found == [
        "accounts[0].imap.host", "accounts[0].imap.hots", "people[0].roles[0]", "delegates[0].to", "hours.noon",
    ]  # fmt: skip


def test_entries_are_counted_as_in_the_file_even_after_a_faulty_one(write: Writer) -> None:
    text = GOOD.replace('["director"]', '["directer"]')
    text += "[[people]]\nname = '王芳'\naddress = 'lq@xinhai.example'\nroles = ['admin']\n"
    assert faults_of(write(text))[1].startswith("people[3].addresses: lq@xinhai.example already belongs to 李强;")


# What the file holds -> the fault, below the path.
SYNTAX = {
    "broken": ("[company]\nname = 新海\n", "not valid TOML: Invalid value (line 2)"),
    "full-width quotes": (
        "[company]\nname = “新海”\n",
        "not valid TOML: Invalid value (line 2); write “ ” as ASCII signs",
    ),
    "twice": ('[company]\nname = "a"\nname = "b"\n', "not valid TOML: Cannot overwrite a value (line 3)"),
    "open string": ('name = "geheim', "not valid TOML: Unterminated string (line 1)"),
}


@pytest.mark.parametrize("case", SYNTAX)
def test_broken_toml_names_the_line(case: str, write: Writer) -> None:
    text, fault = SYNTAX[case]
    path = write(text)
    assert faults_of(path) == [f"{path}: {fault}"]


def test_gbk_is_named_and_a_byte_order_mark_is_forgiven(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(GOOD.encode("gb18030"))
    assert faults_of(path) == [f"{path}: not UTF-8 (line 2); save the file in the encoding UTF-8"]
    path.write_bytes(GOOD.encode("utf-8-sig"))
    assert load_config(path).settings.company.name == "新海"


def test_a_missing_file_says_how_to_get_one(tmp_path: Path) -> None:
    assert faults_of(tmp_path / "no.toml") == [
        f"{tmp_path / 'no.toml'}: no such file; copy config.example.toml and change it, or name another with -c"
    ]


def test_lines_of_keys_follow_repeated_sections() -> None:
    text = "[[a]]\nx = 1\n[a.b]\ny = 2\n[[a]]\n[a.b] # again\ny = 3\n[c.d]\nz.w = 4\n"
    lines = key_lines(text)
    assert [lines[key] for key in [("a", 0, "x"), ("a", 0, "b", "y"), ("a", 1, "b", "y"), ("c", "d", "z", "w")]] == [
        2, 4, 7, 9,
    ]  # fmt: skip


def test_the_environment_wins_in_sections_and_in_list_entries(write: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHICHI_DAEMON__TICK_SECONDS", "2.5")
    monkeypatch.setenv("ZHICHI_ACCOUNTS__0__IMAP__HOST", "localhost")
    monkeypatch.setenv("ZHICHI_CALENDAR__OFF", '["2027-02-05"]')
    monkeypatch.setenv("ZHICHI_COMPANY__NAME", "123")
    monkeypatch.setenv("ZHICHI_REQUIRE_SERVERS", "1")
    config = load_config(write(GOOD))
    assert config.daemon.tick_seconds == 2.5
    assert config.accounts[0].imap.host == "localhost"
    assert config.calendar().off == {date(2027, 2, 5)}
    assert config.settings.company.name == "123"


def test_faults_from_the_environment_name_the_variable(write: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHICHI_DAEMON__TICK_SECONDS", "soon")
    monkeypatch.setenv("ZHICHI_DAEMN__LOG_JSON", "true")
    assert faults_of(write(GOOD)) == [
        'daemn: unknown section; did you mean "daemon"? (environment ZHICHI_DAEMN__LOG_JSON)',
        'daemon.tick_seconds: "soon" is not a number (environment ZHICHI_DAEMON__TICK_SECONDS)',
    ]
    monkeypatch.setenv("ZHICHI_ACCOUNTS__7__NAME", "x")
    path = write(GOOD)
    assert faults_of(path) == [f"ZHICHI_ACCOUNTS__7__NAME: this variable fits nothing in {path}; correct its name"]


def test_a_variable_named_for_a_secret_is_no_setting(write: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHICHI_MAIL__PASSWORD", "geheim")
    config = load_config(write(GOOD.replace("XINHAI_PASSWORD", "ZHICHI_MAIL__PASSWORD")))
    assert config.imap_password(config.accounts[0]).get_secret_value() == "geheim"


def test_secrets_are_wanted_only_when_used(write: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XINHAI_PASSWORD", raising=False)
    config = load_config(write(GOOD))
    assert config.secrets_faults() == [
        "accounts[0].imap.password_env: the environment variable XINHAI_PASSWORD is not set; "
        "set it or use password_file"
    ]
    monkeypatch.setenv("XINHAI_PASSWORD", "geheim")
    assert config.secrets_faults() == []
    assert config.smtp_password(config.accounts[0]).get_secret_value() == "geheim"


# What the password file holds (None: it is not there) -> the end of the fault, or "" when it is good.
PASSWORD_FILES = [
    (b"geheim\n", ""),
    (b"geheim\r\n", ""),
    (None, "cannot be read (No such file or directory); check the path and its permissions"),
    (b"\n", "is empty; write the secret into it"),
    (b"one\ntwo\n", "has more than one line; write the secret alone into it"),
    (b"\xff\xfe", "is not UTF-8 text; write the secret alone into it"),
]


@pytest.mark.parametrize(("content", "fault"), PASSWORD_FILES)
def test_a_password_file_holds_the_password_alone(content: bytes | None, fault: str, write: Writer) -> None:
    path = write(GOOD.replace('password_env = "XINHAI_PASSWORD"', 'password_file = "pass/imap"'))
    secret = path.parent / "pass" / "imap"
    secret.parent.mkdir()
    if content is not None:
        secret.write_bytes(content)
    config = load_config(path)
    if fault:
        assert config.secrets_faults() == [
            f"accounts[0].imap.password_file: {secret} is not UTF-8 text; write the secret alone into it"
            if "UTF-8" in fault
            else f"accounts[0].imap.password_file: {secret} {fault}"
        ]
    else:
        assert config.imap_password(config.accounts[0]).get_secret_value() == "geheim"


def test_no_password_at_all_and_a_missing_certificate_are_faults_of_running(write: Writer) -> None:
    text = GOOD.replace('password_env = "XINHAI_PASSWORD"', 'ca_file = "ca.pem"')
    path = write(text)
    assert load_config(path).secrets_faults() == [
        "accounts[0].imap: no password; set password_env or password_file",
        f"accounts[0].imap.ca_file: {path.parent / 'ca.pem'} is not a file; correct the path",
    ]


def test_secrets_never_show(write: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    text = GOOD.replace('password_env = "XINHAI_PASSWORD"', 'password = "geheim"')
    config = load_config(write(text + "[database]\nurl = 'postgresql://u:geheim@db/zhichi'\n"))
    said = f"{config!r}{config!s}{config.settings!r}{config.accounts[0].imap!r}{config.database_url()!r}"
    assert "geheim" not in said
    monkeypatch.setenv("ZHICHI_ACCOUNTS__0__IMAP__PORT", "x")
    with pytest.raises(ConfigError) as caught:
        load_config(write(text + "[database]\nurl = 'mysql://u:geheim@db/zhichi'\npasswrd = 'geheim'\n"))
    assert len(caught.value.faults) == 3
    assert "geheim" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_secrets_everybody_can_read_are_warned_of(write: Writer) -> None:
    path = write(GOOD.replace('password_env = "XINHAI_PASSWORD"', 'password = "geheim"'))
    assert load_config(path).warnings == ()
    path.chmod(path.stat().st_mode | stat.S_IROTH)
    assert load_config(path).warnings == (
        f"accounts[0].imap.password: everybody on this machine can read the secret in {path}; "
        f"take the right away from others: chmod 600 {path}",
    )
    path.write_text(GOOD.replace('password_env = "XINHAI_PASSWORD"', 'password_file = "secret"'))
    secret = path.parent / "secret"
    secret.write_text("geheim")
    secret.chmod(0o644)
    assert load_config(path).warnings == (
        f"accounts[0].imap.password_file: everybody on this machine can read {secret}; "
        f"take the right away from others: chmod 600 {secret}",
    )


# port and tls as written -> port used for IMAP and SMTP.
PORTS = [("", 993, 465), ('tls = "starttls"', 143, 587), ('tls = "starttls"\nport = 1143', 1143, 1143)]


@pytest.mark.parametrize(("written", "imap", "smtp"), PORTS)
def test_the_port_follows_tls_unless_written(written: str, imap: int, smtp: int, write: Writer) -> None:
    text = GOOD.replace("[accounts.imap]", f"[accounts.imap]\n{written}")
    account = load_config(write(text.replace("[accounts.smtp]", f"[accounts.smtp]\n{written}"))).accounts[0]
    assert (account.imap.port, account.smtp.port) == (imap, smtp)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1", "[::1]"])
def test_plain_text_stays_on_this_machine(host: str, write: Writer) -> None:
    text = GOOD.replace('host = "imap.xinhai.example"', f'host = "{host}"\ntls = "none"')
    assert load_config(write(text)).accounts[0].imap.tls == "none"


def test_paths_start_at_the_folder_of_the_file(write: Writer) -> None:
    path = write(f'{GOOD}[daemon]\nhealth_file = "run/health"\n')
    config = load_config(path)
    folder = path.parent
    assert config.files.archive == folder / "archive"
    assert config.daemon.health_file == folder / "run" / "health"
    assert config.database_url().get_secret_value() == f"sqlite:///{folder}/zhichi.db"


# url as written -> url used; {folder} is that of the file.
URLS = [
    ("sqlite:///data/z.db", "sqlite:///{folder}/data/z.db"),
    ("sqlite:////var/lib/z.db", "sqlite:////var/lib/z.db"),
    ("sqlite:///:memory:", "sqlite:///:memory:"),
    ("postgresql://u@db/zhichi", "postgresql://u@db/zhichi"),
]


@pytest.mark.parametrize(("written", "used"), URLS)
def test_database_urls(written: str, used: str, write: Writer) -> None:
    path = write(f"{GOOD}[database]\nurl = '{written}'\n")
    assert load_config(path).database_url().get_secret_value() == used.format(folder=path.parent)


def test_the_database_url_may_come_from_the_environment(write: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    config = load_config(write(f"{GOOD}[database]\nurl_env = 'XINHAI_DB'\n"))
    monkeypatch.setenv("XINHAI_DB", "postgresql://u:geheim@db/z")
    assert config.database_url().get_secret_value() == "postgresql://u:geheim@db/z"
    monkeypatch.delenv("XINHAI_DB")
    assert config.secrets_faults()[0].startswith("database.url_env: the environment variable XINHAI_DB is not set")


def test_the_company_is_the_people_with_delegates_by_address(write: Writer) -> None:
    text = GOOD + "[[delegates]]\nby = '陈志远'\nto = 'ZGH@xinhai.example'\nstart = 2026-10-01\nend = 2026-10-02\n"
    company = load_config(write(text)).company()
    assert [p.address for p in company.people] == ["czy@xinhai.example", "zgh@xinhai.example", "lq@xinhai.example"]
    assert [p.name for p in company.deciders(date(2026, 10, 2))] == ["陈志远", "张国华"]
    assert [p.name for p in company.deciders(date(2026, 10, 3))] == ["陈志远"]
    assert company.bot_addresses == {"zhichi@xinhai.example"}
    assert [p.name for p in company.find_named("zgh")] == ["张国华"]


def test_the_policy_is_what_the_file_says(write: Writer) -> None:
    extra = """
[hours]
opening = "08:30"
noon = 11:45:00
closing = "17:30"
[calendar]
off = [2027-02-05, "2027-02-08/2027-02-10"]
work = ["2027-02-06"]
known_years = [2027]
[chase]
remind_before = 1.5
digest_at = "8:45"
[confirm]
start_project = [3, 4]
[documents]
project = ["方案"]
[caps]
per_case_hour = 7
"""
    policy = load_config(write(GOOD + extra)).policy()
    assert (policy.hours.opening, policy.hours.noon, policy.hours.closing) == (time(8, 30), time(11, 45), time(17, 30))
    assert policy.hours.calendar.off == {date(2027, 2, day) for day in (5, 8, 9, 10)}
    assert policy.hours.calendar.works(date(2027, 2, 6))
    assert policy.hours.calendar.knows(2027)
    assert (policy.chase.remind_before, policy.chase.digest_at) == (timedelta(minutes=90), time(8, 45))
    assert policy.confirm.start_project == (3, 4)
    assert policy.documents_project == ("方案",)
    assert policy.caps.per_case_hour == 7


def test_the_defaults_are_the_rulebooks() -> None:
    config = default_config()
    assert config.policy() == Policy(Company(()))
    assert config.accounts == ()
    assert config.path is None


@pytest.mark.parametrize(
    ("section", "value"), [(ChaseSection, ChaseTimes), (ConfirmSection, ConfirmRule), (CapsSection, Caps)]
)
def test_every_field_of_the_policy_can_be_set(section: type[Section], value: type) -> None:
    assert list(section.model_fields) == [f.name for f in fields(value)]


def entry(name: str, *roles: Role, aliases: tuple[str, ...] = ()) -> PersonEntry:
    return PersonEntry(
        name=name, address=f"p{abs(hash(name))}@x.example", roles=roles or (Role.SALES,), aliases=aliases
    )


# name, role -> aliases derived.
ALIASES = [
    ("张国华", Role.SALES, {"ZGH", "zhangguohua", "guohuazhang"}),
    ("李强", Role.ENGINEER, {"LQ", "liqiang", "qiangli", "李工"}),
    ("陈志远", Role.DIRECTOR, {"CZY", "chenzhiyuan", "zhiyuanchen", "陈总"}),
    ("王芳", Role.PROJECT_MANAGER, {"WF", "wangfang", "fangwang", "王经理"}),
    ("欧阳明", Role.ENGINEER, {"OYM", "ouyangming", "mingouyang", "欧阳工"}),
    ("曾理", Role.SALES, {"ZL", "zengli", "lizeng"}),
    ("吕布", Role.SALES, {"LB", "lvbu", "bulv", "lyubu", "bulyu"}),
    ("Peter Smith", Role.ENGINEER, set()),
    ("赵", Role.ENGINEER, set()),
]


@pytest.mark.parametrize(("name", "role", "derived"), ALIASES)
def test_pinyin_initials_and_titles_are_derived(name: str, role: Role, derived: set[str]) -> None:
    assert set(all_aliases((entry(name, role),))[0]) == derived


def test_the_dictionary_of_readings_is_let_go_and_comes_again_for_a_new_name() -> None:
    for name, initials in (("易建联", "YJL"), ("易中天", "YZT"), ("易建联", "YJL")):
        assert initials in all_aliases((entry(name, Role.SALES),))[0]
        assert not [module for module in sys.modules if module.partition(".")[0] == "pypinyin"]


def test_a_title_is_not_derived_where_two_people_fit_and_written_aliases_win() -> None:
    people = (
        entry("李强", Role.ENGINEER),
        entry("李明", Role.ENGINEER, aliases=("LQ",)),
        entry("王刚", Role.ENGINEER),
        entry("王芳", Role.SALES, aliases=("王工",)),
    )
    qiang, ming, gang, fang = all_aliases(people)
    assert "李工" not in qiang + ming
    assert "LQ" not in qiang
    assert "LQ" in ming
    assert "王工" not in gang
    assert "王工" in fang


def test_words_that_mean_two_people_are_warned_of(write: Writer) -> None:
    text = GOOD + "[[people]]\nname = '赵广辉'\naddress = 'zhao@xinhai.example'\nroles = ['sales']\naliases=['强子']\n"
    assert set(load_config(write(text)).warnings) == {
        'people: "ZGH" means 2 people (zgh@xinhai.example, zhao@xinhai.example); the bot will ask which one',
        'people: "强子" means 2 people (lq@xinhai.example, zhao@xinhai.example); the bot will ask which one',
    }


# roles of the third person, operators named -> who hears of faults.
OPERATORS = [
    ('["engineer"]', "", ()),
    ('["engineer", "admin"]', "", ("lq@xinhai.example",)),
    ('["engineer", "operator"]', "", ("lq@xinhai.example",)),
    ('["engineer"]', '[operator]\naddresses = ["Ops@xinhai.example"]\n', ("ops@xinhai.example",)),
]


@pytest.mark.parametrize(("roles", "named", "heard"), OPERATORS)
def test_operators_are_named_or_found_by_role(roles: str, named: str, heard: tuple[str, ...], write: Writer) -> None:
    config: Config = load_config(write(GOOD.replace('["engineer"]', roles) + named))
    assert config.operators == heard
