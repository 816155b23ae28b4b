"""`chart`: the timeline of a case or of a customer, as text or as a picture. It changes nothing."""

from datetime import datetime
from pathlib import Path

from bot.commands.output import complain, print_json, print_table, stdout
from bot.errors import ZhichiError
from bot.house import House
from bot.rules.plans.nodes import Record, lay_out, lay_out_customer
from bot.rules.plans.timeline import Bar, Span, Timeline, bar_words
from bot.rules.slips import fold_name
from bot.store.store import Tx


def read_record(tx: Tx, case_id: int) -> Record:
    """Everything a timeline is made from."""
    return Record(
        tx.cases.get(case_id),
        tx.deadlines.of(case_id),
        tuple(tx.history.of(case_id)),
        tx.documents.of(case_id),
        tx.milestones.of(case_id),
    )


def show_chart(house: House, ref: str, customer: str, out: Path | None, now: datetime, *, as_json: bool) -> int:
    """Print the timeline of case `ref`, or of all cases of `customer`, or draw it to `out`; 1 when there is none."""
    policy = house.config.policy()
    with house.store.open().reading() as tx:
        case = tx.cases.by_ref(ref.upper()) if ref else None
        if ref and case is None:
            complain([f"no case {ref}; see: zhichi list"])
            return 1
        if case:
            timeline = lay_out(policy, read_record(tx, case.id), now)
        else:
            wanted = fold_name(customer)
            cases = [found for found in tx.cases.list() if fold_name(found.customer) == wanted]
            if not cases:
                complain([f"no case of customer {customer}; see: zhichi list"])
                return 1
            timeline = lay_out_customer(policy, cases[0].customer, (read_record(tx, c.id) for c in cases), now)
    if out is not None:
        _draw(timeline, out, house.config.files.font)
        return 0
    _print(timeline, as_json=as_json)
    return 0


def _draw(timeline: Timeline, out: Path, font: Path | None) -> None:
    from bot.papers.chart import draw_chart
    from bot.papers.picture import draw_png
    from bot.papers.svg import write_svg

    kind = out.suffix.lower()
    if kind not in {".png", ".svg"}:
        raise ZhichiError(f"{out}: a chart is a .png or a .svg file")
    content = draw_png(timeline, font) if kind == ".png" else write_svg(draw_chart(timeline, fallback=True)).encode()
    try:
        out.write_bytes(content)
    except OSError as error:
        raise ZhichiError(f"{out}: {error.strerror or error}") from error


def _print(timeline: Timeline, *, as_json: bool) -> None:
    if as_json:
        for bar in timeline.bars:
            print_json({"name": bar.name, "who": bar.who, **_days(bar), "slip": bar.slip, "verdict": bar.verdict})
        return
    stdout.print(f"{timeline.title}  {timeline.subtitle}", style="bold", markup=False)
    print_table(("节点", "计划与实际"), ((bar.name, bar_words(bar)) for bar in timeline.bars))


def _days(bar: Bar) -> dict[str, list[str] | None]:
    def days(span: Span | None) -> list[str] | None:
        return [span.first.isoformat(), span.last.isoformat()] if span else None

    return {"planned": days(bar.planned), "moved": days(bar.moved), "actual": days(bar.actual)}
