"""The documents keep their word: what they name exists, what they show works, what they promise is so."""

import ast
import re
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
import typer

from bot.cli import app
from bot.config import load_config
from bot.parse.fields import read_fields
from bot.parse.meaning import read_meaning
from bot.parse.subject import read_subject
from bot.parse.worktime import read_work
from bot.rules.people import Company
from bot.rules.policy import Policy
from bot.rules.times.deadlines import accept_deadline, confirm_deadline, start_deadline
from bot.rules.times.hours import SHANGHAI, day_words, moment_words
from bot.rules.words import Intent, Nature, ReplyStage, Role

ROOT = Path(__file__).parent.parent
README, STAFF, RULES = ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "docs" / "rules.md"
DOCUMENTS = [README, STAFF, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
POLICY = Policy(Company(()))


@pytest.fixture(params=DOCUMENTS, ids=lambda path: path.name)
def document(request: pytest.FixtureRequest) -> str:
    path: Path = request.param
    return path.read_text(encoding="utf-8")


@cache
def _names_in(path: Path) -> frozenset[str]:
    """The functions and classes defined at the top level of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return frozenset(node.name for node in tree.body if isinstance(node, kinds))


def _rule_rows() -> dict[str, list[str]]:
    """Rule → state, places, tests, note."""
    rows = re.findall(r"^\| (R\d+) [^|]*\|(.*)\|$", RULES.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(dict(rows)) == len(rows), "a rule has two rows"
    return {rule: [cell.strip() for cell in rest.split("|")] for rule, rest in rows}


# docs/rules.md


def test_every_rule_has_its_row_in_order() -> None:
    assert list(_rule_rows()) == [f"R{number}" for number in range(1, 50)]


def test_a_kept_rule_names_place_and_test_and_a_partly_kept_one_what_lacks() -> None:
    for rule, (state, places, tests, note) in _rule_rows().items():
        assert state in {"kept", "partly", "later"}, rule
        assert bool(places) is bool(tests) is (state != "later"), rule
        assert note or state != "partly", rule
        assert all(name.startswith("bot/") for name in re.findall(r"`([^`]+::[^`]+)`", places)), rule
        assert all(name.startswith("tests/") for name in re.findall(r"`([^`]+::[^`]+)`", tests)), rule


def test_every_place_and_test_named_exists(document: str) -> None:
    for path, name in re.findall(r"`([a-z_/]+\.py)::(\w+)`", document):
        assert (ROOT / path).is_file(), path
        assert name in _names_in(ROOT / path), f"{path}::{name}"


# What all documents name


def test_every_file_and_folder_named_exists(document: str) -> None:
    named = re.findall(r"`((?:bot|tests|templates|migrations|benchmarks|docs|\.ci)(?:/[\w./-]+)?)`", document)
    missing = [path for path in named if not (ROOT / path).exists()]
    assert not missing


def test_every_link_leads_somewhere(document: str) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", document):
        path, _, anchor = target.partition("#")
        found = [p for p in (ROOT / path, ROOT / "docs" / path) if path and p.exists()]
        assert found or not path, target
        assert not anchor or re.search(rf"^#+ {re.escape(anchor)}$", document, re.MULTILINE), target


def _commands_in(document: str) -> list[str]:
    """Everything shown as something to type: lines of shell examples, and words set as code."""
    blocks = re.findall(r"```sh\n(.*?)```", document, re.DOTALL)
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    return [re.sub(r"^[A-Z_]+=\S+ ", "", line) for line in (*lines, *re.findall(r"`([^`\n]+)`", document))]


def test_every_make_target_named_exists(document: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {found[1] for line in _commands_in(document) if (found := re.match(r"make ([a-z]+)", line))}
    assert named <= targets


def test_every_command_named_exists(document: str) -> None:
    written = re.compile(r"(?:/opt/zhichi/\.venv/bin/)?zhichi ((?:quarantine |outbox |report )?[a-z]+)")
    named = {found[1] for line in _commands_in(document) if (found := written.match(line))}
    groups = {command.split()[0] for command in _commands() if " " in command}
    assert named <= _commands() | groups


def test_no_document_names_a_registry_or_a_place_of_one_machine(document: str) -> None:
    hosts = ("py" + "pi.org", "python" + "hosted.org", "np" + "mjs.", "crates." + "io", "proxy." + "golang.org")
    assert not [host for host in hosts if host in document]
    assert not re.search(r"(?:^|[^\w./-])/(?:ro" + r"ot|wo" + r"rk|home|Users|tmp)/", document)


# README.md


def _commands() -> set[str]:
    """Every command of the typer app, groups spelt out."""
    found = set()
    for group, prefix in ((app, ""), *((g.typer_instance, f"{g.name} ") for g in app.registered_groups)):
        assert isinstance(group, typer.Typer)
        for command in group.registered_commands:
            name = command.name or (command.callback.__name__ if command.callback else "")
            found.add(f"{prefix}{name}")
    return found


def test_the_command_table_is_the_command_line() -> None:
    shown = re.findall(r"^\| `zhichi ([a-z ]+)` \|", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(shown) == sorted(_commands())


def _toml_examples() -> list[str]:
    return re.findall(r"```toml\n(.*?)```", README.read_text(encoding="utf-8").replace("\n  ", "\n"), re.DOTALL)


def test_the_minimal_configuration_loads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "config.toml"
    path.write_text(_toml_examples()[0], encoding="utf-8")
    config = load_config(path)
    monkeypatch.setenv("ZHICHI_MAIL_PASSWORD", "geheim")
    assert config.secrets_faults() == []
    assert config.warnings == ()


def test_the_further_examples_load_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    minimal, *further = _toml_examples()
    path = tmp_path / "config.toml"
    path.write_text("\n".join([minimal, *further]), encoding="utf-8")
    monkeypatch.setenv("ZHICHI_DATABASE_URL", "postgresql://zhichi:geheim@db.xinhai.example/zhichi")
    assert load_config(path).database_url().get_secret_value().startswith("postgresql://")


@pytest.mark.parametrize("path", [README, ROOT / "docs" / "architecture.md"], ids=lambda path: path.name)
def test_every_folder_of_the_bot_is_on_the_map(path: Path) -> None:
    folders = {f"bot/{init.parent.name}" for init in (ROOT / "bot").glob("*/__init__.py")}
    assert folders <= set(re.findall(r"^\| `([\w/]+)` \|", path.read_text(encoding="utf-8"), re.MULTILINE))


# README.zh-CN.md


def _moments(header: str) -> list[list[str]]:
    """The rows of the staff's table whose first column is called `header`."""
    table = STAFF.read_text(encoding="utf-8").split(f"| {header} |")[1].split("\n\n")[0]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()[2:]]


def _read_moment(words: str) -> datetime:
    found = re.fullmatch(r"(\d+)月(\d+)日（周.）(\d\d):(\d\d)", words)
    assert found, words
    month, day, hour, minute = map(int, found.groups())
    moment = datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)
    assert moment_words(moment) == words
    return moment


@pytest.mark.parametrize("row", _moments("收到申请"), ids=lambda row: row[0])
def test_R8_the_staffs_examples_are_right(row: list[str]) -> None:
    received = _read_moment(row[0])
    confirm = confirm_deadline(POLICY, received, "director@x")
    starts = [start_deadline(POLICY, received, nature) for nature in (Nature.NON_PROJECT, Nature.PROJECT)]
    assert confirm.next_at
    assert row[1:] == [
        moment_words(confirm.due_at),
        moment_words(confirm.next_at),
        *(day_words(start.due_at.date()) for start in starts),
    ]


@pytest.mark.parametrize("row", _moments("收到完成邮件"), ids=lambda row: row[0])
def test_R23_the_staffs_examples_are_right(row: list[str]) -> None:
    accept = accept_deadline(POLICY, _read_moment(row[0]), "sales@x")
    assert accept.next_at
    assert row[1:] == [moment_words(accept.next_at), moment_words(accept.due_at)]


APPLICATION, CLOSING, WORKLOAD = ReplyStage.APPLICATION, ReplyStage.COMPLETION_DIRECTOR, ReplyStage.WORKLOAD
ACCEPTING, CHANGE, WORKING = ReplyStage.COMPLETION_SALES, ReplyStage.EXECUTION_CHANGE, ReplyStage.EXECUTION
OUTLINE = ReplyStage.DOC_OUTLINE
TOLD_TO_WRITE = [
    (Role.DIRECTOR, APPLICATION, "同意，李工，9月22日，2人天，现场。", Intent.APPROVE),
    (Role.DIRECTOR, APPLICATION, "同意，李工和王工，9月22日至23日，4人天，现场。", Intent.APPROVE),
    (Role.DIRECTOR, APPLICATION, "同意", Intent.APPROVE),
    (Role.DIRECTOR, APPLICATION, "同意，但请先确认客户已做好备份", Intent.APPROVE_WITH_CONDITION),
    (Role.DIRECTOR, APPLICATION, "请补充客户的网络拓扑图", Intent.NEED_MORE_INFO),
    (Role.DIRECTOR, APPLICATION, "推迟到9月28日再定", Intent.POSTPONE),
    (Role.DIRECTOR, APPLICATION, "不同意，本周没有人手", Intent.REJECT),
    (Role.DIRECTOR, APPLICATION, "这个请王芳决定", Intent.DELEGATE),
    (Role.DIRECTOR, APPLICATION, "收到", Intent.ACKNOWLEDGMENT_ONLY),
    (Role.DIRECTOR, APPLICATION, "撤回同意", Intent.WITHDRAW),
    (Role.DIRECTOR, APPLICATION, "不同意继续支持", Intent.REJECT),
    (Role.DIRECTOR, CLOSING, "同意关闭", Intent.APPROVE),
    (Role.DIRECTOR, CLOSING, "不同意关闭，客户还没签字", Intent.REJECT),
    (Role.DIRECTOR, WORKLOAD, "同意归档", Intent.APPROVE),
    (Role.DIRECTOR, WORKLOAD, "核算2.5人天", Intent.APPROVE),
    (Role.DIRECTOR, WORKLOAD, "同意签字", Intent.APPROVE),
    (Role.DIRECTOR, WORKLOAD, "不同意，16日只做了半天", Intent.REJECT),
    (Role.SALES, APPLICATION, "撤回申请，客户取消了", Intent.WITHDRAW),
    (Role.SALES, CHANGE, "同意增加，按4人天", Intent.APPROVE),
    (Role.SALES, CHANGE, "不同意变更，按原计划做", Intent.REJECT),
    (Role.SALES, ACCEPTING, "验收通过", Intent.APPROVE),
    (Role.SALES, ACCEPTING, "不通过，打印还有问题", Intent.REJECT),
    (Role.SALES, ACCEPTING, "收到", Intent.ACKNOWLEDGMENT_ONLY),
    (Role.SALES, ACCEPTING, "谢谢", Intent.THANKS),
    (Role.SALES, ACCEPTING, "客户说还可以吧", Intent.NONE),
    (Role.ENGINEER, WORKING, "已离场，安装已完成一半，明天继续", Intent.LEFT_SITE),
    (Role.ENGINEER, WORKING, "工作量有变化：客户多了两台服务器，需要增加1人天", Intent.DEVIATION),
    (Role.ENGINEER, WORKING, "已完成，服务单见附件", Intent.COMPLETED),
    (Role.ENGINEER, WORKING, "已完成，应急支持，服务单见附件", Intent.COMPLETED),
    (Role.SALES, OUTLINE, "同意目录", Intent.APPROVE),
    (Role.ENGINEER, WORKING, "问题：安装介质损坏", Intent.PROBLEM),
    (Role.ENGINEER, WORKING, "风险：机房可能停电，影响：停机半天，应对：备好UPS", Intent.RISK),
    (Role.SALES, APPLICATION, "升级：时间调整 客户要求提前到周三", Intent.ESCALATE),
    (Role.ENGINEER, WORKING, "争议：销售说还没做完，我认为已经完成", Intent.DISPUTE),
    (Role.ENGINEER, WORKING, "我和销售对完成时间有分歧", Intent.DISPUTE),
    (Role.ENGINEER, WORKING, "升级1：我来处理，周五改期", Intent.RESOLVED),
    (Role.ENGINEER, WORKING, "升级1已解决", Intent.RESOLVED),
    (Role.ENGINEER, WORKING, "问题1已解决，换了介质", Intent.RESOLVED),
    (Role.ENGINEER, WORKING, "风险2关闭", Intent.RESOLVED),
    (Role.SALES, ACCEPTING, "升级1仍未解决", Intent.ESCALATE),
    (Role.SALES, ACCEPTING, "问题：打印还不能用", Intent.REJECT),
    (Role.SALES, ACCEPTING, "评分：5", Intent.RATING),
    (Role.SALES, ACCEPTING, "4分", Intent.RATING),
    (Role.SALES, ACCEPTING, "五星", Intent.RATING),
    (Role.SALES, APPLICATION, "状态", Intent.STATUS_REQUEST),
    (Role.SALES, APPLICATION, "我的待办", Intent.TODO_REQUEST),
    (Role.SALES, APPLICATION, "帮助", Intent.HELP_REQUEST),
]


@pytest.mark.parametrize(("role", "stage", "words", "meaning"), TOLD_TO_WRITE)
def test_what_the_staff_are_told_to_write_means_what_they_are_told(
    role: Role, stage: ReplyStage, words: str, meaning: Intent
) -> None:
    assert f"`{words}`" in STAFF.read_text(encoding="utf-8")
    assert read_meaning(words, role, stage).intent is meaning


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("9月21日 9:00-17:30，7.5小时", ["7.5"]),
        ("李工、王工各8小时", ["8"]),
        ("用时1.5天", ["12"]),
        ("更正工时：9月21日 6小时", ["6"]),
    ],
)
def test_R27_hours_the_staff_are_told_to_write_are_read(words: str, hours: list[str]) -> None:
    assert f"`{words}`" in STAFF.read_text(encoding="utf-8")
    found = read_work(words, datetime(2026, 9, 22, tzinfo=SHANGHAI).date(), ("李工", "王工")).said
    assert [str(said.hours) for said in found] == hours


def test_the_mails_the_staff_are_told_of_are_called_so() -> None:
    told = set(re.findall(r"【([^】]+)】", STAFF.read_text(encoding="utf-8")))
    words = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").glob("*/words.txt"))
    assert len(told) > 10
    assert told <= set(re.findall(r'set title = "([^"]+)"', words))


def test_R2_R4_the_request_the_staff_are_told_to_copy_is_read_whole() -> None:
    text = STAFF.read_text(encoding="utf-8")
    (subject,) = set(re.findall(r"`(技术支持申请--欧莱雅--[^`]+)`", text))
    reading = read_subject(subject, datetime(2026, 9, 17, 10, tzinfo=SHANGHAI))
    assert reading.fits
    assert not reading.repaired
    (body,) = re.findall(r"```text\n(.*?)```", text, re.DOTALL)
    assert read_fields(body).missing == ()
