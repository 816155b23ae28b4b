"""The monthly workbook's charts, which Excel and WPS draw themselves from its cells (R36)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_COLOURS = ("1A7F4B", "5C6573", "B45309", "B42318")  # in time, silent, late, waiting


def add_shares(page: "Worksheet", anchor: str, title: str, head: int, last: int) -> None:
    """The rates between the rows `head` and `last` as stacked bars: in time, silent, late, waiting."""
    from openpyxl.chart import BarChart, Reference

    chart = BarChart()
    chart.type, chart.grouping, chart.overlap = "bar", "percentStacked", 100
    chart.title, chart.height, chart.width = title, 8.5, 22
    chart.add_data(Reference(page, min_col=3, max_col=6, min_row=head, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(page, min_col=2, min_row=head + 1, max_row=last))
    chart.y_axis.number_format, chart.x_axis.scaling.orientation = "0%", "maxMin"
    _finish_chart(chart, _COLOURS)
    page.add_chart(chart, anchor)


def add_bars(
    page: "Worksheet",
    anchor: str,
    title: str,
    rows: tuple[int, int],
    columns: tuple[int, ...],
    unit: str,
    *,
    lying: bool = False,
) -> None:
    """`columns` of the table between the `rows` (its head, its last), one colour each, in `unit`."""
    from openpyxl.chart import BarChart, Reference

    head, last = rows
    chart = BarChart()
    chart.type = "bar" if lying else "col"
    chart.title, chart.height = title, max(8.0, 0.7 * (last - head) + 4) if lying else 8.5
    chart.width = 22
    for column in columns:
        chart.add_data(Reference(page, min_col=column, min_row=head, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(page, min_col=1, min_row=head + 1, max_row=last))
    chart.y_axis.title, chart.gapWidth = unit, 60
    if lying:
        chart.x_axis.scaling.orientation = "maxMin"
    if len(columns) == 1:
        chart.legend = None
    _finish_chart(chart, ("1F5FBF", "1A7F4B"))
    page.add_chart(chart, anchor)


def _finish_chart(chart: Any, colours: Sequence[str]) -> None:
    """Axes shown (newer programs hide them unless told), colours that stay apart in print."""
    chart.x_axis.delete = chart.y_axis.delete = False
    if chart.legend is not None:
        chart.legend.position = "b"
    for series, colour in zip(chart.series, colours, strict=False):
        series.graphicalProperties.solidFill = colour
        series.graphicalProperties.line.solidFill = colour
