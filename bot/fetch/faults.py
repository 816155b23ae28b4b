"""What servers and the network answer when something fails, as our exceptions: one line with place, cause, cure."""

import ast
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from imaplib import IMAP4
from socket import gaierror

from bot.errors import CertificateRefused, LoginRefused, MailServerError

_CERTIFICATE_CURE = "check host and ca_file; the bot never falls back to plain text"
_LOGIN_CURE = "renew the authorisation code (授权码) and switch IMAP on in the web mail's settings"
_UNSAFE_CURE = "switch IMAP on and renew the authorisation code (授权码) in the web mail, or ask kefu@188.com"
_BYTES_LITERAL = re.compile(r"""b(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""", re.DOTALL)
_TRIPPED = (
    ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError, MemoryError, RecursionError,
)  # fmt: skip
_NOT_NOW = re.compile(r"\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG|CONTACTADMIN)\]", re.IGNORECASE)  # RFC 5530


def decode_server_text(text: bytes) -> str:
    """A server's words as one readable line: UTF-8, else GBK (mail-in-china.md B3), never failing, 300 characters."""
    for charset in ("utf-8", "gb18030"):
        try:
            decoded = text.decode(charset)
            break
        except UnicodeDecodeError:
            continue
    else:
        decoded = text.decode("ascii", "replace")
    return " ".join("".join(c if c.isprintable() else " " for c in decoded).split())[:300]


def read_error(error: BaseException) -> str:
    """The server's words in an imaplib error, which carries them as the repr of a list of bytes."""
    text = str(error)
    literals = [ast.literal_eval(found) for found in _BYTES_LITERAL.findall(text)]
    head = _BYTES_LITERAL.sub("", text).replace("[", "").replace("]", "").strip() if literals else text
    said = " ".join(decode_server_text(part) for part in literals)
    return decode_server_text(f"{head} {said}".strip().encode("utf-8", "replace"))


def is_unsafe_login(text: str) -> bool:
    """NetEase accepts the login, then refuses every folder (mail-in-china.md B2)."""
    return "unsafe login" in text.lower()


def refuse_unsafe_login(place: str, text: str) -> LoginRefused:
    """The exception for it, with the cure."""
    return LoginRefused(f"{place}: login judged unsafe by the server: {text}; {_UNSAFE_CURE}")


def judge_login_error(place: str, error: IMAP4.error) -> MailServerError:
    """A failed LOGIN: refused, or only the server's trouble (connection cut, RFC 5530 UNAVAILABLE and the like)."""
    text = read_error(error)
    if is_unsafe_login(text):
        return refuse_unsafe_login(place, text)
    if isinstance(error.__context__, IMAP4.abort) or _NOT_NOW.search(text):
        return MailServerError(f"{place}: the server broke off the login: {text}; it will be tried again")
    return LoginRefused(f"{place}: login refused: {text}; {_LOGIN_CURE}")


@contextmanager
def mail_server_faults(place: str) -> Iterator[None]:
    """Turn whatever the network, imaplib or imapclient raise inside into MailServerError or a kind of it."""
    try:
        yield
    except (OSError, IMAP4.error, EOFError) as error:
        raise _judge(place, error) from error
    except _TRIPPED as error:
        # imaplib and imapclient let their own parsing trip over an answer that breaks the protocol.
        said = f"{type(error).__name__}: {read_error(error)}"
        raise MailServerError(f"{place}: the server's answer makes no sense ({said}); reconnecting") from error


def _judge(place: str, error: Exception) -> MailServerError:
    text = read_error(error)
    if is_unsafe_login(text):
        return refuse_unsafe_login(place, text)
    if isinstance(error, ssl.SSLCertVerificationError):
        return CertificateRefused(
            f"{place}: certificate refused: {getattr(error, 'verify_message', text)}; {_CERTIFICATE_CURE}"
        )
    if isinstance(error, ssl.SSLError):
        return MailServerError(
            f"{place}: no TLS connection: {getattr(error, 'reason', '') or text}; check port and tls"
        )
    if isinstance(error, gaierror):
        return MailServerError(f"{place}: host name not found ({error.strerror}); check host and this machine's DNS")
    if isinstance(error, TimeoutError) or "timed out" in text:
        return MailServerError(f"{place}: no answer in time; reconnecting, check network and firewall if it lasts")
    if isinstance(error, ConnectionRefusedError):
        return MailServerError(f"{place}: connection refused; check host and port, or the server is down")
    if isinstance(error, IMAP4.abort | OSError | EOFError):
        return MailServerError(f"{place}: connection lost: {text}; reconnecting")
    return MailServerError(f"{place}: the server refused: {text}; it will be tried again")
