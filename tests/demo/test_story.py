"""`zhichi demo` as a newcomer runs it: once, in a folder of its own, and everything it told is there afterwards."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from email import message_from_bytes
from hashlib import sha256
from pathlib import Path

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from bot.cli import app
from bot.config import load_config
from bot.demo import story
from bot.demo.acts import FIRST, SECOND
from bot.demo.acts_work import THIRD
from bot.demo.scenes import SCENES
from bot.demo.world import MARKER, prepare
from bot.errors import ZhichiError
from bot.house import House
from bot.rules.notice import NoticeKind as N
from bot.rules.saying import IN_THREAD
from bot.rules.times.hours import SHANGHAI
from bot.rules.words import Proof, Stage
from bot.store.outbox_tables import OutboxStatus

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Played:
    """The finished story."""

    folder: Path
    code: int
    out: str
    err: str
    house: House


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    outside = tmp_path_factory.mktemp("newcomer")
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "COLUMNS": "80"}
    command = [sys.executable, "-W", "error", "-m", "bot", "demo"]
    done = subprocess.run(command, cwd=outside, env=env, capture_output=True, text=True, timeout=110, check=False)
    folder = outside / "zhichi-demo"
    return Played(folder, done.returncode, done.stdout, done.stderr, House(load_config(folder / "config.toml")))


def test_it_ends_well_and_says_nothing_on_stderr(played: Played) -> None:
    assert (played.code, played.err) == (0, "")
    assert "Traceback" not in played.out


def test_it_tells_every_scene_within_80_columns(played: Played) -> None:
    told = played.out.splitlines()
    assert [
        title for scene in SCENES if not any(title.endswith(scene.title) for title in told) if (title := scene.title)
    ] == []
    assert [line for line in told if cell_len(line) > 80] == []


def test_all_cases_are_settled(played: Played) -> None:
    with played.house.store.reading() as tx:
        found = {case.ref: (case.stage, case.tacit) for case in tx.cases.list()}
    assert found == {FIRST: (Stage.SETTLED, True), SECOND: (Stage.SETTLED, False), THIRD: (Stage.SETTLED, False)}


def test_the_smooth_case_costs_its_thread_five_mails(played: Played) -> None:
    """R46."""
    with played.house.store.reading() as tx:
        case = tx.cases.by_ref(FIRST)
        assert case
        said = dict.fromkeys((o.notice_key, o.kind) for o in tx.outbox.of_case(case.id) if o.kind in IN_THREAD)
    assert [kind for _, kind in said] == [N.REGISTERED, N.CONFIRMED, N.ACCEPTANCE, N.ACCEPTED, N.CLOSED]


def test_the_forged_approval_moved_nothing_and_left_its_trace(played: Played) -> None:
    with played.house.store.reading() as tx:
        case = tx.cases.by_ref(SECOND)
        assert case
        [entry] = [e for e in tx.history.of(case.id) if e.event == "unproved"]
        forged = tx.mails.by_message_id(entry.mail)
        assert forged
        assert forged.proof is Proof.FAIL
    assert (entry.from_stage, entry.to_stage) == (Stage.AWAITING_APPROVAL, Stage.AWAITING_APPROVAL)


def test_a_decision_by_tap_stays_in_everybody_s_thread(played: Played) -> None:
    """R45: the tapped mail itself reached the bot alone, so answering it alone would begin a new thread."""
    with played.house.store.reading() as tx:
        case = tx.cases.by_ref(SECOND)
        assert case
        lines = tx.outbox.of_case(case.id)
        registered, confirmed = (next(line for line in lines if line.kind is k) for k in (N.REGISTERED, N.CONFIRMED))
        row = tx.outbox.get(confirmed.id)
        assert row
    references = str(message_from_bytes(row.raw)["References"])
    assert f"<{registered.message_id}>" in references


def test_the_signed_weekly_reports_settle_what_they_list(played: Played) -> None:
    """R27, R28: one by tap, one by a file with a changed figure."""
    with played.house.store.reading() as tx:
        figures = {case.ref: case.settled_days for case in tx.cases.list()}
        signed = {case.ref: [e.event for e in tx.history.of(case.id)].count("signed") for case in tx.cases.list()}
    assert figures[FIRST] == Decimal("2.5")
    assert signed == {FIRST: 1, SECOND: 1, THIRD: 1}


def test_the_holidays_are_silent(played: Played) -> None:
    """25-27 September and 1-7 October 2026 are off (R44)."""
    with played.house.store.reading() as tx:
        days = {line.created_at.astimezone(SHANGHAI).date() for line in tx.outbox.list(OutboxStatus.SENT)}
    off = {date(2026, 9, day) for day in (25, 26, 27)} | {date(2026, 10, day) for day in range(1, 8)}
    assert days.isdisjoint(off)
    assert {date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 10)} <= days


def test_every_document_lies_in_the_archive_as_its_manifest_says(played: Played) -> None:
    manifests = sorted((played.folder / "archive").rglob("manifest.json"))
    assert [m.parent.relative_to(played.folder / "archive").as_posix() for m in manifests] == [
        f"强生/核心交换机宕机/20260923_{THIRD}",
        f"欧莱雅/CITRIX安装/20260922_{FIRST}",
        f"联合利华/Exchange迁移/20260922_{SECOND}",
    ]
    for manifest in manifests:
        documents = json.loads(manifest.read_text("utf-8"))["documents"]
        plans = set() if THIRD in manifest.parent.name else {"实施方案", "实施计划"}
        assert {d["label"] for d in documents} == {"服务单"} | plans
        for document in documents:
            assert sha256((manifest.parent / document["file"]).read_bytes()).hexdigest() == document["sha256"]


def test_every_mail_is_a_page_that_can_do_nothing(played: Played) -> None:
    mails = played.folder / "mails"
    pages = {path.stem for path in mails.glob("*.html")}
    assert pages == {path.stem for path in mails.glob("*.eml")} | {"index"}
    assert len(pages) > 50
    for path in mails.glob("*.html"):
        assert not re.search(r"<script|javascript:|\son\w+=", path.read_text("utf-8"), re.IGNORECASE), path.name
    linked = re.findall(r'href="\./([^"]+)"', (mails / "index.html").read_text("utf-8"))
    assert sorted(linked) == sorted(f"{page}.html" for page in pages - {"index"})


def test_the_password_is_nobody_else_s(played: Played) -> None:
    assert (played.folder / "password").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("command", [["list"], ["show", FIRST], ["show", SECOND, "--json"]], ids=" ".join)
def test_the_commands_it_names_work_without_the_servers(played: Played, command: list[str]) -> None:
    result = CliRunner().invoke(app, [*command, "-c", str(played.folder / "config.toml")])
    assert result.exit_code == 0
    assert "ZC2026-000" in result.stdout


def test_a_claim_that_does_not_hold_stops_the_story(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(story, "SCENES", (replace(SCENES[0], stages={FIRST: Stage.APPROVED}),))
    assert story.run_demo(tmp_path / "demo") == 1
    shown = capsys.readouterr()
    assert "should be approved, is awaiting_approval" in shown.err
    assert "due" not in shown.out.split(SCENES[0].title)[1]  # what was not checked is not told


def test_somebody_s_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("mine", "utf-8")
    with pytest.raises(ZhichiError, match="--folder"):
        prepare(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]


def test_an_earlier_demo_is_replaced_and_what_was_added_to_it_stays(tmp_path: Path) -> None:
    prepare(tmp_path / "demo")
    for name in ("mails/1.eml", "zhichi.db", "notes.txt"):
        path = tmp_path / "demo" / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    prepare(tmp_path / "demo")
    assert sorted(path.name for path in (tmp_path / "demo").iterdir()) == [MARKER, "notes.txt"]
