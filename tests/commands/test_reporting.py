"""`zhichi report weekly`: drafts from the records, files where they are asked for (R28)."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.commands.formats import ReportFormat
from bot.commands.reporting import report_monthly, report_weekly
from bot.config import load_config
from bot.errors import ZhichiError
from bot.house import House
from bot.rules.case import Case
from bot.rules.reports.work import WorkRecord, WorkSource
from bot.rules.times.weeks import parse_week
from bot.rules.words import Stage
from tests.rules.build import at
from tests.store.examples import a_case
from tests.whole.office import CONFIG

LI, WANG = "li@demo.local", "wang@demo.local"
W38, NOW = parse_week("2026-W38"), at("09-18 15:00")


def make_house(folder: Path) -> House:
    text = CONFIG.format(bot="bot@demo.local", authserv="hub", imap_port=1, smtp_port=1, self_copy="true")
    for name, content in (
        ("password", "x"), ("database", f"sqlite:///{folder / 'zhichi.db'}"), ("config.toml", text),
    ):  # fmt: skip
        (folder / name).write_text(content, encoding="utf-8")
        (folder / name).chmod(0o600)
    return House(load_config(folder / "config.toml"))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A company whose two engineers worked in W38, and one in W37."""
    made = make_house(tmp_path)
    made.store.migrate()
    with made.store.transaction() as tx:
        base = a_case(
            stage=Stage.ARCHIVED, sales="zgh@demo.local", engineers=(LI,), on=date(2026, 9, 15), days=Decimal(1)
        )
        first = tx.cases.create(base)
        second = tx.cases.create(replace(base, customer="3M-中国", engineers=(WANG,)))
        put(tx, first, LI, (15, "7.5"), (9, "4"))
        put(tx, second, WANG, (16, "8"))
    yield made
    made.store.close()


def put(tx: object, case: Case, engineer: str, *days: tuple[int, str]) -> None:
    records = [WorkRecord(engineer, date(2026, 9, d), Decimal(h), WorkSource.SAID) for d, h in days]
    tx.work.put(case.id, records, NOW)  # type: ignore[attr-defined]


def test_R28_json_on_stdout_is_this_weeks_draft(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    assert report_weekly(house, None, "", None, ReportFormat.JSON, NOW) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(e["name"], e["state"], e["hours"]) for e in found["engineers"]] == [
        ("李明", "draft", 11.5),
        ("王强", "draft", 8.0),
    ]
    assert found["engineers"][0]["problems"] == ["本期含以前未报的工作：9月9日。"]


def test_a_week_gone_by_lists_its_own_days(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    report_weekly(house, parse_week("2026-W37"), "", None, ReportFormat.JSON, NOW)
    found = json.loads(capsys.readouterr().out)
    assert [(e["name"], [r["date"] for r in e["rows"]]) for e in found["engineers"]] == [("李明", ["2026-09-09"])]


def test_R28_a_folder_gets_the_companys_and_each_engineers(house: House, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert report_weekly(house, W38, "", out, ReportFormat.XLSX, NOW) == 0
    names = sorted(path.name for path in out.iterdir())
    assert names == [f"技术周报_2026-W38_{who}.xlsx" for who in sorted(("公司", "李明", "王强"))]
    assert load_workbook(out / "技术周报_2026-W38_公司.xlsx").sheetnames == ["公司汇总", "李明", "王强"]


@pytest.mark.parametrize("written", ["李工", "li@demo.local", "李明"])
def test_one_engineer_by_any_name_into_one_file(house: House, tmp_path: Path, written: str) -> None:
    path = tmp_path / "deep" / "li.xlsx"
    report_weekly(house, W38, written, path, ReportFormat.XLSX, NOW)
    assert load_workbook(path).sheetnames == ["李明"]


def test_csv_on_stdout(house: House, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    report_weekly(house, W38, "", None, ReportFormat.CSV, NOW)
    lines = capsysbinary.readouterr().out.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["工程师", "李明", "李明", "王强"]


def test_somebody_unknown_is_named(house: House) -> None:
    with pytest.raises(ZhichiError, match="刘备"):
        report_weekly(house, W38, "刘备", None, ReportFormat.JSON, NOW)


def test_a_place_that_cannot_be_written_is_named(house: House, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ZhichiError, match="--out"):
        report_weekly(house, W38, "", tmp_path / "file" / "x.xlsx", ReportFormat.XLSX, NOW)


def test_R36_the_month_as_json_workbook_and_csv(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    september = date(2026, 9, 1)
    assert report_monthly(house, september, None, ReportFormat.JSON, NOW) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(e["name"], e["hours"]) for e in found["engineers"]] == [("李明", 11.5), ("王强", 8.0)]
    assert sorted((c["name"], c["requests"]) for c in found["customers"]) == [("3M-中国", 1), ("欧莱雅", 1)]
    for form in ReportFormat:
        report_monthly(house, september, tmp_path / "out", form, NOW)
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["技术支持月报_2026-09.csv", "技术支持月报_2026-09.json", "技术支持月报_2026-09.xlsx"]
    assert load_workbook(tmp_path / "out" / names[2]).sheetnames[0] == "概览"
