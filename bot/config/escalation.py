"""The section [escalation]: R32's matrix, who sits on its levels, how long each has."""

from datetime import timedelta

from pydantic import Field, field_validator

from bot.config.values import Hours, RoleName, Section, Text
from bot.rules.matters.escalation import TOP, Escalation
from bot.rules.matters.matter import Issue

_ESCALATION = Escalation()
_DUTIES = dict(_ESCALATION.duties)
_SHORTEST_WAIT = 0.25
Duties = tuple[Text, Text, Text, Text]


class DutiesSection(Section):
    """What each of the four levels does about each kind of escalation (R32)."""

    operation: Duties = _DUTIES[Issue.OPERATION]
    time: Duties = _DUTIES[Issue.TIME]
    guidance: Duties = _DUTIES[Issue.GUIDANCE]
    customer_data: Duties = _DUTIES[Issue.CUSTOMER_DATA]
    service_detail: Duties = _DUTIES[Issue.SERVICE_DETAIL]
    supplies: Duties = _DUTIES[Issue.SUPPLIES]
    performance: Duties = _DUTIES[Issue.PERFORMANCE]
    termination: Duties = _DUTIES[Issue.TERMINATION]


class EscalationSection(Section):
    """How escalations climb (R32). `wait_hours` are working hours; `levels` the roles that sit on each of four."""

    wait_hours: Hours = _ESCALATION.wait.total_seconds() / 3600
    after_deadline: bool = _ESCALATION.after_deadline
    levels: tuple[tuple[RoleName, ...], ...] = Field(default=_ESCALATION.seats, min_length=TOP, max_length=TOP)
    duties: DutiesSection = DutiesSection()

    @field_validator("wait_hours")
    @classmethod
    def _some_time(cls, hours: float) -> float:
        if hours < _SHORTEST_WAIT:
            raise ValueError(f"{hours:g} working hours leave nobody time to answer; write {_SHORTEST_WAIT:g} or more")
        return hours

    def escalation(self) -> Escalation:
        """The same for the rules."""
        duties = tuple((issue, getattr(self.duties, issue.name.lower())) for issue in Issue)
        return Escalation(duties, self.levels, timedelta(hours=self.wait_hours), self.after_deadline)
