"""`list`, `show`: what the database knows of the cases. They change nothing."""

from datetime import datetime
from typing import Any

from bot.commands.output import complain, print_json, print_table, stdout
from bot.house import House
from bot.rules.case import Case, Deadline, DeadlineKind
from bot.rules.diagram import STAGE_NAMES
from bot.rules.matters.matter import Matter
from bot.rules.people import Company
from bot.rules.scene import AWAITED
from bot.rules.words import Stage
from bot.store.store import Tx


def list_cases(house: House, stage: Stage | None, now: datetime, *, as_json: bool) -> int:
    """One line per case; exit code."""
    with house.store.open().reading() as tx:
        cases = [_brief(tx, case, house, now) for case in tx.cases.list(stage)]
    if as_json:
        for case in cases:
            print_json(case)
        return 0
    columns = ("编号", "阶段", "客户", "项目", "销售", "日期", "工程师", "期限")
    print_table(columns, (_row(case) for case in cases))
    return 0


def _row(case: dict[str, Any]) -> tuple[object, ...]:
    due = (case["due"] or "") + (" 逾期" if case["overdue"] else "")
    engineers = "、".join(case["engineers"])
    stage = STAGE_NAMES[Stage(case["stage"])]
    return case["ref"], stage, case["customer"], case["project"], case["sales"], case["date"] or "", engineers, due


def _brief(tx: Tx, case: Case, house: House, now: datetime) -> dict[str, Any]:
    company, zone = house.config.company(), house.config.zone
    awaited = [d for d in tx.deadlines.of(case.id) if d.done_at is None and d.kind is not DeadlineKind.START]
    due = min((d.due_at for d in awaited), default=None)
    return {
        "ref": case.ref,
        "stage": case.stage.value,
        "customer": case.customer,
        "project": case.project,
        "sales": case.sales_name,
        "date": case.subject_date.isoformat() if case.subject_date else None,
        "engineers": [_name(company, e) for e in case.engineers],
        "due": due.astimezone(zone).isoformat() if due else None,
        "overdue": due is not None and due < now,
        "matters": [m.name for m in tx.matters.of(case.id) if m.is_open],
        "rating": rating.stars if (rating := tx.ratings.current(case.id)) else None,
    }


def _name(company: Company, address: str) -> str:
    person = company.find(address)
    return person.name if person else address


def show_case(house: House, ref: str, now: datetime, *, as_json: bool) -> int:
    """Everything about one case; exit code 1 when there is none."""
    with house.store.open().reading() as tx:
        case = tx.cases.by_ref(ref)
        if case is None:
            complain([f"no case {ref}; see: zhichi list"])
            return 1
        whole = _brief(tx, case, house, now) | _details(tx, case, house)
    if as_json:
        print_json(whole)
    else:
        _print_case(whole, house.config.company())
    return 0


def _details(tx: Tx, case: Case, house: House) -> dict[str, Any]:
    zone = house.config.zone

    def at(moment: datetime | None) -> str | None:
        return moment.astimezone(zone).isoformat() if moment else None

    rating = tx.ratings.current(case.id)
    return {
        "sales_address": case.sales,
        "subject": case.subject,
        "received_at": at(case.received_at),
        "counted_from": at(case.counted_from),
        "nature": case.nature.value if case.nature else None,
        "on": case.on.isoformat() if case.on else None,
        "mode": case.mode,
        "invitation": _invitation(case),
        "days": str(case.days) if case.days is not None else None,
        "settled_days": str(case.settled_days) if case.settled_days is not None else None,
        "tacit": case.tacit,
        "condition": case.condition,
        "changes": [{"from": old, "to": new} for old, new in case.changes],
        "fields": dict(case.fields),
        "history": [
            {
                "at": at(entry.at),
                "actor": entry.actor,
                "event": entry.event,
                "from": entry.from_stage.value if entry.from_stage else None,
                "to": entry.to_stage.value if entry.to_stage else None,
                "mail": entry.mail or None,
                "why": entry.why,
                "summary": entry.summary,
            }
            for entry in tx.history.of(case.id)
        ],
        "deadlines": [_deadline(d, house) for d in tx.deadlines.of(case.id)],
        "matters": [_matter(m, house) for m in tx.matters.of(case.id)],
        "rating": {"stars": rating.stars, "by": rating.by, "at": at(rating.at), "comment": rating.comment}
        if rating
        else None,
        "documents": [
            {
                "name": d.name,
                "label": d.label,
                "sha256": d.sha256,
                "size": d.size,
                "mail": d.mail,
                "filed_as": d.filed_as,
            }
            for d in tx.documents.of(case.id)
        ],
        "outbox": [
            {
                "id": line.id,
                "kind": line.kind.value,
                "status": line.status.value,
                "to": list(line.recipients),
                "subject": line.subject,
                "created_at": at(line.created_at),
                "sent_at": at(line.sent_at),
                "error": line.last_error,
            }
            for line in tx.outbox.of_case(case.id)
        ],
    }


def _invitation(case: Case) -> dict[str, Any] | None:
    entry = case.invitation
    if entry is None:
        return None
    return {
        "sequence": entry.sequence,
        "cancelled": entry.cancelled,
        "people": {address: entry.answer_of(address).value for address in entry.people},
    }


def _matter(matter: Matter, house: House) -> dict[str, Any]:
    zone = house.config.zone
    return {
        "name": matter.name,
        "open": matter.is_open,
        "issue": matter.issue.value if matter.issue else None,
        "text": matter.text,
        "impact": matter.impact,
        "response": matter.response,
        "level": matter.level,
        "owners": list(matter.owners),
        "raised_by": matter.raised_by,
        "raised_at": matter.raised_at.astimezone(zone).isoformat(),
        "next_at": matter.next_at.astimezone(zone).isoformat() if matter.next_at else None,
        "answer": matter.answer,
        "outcome": matter.outcome,
        "settled_at": matter.settled_at.astimezone(zone).isoformat() if matter.settled_at else None,
    }


def _deadline(deadline: Deadline, house: House) -> dict[str, Any]:
    zone = house.config.zone
    return {
        "kind": deadline.kind.value,
        "due": deadline.due_at.astimezone(zone).isoformat(),
        "owner": deadline.owner,
        "why": deadline.why,
        "provisional": deadline.provisional,
        "done_at": deadline.done_at.astimezone(zone).isoformat() if deadline.done_at else None,
        "nudges": deadline.step,
    }


def _print_case(whole: dict[str, Any], company: Company) -> None:
    def who(address: str) -> str:
        return _name(company, address)

    def when(moment: str | None) -> str:
        return datetime.fromisoformat(moment).strftime("%m-%d %H:%M") if moment else ""

    stdout.print(f"{whole['ref']}  {whole['subject']}", style="bold", markup=False)
    engineers = "、".join(whole["engineers"]) or "未定"
    stdout.print(f"阶段 {STAGE_NAMES[Stage(whole['stage'])]}  工程师 {engineers}", markup=False)
    stdout.print("\n期限", style="bold")
    print_table(
        ("事项", "期限", "等待", "说明"),
        (
            (
                AWAITED[DeadlineKind(d["kind"])] + ("（已了结）" if d["done_at"] else ""),
                when(d["due"]),
                who(d["owner"]),
                d["why"],
            )
            for d in whole["deadlines"]
        ),
    )
    if whole["matters"]:
        stdout.print("\n升级、问题、风险", style="bold")
        print_table(
            ("号", "内容", "级", "状态"),
            (
                (
                    m["name"],
                    f"{m['issue'] or ''} {m['text']}".strip(),
                    m["level"] or "",
                    "未了结" if m["open"] else "已了结",
                )
                for m in whole["matters"]
            ),
        )
    if whole["rating"]:
        stdout.print(f"\n评分 {whole['rating']['stars']} 分  {whole['rating']['comment']}", markup=False)
    stdout.print("\n经过", style="bold")
    print_table(
        ("时间", "谁", "事件", "说明"),
        ((when(h["at"]), who(h["actor"]), h["event"], h["why"]) for h in whole["history"]),
    )
    stdout.print("\n文档", style="bold")
    print_table(("名称", "类别", "归档"), ((d["name"], d["label"], d["filed_as"]) for d in whole["documents"]))
    stdout.print("\n发出的邮件", style="bold")
    sent = ((o["id"], o["kind"], o["status"], "、".join(who(a) for a in o["to"])) for o in whole["outbox"])
    print_table(("号", "种类", "状态", "收件人"), sent)
