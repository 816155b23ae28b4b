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
    r"|(?<![-\w])color\s*:\s*transparent|opacity\(\s*0(?:\.0+)?%?\s*\)|transform\s*:\s*scale\w{0,2}\(\s*0\s*[,)]"
    r"|(?<![-\w])font\s*:\s*0|margin-(?:left|top)\s*:\s*-\d{4}"
)
_PALE = re.compile(r"#fff|#f[0-9a-f]f[0-9a-f]f[0-9a-f](?:ff)?|white|snow|ivory|ghostwhite|whitesmoke")
_CHANNELS = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+([\d.]{1,6})%?)?\s*\)")
_PALE_FROM = 240  # of 255
_BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*([^;!]{1,60})")
_NO_COLOR = frozenset({"transparent", "none", "inherit", "initial", "unset"})
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


def is_pale(color: str) -> bool:
    """Whether a CSS colour (lower case) cannot be told from white paper, or is fully transparent."""
    color = color.strip()
    if _PALE.fullmatch(color):
        return True
    channels = _CHANNELS.fullmatch(color)
    if not channels:
        return False
    is_clear = channels[4] is not None and not channels[4].strip("0.")
    return is_clear or all(int(channels[n]) >= _PALE_FROM for n in (1, 2, 3))


def has_color_behind(style: str, bgcolor: str) -> bool:
    """Whether a background other than white is set, on which white words can be read."""
    behind = _BACKGROUND.search(style) if "background" in style else None
    color = behind[1].strip() if behind else bgcolor.strip().lower()
    return bool(color) and color not in _NO_COLOR and not is_pale(color)


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
