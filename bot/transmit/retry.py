"""What to do with a mail the SMTP server did not take: a table read from top to bottom, pure (mail-in-china.md B4).

Chinese hosts say with one code what they mean in the text: 550 is "no such user" or "you send too much", 554 a full
quota or "this looks like advertising". So the text is read first, the code decides only when the text says nothing.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.transmit.report import Outcome


class Action(StrEnum):
    """What becomes of the outbox row, or of one recipient of it."""

    RETRY = "retry"  # the same bytes again after `delay`
    HOLD = "hold"  # stays in the outbox until the operator, or evidence, decides
    FAIL = "fail"  # never again to this recipient: an operator puts the address right
    STOP_ACCOUNT = "stop_account"  # nothing more goes out by this account until `delay` is over; alarm


@dataclass(frozen=True, slots=True)
class RetryDecision:
    """`delay` counts from now; zero where nothing is repeated. `operator_line`: cause and cure, English."""

    action: Action
    delay: timedelta
    operator_line: str


@dataclass(frozen=True, slots=True)
class _Rule:
    """Applies when the code is one of `codes` (empty: any) and `words` are found in the text (empty: any)."""

    codes: range
    words: str
    action: Action
    first: timedelta
    longest: timedelta
    line: str

    def fits(self, code: int, text: str) -> bool:
        in_codes = not self.codes or code in self.codes
        return in_codes and (not self.words or re.search(self.words, text, re.IGNORECASE) is not None)


_NEVER = timedelta(0)
_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_MOST_ATTEMPTS = 20  # with the longest pause of an hour about three quarters of a day
_TEMPORARY, _PERMANENT, _ANY = range(400, 500), range(500, 600), range(0)

_WRONG_SENDER = r"same as auth|must equal auth|authori[sz](?:ed|ation) user|sender address rejected: not owned"
_TOO_MUCH = (
    r"frequen|rate limit|too many|too much|too fast|quota.{0,20}(?:exceed|limit).{0,20}(?:send|day|hour)"
    r"|exceed.{0,30}(?:limit|sending)|\bHL:|MI:DMC|MI:SFQ|MI:STC|MI:DCC|RP:DRC|RP:CEL|RP:TRC|频率|过多|超过.{0,10}限制"
)
_SPAM = r"DT:SPM|DT:SUM|\bspam|\bjunk|suspect|content.{0,20}reject|blocked using|blacklist|reputation|垃圾邮件|广告"
_NOBODY = (
    r"5\.1\.[1-36]\b|5\.1\.10|(?:no such|unknown|invalid|unrouteable).{0,20}(?:user|recipient|mailbox|address|account)"
    r"|(?:user|recipient|mailbox|account).{0,30}(?:unknown|not found|not exist|n't exist|disabled|suspended|rejected)"
    r"|mailbox unavailable|MI:NHD|用户不存在|收件人不存在"
)
_FULL = r"[45]\.2\.2|over quota|mailbox.{0,15}full|insufficient.{0,20}storage|空间不足|邮箱已满"
_TOO_BIG = r"5\.3\.4|too (?:big|large)|size.{0,30}(?:exceed|limit)|exceed.{0,30}size"

# fmt: off
_RULES = (
    _Rule(_ANY, _WRONG_SENDER, Action.STOP_ACCOUNT, _HOUR, _HOUR,
          "the host wants the sender to equal the login: make smtp.sender the login's own address"),
    _Rule(range(451, 452), r"DT:SPM", Action.RETRY, 2 * _MINUTE, _HOUR,
          "the host suspects advertising and asks for a later try"),
    _Rule(_ANY, _FULL, Action.RETRY, _HOUR, 4 * _HOUR,
          "the recipient's mailbox is full: tell them by another way"),
    _Rule(_ANY, _TOO_BIG, Action.HOLD, _NEVER, _NEVER,
          "the mail is too big for the host: send its attachments by another way"),
    _Rule(_ANY, _TOO_MUCH, Action.RETRY, 15 * _MINUTE, 6 * _HOUR,
          "the host limits how much this account or the company sends: fewer mails, or ask the host for more"),
    _Rule(_PERMANENT, _SPAM, Action.HOLD, _NEVER, _NEVER,
          "the host takes the content for advertising: look at the mail, then `zhichi outbox retry`"),
    _Rule(_PERMANENT, _NOBODY, Action.FAIL, _NEVER, _NEVER,
          "the address does not exist there: put it right in the configuration"),
    _Rule(range(421, 422), "", Action.RETRY, _MINUTE, _HOUR, "the server closes the line for now"),
    _Rule(_TEMPORARY, "", Action.RETRY, _MINUTE, _HOUR, "the server asks for a later try"),
    _Rule(_PERMANENT, "", Action.HOLD, _NEVER, _NEVER,
          "the server refuses for good: read its words, then `zhichi outbox retry` or `drop`"),
)
_NO_ANSWER = _Rule(_ANY, "", Action.RETRY, _MINUTE / 2, _HOUR, "no connection, surely not sent")
_LOGIN = _Rule(_ANY, "", Action.STOP_ACCOUNT, 15 * _MINUTE, 2 * _HOUR,
               "login refused: make a new authorisation code (授权码) in the web mail and configure it")
_LOGIN_TOO_OFTEN = _Rule(_ANY, _TOO_MUCH + r"|try again later", Action.STOP_ACCOUNT, 15 * _MINUTE, 2 * _HOUR,
                         "too many logins: nothing to do but wait")
_OPEN = _Rule(_ANY, "", Action.HOLD, _NEVER, _NEVER,
              "nobody knows whether it went out: it waits for its own copy, is never repeated blindly")
# fmt: on


def decide_retry(code: int | None, text: str, attempts: int, outcome: Outcome) -> RetryDecision:
    """What to do after the `attempts`-th try (from 1) ended with `outcome`, the server's `code` and `text`.

    For a PARTIAL report ask once for each refused recipient, with its own code and text. ValueError for SENT: there
    is nothing to repeat.
    """
    if outcome is Outcome.SENT or attempts < 1:
        raise ValueError(f"nothing to decide after {outcome} and {attempts} attempts")
    rule = _find_rule(code, text, outcome)
    said = f"{code} {text}".strip() if code else text
    line = f"{rule.line} ({said[:200]})" if said else rule.line
    if rule.action is Action.RETRY and attempts >= _MOST_ATTEMPTS:
        return RetryDecision(Action.HOLD, _NEVER, f"given up after {attempts} tries: {line}")
    return RetryDecision(rule.action, min(rule.first * 2 ** min(attempts - 1, _MOST_ATTEMPTS), rule.longest), line)


def is_final(code: int, text: str) -> bool:
    """Whether a refusal will stay one. A 5xx is not when its text speaks of limits, or of a sender to be configured."""
    return _find_rule(code, text, Outcome.REFUSED_PERMANENT).action in {Action.HOLD, Action.FAIL}


def _find_rule(code: int | None, text: str, outcome: Outcome) -> _Rule:
    if outcome is Outcome.UNCERTAIN:
        return _OPEN
    if outcome is Outcome.AUTH_REFUSED:
        return _LOGIN_TOO_OFTEN if _LOGIN_TOO_OFTEN.fits(0, text) else _LOGIN
    if outcome is Outcome.NOT_SENT and not _TOO_MUCH_RULE.fits(code or 0, text):
        return _NO_ANSWER
    return next((rule for rule in _RULES if rule.fits(code or 0, text)), _NO_ANSWER)


_TOO_MUCH_RULE = next(rule for rule in _RULES if rule.words == _TOO_MUCH)
