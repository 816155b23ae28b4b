"""A closed case has its folder: complete, updated with what comes later, and the same as its export (R26, R40)."""

import json
import os
import re
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

import pytest

from bot.commands.exporting import audit_zip, export_case
from bot.errors import ZhichiError
from bot.handling.filing import Filer
from bot.papers.review import PAGE, WORD
from bot.papers.zips import verify_zip
from bot.parse.mail import parse_mail
from bot.rules.words import Fate, Stage
from bot.store.secrets import SecretVerdict
from tests.faults.front import Front
from tests.papers.samples import words_in
from tests.rules.build import at
from tests.whole.office import DIRECTOR, ENGINEER, SALES

FORM = ("欧莱雅服务单-签字.pdf", b"%PDF-1.4 signed")
NOW = at("09-23 10:05")
PLANS = (("CITRIX实施方案.docx", b"PK plan"), ("CITRIX实施计划.docx", b"PK schedule"))


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Front]:
    made = Front(tmp_path)
    yield made
    made.close()


def carrying(*files: tuple[str, bytes]) -> Callable[[EmailMessage], None]:
    def change(mail: EmailMessage) -> None:
        for name, content in files:
            mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)

    return change


def live(front: Front, *files: tuple[str, bytes]) -> None:
    """From the request to the closure, in which the documents are `files`."""
    front.open_case()
    got = front.sent(DIRECTOR)[-1]
    front.write(DIRECTOR, "09-17 11:00", "同意，李工9月22日去，2人天，现场", answer=got)
    got = front.sent(ENGINEER)[-1]
    front.write(ENGINEER, "09-22 17:00", "已完成，服务单见附件。", answer=got, change=carrying(*files))
    got = front.sent(SALES)[-1]
    front.write(SALES, "09-23 09:30", "验收通过", answer=got)
    front.write(DIRECTOR, "09-23 10:00", "同意关闭", answer=front.sent(DIRECTOR)[-1])


def file_all(front: Front, when: str = "09-23 10:05") -> tuple[int, list[str]]:
    return Filer(front.house.store, front.house.clerk).file_all(root(front), at(when))


def root(front: Front) -> Path:
    return front.house.config.files.archive


def folder(front: Front) -> Path:
    return root(front) / "欧莱雅" / "CITRIX安装" / f"20260917_{front.case().ref}"


def files_in(place: Path) -> dict[str, bytes]:
    return {p.relative_to(place).as_posix(): p.read_bytes() for p in sorted(place.rglob("*")) if p.is_file()}


def manifest(front: Front) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = json.loads((folder(front) / "manifest.json").read_bytes())
    return found


def test_R40_the_folder_holds_documents_mails_both_ways_and_the_review(front: Front) -> None:
    live(front, FORM, *PLANS)
    assert front.case().stage is Stage.ARCHIVED
    assert file_all(front) == (1, [])
    there = files_in(folder(front))
    assert {FORM[0], PLANS[0][0], PLANS[1][0], PAGE, WORD, "manifest.json"} <= there.keys()
    listed = manifest(front)
    entries = [e for part in ("documents", "mails", "review") for e in listed[part]]
    assert {e["file"]: e["sha256"] for e in entries} == {
        name: sha256(data).hexdigest() for name, data in there.items() if name != "manifest.json"
    }
    received = [e for e in listed["mails"] if e["from"] != "zhichi"]
    assert [Path(e["file"]).name for e in received] == [
        "来信001_20260917-1000_张国华.eml",
        "来信002_20260917-1100_陈总监.eml",
        "来信003_20260922-1700_李明.eml",
        "来信004_20260923-0930_张国华.eml",
        "来信005_20260923-1000_陈总监.eml",
    ]
    assert parse_mail(there[received[2]["file"]], received_at=NOW).sender.email == ENGINEER
    assert {e["kind"] for e in listed["mails"] if e["from"] == "zhichi"} >= {"registered", "confirmed", "acceptance"}
    with front.house.store.reading() as tx:
        filed = {d.filed_as for d in tx.documents.of(front.case().id)}
    assert all((root(front) / path).is_file() for path in filed)


def test_design2_no_mail_in_the_folder_holds_anybody_s_secret(front: Front) -> None:
    live(front, FORM, *PLANS)
    file_all(front)
    secrets = {
        seen.secret for got in front.sent(DIRECTOR) for seen in parse_mail(bytes(got.message), received_at=NOW).secrets
    }
    assert secrets
    for entry in manifest(front)["mails"]:
        mail = parse_mail((folder(front) / entry["file"]).read_bytes(), received_at=NOW)
        shown = {*mail.secrets, *mail.leaked_secrets}
        assert not shown or entry["from"] != "zhichi"
        with front.house.store.reading() as tx:  # what people quoted is void since it was seen
            assert not [s for s in shown if tx.secrets.check(s.ref, s.secret, DIRECTOR) is SecretVerdict.VALID]


def test_R40_nothing_is_done_twice_and_later_mails_and_documents_come_in(front: Front) -> None:
    live(front, FORM)
    assert front.case().stage is Stage.CLOSED
    assert [file_all(front)[0], file_all(front)[0]] == [1, 0]
    assert json.loads((folder(front) / "manifest.json").read_bytes())["missing"] == ["实施方案", "实施计划"]
    got = front.sent(ENGINEER)[-1]
    front.write(ENGINEER, "09-24 09:00", "文档见附件", answer=got, change=carrying(*PLANS))
    assert front.case().stage is Stage.ARCHIVED
    assert file_all(front, "09-24 09:01") == (1, [])
    assert "CITRIX实施方案.docx" in files_in(folder(front))
    assert "来信006_20260924-0900_李明.eml" in "".join(files_in(folder(front)))
    assert json.loads((folder(front) / "manifest.json").read_bytes())["missing"] == []
    front.write("fremd@elsewhere.example", "09-24 10:00", "?", subject=f"Re: {front.case().ref}", results=None)
    assert file_all(front, "09-24 10:01")[0] == 1, "a stranger's mail is on record too"


def test_R40_a_case_that_is_not_closed_has_no_folder(front: Front) -> None:
    front.open_case()
    assert file_all(front) == (0, [])
    assert not root(front).exists()


def test_R40_a_crash_between_files_and_note_is_made_good(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    live(front, FORM, *PLANS)

    class Killed(BaseException):
        pass

    true, calls = os.fsync, 0

    def fsync(handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls == 7:
            raise Killed
        true(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        with pytest.raises(Killed):
            file_all(front)
    assert "manifest.json" not in files_in(folder(front))
    assert file_all(front) == (1, [])
    export_case(front.house, front.case().ref, front.folder / "x.zip")
    with zipfile.ZipFile(front.folder / "x.zip") as package:
        assert {n: package.read(n) for n in package.namelist()} == files_in(folder(front))


def test_R40_what_cannot_be_filed_is_told_waits_and_stops_nothing_else(front: Front) -> None:
    live(front, FORM, *PLANS)
    blocked = root(front) / "欧莱雅"
    blocked.parent.mkdir(exist_ok=True)
    blocked.write_text("a file where the folder should be")
    filer = Filer(front.house.store, front.house.clerk)
    done, (fault,) = filer.file_all(root(front), at("09-23 10:05"))
    assert done == 0
    assert "the next turn tries again" in fault
    blocked.unlink()
    assert filer.file_all(root(front), at("09-23 10:05:59")) == (0, [fault]), "not again at once, and not forgotten"
    assert filer.file_all(root(front), at("09-23 10:06")) == (1, [])


def test_R40_the_export_is_the_folder_and_its_audit_finds_a_change(
    front: Front, capsys: pytest.CaptureFixture[str]
) -> None:
    live(front, FORM, *PLANS)
    file_all(front)
    target = front.folder / "case.zip"
    assert export_case(front.house, front.case().ref, target) == 0
    with zipfile.ZipFile(target) as package:
        assert {n: package.read(n) for n in package.namelist()} == files_in(folder(front))
    assert audit_zip(target, as_json=True) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["ok"] is True
    with zipfile.ZipFile(target, "a") as package:
        package.writestr("更多.pdf", b"x")
    assert audit_zip(target, as_json=False) == 1
    assert "更多.pdf: not listed" in capsys.readouterr().err


def test_R40_an_open_case_can_be_exported_and_says_what_lacks(front: Front, capsys: pytest.CaptureFixture[str]) -> None:
    ref = front.open_case().ref
    assert export_case(front.house, ref, front.folder / "open.zip") == 0
    assert "still missing: 服务单、实施方案、实施计划" in capsys.readouterr().err
    assert verify_zip(front.folder / "open.zip").faults == ()
    assert export_case(front.house, "ZC2026-9999", None) == 1
    with pytest.raises(ZhichiError, match="--out"):
        export_case(front.house, ref, front.folder / "no" / "such.zip")


def test_R40_the_review_reads_the_case_back(front: Front) -> None:
    live(front, FORM, *PLANS)
    file_all(front)
    page = (folder(front) / PAGE).read_text(encoding="utf-8")
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split("</style>")[1]))
    for told in (
        "欧莱雅 · CITRIX安装",
        "总监确认",
        "按时",
        "2 人天",
        "销售明确验收",
        "过程顺利，没有问题记录。",
        "暂无评价",
    ):
        assert told in words
    assert "{{" not in page
    word = words_in((folder(front) / WORD).read_bytes())
    assert all(told in word for told in ("欧莱雅", "总监确认", "按时", "张国华", FORM[0]))


def test_a_hostile_subject_and_a_hostile_name_stay_inside(front: Front) -> None:
    subject = "技术支持申请--<img src=x onerror=alert(1)>--..／..／etc--ZGH--0917"
    front.write(SALES, "09-17 10:00", "请安排", subject=subject)
    case = front.cases()[-1] if front.cases() else None
    if case is None:
        subject = "技术支持申请--欧莱雅<b>--项目..{{7*191}}--ZGH--0917"
        assert front.write(SALES, "09-17 10:01", "请安排", subject=subject) is Fate.ACTED
        case = front.cases()[-1]
    with front.house.store.reading() as tx:
        bundle = front.house.clerk.gather(tx, case)
        page = next(item for item in bundle.items if item.path == PAGE).read().decode()
    assert "<img" not in page
    assert "<b>" not in page
    assert "1337" not in page
