"""Whether one name is another with a single typing slip in it; a shorter or longer form of a name is none (R3)."""

from bot.rules.threading import subject_key

SHORTEST = 3
"""Characters; of shorter names too many are one character apart."""

_COUNTED = ("0123456789", "零一二三四五六七八九十", "东南西北中", "甲乙丙丁")
"""What sets sister companies apart: 中建三局 is no slip of 中建五局."""


def fold_name(name: str) -> str:
    """A name reduced to what counts: letters and digits, whatever case, width and punctuation."""
    return subject_key(name)


def is_slip(typed: str, known: str) -> bool:
    """Whether `typed` is `known` with one character replaced, lost, doubled, or swapped with its neighbour.

    Both as `fold_name` gives them.
    """
    if typed == known or min(len(typed), len(known)) < SHORTEST or _numbers(typed) != _numbers(known):
        return False
    if len(typed) == len(known):
        return _is_replaced(typed, known)
    if len(typed) + 1 == len(known):
        return _without_one(known, typed) >= 0
    if len(typed) == len(known) + 1:
        at = _without_one(typed, known)
        return at >= 0 and typed[at] in typed[max(0, at - 1) : at] + typed[at + 1 : at + 2]
    return False


def _numbers(name: str) -> str:
    """The digits in a name: 客户1, 客户11 and 客户12 are three customers, however alike they look."""
    return "".join(sign for sign in name if sign.isdigit())


def _is_replaced(typed: str, known: str) -> bool:
    apart = [n for n, (a, b) in enumerate(zip(typed, known, strict=True)) if a != b]
    if len(apart) == 1:
        at = apart[0]
        counted = any(typed[at] in group and known[at] in group for group in _COUNTED)
        return not counted and not _is_lone_letter(typed, known, at)
    if len(apart) == 2 and apart[1] == apart[0] + 1:
        return (typed[apart[0]], typed[apart[1]]) == (known[apart[1]], known[apart[0]])
    return False


def _is_lone_letter(typed: str, known: str, at: int) -> bool:
    """Whether one Latin letter stands for another among Chinese: A公司 and B公司 are two customers."""
    latin = typed[at].isascii() and typed[at].isalpha() and known[at].isascii() and known[at].isalpha()
    beside = typed[max(0, at - 1) : at] + typed[at + 1 : at + 2]
    return latin and not any(sign.isascii() and sign.isalpha() for sign in beside)


def _without_one(longer: str, shorter: str) -> int:
    """Where `longer` has the one character that makes it longer than `shorter`; -1 when they differ otherwise."""
    at = next((n for n, (a, b) in enumerate(zip(longer, shorter, strict=False)) if a != b), len(shorter))
    return at if longer[at + 1 :] == shorter[at:] else -1


def deletion_keys(name: str) -> frozenset[str]:
    """The folded name and all it becomes with one character left out: two names one slip apart share a key."""
    return frozenset((name, *(name[:n] + name[n + 1 :] for n in range(len(name)))))
