"""The line of a one-tap answer that names case and secret: ours, not the person's words."""

import re

from bot.parse.tokens import REF

_TOKEN_LINE = re.compile(rf"^.{{0,80}}\[{REF}(?:#[A-Z2-7]{{16}})?\].*$", re.MULTILINE)


def drop_token_lines(text: str) -> str:
    """`text` without the lines that hold a bracketed case token, as the bot's buttons put it there."""
    return (_TOKEN_LINE.sub("", text) if "[Z" in text else text).strip()
