"""`zhichi check` finds every template fault at once, before a mail needs the template."""

from pathlib import Path

from bot.transmit.check import check_templates
from bot.transmit.templates import shipped_templates


def check(folder: Path, **files: str) -> tuple[str, ...]:
    for name, content in files.items():
        file = folder / name.replace("__", "/").replace("_txt", ".txt").replace("_html", ".html")
        file.parent.mkdir(exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return check_templates((folder, shipped_templates()))


def test_shipped_templates_are_sound() -> None:
    assert check_templates((shipped_templates(),)) == ()


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    faults = check(
        tmp_path,
        status__body_txt="{{ notice.ref }}\n{% if ask %}{{ custmer }}{% endif %}",
        todo__body_html="\n\n{% for row in notice.rows %}",
        registred__body_txt="x",
        help__boddy_txt="x",
        digest__subject_txt="{{ notice.title }}",
    )
    assert len(faults) == 6
    for expected in (
        "status/body.txt:2: unknown name 'custmer'; templates have notice, bot, ask,",
        "todo/body.html:3: Unexpected end of template",
        "registred: no notice has this name",
        "help/boddy.txt: nothing reads this file",
        "digest/subject.txt:1: 'bot.rules.notice.Notice object' has no attribute 'title'",
    ):
        assert any(expected in fault for fault in faults), expected


def test_names_a_template_sets_itself_are_known(tmp_path: Path) -> None:
    words = "{% if ask %}{% set greeting = '您好' %}{{ greeting }}{% endif %}{{ notice.headline }}"
    assert check(tmp_path, status__body_txt=words) == ()


def test_blocks_may_use_what_the_frame_sets(tmp_path: Path) -> None:
    own = '{% extends "_base/base.html" %}{% block before_advice %}<p style="{{ font }}">{{ title }}</p>{% endblock %}'
    assert check(tmp_path, status__body_html=own) == ()


def test_wording_without_a_tone_is_a_fault(tmp_path: Path) -> None:
    faults = check(tmp_path, status__words_txt='{% set title = "x" %}{% set advice = "" %}')
    assert any("tone" in fault for fault in faults)


def test_file_in_another_encoding_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "status").mkdir()
    (tmp_path / "status/body.txt").write_bytes("当前".encode("gb18030"))
    assert any("status/body.txt" in fault for fault in check_templates((tmp_path, shipped_templates())))


def test_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    (fault,) = check_templates((tmp_path / "own", shipped_templates()))
    assert "no such folder" in fault
