"""A worksheet's page as it comes out of the printer, and what a workbook says about itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class Paper:
    """Paper and its margins in inches."""

    orientation: str
    side: float = 0.4
    top: float = 0.5
    bottom: float = 0.6


A4_LANDSCAPE, A4_PORTRAIT = Paper("landscape"), Paper("portrait")


def dress_page(page: "Worksheet", paper: Paper, widths: Sequence[float], head_row: int = 0) -> None:
    """A4, one page wide, as long as it takes; `head_row` stays in sight and is repeated on each printed page."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.page import PageMargins

    for number, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.orientation = paper.orientation
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_margins = PageMargins(paper.side, paper.side, paper.top, paper.bottom, 0.3, 0.3)
    page.print_options.horizontalCentered = True
    page.oddFooter.center.text = "第 &P 页 / 共 &N 页"
    page.sheet_view.showGridLines = False
    if head_row:
        page.freeze_panes = f"A{head_row + 1}"
        page.print_title_rows = f"{head_row}:{head_row}"


def finish(book: "Workbook", title: str, company: str, now: datetime, ref: str = "") -> None:
    """What the file says about itself; `ref` lets a corrected one be known again whatever it is called."""
    moment = now.astimezone(UTC).replace(tzinfo=None)  # the format knows no zone: UTC by definition
    book.properties.title = title
    book.properties.creator = f"{company} 支持机器人".strip()
    book.properties.identifier = ref
    book.properties.created = moment
    book.properties.modified = moment
