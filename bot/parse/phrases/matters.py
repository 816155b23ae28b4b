"""The words by which matters are raised, answered, settled (R31, R32, R37), and work is rated (R39): reviewed data."""

from bot.rules.matters.matter import Issue

# A label that raises something, at the beginning of a line or sentence. A number behind it names a known one.
LABEL = r"(?P<kind>升级|问题|风险|争议|分歧)\s?(?P<number>\d{1,3})?\s?[:：]"

# What a mail may call each of the eight kinds besides its name. One word never stands for two kinds.
ISSUE_WORDS: dict[Issue, tuple[str, ...]] = {
    Issue.OPERATION: ("运营问题", "运营", "现场中断", "业务中断"),
    Issue.TIME: ("时间调整", "时间变更", "工期调整", "改期", "延期"),
    Issue.GUIDANCE: ("寻求指导", "请求指导", "指导", "请示"),
    Issue.CUSTOMER_DATA: ("客户数据", "客户信息", "客户资料"),
    Issue.SERVICE_DETAIL: ("服务细节", "服务内容", "服务范围"),
    Issue.SUPPLIES: ("物资采购", "采购", "物资", "备件"),
    Issue.PERFORMANCE: ("性能问题", "性能"),
    Issue.TERMINATION: ("终止订阅", "终止服务", "停止服务", "退订"),
}

# Which: "问题", "问题1", "问题1、2", "问题1和风险2".
_ONE = r"(?:升级|问题|风险|争议)(?:\s?\d{1,3}(?:\s?[、,，和及]\s?\d{1,3}){0,9})?"
_NAMES = rf"(?P<names>{_ONE}(?:\s?[、,，和及]\s?{_ONE}){{0,5}})?"
NAME = r"(升级|问题|风险|争议)((?:\s?[、,，和及]?\s?\d{1,3}){0,10})"
# "问题1已解决", "风险2关闭", "升级1：已解决。换了介质"; a bare 关闭 or 结束 needs the matter's name in front.
SETTLED = (
    rf"{_NAMES}\s?[:：,，]?\s?"
    r"(?:(?:都|均|全部)?(?:现?已经?|现已)?(?:得到|全部|彻底|妥善)?(?:解决|处理完毕|处理好|消除|解除|了结)(?:了|完毕)?"
    r"|(?<=[0-9])\s?(?:可以|现?已经?|请)?(?:关闭|关了|结束|取消)(?:了)?)"
)
# What must not stand behind 解决: a question, a plan, a part.
NOT_SETTLED = r"[吗么?？]|(?:方案|办法|中|不了|后|之前|前|时|一半|一部分|大半|的话)"
# "升级1仍未解决", "问题2没有解决".
UNSETTLED = (
    rf"{_NAMES}\s?[:：,，]?\s?"
    r"(?:目前|现在)?(?:仍然|依然|仍|还是|还|依旧)?(?:没有|没|未|尚未|并未|不算|未能)(?:得到|完全|彻底|真正|能)?"
    r"(?:解决|处理好|处理完|消除|解除|关闭)"
)
# "我和销售对完成时间有分歧"; what is denied is none. A comma ends it.
DISAGREE = (
    r"(?:我们?|本人|工程师|销售)?[^,，。;；\n]{0,8}?(?:和|与|跟|同)(?P<whom>[^,，。;；\n]{1,12}?)"
    r"(?:之间)?(?:在|对|就|关于)?(?P<what>[^,，。;；\n]{0,40}?)"
    r"(?<![没无不])(?<!没有)(?<!并无)(?:有|存在|产生|发生)了?(?:一些|较大|很大|明显|严重|不小)?的?(?:分歧|争议|不同意见)"
)
# The label of a rating; "评分" alone stands for nothing.
RATING = r"(?:满意度|服务)?(?:评分|打分|评价|评级|给分)\s?(?:[:：为是]|=)?\s?"
RATED = (
    r"(?P<digits>-?\d{1,4}(?:\.\d{1,2})?)\s?(?:/\s?(?P<of>\d{1,3}))?\s?(?P<unit>分|星|颗星|stars?)?"
    r"|(?P<word>[零〇一二两三四五六七八九十半]{1,3})(?P<word_unit>分|星|颗星)"
    r"|(?P<marks>[★⭐🌟]{1,10})☆{0,5}"
)
# What reads as seen or thanks and is no answer to what was put to somebody (R10).
ONLY_SEEN = (
    r"(?:(?:收到|已?收悉|知道|知悉|已?阅|看到|了解|明白|好的?|嗯|ok|okay|谢谢|感谢|多谢|辛苦|noted|received|thanks)"
    r"(?:了|啦|您|你|大家)?[\s,，.。!！~、👌👍🙏]*)+"
)
