"""MAIL, RCPT, DATA for one mail, step by step, so that each failure is known for what it leaves behind (RFC 5321)."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import aiosmtplib
from aiosmtplib.protocol import SMTPProtocol

from bot.transmit.data import encode_body, give_up, push
from bot.transmit.dialling import make_readable
from bot.transmit.pipelining import ask_in_one_go
from bot.transmit.report import Outcome, RecipientResult, SendReport, Verdict
from bot.transmit.retry import is_final
from bot.transmit.smtp_settings import ADDRESS, SmtpSettings

_OK = range(200, 300)
_NO = range(400, 600)
_GO_ON = 354
_GOING_AWAY = 421


@dataclass(frozen=True, slots=True)
class Envelope:
    """The bytes, the MAIL address and the RCPT addresses, each once."""

    raw: bytes
    sender: str
    recipients: tuple[str, ...]

    def report_all(self, outcome: Outcome, code: int | None, text: str) -> SendReport:
        """The same fate for everybody."""
        verdict = Verdict.NOT_SENT if outcome is Outcome.AUTH_REFUSED else Verdict(outcome.value)
        results = tuple(RecipientResult(address, verdict, code, text) for address in self.recipients)
        return SendReport(outcome, results, code, text)


class _Refused(Exception):
    """The server refused the whole mail; nobody gets it."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(code, text)
        self.code = code
        self.text = text


Fence = Callable[[Sequence[RecipientResult]], None]
"""Called with the refused recipients when only the final dot is left; whatever it raises, nobody gets the mail."""


class Handover:
    """One mail on one ready connection; `run()` never raises for what the server or the network do.

    Everything before the final dot ends at `deadline` (the loop's time); the answer to it has its own time.

    Afterwards `reusable` tells whether the connection stands at a clean beginning again.
    """

    def __init__(
        self,
        client: aiosmtplib.SMTP,
        settings: SmtpSettings,
        envelope: Envelope,
        deadline: float,
        fence: Fence | None = None,
    ) -> None:
        self.reusable = False
        self._fence = fence
        self._deadline = deadline
        self._client = client
        self._settings = settings
        self._envelope = envelope
        self._results: dict[str, RecipientResult] = {}

    async def run(self) -> SendReport:
        """Hand the mail over and tell each recipient's fate."""
        try:
            self._check_limits()
            async with asyncio.timeout_at(self._deadline):
                await self._name_people()
                if not self._accepted:
                    return self._report_nobody()
                answer, protocol = await self._send_body()
        except _Refused as refusal:
            return self._report_refusal(refusal)
        except (aiosmtplib.SMTPException, OSError) as error:
            return self._report_broken(Outcome.NOT_SENT, error)
        await self._pass_fence(answer)
        try:
            return await self._send_final_dot(answer, protocol)
        except (aiosmtplib.SMTPException, OSError) as error:
            return self._report_broken(Outcome.UNCERTAIN, error)

    @property
    def _accepted(self) -> list[str]:
        return [result.address for result in self._results.values() if result.verdict is Verdict.ACCEPTED]

    @property
    def _refused(self) -> list[RecipientResult]:
        return [result for result in self._results.values() if result.verdict is not Verdict.ACCEPTED]

    def _check_limits(self) -> None:
        """What this server says it cannot take is known before bothering it."""
        raw, client = self._envelope.raw, self._client
        self.reusable = True
        limit = client.esmtp_extensions.get("size", "")
        if limit.isdecimal() and 0 < int(limit) < len(raw):
            raise _Refused(552, f"5.3.4 the mail has {len(raw)} bytes, the server takes {limit}")
        if not raw.isascii() and not client.supports_extension("8bitmime"):
            raise _Refused(554, "5.6.1 the mail holds 8-bit bytes, which the server does not take")
        if not self._can_name(self._envelope.sender):
            raise _Refused(553, "5.1.7 not a sender's address this server can take")
        self.reusable = False

    def _can_name(self, address: str) -> bool:
        is_plain = ADDRESS.fullmatch(address) is not None
        return is_plain and (address.isascii() or self._client.supports_extension("smtputf8"))

    async def _name_people(self) -> None:
        """Sender, recipients and the wish to send; when it returns, either data may follow or nobody is accepted."""
        if self._client.supports_extension("pipelining"):
            await self._name_all()
        else:
            await self._name_each()

    async def _name_all(self) -> None:
        """In one go (RFC 2920)."""
        named = [address for address in self._envelope.recipients if self._can_name(address)]
        commands = [self._mail_command(), *(f"RCPT TO:<{address}>" for address in named), "DATA"]
        mail, *others = await ask_in_one_go(self._client.protocol, commands, self._settings.command_timeout)
        data = others[-1] if others else mail
        if data.code == _GOING_AWAY:
            raise _Refused(data.code, data.message)
        if mail.code not in _OK:
            self.reusable = data.code != _GO_ON
            raise _Refused(mail.code, mail.message)
        replies = dict(zip(named, others, strict=False))
        self._results = {a: _judge_recipient(a, replies.get(a)) for a in self._envelope.recipients}
        if data.code != _GO_ON:
            await self._reset()
            if self._accepted:
                raise _Refused(data.code, data.message)

    async def _name_each(self) -> None:
        """One after the other, for servers that want it so."""
        reply = await self._ask(self._mail_command())
        if reply.code not in _OK:
            self.reusable = reply.code != _GOING_AWAY
            raise _Refused(reply.code, reply.message)
        for address in self._envelope.recipients:
            said = await self._ask(f"RCPT TO:<{address}>") if self._can_name(address) else None
            if said and said.code == _GOING_AWAY:
                raise _Refused(said.code, said.message)
            self._results[address] = _judge_recipient(address, said)
        if self._accepted:
            await self._ask_for_data()
        else:
            await self._reset()

    def _mail_command(self) -> str:
        options = []
        if self._client.supports_extension("size"):
            options.append(f" SIZE={len(self._envelope.raw)}")
        if not self._envelope.raw.isascii():
            options.append(" BODY=8BITMIME")
        named = [self._envelope.sender, *filter(self._can_name, self._envelope.recipients)]
        if not "".join(named).isascii():
            options.append(" SMTPUTF8")
        return f"MAIL FROM:<{self._envelope.sender}>{''.join(options)}"

    async def _ask_for_data(self) -> None:
        reply = await self._ask("DATA")
        if reply.code != _GO_ON:
            if reply.code != _GOING_AWAY:
                await self._reset()
            raise _Refused(reply.code, reply.message)

    async def _send_body(self) -> tuple["asyncio.Task[aiosmtplib.SMTPResponse]", SMTPProtocol]:
        """Everything but the final dot: while that is held back, a broken line surely leaves no mail behind."""
        protocol, transport = self._client.protocol, self._client.transport
        if protocol is None or not isinstance(transport, asyncio.WriteTransport):
            raise aiosmtplib.SMTPServerDisconnected("connection lost before the data")
        answer = asyncio.create_task(protocol.read_response())
        try:
            await push(encode_body(self._envelope.raw), protocol, transport, answer)
            _refuse_early_answer(answer)
        except BaseException:
            await give_up(answer)
            raise
        return answer, protocol

    async def _pass_fence(self, answer: "asyncio.Task[aiosmtplib.SMTPResponse]") -> None:
        if self._fence is None:
            return
        try:
            self._fence(self._refused)
        except BaseException:
            await give_up(answer)
            raise

    async def _send_final_dot(
        self, answer: "asyncio.Task[aiosmtplib.SMTPResponse]", protocol: SMTPProtocol
    ) -> SendReport:
        try:
            async with asyncio.timeout(self._settings.answer_timeout):
                protocol.write(b".\r\n")
                reply = await answer
        except BaseException:
            await give_up(answer)
            raise
        text = make_readable(reply.message)
        if reply.code not in _OK and reply.code not in _NO:  # no answer to a mail: perhaps it was taken (RFC 5321 4.2)
            return self._report_broken(Outcome.UNCERTAIN, aiosmtplib.SMTPResponseException(reply.code, text))
        self.reusable = reply.code != _GOING_AWAY
        if reply.code in _NO:
            return self._report_refusal(_Refused(reply.code, text))
        if self._refused:
            return self._report(Outcome.PARTIAL, self._refused[0].code, self._refused[0].text)
        return self._report(Outcome.SENT, reply.code, text)

    async def _ask(self, command: str) -> aiosmtplib.SMTPResponse:
        reply = await self._client.execute_command(command.encode(), timeout=self._settings.command_timeout)
        return aiosmtplib.SMTPResponse(reply.code, make_readable(reply.message))

    async def _reset(self) -> None:
        """Leave the half-named mail behind, so that the connection can take the next."""
        self.reusable = (await self._ask("RSET")).code in _OK

    def _report(self, outcome: Outcome, code: int | None, text: str) -> SendReport:
        return SendReport(outcome, tuple(self._results.values()), code, text)

    def _report_nobody(self) -> SendReport:
        """Every recipient was refused; one that may be taken later makes the whole temporary."""
        results = list(self._results.values())
        later = [result for result in results if result.verdict is Verdict.REFUSED_TEMPORARY]
        outcome = Outcome.REFUSED_TEMPORARY if later else Outcome.REFUSED_PERMANENT
        shown = (later or results or [RecipientResult("", Verdict.NOT_SENT, None, "no recipient given")])[0]
        return self._report(outcome, shown.code, shown.text)

    def _report_refusal(self, refusal: _Refused) -> SendReport:
        verdict = _judge(refusal.code, refusal.text)
        self._judge_rest(verdict, refusal.code, refusal.text)
        return self._report(Outcome(verdict.value), refusal.code, refusal.text)

    def _report_broken(self, outcome: Outcome, error: Exception) -> SendReport:
        self.reusable = False
        code = getattr(error, "code", None)
        text = make_readable(str(getattr(error, "message", "") or error) or type(error).__name__)
        self._judge_rest(Verdict(outcome.value), code, text)
        return self._report(outcome, code, text)

    def _judge_rest(self, verdict: Verdict, code: int | None, text: str) -> None:
        """One fate for all but those whose own refusal is already known."""
        for address in self._envelope.recipients:
            known = self._results.get(address)
            if known is None or known.verdict is Verdict.ACCEPTED:
                self._results[address] = RecipientResult(address, verdict, code, text)


def _judge_recipient(address: str, reply: aiosmtplib.SMTPResponse | None) -> RecipientResult:
    """What the server said to `address`; None: it was not asked, for it cannot be."""
    if reply is None:
        return RecipientResult(address, Verdict.REFUSED_PERMANENT, 553, "5.1.3 not an address this server can take")
    verdict = Verdict.ACCEPTED if reply.code in _OK else _judge(reply.code, reply.message)
    return RecipientResult(address, verdict, reply.code, reply.message)


def _judge(code: int, text: str) -> Verdict:
    return Verdict.REFUSED_PERMANENT if is_final(code, text) else Verdict.REFUSED_TEMPORARY


def _refuse_early_answer(answer: "asyncio.Task[aiosmtplib.SMTPResponse]") -> None:
    """An answer before the final dot is a refusal in the middle of the data, or the end of the line."""
    if answer.done():
        reply = answer.result()
        raise _Refused(reply.code, make_readable(reply.message))
