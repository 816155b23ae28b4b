"""The vocabulary of the rulebook, each word once (rulebook part 0)."""

from enum import StrEnum


class Role(StrEnum):
    """Who somebody is in the process; a person may hold several."""

    DIRECTOR = "director"  # 技术总监: approves, assigns, closes, settles
    SALES = "sales"  # 销售: sends the request, accepts the work
    SALES_LEAD = "sales_lead"  # 销售组长
    LOCAL_SALES_DIRECTOR = "local_sales_director"  # 本地销售总监, one per branch
    COMPANY_SALES_DIRECTOR = "company_sales_director"  # 公司销售总监
    ADMIN = "admin"  # 管理部
    ENGINEER = "engineer"  # 工程师: does the work
    PROJECT_MANAGER = "project_manager"  # 项目经理
    DEPUTY_MANAGER = "deputy_manager"  # 项目副经理
    OPERATOR = "operator"  # keeps the bot itself running


class Stage(StrEnum):
    """Where a case stands (design.md part 3)."""

    AWAITING_APPROVAL = "awaiting_approval"  # 待确认: the director owes an answer (R8)
    AWAITING_INFO = "awaiting_info"  # 待补充: sales owe what the director asked or made a condition (R10)
    POSTPONED = "postponed"  # 已推迟: the director said later
    DECLINED = "declined"  # 不同意: ended by the director
    WITHDRAWN = "withdrawn"  # 已撤回: ended by sales
    APPROVED = "approved"  # 已确认: engineer and date are named, work not begun (R9)
    ON_SITE = "on_site"  # 支持中: work has begun, or goes on after an objection (R19)
    AWAITING_ACCEPTANCE = "awaiting_acceptance"  # 待验收: sales have one working day (R23)
    ACCEPTED = "accepted"  # 已验收: the director owes the closure (R25)
    CLOSED = "closed"  # 已关闭: documents are being collected (R26)
    ARCHIVED = "archived"  # 已归档: the director owes the settled workload (R27)
    SETTLED = "settled"  # 已核算: complete


class Kind(StrEnum):
    """What sort of mail it is; judged before anything else is read (R47)."""

    HUMAN = "human"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    RECEIPT = "receipt"
    RECALL = "recall"
    LIST = "list"
    CALENDAR = "calendar"
    OWN = "own"
    UNREADABLE = "unreadable"


class Intent(StrEnum):
    """What a reply means (R10); the second group belongs to stages other than the director's decision."""

    APPROVE = "approve"
    APPROVE_WITH_CONDITION = "approve-with-condition"
    REJECT = "reject"
    NEED_MORE_INFO = "need-more-info"
    POSTPONE = "postpone"
    DELEGATE = "delegate"
    QUESTION = "question"
    WITHDRAW = "withdraw"
    ACKNOWLEDGMENT_ONLY = "acknowledgment-only"
    THANKS = "thanks"
    OUT_OF_OFFICE = "out-of-office"
    NONE = "none"

    COMPLETED = "completed"
    LEFT_SITE = "left-site"
    DEVIATION = "deviation"
    DOCUMENTS = "documents"
    OBJECT = "object"
    RATING = "rating"
    ESCALATE = "escalate"
    PROBLEM = "problem"
    RISK = "risk"
    DISPUTE = "dispute"  # R31
    RESOLVED = "resolved"  # 问题1已解决, 升级1：我来处理
    STATUS_REQUEST = "status-request"
    TODO_REQUEST = "todo-request"
    HELP_REQUEST = "help-request"


class ReplyStage(StrEnum):
    """At which point of the process a reply is read (`zhichi explain --replies`)."""

    APPLICATION = "application"  # awaiting the director
    COMPLETION_SALES = "completion-sales"  # sales answer the completion
    COMPLETION_DIRECTOR = "completion-director"  # the director closes
    EXECUTION = "execution"  # the engineer reports from the work
    EXECUTION_CHANGE = "execution-change"  # outcome of a change during the work (R18)
    RETROACTIVE = "retroactive"  # 补发 (R6)
    DOC_OUTLINE = "doc-outline"  # table of contents (R5)
    WORKLOAD = "workload"  # settlement (R27)


class Nature(StrEnum):
    """项目性质: decides the start day (R8) and the documents (R15)."""

    PROJECT = "project"
    NON_PROJECT = "non_project"


class Proof(StrEnum):
    """Whether the sender's address is proved (design.md part 2)."""

    PASS = "pass"  # the configured authserv-id vouches for the From domain
    FAIL = "fail"  # the configured authserv-id says it is not from there
    NONE = "none"  # nobody vouches
    SECRET = "secret"  # the fresh text carries the secret sent only to that person


class Fate(StrEnum):
    """What became of a mail; every mail has exactly one (`zhichi audit`)."""

    ACTED = "acted"
    IGNORED = "ignored"
    QUARANTINED = "quarantined"
