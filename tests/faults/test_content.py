"""What mails carry can do nothing: files, names, HTML, templates' data, headers."""

import ast
import io
import json
import stat
import zipfile
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

import pytest
from jinja2.exceptions import SecurityError

from bot.papers.archive import file_bundle
from bot.parse.mail import parse_mail
from bot.parse.parts import MAX_DEPTH, MAX_PARTS
from bot.rules.words import Fate, Stage
from bot.transmit.pages import mail_page
from bot.transmit.templates import make_environment
from tests.faults.front import PASS, SUBJECT, Front, make_mail
from tests.papers.bundles import a_bundle
from tests.whole.office import DIRECTOR, SALES, at

NOW = at("09-17 10:00")
BOT_FOLDER = Path(__file__).resolve().parents[2] / "bot"

# --- attachments -----------------------------------------------------------------------------------------------------


def with_files(*files: tuple[str, bytes]) -> bytes:
    def attach(mail: EmailMessage) -> None:
        for name, content in files:
            mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)

    return make_mail(SALES, "09-17 10:00", "请安排", subject=SUBJECT, change=attach)


def test_too_many_files_are_noted_and_the_words_still_count() -> None:
    mail = parse_mail(with_files(*((f"{n}.txt", b"x") for n in range(MAX_PARTS + 50))), received_at=NOW)
    assert mail.fresh_text == "请安排"
    assert len(mail.attachments) <= MAX_PARTS
    assert any("the rest is not read" in line or "one by one" in line for line in mail.lines)


def test_too_deep_a_mail_is_noted() -> None:
    depth = MAX_DEPTH * 3
    head = b"From: zgh@demo.local\r\nSubject: x\r\n"
    body = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth))
    mail = parse_mail(head + body + b"Content-Type: text/plain\r\n\r\nhello\r\n", received_at=NOW)
    assert any("containers" in line or "levels" in line for line in mail.lines)


def test_an_archive_is_kept_as_it_came_and_never_unpacked(front: Front) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../evil", b"\0" * 30_000_000)
    bomb = packed.getvalue()
    assert len(bomb) < 100_000
    assert front.take(with_files(("实施方案.zip", bomb)), "09-17 10:00") is Fate.ACTED
    with front.house.store.reading() as tx:
        (document,) = tx.documents.of(front.case().id) or (None,)
        if document:
            assert tx.documents.blob(document.sha256) == bomb
    assert (front.folder / "zhichi.db").stat().st_size < 5_000_000


def test_a_name_from_a_mail_ends_as_a_harmless_file(front: Front, tmp_path: Path) -> None:
    front.open_case()
    names = (
        "../../x/服务单.pdf",
        "服务单\u202egpj.exe",
        "con.pdf",
        ".bashrc",
        "manifest.json",
        "长" * 200 + ".pdf",
        "a/b\\c\0d.pdf",
    )
    root = tmp_path / "papers"
    bundle = a_bundle(front.case(), [(name, f"{n}".encode()) for n, name in enumerate(names)])
    file_bundle(root, bundle)
    paths = [path for path in root.rglob("*") if path.is_file()]
    assert len(paths) == len(names) + 1
    assert len({item.path.casefold() for item in bundle.items}) == len(names)
    for path in paths:
        assert len(path.name.encode()) <= 255
        assert not path.name.startswith(".")
        assert path.name.isprintable()
        assert path.resolve().is_relative_to(root.resolve())
        assert stat.S_IMODE(path.stat().st_mode) & 0o027 == 0, "others read nothing"
    assert all(stat.S_IMODE(p.stat().st_mode) & 0o007 == 0 for p in (root, *root.rglob("*")))
    (manifest,) = (json.loads(p.read_text("utf-8")) for p in paths if p.name == "manifest.json")
    assert {entry["file"] for entry in manifest["documents"]} == {p.name for p in paths} - {"manifest.json"}


# --- HTML, templates, headers ----------------------------------------------------------------------------------------

EVIL_HTML = (
    '<p>请安排</p><script>alert(1)</script><img src="http://track.example/x.gif" onerror="alert(2)">'
    '<a href="javascript:alert(3)">x</a><form action="http://x.example"><input name=p></form>'
    '<iframe src="//x.example"></iframe><svg onload=alert(4)></svg><base href="http://x.example/">'
    '<meta http-equiv=refresh content="0;url=http://x.example">'
)


def test_html_of_a_mail_is_passed_on_sanitised_only(front: Front) -> None:
    def add_html(mail: EmailMessage) -> None:
        mail.add_alternative(EVIL_HTML, subtype="html")

    front.write(SALES, "09-17 10:00", "请安排", subject=SUBJECT, change=add_html)
    got = front.sent(DIRECTOR)[0]
    raw = make_mail(SALES, "09-17 10:00", "请安排", subject=SUBJECT, change=add_html)
    for html in (got.html, mail_page(raw), mail_page(bytes(got.message))):
        assert "请安排" in html
        for word in (
            "<script",
            "onerror",
            "javascript:",
            "<form",
            "<iframe",
            "<svg",
            "<base",
            "refresh",
            "track.example",
        ):
            assert word not in html.lower()


TRICKS = (
    "{{ 7*191 }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "${7*191}",
    "<b>x</b>",
)


@pytest.mark.parametrize("trick", TRICKS)
def test_case_data_is_never_template_code(front: Front, trick: str) -> None:
    fields = f"客户联系人：{trick}\n支持内容：{trick}"
    front.write(SALES, "09-17 10:00", fields, subject=f"技术支持申请--欧莱雅--{trick.replace('--', '')}--ZGH--0917")
    for person in (DIRECTOR, SALES):
        for got in front.sent(person):
            assert "1337" not in got.text + got.html
            assert "__subclasses__() %}" in got.text or "subclasses" not in got.text
            assert "<b>x</b>" not in got.html
    assert front.last_mail().fate is not Fate.QUARANTINED


@pytest.mark.parametrize(
    "code", ["{{ ''.__class__.__mro__ }}", "{{ view.__init__.__globals__ }}", "{{ [].append(1) }}"]
)
def test_a_template_cannot_reach_python(code: str, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(code)
    with pytest.raises(SecurityError):
        make_environment((tmp_path,)).get_template("x.txt").render(view=pytest)


INJECTED = (
    "=?utf-8?B?5oqA5pyv5pSv5oyB55Sz6K+3DQpCY2M6IGV2aWxAZWxzZXdoZXJlLmV4YW1wbGUNCg0KaGk=?=",
    "技术支持申请--欧莱雅\r\n --CITRIX安装--ZGH--0917",
    "技术支持申请--欧莱雅--CITRIX\x0bBcc: evil@elsewhere.example--ZGH--0917",
    "技术支持申请--欧莱雅\u2028Bcc: evil@elsewhere.example--CITRIX安装--ZGH--0917",
)


@pytest.mark.parametrize("subject", INJECTED)
def test_no_header_grows_from_a_subject_or_a_name(front: Front, subject: str) -> None:
    true = make_mail(SALES, "09-17 10:00", "请安排", subject="SUBJECT")
    name = "=?utf-8?B?5bygDQpCY2M6IGV2aWxAZWxzZXdoZXJlLmV4YW1wbGU=?= <zgh@demo.local>"
    raw = true.replace(b"SUBJECT", subject.encode()).replace(b"From: zgh@demo.local", f"From: {name}".encode())
    front.take(raw, "09-17 10:00")
    for line in front.lines():
        with front.house.store.reading() as tx:
            row = tx.outbox.get(line.id)
        assert row
        mail = message_from_bytes(row.raw)
        assert mail.get("Bcc") is None
        assert "evil@elsewhere.example" not in line.recipients
        assert [name.lower() for name, _ in mail.items()].count("from") == 1
        assert all(len(part) <= 998 for part in row.raw.split(b"\r\n"))
        assert b"\n" not in row.raw.replace(b"\r\n", b"")


# --- the program itself ----------------------------------------------------------------------------------------------

FORBIDDEN_MODULES = {
    "pickle",
    "shelve",
    "marshal",
    "yaml",
    "subprocess",
    "tarfile",
    "gzip",
    "bz2",
    "lzma",
    "ctypes",
    "dbm",
}
READ_ZIPS = {"own_forms.py", "weekly_reading.py", "word.py", "zips.py"}
"""Look into Word files and exports, each entry to a bound of its own; nothing is ever unpacked onto the disk."""
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "breakpoint"}


def test_nothing_in_the_program_runs_or_unpacks_what_it_is_given() -> None:
    found: list[str] = []
    for path in BOT_FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
                found.append(f"{path.name}:{node.lineno} {node.func.id}")
            found += [f"{path.name} imports {n}" for n in names if n.partition(".")[0] in FORBIDDEN_MODULES]
            if "zipfile" in names and "demo" not in path.parts and path.name not in READ_ZIPS:
                found.append(f"{path.name} imports zipfile")  # the demo packs its sample papers
            if isinstance(node, ast.Attribute) and node.attr in {"extract", "extractall", "unpack_archive"}:
                found.append(f"{path.name}:{node.lineno} {node.attr}")
    assert found == []


def test_a_true_request_passes_all_this(front: Front) -> None:
    """The harness would notice a bot that does nothing."""
    assert PASS
    assert front.take(with_files(("拓扑图.pdf", b"%PDF")), "09-17 10:00") is Fate.ACTED
    assert front.case().stage is Stage.AWAITING_APPROVAL
