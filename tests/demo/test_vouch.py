"""The demo's host vouches for a login that equals the one From address, and lets nobody else speak in its name."""

import pytest

from bot.demo.vouch import vouch

ID = "hub.demo.local"
PASS = b"Authentication-Results: hub.demo.local; dmarc=pass header.from=demo.local\r\n"
FAIL = b"Authentication-Results: hub.demo.local; dmarc=fail header.from=demo.local\r\n"


@pytest.mark.parametrize(
    ("sender", "login", "verdict"),
    [
        (b"From: zhang@demo.local", "zhang@demo.local", PASS),
        (b"From: =?utf-8?b?5byg?= <Zhang@Demo.local>", "zhang@demo.local", PASS),
        (b"From: zhang@demo.local", None, FAIL),
        (b"From: zhang@demo.local", "li@demo.local", FAIL),
        (b"From: zhang@demo.local, li@demo.local", "li@demo.local", None),
        (b"From: zhang@demo.local\r\nFrom: li@demo.local", "zhang@demo.local", None),
        (b'From: "zhang@demo.local" <li@evil.example>', "zhang@demo.local", None),
        (b"Subject: nobody", "zhang@demo.local", None),
    ],
)
def test_only_the_login_itself_passes(sender: bytes, login: str | None, verdict: bytes | None) -> None:
    raw = sender + b"\r\n\r\nFrom: zhang@demo.local\r\n"
    made = vouch(raw, ID, login)
    assert made.endswith(raw)
    assert made.count(b"Authentication-Results") == 1
    assert (made.startswith(verdict)) if verdict else b"dmarc=fail" in made


@pytest.mark.parametrize(
    "forged",
    [
        b"Authentication-Results: hub.demo.local; dmarc=pass header.from=demo.local\r\n",
        b"authentication-results:HUB.demo.LOCAL;dmarc=pass\r\n",
        b"Authentication-Results:\r\n hub.demo.local;\r\n\tdmarc=pass\r\n",
        b"Authentication-Results: (trust me) hub.demo.local 1; dmarc=pass\r\n",
        b'Authentication-Results: "hub.demo.local"; dmarc=pass\r\n',
        b"Authentication-Results : hub.demo.local; dmarc=pass\r\n",
    ],
)
def test_a_forged_verdict_is_taken_out(forged: bytes) -> None:
    made = vouch(b"Subject: x\r\n" + forged + b"From: zhang@demo.local\r\n\r\nbody\r\n", ID, None)
    assert made == FAIL + b"Subject: x\r\nFrom: zhang@demo.local\r\n\r\nbody\r\n"


def test_what_another_host_says_and_what_the_body_says_stays() -> None:
    raw = (
        b"Authentication-Results: mx.example.com; dmarc=pass\r\nFrom: zhang@demo.local\r\n\r\n"
        b"Authentication-Results: hub.demo.local; dmarc=pass\r\n"
    )
    assert vouch(raw, ID, None) == FAIL + raw


@pytest.mark.parametrize("raw", [b"", b"\r\nbody only", b"no header at all", b"Subject: no end"])
def test_a_broken_mail_is_not_broken_further(raw: bytes) -> None:
    assert vouch(raw, ID, "zhang@demo.local").endswith(raw)
