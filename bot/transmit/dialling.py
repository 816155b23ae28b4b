"""Opening an SMTP connection: verified TLS, one login try, and each failure as one line with place, cause, cure."""

import asyncio
import socket
import ssl
from contextlib import suppress
from functools import lru_cache

import aiosmtplib

from bot.errors import CertificateRefused, LoginRefused, MailServerError
from bot.rules.hiding import hide_password
from bot.transmit.smtp_settings import SmtpSettings, is_loopback

_MECHANISMS = ("plain", "login", "cram-md5")
_UNKNOWN_MECHANISM = range(500, 505)  # no word about the password: the next mechanism may do
_PERMANENT = 500
_TURNS_TO_CLOSE = 5  # a TLS transport closes in several turns of the loop
_CERTIFICATE_CURE = "check host and ca_file; the bot never falls back to plain text"
_LOGIN_CURE = "renew the authorisation code (授权码) and switch SMTP on in the web mail's settings"


@lru_cache(maxsize=8)
def make_tls_context(ca_file: str | None) -> ssl.SSLContext:
    """A verifying context; kept, since loading the authorities costs more than a mail."""
    return ssl.create_default_context(cafile=ca_file)


def make_readable(text: str) -> str:
    """A server's words as one line of at most 300 characters; aiosmtplib escapes what is not UTF-8, often GBK."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())[:300]
    said = text.encode("utf-8", "surrogateescape")
    for charset in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            text = said.decode(charset)
            break
    else:
        text = said.decode("ascii", "replace")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:300]


async def dial(settings: SmtpSettings, place: str) -> aiosmtplib.SMTP:
    """A connection that is ready for MAIL.

    Raises LoginRefused, CertificateRefused or MailServerError; the server's reply code, if any, is the cause's `code`.
    """
    client = aiosmtplib.SMTP(
        hostname=settings.host,
        port=settings.port,
        local_hostname=settings.helo_name,
        timeout=settings.connect_timeout,
        use_tls=settings.tls == "implicit",
        start_tls=settings.tls == "starttls",
        tls_context=None if settings.tls == "none" else make_tls_context(settings.ca_file),
    )
    try:
        await client.connect()
        await _greet(client)
        if settings.user:
            await _log_in(client, settings, place)
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        await hang_up(client)
        judged = judge_connect_error(place, error)
        raise type(judged)(hide_password(str(judged), settings.user, settings.password)) from error
    except BaseException:
        client.close()
        raise
    return client


async def hang_up(client: aiosmtplib.SMTP, quit_timeout: float = 0.0) -> None:
    """End the connection, with QUIT when given time; the socket is closed when this returns. Never raises."""
    transport = client.transport
    if quit_timeout:
        with suppress(aiosmtplib.SMTPException, OSError):
            await client.quit(timeout=quit_timeout)
    client.close()
    if isinstance(transport, asyncio.WriteTransport):
        transport.abort()  # close() alone would wait for the peer's farewell, maybe past the end of the loop
    for _ in range(_TURNS_TO_CLOSE):
        await asyncio.sleep(0)


async def _greet(client: aiosmtplib.SMTP) -> None:
    try:
        await client.ehlo()
    except aiosmtplib.SMTPHeloError:
        await client.helo()


async def _log_in(client: aiosmtplib.SMTP, settings: SmtpSettings, place: str) -> None:
    """One try with one mechanism: each refused password counts towards the lock of the account."""
    offered = [name for name in _MECHANISMS if name in client.supported_auth_methods]
    if not offered and is_loopback(settings.host):
        return  # a relay on this machine that trusts it
    if not offered:
        raise LoginRefused(f"{place}: the server offers no login the bot knows; check port and tls")
    for name in offered:
        log_in = getattr(client, f"auth_{name.replace('-', '')}")
        try:
            await log_in(settings.user, settings.password, timeout=settings.command_timeout)
        except aiosmtplib.SMTPAuthenticationError as error:
            if error.code not in _UNKNOWN_MECHANISM or name == offered[-1]:
                raise
        else:
            return


def judge_connect_error(place: str, error: Exception) -> MailServerError:
    """What a failed dial, greeting or login means."""
    root = error.__cause__ if isinstance(error, aiosmtplib.SMTPConnectError) and error.__cause__ else error
    text = make_readable(str(getattr(error, "message", "") or error))
    if isinstance(error, aiosmtplib.SMTPAuthenticationError) and error.code >= _PERMANENT:
        return LoginRefused(f"{place}: login refused: {error.code} {text}; {_LOGIN_CURE}")
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return MailServerError(f"{place}: the server is not ready: {error.code} {text}; it will be tried again")
    if isinstance(root, ssl.SSLCertVerificationError):
        why = getattr(root, "verify_message", text)
        return CertificateRefused(f"{place}: certificate refused: {why}; {_CERTIFICATE_CURE}")
    if isinstance(root, ssl.SSLError):
        return MailServerError(f"{place}: no TLS connection: {getattr(root, 'reason', '') or text}; check port and tls")
    if isinstance(root, socket.gaierror):
        return MailServerError(f"{place}: host name not found ({root.strerror}); check host and this machine's DNS")
    if isinstance(root, TimeoutError):
        return MailServerError(f"{place}: no answer in time; check host, port and firewall if it lasts")
    if isinstance(root, ConnectionRefusedError):
        return MailServerError(f"{place}: connection refused; check host and port, or the server is down")
    return MailServerError(f"{place}: no connection: {text}; it will be tried again")
