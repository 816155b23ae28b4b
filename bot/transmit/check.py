"""Finds every fault of the templates before a mail needs them (`zhichi check`)."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from bot.errors import TemplateError
from bot.rules.mail import Address
from bot.rules.notice import Notice, NoticeKind
from bot.transmit.compose import BotIdentity, Composer, Parent
from bot.transmit.samples.cast import SALES, SUBJECT
from bot.transmit.samples.every import sample_notice
from bot.transmit.templates import PARTS, VIEW_NAMES, make_environment

_BOT = BotIdentity("support@example.cn", "支持机器人", "example.cn", "示例公司")
_NOW = datetime(2026, 9, 18, 2, 30, tzinfo=UTC)
_PARENT = Parent("sample@example.cn", (), SALES, _NOW, SUBJECT, "请安排支持。\n谢谢", "<p>请安排支持。<br>谢谢</p>")
_FILES = (*PARTS, "words.txt")
_WORD = frozenset({".docx", ".doc", ".docm", ".dotx"})
_KINDS = frozenset(kind.value for kind in NoticeKind)


def check_templates(folders: tuple[Path, ...]) -> tuple[str, ...]:
    """Every fault of the templates in `folders`, one English line each with file and line; () when all is well.

    Looks for folders and files that nothing reads (a misspelt kind), names that templates do not have, and renders each
    kind of notice with and without what is optional.
    """
    faults = [fault for folder in folders for fault in (*_find_strays(folder), *_find_unknown_names(folder, folders))]
    composer = Composer(folders, _BOT)
    for kind in NoticeKind:
        faults.extend(_render(composer, sample_notice(kind)))
    return tuple(dict.fromkeys(faults))


def _find_strays(folder: Path) -> Iterator[str]:
    if not folder.is_dir():
        yield f"{folder}: no such folder: create it or correct the path"
        return
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "_", "~$")) or path.suffix.lower() in _WORD:
            continue  # Word forms are checked by bot.papers.check
        if path.name not in _KINDS or not path.is_dir():
            yield f"{path}: no notice has this name; the names are {', '.join(sorted(_KINDS))}"
            continue
        for file in sorted(path.iterdir()):
            if file.name not in _FILES and not file.name.startswith("."):
                yield f"{file}: nothing reads this file; a notice has {', '.join(_FILES)}"


def _find_unknown_names(folder: Path, folders: tuple[Path, ...]) -> Iterator[str]:
    env = make_environment(folders)
    known = {*VIEW_NAMES, *_names_of_frames(env, folders)}
    for path in sorted(p for p in (*folder.glob("*/*.txt"), *folder.glob("*/*.html")) if p.parent.name != "_papers"):
        try:
            tree = env.parse(path.read_text(encoding="utf-8"), path.name, str(path))
            unknown = meta.find_undeclared_variables(tree) - known - _names_set_in(tree)
        except TemplateSyntaxError as error:
            yield f"{path}:{error.lineno}: {error.message}"
            continue
        except (OSError, UnicodeDecodeError) as error:
            yield f"{path}: {error}"
            continue
        for node in tree.find_all(nodes.Name):
            if node.name in unknown:
                yield f"{path}:{node.lineno}: unknown name {node.name!r}; templates have {', '.join(VIEW_NAMES)}"


def _names_of_frames(env: Environment, folders: tuple[Path, ...]) -> Iterator[str]:
    """What the `_base` templates set: blocks of the templates that extend them may use it."""
    for path in (path for folder in folders for path in sorted(folder.glob("_base/*"))):
        with suppress(TemplateSyntaxError, OSError, UnicodeDecodeError):  # told when the file's own turn comes
            yield from _names_set_in(env.parse(path.read_text(encoding="utf-8")))


def _names_set_in(tree: nodes.Template) -> set[str]:
    # jinja2.meta overlooks a set within an if.
    return {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"} | {
        name if isinstance(name, str) else name[1] for node in tree.find_all(nodes.FromImport) for name in node.names
    }


def _render(composer: Composer, notice: Notice) -> Iterator[str]:
    bare = Notice(kind=notice.kind, key=notice.key, to=(Address("a@example.cn"),), headline=notice.headline)
    in_own_words = replace(notice, in_thread=False, reply_to_mail=0)
    for variant, parent in ((notice, _PARENT), (in_own_words, None), (bare, None)):
        try:
            composer.compose(variant, parent, _NOW, "check")
        except TemplateError as error:
            yield str(error)
