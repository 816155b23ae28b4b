"""Each failure becomes one of our exceptions: one line with place, cause and cure, whatever bytes the server sent."""

import ssl
from imaplib import IMAP4
from socket import gaierror

import pytest

from bot.errors import CertificateRefused, LoginRefused, MailServerError
from bot.fetch.faults import decode_server_text, mail_server_faults, read_error

GBK = "BAD 缺少login参数".encode("gbk")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"plain", "plain"),
        ("登录失败".encode(), "登录失败"),
        ("登录失败".encode("gbk"), "登录失败"),
        (b"\xff\xff broken", "\ufffd\ufffd broken"),
        (b"two\r\nlines\x00\x1b[31m", "two lines [31m"),
        (b"x" * 1000, "x" * 300),
    ],
)
def test_server_text_is_one_readable_line(text: bytes, expected: str) -> None:
    assert decode_server_text(text) == expected


def test_gbk_in_an_imaplib_error_is_readable() -> None:
    assert read_error(IMAP4.error(f"LOGIN command error: BAD {[GBK]}")) == "LOGIN command error: BAD BAD 缺少login参数"


@pytest.mark.parametrize(
    ("error", "kind", "says"),
    [
        (gaierror(-2, "Name or service not known"), MailServerError, "host name not found"),
        (TimeoutError("timed out"), MailServerError, "no answer in time"),
        (OSError("cannot read from timed out object"), MailServerError, "no answer in time"),
        (ConnectionRefusedError(111, "Connection refused"), MailServerError, "connection refused"),
        (ConnectionResetError(104, "Connection reset by peer"), MailServerError, "connection lost"),
        (IMAP4.abort("socket error: EOF"), MailServerError, "connection lost"),
        (IMAP4.error("SEARCH: BAD invalid command"), MailServerError, "the server refused: SEARCH: BAD invalid"),
        (IMAP4.abort("Unsafe Login. Please contact kefu@188.com"), LoginRefused, "授权码"),
        (ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version"), MailServerError, "no TLS connection"),
        (ssl.SSLCertVerificationError("certificate verify failed"), CertificateRefused, "never falls back"),
        (ValueError("invalid literal for int()"), MailServerError, "makes no sense"),
    ],
)
def test_each_failure_has_its_kind_and_says_where(error: Exception, kind: type[Exception], says: str) -> None:
    if isinstance(error, ssl.SSLCertVerificationError):
        error.verify_message = "self-signed certificate"
    with pytest.raises(MailServerError) as caught, mail_server_faults("support at imap.example.com:993"):
        raise error
    assert type(caught.value) is kind
    assert str(caught.value).startswith("support at imap.example.com:993: ")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
