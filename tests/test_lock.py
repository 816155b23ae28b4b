"""What is installed is what was reviewed: every library pinned, with hashes, from no place of its own."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCK = (ROOT / "requirements.lock").read_text()
_HASHES = r"((?: *\\\n    --hash=sha256:[0-9a-f]{64})+)"
ENTRY = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[a-z0-9,_-]+\])?==([^ ;\\]+)([^\\]*)" + _HASHES + "$", re.MULTILINE)
LOCKED = {_name.lower().replace("_", "-"): pinned for _name, pinned, _, _ in ENTRY.findall(LOCK)}


def test_every_line_is_a_pinned_version_with_its_hashes() -> None:
    assert ENTRY.sub("", LOCK).strip() == ""
    assert len(LOCKED) > 40


@pytest.mark.parametrize("name", sorted(LOCKED))
def test_no_other_version_is_installed(name: str) -> None:
    """Those for another Python or system may be missing; none may differ."""
    try:
        installed = version(name)
    except PackageNotFoundError:
        return
    assert installed == LOCKED[name]


def test_whatever_the_project_asks_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[\[<>=!~; ]", line)[0].lower() for line in asked}
    assert names <= set(LOCKED)


def test_the_security_rules_of_the_linter_are_on() -> None:
    """`make check` is what bandit would be; a line that is let through says so itself."""
    ruff = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]
    assert "S" in ruff["select"]
    assert [rule for rule in ruff["ignore"] if rule.startswith("S")] == ["S101"]
    loosened = {place for place, rules in ruff["per-file-ignores"].items() if any(r.startswith("S") for r in rules)}
    assert {place for place in loosened if place.startswith("bot/")} <= {"bot/rules/words.py"}
