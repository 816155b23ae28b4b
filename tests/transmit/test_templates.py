"""Templates: a company's own win file by file, faults name file and line, code in data or in templates is shut in."""

from pathlib import Path

import pytest

from bot.errors import TemplateError
from bot.rules.notice import NoticeKind
from bot.transmit.compose import Composer
from bot.transmit.samples.every import sample_notice
from bot.transmit.templates import PARTS, Templates, shipped_templates
from bot.transmit.view import View
from tests.transmit.mails import BOT, NOW, a_composer, text_of

STATUS = sample_notice(NoticeKind.STATUS)
VIEW = View(STATUS, BOT)


def write(folder: Path, name: str, content: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return file


def test_every_kind_has_its_folder_and_every_folder_its_kind() -> None:
    folders = {path.name for path in shipped_templates().iterdir() if not path.name.startswith("_")}
    assert folders == {kind.value for kind in NoticeKind}
    for folder in folders:
        assert {path.name for path in (shipped_templates() / folder).iterdir()} == {*PARTS, "words.txt"}


def test_installed_templates_are_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = write(tmp_path, "bot/transmit/templates.py", "")
    monkeypatch.setattr("bot.transmit.templates.__file__", str(module))
    assert shipped_templates() == tmp_path / "templates"
    (tmp_path / "bot/_shipped/templates").mkdir(parents=True)
    assert shipped_templates() == tmp_path / "bot/_shipped/templates"


def test_company_file_wins_and_the_rest_stays(tmp_path: Path) -> None:
    write(tmp_path, "status/body.txt", "【支持机器人】{{ notice.ref }} 本公司的话")
    templates = Templates((tmp_path, shipped_templates()))
    assert templates.render(NoticeKind.STATUS, "body.txt", VIEW) == "【支持机器人】ZC2026-0001 本公司的话"
    assert "当前状态" in templates.render(NoticeKind.STATUS, "body.html", VIEW)
    assert "我的待办" in templates.render(NoticeKind.TODO, "body.txt", View(sample_notice(NoticeKind.TODO), BOT))


def test_company_wording_changes_all_three_parts(tmp_path: Path) -> None:
    write(
        tmp_path,
        "status/words.txt",
        '{% set title = "进展" %}{% set tone = "good" %}{% set advice = "请打内线 8000。" %}',
    )
    templates = Templates((tmp_path, shipped_templates()))
    assert templates.render(NoticeKind.STATUS, "subject.txt", VIEW).startswith("【进展】")
    for part in ("body.txt", "body.html"):
        rendered = templates.render(NoticeKind.STATUS, part, VIEW)
        assert "进展" in rendered
        assert "请打内线 8000。" in rendered


def test_company_frame_counts_for_every_kind(tmp_path: Path) -> None:
    write(tmp_path, "_base/base.txt", "【支持机器人】一行\n{{ notice.headline }}")
    (only,) = a_composer(tmp_path).compose(STATUS, None, NOW, "main")
    assert text_of(only) == f"【支持机器人】一行\n{STATUS.headline}\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("一\n{{ notice.heading }}", r"status/body\.txt:2: .*no attribute 'heading'"),
        ("一\n二\n{{ customer }}", r"status/body\.txt:3: 'customer' is undefined"),
        ("{% if %}", r"status/body\.txt:1: "),
        ("{% for x in notice.lines %}", r"status/body\.txt:1: "),
        ("{{ 1 // 0 }}", r"status/body\.txt:1: .*division"),
        ("{{ notice.__class__ }}", r"status/body\.txt:1: .*unsafe"),
        ("{{ notice.__class__.__mro__ }}", r"status/body\.txt:1: .*unsafe"),
        ("{{ notice.headline.format.__globals__ }}", r"status/body\.txt:1: .*unsafe"),
        ('{% extends "_base/nothing.txt" %}', r"_base/nothing\.txt is missing"),
    ],
)
def test_broken_template_names_file_line_and_cure(tmp_path: Path, content: str, expected: str) -> None:
    write(tmp_path, "status/body.txt", content)
    templates = Templates((tmp_path, shipped_templates()))
    with pytest.raises(TemplateError, match=expected) as caught:
        templates.render(NoticeKind.STATUS, "body.txt", VIEW)
    assert "zhichi check" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_template_is_named(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"status/subject\.txt is missing"):
        Composer((tmp_path,), BOT).compose(STATUS, None, NOW, "main")


def test_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    write(tmp_path, "status/body.txt", "").write_bytes("当前".encode("gb18030"))
    with pytest.raises(TemplateError, match=r"status/body\.txt"):
        Templates((tmp_path, shipped_templates())).render(NoticeKind.STATUS, "body.txt", VIEW)


def test_templates_cannot_change_what_they_show(tmp_path: Path) -> None:
    write(tmp_path, "status/body.txt", "{% set _ = taps.append(1) %}")
    with pytest.raises(TemplateError):
        Templates((tmp_path, shipped_templates())).render(NoticeKind.STATUS, "body.txt", VIEW)
