"""The formats a report is written in; light, for the command line names them at start-up."""

from enum import StrEnum


class ReportFormat(StrEnum):
    """What a report is written as."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
