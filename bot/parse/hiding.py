"""What an HTML mail keeps from its reader's eyes: text hidden by a style, inline or by a rule of the mail's own sheet.

Hidden text must not speak for a person: a preview line or a trap may hold the word 同意.
"""

import re
from dataclasses import dataclass, field

from lxml import etree

_MAX_SHEET = 100_000
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)|text-indent\s*:\s*-\d{3}|clip\s*:\s*rect\(\s*0"
    r"|(?<![-\w])color\s*:\s*transparent"
)
_FAR_OFF = re.compile(r"(?<![-\w])(?:left|top|right|bottom|margin-left|margin-top)\s*:\s*-\d{3}")
_POSITIONED = re.compile(r"position\s*:\s*(?:absolute|fixed)")
_NO_SIZE = re.compile(r"(?<![-\w])(?:max-)?(?:height|width)\s*:\s*0(?:px|pt|em|%)?\s*(?:;|!|$)")
_CLIPPED = re.compile(r"overflow(?:-[xy])?\s*:\s*hidden")
_AT_RULE = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,2000})\}")
_SIMPLE = re.compile(r"[a-z0-9]*([.#])([\w-]+)")


def is_hiding(style: str) -> bool:
    """Whether an inline style or a rule's declarations (lower case) make an element invisible."""
    if _HIDDEN.search(style):
        return True
    if "overflow" in style and _CLIPPED.search(style) and _NO_SIZE.search(style):
        return True
    return "position" in style and bool(_POSITIONED.search(style) and _FAR_OFF.search(style))


@dataclass(slots=True)
class Hiders:
    """Classes and ids that the mail's own style sheet makes invisible; false when there are none."""

    classes: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.classes or self.ids)

    def hide(self, element: etree._Element) -> bool:
        """Whether a rule hides the element."""
        if not self.classes.isdisjoint(str(element.get("class", "")).lower().split()):
            return True
        return str(element.get("id", "")).lower() in self.ids


def find_hiders(root: etree._Element) -> Hiders:
    """Simple selectors (`.name`, `#name`, `tag.name`) of rules that hide; those for some screens only are left out."""
    hiders = Hiders()
    for sheet in root.iter("style"):
        text = (sheet.text or "")[:_MAX_SHEET].lower()
        if "none" in text or "hid" in text or "opacity" in text or "transparent" in text or "-9" in text:
            _read_sheet(_AT_RULE.sub("", _COMMENT.sub("", text)), hiders)
    return hiders


def _read_sheet(text: str, hiders: Hiders) -> None:
    for match in _RULE.finditer(text):
        if not is_hiding(match[2]):
            continue
        for selector in match[1].split(","):
            if simple := _SIMPLE.fullmatch(selector.strip()):
                (hiders.classes if simple[1] == "." else hiders.ids).add(simple[2])
