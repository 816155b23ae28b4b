"""Larger pieces that several forms share: the cover, the plan, the people, the list of documents."""

from tests.papers.drafting.kit import CENTER, GREY, HEI, Form

PLAN = [("序号", 1.3), ("阶段", 2.6), ("工作内容", 5), ("负责人", 2), ("开始", 3.2), ("完成", 3.2)]
_PLAN_CELLS = [f"{{{{ 行.{name} }}}}" for name, _ in PLAN]


def cover(form: Form, kind: str) -> None:
    """A page of its own: what, for whom, by whom."""
    form.text("", after=90)
    form.text("{{ 客户 }}", size=16, align=CENTER, after=10)
    form.text("{{ 项目 }}", font=HEI, size=22, align=CENTER, after=14)
    form.text(kind, font=HEI, size=26, align=CENTER, after=150)
    form.facts(
        [
            ("编号", "{{ 编号 }}", "版本", "V1.0"),
            ("客户", "{{ 客户 }}", "联系人", "{{ 联系人 }}"),
            ("编制", "{{ 负责工程师 }}", "审核", ""),
            ("销售", "{{ 销售 }}", "批准", "{{ 技术总监 }}"),
        ]
    )
    form.text("{{ 公司 }}", size=14, align=CENTER, before=70, after=6)
    form.text("{{ 制表日期 }}", size=12, align=CENTER)
    form.new_page()


def title(form: Form, words: str) -> None:
    """The heading of a form without a cover."""
    form.text(words, font=HEI, size=18, align=CENTER, before=2, after=8)


def revisions(form: Form) -> None:
    """Who changed what."""
    form.text("修订记录", font=HEI, size=12, after=4)
    first = ("V1.0", "{{ 制表日期 }}", "初稿", "{{ 负责工程师 }}")
    form.grid([("版本", 1), ("日期", 3), ("修订内容", 5), ("修订人", 2)], [first], blank=2)
    form.text("", after=4)


def contents(form: Form, chapters: tuple[str, ...]) -> None:
    """The list of chapters; they stay the same, so nothing needs updating."""
    form.text("目录", font=HEI, size=14, align=CENTER, before=16, after=10)
    for chapter in chapters:
        form.text(chapter, size=12, after=6)
    form.new_page()


def facts(form: Form) -> None:
    """The case in a table."""
    form.facts(
        [
            ("客户", "{{ 客户 }}", "编号", "{{ 编号 }}"),
            ("项目", "{{ 项目 }}", "项目性质", "{{ 性质 }}"),
            ("联系人", "{{ 联系人 }}", "电话", "{{ 电话 }}"),
            ("地址", "{{ 地址 }}"),
            ("销售", "{{ 销售 }}", "工程师", "{{ 工程师 }}"),
            ("支持日期", "{{ 支持日期 }}", "支持方式", "{{ 支持方式 }}"),
            ("服务类型", "{{ 服务类型 }}", "预估工作量", "{{ 预估工作量 }}"),
            ("产品及版本", "{{ 产品及版本 }}"),
        ]
    )
    form.text("", size=4, after=2)


def plan(form: Form, blank: int = 2) -> None:
    """The way of the case in days, with room for more."""
    form.grid(PLAN, [_PLAN_CELLS], loop="行 in 计划", blank=blank)


def people(form: Form, blank: int = 2) -> None:
    """Who takes part."""
    cells = ["{{ 人.角色 }}", "{{ 人.姓名 }}", "{{ 人.邮箱 }}", ""]
    form.grid([("角色", 2), ("姓名", 2), ("邮箱", 4), ("职责", 4)], [cells], loop="人 in 人员", blank=blank)


def documents(form: Form, blank: int = 2) -> None:
    """What is to be handed over."""
    cells = ["{{ 份.序号 }}", "{{ 份.名称 }}", "", ""]
    form.grid([("序号", 1.2), ("交付物", 4), ("形式", 2), ("交付时间", 3)], [cells], loop="份 in 文档", blank=blank)


def said(form: Form, field: str, hint: str) -> None:
    """What the request says, then room for the rest."""
    form.text(f"{{{{ {field} }}}}", after=4)
    form.hint(hint)
    form.lines(2)


def footnote(form: Form, words: str) -> None:
    """A small remark below."""
    form.text(words, size=8.5, color=GREY, before=4, after=0)
