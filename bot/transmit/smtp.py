"""Hands finished bytes to the SMTP server over one kept connection, and says exactly what became of them."""

import asyncio
from collections.abc import Sequence
from types import TracebackType
from typing import Self

import aiosmtplib

from bot.errors import LoginRefused, MailServerError
from bot.transmit.dialling import dial, hang_up
from bot.transmit.handover import Envelope, Fence, Handover
from bot.transmit.report import Outcome, RecipientResult, SendReport, Verdict
from bot.transmit.smtp_settings import SmtpSettings

_GOING_AWAY = 421
_FAREWELL = 3.0  # seconds a server may take to say goodbye


class Courier:
    """Keeps one connection and sends one mail at a time: `await courier.send(raw, sender, recipients)`.

    Belongs to one event loop. `async with` closes it at the end.
    """

    def __init__(self, settings: SmtpSettings) -> None:
        self.settings = settings
        self.place = f"{settings.sender} at {settings.host}:{settings.port}"
        self._client: aiosmtplib.SMTP | None = None
        self._one_at_a_time = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def check(self) -> None:
        """Dial and log in anew, for `zhichi check`. Raises LoginRefused, CertificateRefused or MailServerError."""
        async with self._one_at_a_time:
            await self._hang_up()
            self._client = await dial(self.settings, self.place)

    async def close(self) -> None:
        """Say QUIT, or just drop the line; never raises."""
        async with self._one_at_a_time:
            await self._hang_up()

    async def send(self, raw: bytes, sender: str, recipients: Sequence[str], fence: Fence | None = None) -> SendReport:
        """Hand over one mail; every refusal and failure is in the report, nothing of it is raised.

        `raw` goes out with CRLF line ends. After NOT_SENT, REFUSED_* and AUTH_REFUSED surely nobody gets the mail;
        after UNCERTAIN perhaps. A kept connection gone stale is replaced once, silently. `fence` is called each
        time that only the final dot is left; what it raises is raised here, and then surely nobody gets the mail.
        """
        envelope = Envelope(raw, sender, tuple(dict.fromkeys(recipients)))
        async with self._one_at_a_time:
            kept = self._client is not None and self._client.is_connected
            deadline = asyncio.get_running_loop().time() + self.settings.send_timeout
            report = await self._try(envelope, deadline, fence)
            if kept and (report.outcome is Outcome.NOT_SENT or report.code == _GOING_AWAY):
                report = await self._try(envelope, deadline, fence)
            return report

    async def _try(self, envelope: Envelope, deadline: float, fence: Fence | None) -> SendReport:
        client, self._client = self._client, None
        if client is None or not client.is_connected:
            try:
                async with asyncio.timeout_at(deadline):
                    client = await dial(self.settings, self.place)
            except TimeoutError:
                return envelope.report_all(Outcome.NOT_SENT, None, f"{self.place}: no connection in time")
            except LoginRefused as error:
                return envelope.report_all(Outcome.AUTH_REFUSED, _code_behind(error), str(error))
            except MailServerError as error:
                return envelope.report_all(Outcome.NOT_SENT, _code_behind(error), str(error))
        handover = Handover(client, self.settings, envelope, deadline, fence)
        try:
            report = await handover.run()
        except BaseException:
            client.close()
            raise
        if handover.reusable and client.is_connected:
            self._client = client
        else:
            await hang_up(client)
        return report

    async def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await hang_up(client, _FAREWELL)


def _code_behind(error: MailServerError) -> int | None:
    code = getattr(error.__cause__, "code", None)
    return code if isinstance(code, int) else None


__all__ = ["Courier", "Outcome", "RecipientResult", "SendReport", "SmtpSettings", "Verdict"]
