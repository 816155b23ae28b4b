"""Only the configured host's own, topmost results prove a sender (design.md part 2); everything else fails closed."""

import pytest

from bot.parse.headers import Headers, find_sender
from bot.parse.proof import read_proof
from bot.rules.words import Proof

ID = "mx.corp.example"
OTHER = "mx.other.example"


def verdict(*lines: str, sender: str = "boss@corp.example", authserv_id: str = ID) -> Proof:
    """The verdict for a mail with these lines at its top; a line without a name is an Authentication-Results value."""
    items = [("From", sender)] if sender else []
    for line in reversed(lines):
        name, colon, value = line.partition(": ")
        items.insert(0, (name, value) if colon and " " not in name else ("Authentication-Results", line))
    headers = Headers(items)
    return read_proof(headers, find_sender(headers)[0], authserv_id).verdict


DMARC = f"{ID}; dmarc=pass (p=none) header.from=corp.example"
DMARC_FAIL = f"{ID}; dmarc=fail header.from=corp.example"
RECEIVED = "Received: from a by b; Thu, 24 Sep 2026 09:59:00 +0800"

CASES = [
    ("dmarc=pass", [DMARC], Proof.PASS),
    ("id in another case", [DMARC.replace(ID, ID.upper())], Proof.PASS),
    ("dmarc=fail", [DMARC_FAIL], Proof.FAIL),
    (
        "dmarc=fail beats dkim",
        [f"{ID}; dkim=pass header.d=corp.example; dmarc=fail header.from=corp.example"],
        Proof.FAIL,
    ),
    ("dmarc of another domain", [f"{ID}; dmarc=pass header.from=evil.example"], Proof.NONE),
    ("dmarc without a domain", [f"{ID}; dmarc=pass"], Proof.NONE),
    ("dmarc=bestguesspass", [f"{ID}; dmarc=bestguesspass header.from=corp.example"], Proof.NONE),
    ("dkim aligned", [f"{ID}; dkim=pass header.d=corp.example header.s=s1"], Proof.PASS),
    ("dkim by identity", [f"{ID}; dkim=pass header.i=@corp.example"], Proof.PASS),
    ("dkim of somebody else", [f"{ID}; dkim=pass header.d=evil.example"], Proof.NONE),
    ("dkim of a look-alike", [f"{ID}; dkim=pass header.d=notcorp.example"], Proof.NONE),
    ("dkim of a child domain", [f"{ID}; dkim=pass header.d=x.corp.example"], Proof.NONE),
    ("dkim broken", [f'{ID}; dkim=fail reason="signature verification failed" header.d=corp.example'], Proof.FAIL),
    ("dkim one of two", [f"{ID}; dkim=fail header.d=corp.example; dkim=pass header.d=corp.example"], Proof.PASS),
    ("spf aligned", [f"{ID}; spf=pass smtp.mailfrom=boss@corp.example"], Proof.PASS),
    ("spf by domain", [f"{ID}; spf=pass smtp.mailfrom=corp.example"], Proof.PASS),
    ("spf of the envelope of another", [f"{ID}; spf=pass smtp.mailfrom=bounce@evil.example"], Proof.NONE),
    ("spf by helo only", [f"{ID}; spf=pass smtp.helo=corp.example"], Proof.NONE),
    ("spf=softfail", [f"{ID}; spf=softfail smtp.mailfrom=boss@corp.example"], Proof.FAIL),
    (
        "spf fails, dkim passes",
        [f"{ID}; spf=fail smtp.mailfrom=boss@corp.example; dkim=pass header.d=corp.example"],
        Proof.PASS,
    ),
    ("both fail", [f"{ID}; spf=fail smtp.mailfrom=boss@corp.example; dkim=fail header.d=corp.example"], Proof.FAIL),
    ("nothing known", [f"{ID}; dkim=none; spf=neutral smtp.mailfrom=boss@corp.example"], Proof.NONE),
    ("temporary trouble", [f"{ID}; dkim=temperror header.d=corp.example"], Proof.NONE),
    ("none", [f"{ID}; none"], Proof.NONE),
    ("no header", [], Proof.NONE),
    ("ours below another host's", [f"{OTHER}; dmarc=pass header.from=corp.example", DMARC], Proof.NONE),
    ("a pass above, a fail of ours below", [DMARC, RECEIVED, DMARC_FAIL], Proof.FAIL),
    ("spf fails in a line of its own", [DMARC, f"{ID}; spf=fail smtp.mailfrom=corp.example"], Proof.PASS),
    ("another host", [DMARC.replace(ID, OTHER)], Proof.NONE),
    ("another host that begins alike", [DMARC.replace(ID, ID + ".evil.example")], Proof.NONE),
    ("forged below, real above", [DMARC_FAIL, RECEIVED, DMARC], Proof.FAIL),
    ("forged below another host's", [f"{ID}; dkim=none", f"{OTHER}; dkim=none", DMARC], Proof.NONE),
    ("forged below ARC", [f"{ID}; dkim=none", "ARC-Seal: i=1", DMARC], Proof.NONE),
    ("two milters of one host", [f"{ID}; dkim=none", DMARC], Proof.PASS),
    ("two milters, a signature between", [f"{ID}; dkim=none", "DKIM-Signature: v=1", DMARC], Proof.PASS),
    ("hops inside the house above", [RECEIVED, DMARC, RECEIVED], Proof.PASS),
    ("Microsoft style", ["spf=pass (sender IP is 1.2.3.4) smtp.mailfrom=corp.example; dmarc=pass"], Proof.NONE),
    ("non-ASCII", [f"{ID}; dkim=pass (签名) header.d=corp.example"], Proof.NONE),
    ("broken", [f"{ID}; dkim=pass (((((header.d=corp.example"], Proof.NONE),
    ("trailing semicolon", [DMARC + ";"], Proof.PASS),
    ("folded", [f"{ID};\r\n\tdkim=pass\r\n\theader.d=corp.example"], Proof.PASS),
    ("inside a comment", [f"{ID}; dkim=none (dmarc=pass header.from=corp.example)"], Proof.NONE),
    (
        "inside a quoted value",
        [f'{ID}; spf=fail smtp.mailfrom="x; dmarc=pass header.from=corp.example"@corp.example'],
        Proof.FAIL,
    ),
    ("two From lines", [DMARC, "From: evil@x.example"], Proof.FAIL),
    ("huge", [f"{ID}; " + "dkim=pass header.d=x.example; " * 20_000], Proof.NONE),
]


@pytest.mark.parametrize(("name", "lines", "wanted"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_verdicts(name: str, lines: list[str], wanted: Proof) -> None:
    assert verdict(*lines) is wanted


def test_without_a_configured_host_nothing_is_proved() -> None:
    assert verdict(DMARC, authserv_id="") is Proof.NONE
    assert verdict(f"; {DMARC}", authserv_id="") is Proof.NONE


@pytest.mark.parametrize(
    ("signer", "sender", "wanted"),
    [
        ("corp.example", "boss@mail.corp.example", Proof.PASS),
        ("corp.com.cn", "boss@sh.corp.com.cn", Proof.PASS),
        ("com.cn", "boss@corp.com.cn", Proof.NONE),
        ("net.cn", "boss@corp.net.cn", Proof.NONE),
        ("sh.cn", "boss@corp.sh.cn", Proof.NONE),
        ("cn", "boss@corp.cn", Proof.NONE),
        ("co.uk", "boss@corp.co.uk", Proof.NONE),
        ("corp.cn", "boss@corp.cn", Proof.PASS),
    ],
)
def test_alignment_stops_at_public_suffixes(signer: str, sender: str, wanted: Proof) -> None:
    assert verdict(f"{ID}; dkim=pass header.d={signer}", sender=sender) is wanted


@pytest.mark.parametrize("sender", ["", "a@corp.example, b@corp.example", "nobody"])
def test_an_unclear_sender_is_never_proved(sender: str) -> None:
    assert verdict(DMARC, sender=sender) is Proof.FAIL
