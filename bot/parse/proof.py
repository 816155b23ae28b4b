"""What the receiving host's own headers prove about the sender (RFC 8601; design.md part 2). Fails closed."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from bot.parse.headers import Headers, parse_addresses
from bot.parse.results import Result, read_results
from bot.rules.mail import Address, ProofFacts
from bot.rules.words import Proof

_AUTHSERV_ID = re.compile(r"\s*(?:\([^()]{0,100}\)\s*)?\"?([^\s;\"()]{1,255})")
_FAILED = frozenset({"fail", "hardfail", "softfail", "policy", "permerror"})
_COUNTRY_SECOND_LEVEL = 3  # com.cn, co.uk, sh.cn: nobody's own domain


def read_proof(headers: Headers, sender: Address, authserv_id: str) -> ProofFacts:
    """PASS, FAIL or NONE for the From address, by the results of the host called `authserv_id` alone.

    Only the topmost Authentication-Results of all count, if they are that host's, with those of the same host directly
    below; what lies under any other trace line may be forged: it proves nothing, but it can still raise doubt. PASS:
    dmarc=pass for the From domain, or an aligned dkim or spf pass, and no line of that host says fail. FAIL:
    dmarc=fail, or aligned methods of which none passes, or several From lines, or lines that contradict each other.
    NONE where the domain is proved but login, envelope or Sender name another mailbox, and without an `authserv_id`.
    """
    if not authserv_id:
        return ProofFacts(Proof.NONE, "no authserv-id is configured")
    values = list(_trusted_values(headers, authserv_id.lower()))
    if not values:
        return ProofFacts(Proof.NONE, f"no Authentication-Results of {authserv_id}")
    domain = sender.email.rpartition("@")[2]
    if not domain:
        return ProofFacts(Proof.FAIL, "the From address is ambiguous or missing")
    lines = [read_results(value) for value in values]
    results = [result for line in lines for result in line]
    facts = _judge(results, domain)
    if facts.verdict is not Proof.PASS:
        return facts
    doubt = _disagreement(lines, domain) or _contradiction(headers, authserv_id.lower(), domain, len(values))
    if doubt:
        return ProofFacts(Proof.FAIL, f"two lines of {authserv_id} contradict each other: {facts.why}, {doubt}")
    if other := _other_mailbox(headers, results, sender.email):
        return ProofFacts(Proof.NONE, f"{facts.why}, but {other}")
    return facts


def _disagreement(lines: list[list[Result]], domain: str) -> str:
    """A method that passes in one line and is not even tried, or fails, in another: a host asks each method once."""
    if len(lines) < 2:
        return ""
    for method in ("dmarc", "dkim", "spf"):
        said = [[r for r in line if r.method == method] for line in lines]
        passed = [any(r.result == "pass" and _concerns(r, domain) for r in found) for found in said]
        denied = [
            next((r for r in found if r.result != "pass" and _concerns(r, domain)), None) if not ok else None
            for found, ok in zip(said, passed, strict=True)
        ]
        if any(passed) and (other := next(filter(None, denied), None)):
            return f"{method}={other.result}"
    return ""


def _concerns(result: Result, domain: str) -> bool:
    """Whether it speaks of this domain, or of none in particular."""
    found = [result.get("header.from").rpartition("@")[2]] if result.method == "dmarc" else [*_domains(result)]
    return not any(found) or any(_is_aligned(one, domain) for one in found)


def _other_mailbox(headers: Headers, results: list[Result], email: str) -> str:
    """What names somebody else of the same domain: SPF, DKIM and DMARC prove the domain only, not the person."""
    for line in headers.every("sender"):
        if other := next((a.email for a in parse_addresses(line) if a.email != email), ""):
            return f"Sender is {other}"
    for result in results:
        for name in ("smtp.auth", "smtp.mailfrom"):
            local, at, domain = result.get(name).rpartition("@")
            mine, _, home = email.rpartition("@")
            if at and local and domain == home and local.partition("+")[0] != mine.partition("+")[0]:
                return f"{name} is {local}@{domain}"
    return ""


def _contradiction(headers: Headers, authserv_id: str, domain: str, trusted: int) -> str:
    """What a line further down under that host's name says against the sender: one of the two must be forged."""
    lines = (v for name, v in headers.items if name == "authentication-results" and _id_of(v) == authserv_id)
    below = islice(lines, trusted, None)
    failed = (facts.why for value in below if (facts := _judge(read_results(value), domain)).verdict is Proof.FAIL)
    return next(failed, "")


def _trusted_values(headers: Headers, authserv_id: str) -> Iterator[str]:
    is_open = False
    for name, value in headers.items:
        if name == "authentication-results" and _id_of(value) == authserv_id:
            is_open = True
            yield value
        elif name == "authentication-results" and not is_open:
            return  # somebody else's stands above: ours would be older than the last hop, or forged
        elif is_open and (name in {"authentication-results", "received"} or name.startswith(("arc-", "x-received"))):
            return


def _id_of(value: str) -> str:
    found = _AUTHSERV_ID.match(value)
    return found[1].lower() if found else ""


def _judge(results: list[Result], domain: str) -> ProofFacts:
    dmarc = [r for r in results if r.method == "dmarc" and r.get("header.from").rpartition("@")[2] == domain]
    if any(r.result == "fail" for r in dmarc):
        return ProofFacts(Proof.FAIL, f"dmarc=fail for {domain}")
    if any(r.result == "pass" for r in dmarc):
        return ProofFacts(Proof.PASS, f"dmarc=pass for {domain}")
    aligned = [r for r in results if any(_is_aligned(found, domain) for found in _domains(r))]
    for result in aligned:
        if result.result == "pass":
            return ProofFacts(Proof.PASS, f"{result.method}=pass, aligned with {domain}")
    if any(result.result in _FAILED for result in aligned):
        said = ", ".join(f"{r.method}={r.result}" for r in aligned)
        return ProofFacts(Proof.FAIL, f"{said} for {domain}")
    return ProofFacts(Proof.NONE, f"no result that is aligned with {domain}")


def _domains(result: Result) -> Iterable[str]:
    """The domains that a result vouches for."""
    if result.method == "dkim":
        return [result.get("header.d") or result.get("header.i").rpartition("@")[2]]
    if result.method == "spf":
        return [result.get("smtp.mailfrom").rpartition("@")[2]]
    return []


def _is_aligned(found: str, domain: str) -> bool:
    """The same domain, or a parent of the From domain that is no public suffix."""
    found = found.rstrip(".")
    if found == domain:
        return bool(found)
    return domain.endswith("." + found) and not _is_public_suffix(found)


def _is_public_suffix(domain: str) -> bool:
    labels = domain.split(".")
    if len(labels) < 2 or not all(labels):
        return True
    return len(labels) == 2 and len(labels[1]) == 2 and len(labels[0]) <= _COUNTRY_SECOND_LEVEL
