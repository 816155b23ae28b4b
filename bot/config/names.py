"""How else a person is written: pinyin, initials, 李工. Derived so that the configuration stays short."""

import gc
import sys
from collections import Counter
from collections.abc import Iterable, Mapping

from bot.config.sections import PersonEntry
from bot.rules.words import Role

_COMPOUND = "欧阳|司马|上官|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|司徒|东方|独孤|南宫|西门|端木|长孙|宇文|司空|万俟"
# Surnames that sound otherwise than the same character in other words.
_SURNAME_READINGS = {
    "曾": "zeng", "单": "shan", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "朴": "piao", "盖": "ge",
    "翟": "zhai", "覃": "qin", "员": "yun", "缪": "miao", "折": "she", "种": "chong", "乐": "yue", "召": "shao",
    "隗": "wei", "乜": "nie", "粘": "nian", "洗": "xian", "薄": "bo", "卜": "bu", "尉迟": "yuchi",
    "长孙": "zhangsun", "万俟": "moqi",
}  # fmt: skip
_TITLES = (
    ("工", frozenset({Role.ENGINEER})),
    ("总", frozenset({Role.DIRECTOR, Role.LOCAL_SALES_DIRECTOR, Role.COMPANY_SALES_DIRECTOR})),
    ("经理", frozenset({Role.PROJECT_MANAGER, Role.DEPUTY_MANAGER})),
)


def all_aliases(people: tuple[PersonEntry, ...]) -> list[tuple[str, ...]]:
    """For each person the aliases written in the file, then the derived ones.

    A derived alias never takes a word that the file gives to somebody. 姓+title is derived only where one person fits;
    initials and pinyin stay with all they fit, so that the bot can ask which one is meant.
    """
    written = Counter(fold(word) for person in people for word in (person.name, *person.aliases))
    titles = [_titles(person) for person in people]
    shared = Counter(word for words in titles for word in words)
    spelt = _spell_all(person.name for person in people)
    result = []
    for person, own in zip(people, titles, strict=True):
        derived = [word for word in own if shared[word] == 1] + spelt[person.name]
        fresh = [word for word in derived if fold(word) not in written]
        result.append(tuple(dict.fromkeys((*person.aliases, *fresh))))
    return result


def shared_words(people: tuple[PersonEntry, ...]) -> list[tuple[str, list[str]]]:
    """Names and aliases that mean more than one person, with the addresses of those people."""
    owners: dict[str, dict[str, str]] = {}
    for person, aliases in zip(people, all_aliases(people), strict=True):
        for word in (person.name, *aliases):
            owners.setdefault(fold(word), {})[person.every_address[0]] = word
    return [(next(iter(found.values())), list(found)) for found in owners.values() if len(found) > 1]


def fold(name: str) -> str:
    """Blanks and case do not matter in names."""
    return "".join(name.split()).casefold()


def split_name(name: str) -> tuple[str, str]:
    """Surname and given name of a Chinese name; two empty words when it is none (2 to 4 characters)."""
    word = "".join(name.split())
    if not (2 <= len(word) <= 4 and all("\u4e00" <= sign <= "\u9fff" for sign in word)):
        return "", ""
    cut = 2 if word[:2] in _COMPOUND.split("|") and len(word) > 2 else 1
    return word[:cut], word[cut:]


def _titles(person: PersonEntry) -> list[str]:
    surname, _ = split_name(person.name)
    return [surname + title for title, roles in _TITLES if surname and not roles.isdisjoint(person.roles)]


_spelt: dict[str, list[str]] = {}


def _spell_all(names: Iterable[str]) -> Mapping[str, list[str]]:
    """The spellings of each name. The dictionary of readings (0.2 s, 50 MB) serves new ones, and is let go."""
    new = [name for name in names if name not in _spelt]
    try:
        _spelt.update((name, _spellings(name)) for name in new)
    finally:
        if loaded := [name for name in sys.modules if name.partition(".")[0] == "pypinyin"]:
            for module in loaded:
                del sys.modules[module]
            gc.collect()  # its parts hold each other
    return _spelt


def _spellings(name: str) -> list[str]:
    """ZGH, zhangguohua, guohuazhang; ü as v and as passports write it."""
    surname, given = split_name(name)
    if not surname:
        return []
    from pypinyin import Style, lazy_pinyin  # see _spell_all

    first = _SURNAME_READINGS.get(surname) or "".join(lazy_pinyin(surname))
    rest = "".join(lazy_pinyin(given))
    following = lazy_pinyin(surname[1:] + given, style=Style.FIRST_LETTER)
    initials = "".join([first[0], *following]).upper()
    plain = [initials, first + rest, rest + first]
    return plain + [word.replace("v", "yu") for word in plain[1:] if "v" in word]
