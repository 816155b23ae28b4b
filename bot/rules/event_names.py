"""What the record calls an event, as people say it (R40, R49)."""

from bot.rules.table import TABLE, Event


def event_name(event: str) -> str:
    """An event of the record as people call it; one without a short name as THE TABLE says it."""
    return _EVENT_NAMES.get(event) or next((row.says for row in TABLE if row.event.value == event), event)


_EVENT_NAMES: dict[str, str] = {
    Event.REQUEST: "申请",
    Event.RETROACTIVE: "事后立项",
    Event.RESENT: "补发申请",
    Event.APPROVE: "同意",
    Event.CONDITION: "有条件同意",
    Event.REJECT: "不同意",
    Event.NEED_INFO: "要求补充",
    Event.POSTPONE: "推迟",
    Event.POSTPONE_OVER: "推迟期满",
    Event.DELEGATE: "请他人决定",
    Event.ASSIGN: "安排",
    Event.ANSWER: "答复",
    Event.WITHDRAW: "撤回",
    Event.LEFT_SITE: "离场",
    Event.DEVIATION: "变更",
    Event.CHANGE_AGREED: "变更同意",
    Event.CHANGE_REFUSED: "变更不同意",
    Event.COMPLETED: "完成",
    Event.FORM: "服务单",
    Event.ACCEPT: "验收",
    Event.SILENCE: "视为完成",
    Event.OBJECT: "异议",
    Event.DOUBT: "答复不明",
    Event.CLOSE: "关闭",
    Event.DOCUMENTS: "文档齐全",
    Event.ARCHIVE: "按现有文档归档",
    Event.SETTLE: "核算",
    "mail": "来信",
    "stranger": "外部来信",
    "unproved": "身份未验证",
    "secret": "口令",
    "reminder": "提醒",
    "escalated": "上报",
    "chase_acceptance": "催验收",
    "silence_held": "沉默不算",
    "extended": "延期",
    "recounted": "重算期限",
    "rating": "评价",
    "problem": "问题",
    "risk": "风险",
}
