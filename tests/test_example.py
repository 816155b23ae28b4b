"""config.example.toml keeps its word: it loads, it names every setting, and the defaults it shows are the real ones."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from bot.config import load_config
from bot.config.faults import section_class
from bot.config.sections import Settings
from bot.config.source import Key

EXAMPLE = Path(__file__).parent.parent / "config.example.toml"
DEFAULT = re.compile(r"^#(?=[a-z_]+ = )", re.MULTILINE)


def test_the_example_loads_and_needs_only_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    config = load_config(EXAMPLE)
    monkeypatch.delenv("XINHAI_MAIL_PASSWORD", raising=False)
    assert len(config.secrets_faults()) == 1
    monkeypatch.setenv("XINHAI_MAIL_PASSWORD", "geheim")
    assert config.secrets_faults() == []
    assert config.warnings == ()


def test_the_example_shows_every_role() -> None:
    held = {role for person in load_config(EXAMPLE).company().people for role in person.roles}
    assert {role.value for role in held} == {
        "director", "sales", "sales_lead", "local_sales_director", "company_sales_director", "admin", "engineer",
        "project_manager", "deputy_manager", "operator",
    }  # fmt: skip


def test_the_defaults_shown_are_the_real_ones(tmp_path: Path) -> None:
    shown = tmp_path / "config.toml"
    shown.write_text(DEFAULT.sub("", EXAMPLE.read_text(encoding="utf-8")), encoding="utf-8")
    plain = tmp_path / "plain.toml"
    plain.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_config(shown).settings == load_config(plain).settings


def test_every_setting_is_in_the_example_and_nothing_else() -> None:
    text = DEFAULT.sub("", EXAMPLE.read_text(encoding="utf-8"))
    assert documented(tomllib.loads(text)) == settings_of(Settings)


def test_every_setting_is_explained_above_it() -> None:
    """Each key has remarks above it; keys of one group share them."""
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    entries = [n for n, line in enumerate(lines) if re.match(r"#?[a-z_]+ = ", line)]
    bare = [lines[n] for n in entries if not above(lines, n).startswith("# ")]
    assert bare == []


def above(lines: list[str], n: int) -> str:
    """The line above the group of entries that line `n` belongs to; a header counts with the remarks above it."""
    while re.match(r"#?[a-z_]+ = |\[", lines[n]):
        n -= 1
    if not lines[n]:  # a further [[people]]: explained at the first
        n = next(i for i, line in enumerate(lines) if line == "[[people]]") - 1
    return lines[n]


def documented(data: Any, key: Key = ()) -> set[Key]:
    """All keys of parsed TOML, list positions left out; an empty table is a value."""
    if isinstance(data, dict) and data:
        return set().union(*(documented(value, (*key, name)) for name, value in data.items()))
    if isinstance(data, list) and data and isinstance(data[0], dict):
        return set().union(*(documented(entry, key) for entry in data))
    return {key}


def settings_of(model: type[BaseModel], key: Key = ()) -> set[Key]:
    """All keys of the models, list positions left out."""
    found: set[Key] = set()
    for name, field in model.model_fields.items():
        inner = section_class(field.annotation)
        found |= settings_of(inner, (*key, name)) if inner else {(*key, name)}
    return found
