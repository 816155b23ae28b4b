"""Takes a password out of what a server said: some repeat the command they refuse."""

import base64

_HIDDEN = "***"


def hide_password(text: str, user: str, password: str) -> str:
    """`text` without the password: as it is, quoted for IMAP (RFC 3501), or in base64 as SASL sends it (RFC 4616)."""
    if not password:
        return text
    quoted = password.replace("\\", "\\\\").replace('"', '\\"')
    for form in (_encode(f"\0{user}\0{password}"), _encode(password), quoted, password):
        text = text.replace(form, _HIDDEN)
    return text


def _encode(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
