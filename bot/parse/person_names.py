"""Does a text look like a person's name? Judged by form only, to notice fields in the wrong place (D2)."""

import re
import unicodedata
from functools import lru_cache

from bot.parse.subject_words import (
    BRANDS,
    CITIES,
    COMPOUND_SURNAMES,
    EXTRA_WORDS,
    GIVEN_NAMES,
    ORGANISATION_ENDS,
    PRODUCTS,
    SURNAMES,
    TITLES,
    WORK_WORDS,
)

LONGEST_NAME = 30
_LATIN = re.compile(r"[A-Za-z]+(?:['’.·_-][A-Za-z]+)*\.?(?: [A-Za-z]+(?:['’.·_-][A-Za-z]+)*\.?){0,3}")
_INITIALS = re.compile(r"[A-HJ-NPQRSTW-Z][A-HJ-TW-Z]{1,3}")
_PINYIN = re.compile(
    r"(?:(?:[bpmfdtnlgkhjqxzcsryw]|zh|ch|sh)(?:i?ang?|i?ao|i?ong|iu|iou?|ie|ia|in|ing|i|uang?|uai|ui|un|uo|ua|ue|u"
    r"|ai|a|eng?|ei|er|e|ou|o|v|ve)|an|ang|ao|ai|a|en|er|ou|o){1,4}"
)
_PAIR = re.compile(r"(.+?)\s*[(（/]\s*([^()（）/]+?)\s*[)）]?")


@lru_cache(maxsize=1024)  # the same few people sell
def looks_like_person(text: str) -> bool:
    """Whether `text` may be a person: Chinese name, pinyin, initials, English name, with or without a title."""
    name = _strip_title(text)
    if not name or len(text) > LONGEST_NAME or _is_other_thing(name) or _is_other_thing(text):
        return False
    if _LATIN.fullmatch(name):
        return True
    pair = _PAIR.fullmatch(text)
    if pair:
        two_scripts = pair[1].isascii() != pair[2].isascii()
        return looks_like_person(pair[1]) and (pair[2] in TITLES or (two_scripts and looks_like_person(pair[2])))
    mixed = re.fullmatch(r"([㐀-鿿·]+) ?([A-Za-z]+)", name) or re.fullmatch(r"([A-Za-z]+) ?([㐀-鿿·]+)", name)
    if mixed:
        han, latin = sorted(mixed.groups(), key=str.isascii)
        return is_chinese_name(han) and latin.casefold() not in PRODUCTS
    return is_chinese_name(name) or _is_short_call(name)


@lru_cache(maxsize=1024)
def is_surely_person(text: str) -> bool:
    """Whether `text` has the form of a Chinese full name, of 王经理, 小王 or of 2–4 capital initials."""
    name = _strip_title(text)
    if not name or _is_other_thing(text):
        return False
    return is_chinese_name(name) or is_called(text) or bool(_INITIALS.fullmatch(name))


def is_called(text: str) -> bool:
    """Whether `text` is how colleagues call somebody: 小王, 李工, 王经理, 张国华经理."""
    name = _strip_title(text)
    nickname = len(name) == 2 and name[0] in "小老阿" and name[1] in SURNAMES
    return nickname or (name != text and (name in SURNAMES or is_chinese_name(name)))


def is_sure_enough(text: str) -> bool:
    """As `is_surely_person`, or a name in pinyin or a common English one."""
    words = re.split(r"[\s.'’·_-]+", _strip_title(text).casefold())
    latin = any(word in GIVEN_NAMES for word in words) or all(_PINYIN.fullmatch(word) for word in words)
    return is_surely_person(text) or (latin and looks_like_person(text))


def is_chinese_name(name: str) -> bool:
    """Surname and given name in Chinese characters; a foreign or minority name with `·` too."""
    if not all(unicodedata.name(c, "").startswith("CJK UNIFIED") or c == "·" for c in name):
        return False
    if "·" in name:
        return len(name) <= 12 and not name.startswith("·") and not name.endswith("·")
    if name[:2] in COMPOUND_SURNAMES:
        return 3 <= len(name) <= 4
    return name[:1] in SURNAMES and (2 <= len(name) <= 3 or (len(name) == 4 and name[1] in SURNAMES))


def _is_short_call(name: str) -> bool:
    """小王, 老张, 王 (before a title), or a given name of two characters."""
    return len(name) <= 2 and all("一" <= c <= "鿿" for c in name)


def _strip_title(text: str) -> str:
    name = text.strip()
    for title in TITLES:
        if name.endswith(title) and len(name) > len(title):
            name = name[: -len(title)].strip()
            break
    if name.startswith("销售") and len(name) > 2:
        name = name[2:].strip()
    return name


def _is_other_thing(text: str) -> bool:
    folded = text.casefold()
    return (
        folded in PRODUCTS
        or text in BRANDS
        or text in CITIES
        or text in EXTRA_WORDS
        or text.endswith(ORGANISATION_ENDS)
        or any(word in text for word in WORK_WORDS)
        or any(c.isdigit() for c in text)
    )
