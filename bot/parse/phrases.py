"""The words that decide what a reply means (R10): reviewed data, read by `meaning.py`. No logic here.

How the tables are read: a reply is split into sentences and clauses. A clause that one of `WHOLE` matches entirely has
that tag. Otherwise it is scanned from the left and at each place the first row of the stage's table and then of
`INSIDE` that matches wins. So the order is meaning: a longer or more telling phrase stands above the word inside it,
and a pattern that begins at the negation is met before the word it negates.

Patterns see text that is half width, lower case, simplified, without blanks between Chinese characters. Every gap is
bounded and never crosses a comma, so reading is linear. Each trap has its comment.
"""

# ruff: noqa: E501 - one row, one line: a table is read down its left edge
from enum import StrEnum

from bot.rules.words import ReplyStage, Role


class Tag(StrEnum):
    """What a phrase contributes to the meaning."""

    YES = "yes"  # agrees; counts when this person is the subject and nothing in the reply binds it
    PERSONAL_YES = "personal-yes"  # no objection of one's own: with somebody else named to decide, no yes
    NO = "no"  # refuses the request
    NEVER = "never"  # a refusal put as a question ("这也能批？"); a question mark does not soften it
    NO_PART = "no-part"  # refuses a part ("不同意去两个人"): beside a yes it changes what was asked
    HEDGE = "hedge"  # a yes in principle, in part, perhaps: never plain
    UNSURE = "unsure"  # talks about agreeing without agreeing
    CONDITION = "condition"  # binds to something not yet true
    UNLESS = "unless"  # a refusal that names what would lift it
    CHANGE = "change"  # other date, less work, other way
    HAZARD = "hazard"  # a small word that may bind or turn a yes: beside a yes it is not plain
    QUESTION = "question"
    FACT = "fact"  # a question for a fact the request should have held
    INFO = "info"  # asks for something to be added
    LATER = "later"  # not now
    DECIDE = "decide"  # somebody else is to decide
    TAKE = "take"  # somebody else is to take it up; beside a yes it assigns
    ASSIGN = "assign"  # names who goes, without saying yes
    WITHDRAW = "withdraw"
    ACK = "ack"  # seen
    FINE = "fine"  # 好的: seen, or a weak yes; with an assignment it is a yes
    CASUAL = "casual"  # ok, 行: a yes, unless "收到" stands beside it
    REPLY_LATER = "reply-later"  # will answer later: beside "收到" only seen
    SHORT = "short"  # nobody free, no need to go: refuses when alone, explains beside a yes or another day
    WHEN = "when"  # a later day; says "later" only beside SHORT
    THANKS = "thanks"
    AUTO = "auto"  # the text itself says that a machine wrote it
    AWAY = "away"  # is absent; an automatic text unless something is decided besides
    OTHER = "other"  # third person's yes, a wish, a yes to something else, a noun: decides nothing
    SARCASM = "sarcasm"
    PLAIN = "plain"  # harmless words that hold a small word of HAZARD
    COMPLETED = "completed"
    DOCUMENTS_LATER = "documents-later"
    NOT_COMPLETED = "not-completed"
    LEFT = "left"
    DEVIATION = "deviation"
    DOCUMENTS = "documents"
    PROBLEM = "problem"
    RISK = "risk"
    ESCALATE = "escalate"
    RATING = "rating"
    NUMBER = "number"  # a workload named without a verb: settles it in the workload stage only


# Who may decide at which stage; the yes or no of anybody else is `none`.
DECIDERS: dict[ReplyStage, frozenset[Role]] = {
    ReplyStage.APPLICATION: frozenset({Role.DIRECTOR}),  # R9, R11
    ReplyStage.COMPLETION_SALES: frozenset({Role.SALES}),  # R23; lead and sales directors are only Cc
    ReplyStage.COMPLETION_DIRECTOR: frozenset({Role.DIRECTOR}),  # R25
    ReplyStage.EXECUTION: frozenset(),  # reports from the work, nothing to decide
    ReplyStage.EXECUTION_CHANGE: frozenset({Role.SALES, Role.DIRECTOR}),  # R18: sales bring the outcome, both are told
    ReplyStage.RETROACTIVE: frozenset({Role.DIRECTOR}),  # R6: the director confirms, sales only send it
    ReplyStage.DOC_OUTLINE: frozenset({Role.SALES, Role.ENGINEER}),  # R5: these two agree the contents
    ReplyStage.WORKLOAD: frozenset({Role.DIRECTOR}),  # R27
}
# Whose words are read as reports from the work at any stage at which they have nothing to decide.
REPORTERS = frozenset({Role.ENGINEER, Role.PROJECT_MANAGER, Role.DEPUTY_MANAGER})

# ---- building blocks -------------------------------------------------------------------------------------------------
_SURNAME = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁韦马方任袁柳鲍史唐费薛雷贺倪汤罗毕郝安常于傅卞齐"
    "康伍余顾孟黄穆萧尹姚邵汪毛戴宋庞熊纪舒项祝董梁杜阮蓝季贾江童颜郭梅林钟徐邱骆高夏蔡田樊胡霍万管卢莫房解丁邓洪崔龚程裴陆翁段侯武刘龙叶黎白"
    "石廖曾文关游欧阳"
)
_NAME = "[赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许吕施孔曹严魏陶姜谢邹苏潘葛范彭鲁袁柳唐薛雷贺倪汤罗郝孟黄穆萧尹姚邵汪戴宋庞熊董梁杜阮贾江郭林钟徐邱骆蔡田樊胡霍卢丁邓洪崔龚裴翁侯刘叶廖曾张][\\u4e00-\\u9fff]{1,2}"
_TITLE = "(?:总监|总经理|经理|总工|总|工|董|主任|老师|老板|哥|姐|部长|主管|组长|助理|先生|女士|同学|博士)"
PERSON = (
    f"(?:(?:[{_SURNAME}][\\u4e00-\\u9fff]{{0,2}}?{_TITLE}|[小老阿大][{_SURNAME}]|(?<![a-z])[a-z]{{2,12}}(?![a-z])|{_NAME}"
    "|(?:技术|销售|本地|公司|区域|分公司|大区)?(?:总经理|总监|销售|经理|组长|领导|负责人)|(?:技术|商务|财务|管理|售前|售后|采购|法务|人事|运维|交付)部?"
    "|领导|老板|上级|上面|总部|集团|公司|客户(?:经理)?|甲方|用户|对方|厂[商家]|原厂|他们?|她|你们?|您|同事|工程师|项目经理|项目组|团队|部门){1,4})"
)
# Words of agreement that say so by themselves.
STRONG = "(?:同意|批准|准予|核准|赞成|赞同|照准|应允|允许|认可|批复同意)"
ANY_YES = "(?:同意|批准|批复|批|通过|核准|准予|准许|允许|赞成|赞同|支持|答应|接受|认可|签字|签|放行|可以|点头|松口|确认|验收|ok|approve)"
_NOT = "(?:不|没|没有|未|别|勿|莫|无法|难以|拒绝|拒)"

# In front of a word of agreement only these keep the writer as its subject; anything else is a third person.
# Alternatives stand longest first, and repeat inside an atomic group `(?>…)`: linear. (Not `*+`: before Python 3.11.5 it
# matches wrongly when an alternative backtracks.)
SELF = (
    "(?:我这边|我这里|我个人|我本人|我们|我方|我司|我看|我觉得|我认为|我的意见是|我的意见|我|本人|个人|这边|咱们|俺|技术部|本部门|"
    "那么|那就|那|就|也|都|嗯+|哦|噢|好吧|好的|好|是的|是|对|收到|已阅|阅|"
    "完全|当然|肯定|绝对|非常|十分|举双手|双手|一致|全部|明确|正式|特此|特|现在|现|现已|已经|已|还是|仍|依然|再次|继续|予以|给予|"
    "经研究|经考虑|经核实|考虑后|研究后|综合考虑|回复|批复|答复|确认(?=同意|批准)|结论|意见|审批意见|领导意见|审核意见|审批结果|审核|审批|经审核|经审批|"
    "(?:此|该|本|这)(?:件|项|单|批|份|案|次|个|类|事)?|上述|以上|以下|代表|部门|整体|总体|各项|关于|对于|对|"
    "电话里|电话中|电话|口头|微信里|微信上|微信|书面|邮件|方式|和|跟|并|且|而且|另外|同样|今天|今日|其他|其余|剩下的|,)"
)
# …or it is what is agreed to, standing in front: "这个申请同意".
TOPIC = (
    "(?:申请|支持|安排|方案|计划|事情|事儿|事|时间|请求|需求|项目|单子|工单|单|人天|日期|变更|完成|情况|结果|关闭|结案|补发|目录|大纲|提纲|章节|"
    "工作量|报告|实施|安装|内容|人员|人选|调整|培训|测试|售前|部署|升级|巡检|服务|流程|请示|邮件|核算|预估|增加|去|现场|上门|远程|号|日|天)"
)
# After a colloquial yes (可以, 行) only this keeps it an answer: "可以安排李工去"; not "可以考虑", "可以远程".
ACTS = (
    "(?:安排|派|派遣|去|前往|支持|执行|实施|进行|开始|上门|办理|办|照办|做|走流程|推进|启动|出发|按|照|就按|就这样|这样|如此|同意|批准|批|通过|"
    "申请|请|让|由|给予|予以|开展|落实|操作|这个|此|该|本次|这次|关闭|结案|归档|验收|补发|补|核算|结算)[^,]{0,40}"
)
_MOOD = "(?>(?:的|了|啊|呀|吧|哈|哦|噢|喔|啦|嘛|哒|滴|咯|哟|诶|~|\\.|-|👍|👌|🙏|✅|🆗|💪|😊|😄|🤝|☺|🌹)*)"

# ---- a clause that is entirely this ----------------------------------------------------------------------------------
WHOLE: tuple[tuple[Tag, str], ...] = (
    # A number alone is a "read" tick; what it would number is unknown, so it never decides.
    (Tag.ACK, r"\+?1{1,5}"),
    (Tag.ACK, "(?:(?:此|这封|该|您的|你的)?(?:邮件|申请|信息|来信|通知|方案|资料|消息|来函))?(?>(?:我已|已经|已|我|都|嗯|好的|好|ok)*)(?:收到|收悉|知道|知悉|知晓|获悉|阅|阅悉|圈阅|阅知|已读|读|看到|看过|看|了解|明白|清楚|晓得|记下|悉)" + _MOOD),
    (Tag.FINE, "(?:嗯|恩|唔|哦|噢|喔|额|呃|en|hmm+|mm+|oh)+(?:呢|好|呐|呀|啊|哪|哒)?[~.]*"),
    (Tag.ACK, "(?:看到|收到|读了|看了|读过|看过)(?:了)?(?:你的|您的|这个|该)?(?:邮件|信息|消息|申请|来信)了?"),
    (Tag.ACK, "我?(?:都|已经?)?(?:知道|了解|清楚|明白|晓得|看到)(?:这|此|该|你|您|这个)[^,不没吗么但]{0,8}"),
    (Tag.ACK, "(?:已|我)?(?:收到|知悉|知道|了解)(?:此|该|这个|您的|你的|这封)?(?:邮件|信息|来信|消息|情况|申请|通知)了?"),
    # A thumb is how people tick a mail as seen; it says neither who goes nor when. Safe reading: seen.
    (Tag.FINE, "(?:👍|👌|🆗|✅|✔|☑|💯|👏|🙌|💪|👀|😊|🫡|🤝|\\[(?:强|ok|赞|鼓掌|握手|好的|爱心|玫瑰|胜利|微笑|呲牙)\\]|\\s)+"),
    (Tag.ACK, "(?:well )?(?:noted|received|got it|get it|got this|roger(?: that)?|copy(?: that)?|understood|seen|read|acknowledged|ack|i see|will check|fyi)(?: it| that| this| with thanks| and understood)?"),
    # 我看看 decides nothing and names no day.
    (Tag.ACK, "(?:让|容)?我(?:先|来|再)?(?:看看|看一下|看下|瞧瞧|瞅瞅|研究一下|研究下|核实一下|核实下|了解一下|了解下)" + _MOOD),
    # 好的 alone answers "please note" as often as "may we": it is read as seen, and the one-tap question asks.
    (Tag.FINE, "(?>(?:那|那就|嗯|恩|哦|都)*)(?:好的?|好吧|好滴|好嘞|好哒|好咧|好呀|好啊|好说|得嘞|得令|妥|妥了|是|是的|对|对的)+" + _MOOD),
    (Tag.THANKS, "(?>(?:非常|十分|多|万分|再次|先|太|很|也|还是|也要|衷心|在此|向|诚挚|大家|各位|李工|王工|你们?|您|都)*)(?:谢谢|感谢|谢了|多谢|谢|3q|辛苦|(?:有劳|劳驾|麻烦|拜托)(?=了|啦|大家|各位|$|你了|您了|你们了))(?:了|啦)?[^,不没但吗同批准请如]{0,12}"),
    (Tag.THANKS, "(?:many |much |best |ok |great )?(?:thanks|thank you|thank u|thx|tks|ths|cheers|thanx|much appreciated)(?: (?:a|lot|lots|so|very|much|all|team|everyone|you|for|your|the|help|support|update|information|info|again|in|advance|sir|boss)){0,8}"),
    (Tag.THANKS, "(?:🙏|\\[抱拳\\]|\\[合十\\]|❤|🌹|\\s)+"),
    # A bare cross or thumb down refuses.
    (Tag.NO, "(?:👎|❌|🚫|🙅(?:‍♂️|‍♀️)?|✖|✗|❎|\\[弱\\]|\\[no\\])+"),
    (Tag.NO, "(?>(?:对不起|抱歉|很抱歉|sorry|还是|那就|那|我看|要不)*)(?:不|否|非|别|不了|no|nope|nah|n|不要|不用了?|算了|免了|拉倒|没门|做梦|不干|no way|never|不可能|不可能的|绝无可能|没可能|不会的|想得美)" + _MOOD),
    # Sarcasm: 行 as praise is the opposite.
    (Tag.SARCASM, "(?>(?:你们?|可|您|这|也|还|又|就|他们?|销售)*)(?:真|可真|太|也太|也真|真是|真是太)(?:行|可以|会|能|厉害|牛|棒|有才|敢|好意思|逗|有意思|给力)(?:啊|呀|了|的|哈|呢|哦)+.{0,6}"),
    (Tag.SARCASM, "(?:呵呵|嘿嘿|哈哈){1,3}|(?:🙄|😅|😒|😏|🙃|😑|🤔|😂|🙂)+"),
    # Answers of one or two words, complete as they are.
    (Tag.YES, f"(?:[^,不没未别非无勿]{{0,12}}(?:申请|支持|安排|方案|计划|这样|\\d日|\\d号|周[一二三四五六日天]|今天|明天|后天))?(?>{SELF}*)(?:ok|好|行|嗯|是|都|去|来|做|支持|安排)?(?:可以|可行|可|没问题|没有问题|没有任何问题|无问题|没毛病|没啥问题|没什么问题|(?:什么|任何|原则|大|原则性)?问题(?:都|也)?没有|(?:行|中|成|ok|okay)(?=[^,~的了啊呀哈哦]))(?>(?:的|了|啊|呀|哈|哦|噢|啦|嘛|哒|滴|~|👍|👌)*)(?:{ACTS})?"),
    (Tag.CASUAL, f"(?>{SELF}*)(?:行|成|中|妥|ok|okay|okey|okk|o k|k){{1,3}}" + _MOOD),
    (Tag.YES, f"(?:[^,不没未别非无勿]{{0,12}}(?:申请|支持|安排|方案|计划))?(?>{SELF}*)(?:准|批|照批|通过|放行|支持|支持一下|全力支持|大力支持|照办|照此办理|照此执行|准了|批了|过了|签了|执行|同意执行|核准|准许|点赞同意|批吧|准奏)(?>(?:本次|此次|这次|该|这个|此|的|申请|支持|请求)*)" + _MOOD),
    (Tag.YES, "(?>(?:那|那就|就|请|可以|都|一切|全部|ok|统一|还是)*)(?:按|照|依|依照|按照)(?:申请|计划|此|这个|这样|上述|以上|你们?|方案|流程|原|所|提|销售|邮件|申请单|此方案|该|正常)[^,]{0,14}?(?:执行|办理?|办|安排|走|处理|来|进行|实施|落实|推进|做|去)" + _MOOD),
    (Tag.YES, "(?:那|那就|就)+(?:这样|这么|如此)(?:定|办|安排|执行|做|来|干|走|去|处理)?" + _MOOD),
    (Tag.YES, "(?:yes|yep|yeah|yup|sure|of course|certainly|absolutely|definitely|aye|y)(?: please| of course| sure| go ahead)*"),
    # 无意见 is a yes of one's own; with another decider named it only passes on.
    (Tag.PERSONAL_YES, f"(?>(?:{SELF}|{TOPIC})*)(?:对此|对这个|对该|对此申请|对)?(?:没|没有|没啥|没什么|没有什么|没有任何|无|无任何|并无|毫无|均无|暂无)(?>(?:不同|反对|其他|别的|什么|啥)*)(?:意见|异议)" + _MOOD),
    (Tag.PERSONAL_YES, f"(?>{SELF}*)(?:不|不会|没有?|无人|都不|并不|也不)反对(?>(?:意见|此|该|本次|这次|这个|申请|安排)*)" + _MOOD),
    # Double negation that is a yes. 不是不同意 is not here: it announces a "but".
    (Tag.YES, f"(?>{SELF}*)(?:没有?|无|没有任何|没什么|没啥|找不到|想不出|并无|哪有)(?:什么|任何|啥)?(?:理由|道理|原因|可能)?(?:不同意|不批准|不批|不支持|反对|拒绝)(?:的|见|的理由|的道理|的原因|的意思|的地方)?" + _MOOD),
    (Tag.YES, f"(?>{SELF}*)(?:不会|不可能|岂能|焉能|怎会|怎能)(?:不同意|不批准|不批|不支持|拒绝)(?:的)?" + _MOOD),
    (Tag.OTHER, "(?:不是|并非|并不是|倒不是|也不是|又不是|没说|没有说|不等于|不代表|未说)(?:我)?(?:不同意|不批准|不批|不支持|反对|不行|不可以|不能)(?>(?:的?意思|这个|此次|申请|的)*)" + _MOOD),
    (Tag.WITHDRAW, "(?>(?:申请|请求|我要|我|我想|请|现|此|该|本次|这个|先|那就|那)*)(?:撤回|撤销|撤消|撤单|作废|取消|收回|撤)(?>(?:本次|此次|这次|该|此|这个|上述|刚才|刚刚|之前|前面|的|支持|申请|邮件|请求|单|同意|批准|确认|审批|意见|回复|决定)*)" + _MOOD),
    (Tag.OTHER, "(?:盼|望|请|烦请|敬请|恭候|静候|期待|急盼|盼望)(?>(?:尽快|尽早|早日|速|及时|您的?|领导)*)(?:回复|复|批|批示|批复|批准|审批|同意|审批通过|答复|佳音|确认|审阅|审核|核准|支持|指示|定夺|阅)" + _MOOD),
    (Tag.PLAIN, "(?:先)?(?:这样|如此)(?:吧)?|以上|如题|如上|不客气|不用谢|别客气|没事|没关系|不要紧|不急|无妨|不谢|应该的"),
    (Tag.NUMBER, r"(?>(?:本次|此次|工作量|实际|最终|结果|合计|共计?|总计|核算|结算|核定|按|就|给|算|计|定|为|预估|确认|:)*)\d{1,3}(?:\.\d{1,2})?个?(?:人?天|人日|人/天|工作?日|d|days?|man-?days?|md)(?>(?:核算|结算|计算|算|计|核定|核|结|工作量)*)" + _MOOD),
    # The director settles with these verbs.
    (Tag.ASSIGN, f"(?>(?:请|那就|那|就|可|先|尽快|马上|我|我会|我来|我这边|已|已经|已为|拟|今天|明天|这次|本次)*)(?:安排|派|指派|指定|让|由|叫|请|通知)(?:{PERSON}).{{0,24}}?(?:去|前往|上门|到场|过去|到现场|支持|跟|现场|出差|来做|做|实施|负责实施|执行|配合)[^,]{{0,16}}"),
    (Tag.ASSIGN, "(?>(?:请|那就|那|就|先|尽快|马上|我|我会|我来|已|已经)*)安排(?>(?:一下|下|人|工程师|吧|了|上门|支持|现场|时间)*)"),
)

# ---- inside a clause, in this order ----------------------------------------------------------------------------------
INSIDE: tuple[tuple[Tag, str], ...] = (
    # --- written by a machine
    (Tag.AUTO, "自动(?:回复|答复)|automatic(?:ally)? (?:generated )?repl|auto-?reply|out of (?:the )?office|\\booo\\b|假期自动|此邮件为系统"),
    (Tag.AWAY, "(?:正在|目前|现在|本周|今天|近期|本人|我)?[^,]{0,6}(?:休假|年假|休年假|请假|产假|病假|婚假|度假)(?:中|期间|至|到|,|$)?|(?:正在|目前|我在|本人|出差在)[^,]{0,8}(?:出差|外出|外地|国外|飞机上)[^,]{0,8}|不在办公室|(?:无法|不能|不便|未能|不方便)(?:及时|立即|马上|第一时间|随时)(?:查看|回复|处理|查收|接听|收发)|(?:无法|不能|不便|未能)(?:及时|立即|马上|第一时间)?(?:查看|回复|处理|收)[^,]{0,3}邮件|\\bon (?:annual |sick |maternity )?(?:leave|vacation|holiday)\\b|limited access to (?:my )?e?-?mail|away from (?:the |my )?(?:office|desk)"),
    # --- taking back: of a request or of an earlier yes
    (Tag.OTHER, "(?:不|没|别|不要|无需|不用|不会|没有)(?:再)?(?:撤回|撤销|取消|作废)"),
    (Tag.WITHDRAW, f"(?:撤回|撤销|撤消|收回|作废|取消)(?:[^,]{{0,10}}(?:申请|支持|请求|{STRONG}|邮件|审批|确认|回复|意见|决定|上次|刚才|之前|单子|安排|行程|这次|本次))|(?:申请|支持|{STRONG}|邮件|回复|意见|确认|审批)[^,]{{0,6}}(?:撤回|撤销|撤消|作废|取消|收回)|(?:{STRONG}|回复|意见|确认|审批)[^,]{{0,6}}(?:不算数?|无效|不作数)|(?:不用|无需|不需要|不必)(?:再)?(?:支持|来人|派人|去人|安排|去了|来了|审批|批)了|\\b(?:withdraw|revoke|retract|rescind|recall(?:ing)?|call off)(?:s|n|ed|ing)?\\b|\\bcancel(?:l?ed|l?ing)?\\b|批[^,]{{0,4}}(?:作废|撤回|收回|不算数?)|^(?:客户|我们|甲方|对方|用户)[^,]{{0,8}}不(?:做|搞|需要|装|要|用|来|弄)了|不用了吧?,?取消|(?:项目|客户)[^,]{{0,4}}(?:停了|黄了|取消了),?|(?:申请|单子?)[^,]{{0,3}}撤了"),
    # --- yes inside a refusal (rhetorical, mocking)
    (Tag.NEVER, "(?:这|那|这样|这种|这个|这都|这种事|这种申请|就这)[^,]{0,6}?(?:也能|都能|还能|也敢|还敢|也好意思|还好意思|居然|竟然|也想|还想|也要我|也叫|也算|也配|也来|还来|也找我|还找我)[^,]{0,3}?(?:找|求|让|叫)?[^,]{0,3}?(?:批|同意|申请|通过|批准|支持|报|算|完成|做完|搞定|验收|签|核算)[^,]{0,6}"),
    (Tag.NEVER, f"(?:什么时候|啥时候|何时|哪天|几时|何曾)(?:[^,]{{0,4}}?{ANY_YES}[^,]{{0,2}}过|(?:说|讲|答应)[^,]{{0,3}}{ANY_YES})"),
    (Tag.NEVER, f"(?:难道|你觉得|你认为|你们觉得|你以为|凭什么|凭啥|哪能|岂能|怎么能|怎么可能|怎么会|怎能|如何能|怎么敢|谁敢|谁会|哪里能|谁说|谁讲|哪个说|什么时候(?:说|讲)过|何时(?:说|讲)过|哪会|哪敢|让我怎么|叫我怎么|要我怎么|我怎么|为什么要|何曾)[^,]{{0,6}}?(?:我)?(?:会|能|敢|要|给|说|就|已|已经|过)?[^,不没]{{0,3}}?{ANY_YES}[^,]{{0,8}}"),
    (Tag.NO, f"{STRONG}(?:个|你个|才怪|个鬼|个头|个屁|不了|不得|不下去|不起|不下)|(?:想都别想|别想|想得美|门都没有|没门|休想|免谈|不像话|开什么玩笑|开玩笑吗|胡闹|乱来|扯淡|做梦|荒唐|离谱|没戏|批才怪|站不住脚|驳回|退回|打回|否决|否定|不准|不予|不许|拒绝|回绝|拒批|谢绝|婉拒)"),
    (Tag.SARCASM, "呵呵|🙄|😒|😏|🙃|(?:你们?|可|也)(?:可)?真(?:行|会|能|敢|可以|厉害|牛)(?:啊|呀)?|真行啊|真可以啊|会(?:挑|选)(?:时间|时候|日子)|太会(?:挑|选)|好意思|(?:当我|我是)(?:橡皮图章|傻子|摆设|盖章的?)|不如(?:你|您)(?:来|自己)(?:批|签|当)|干脆[^,]{0,6}(?:你|您)(?:来|自己)?批|都(?:给)?批[,.]*都批"),
    # --- double negation and "no …" that is a yes; 不是不同意 waits for its "but"
    (Tag.UNSURE, "(?:也|又|倒|并|都|我)?(?:不是|并非|不等于|没说|没有说|未必|不见得|不一定)(?:我|说|就)?(?:不同意|不批准|不批|不支持|不行|不可以|不能|反对|不想批|不愿意)"),
    (Tag.UNSURE, "(?:不得不|不能不|不好不|不好意思不|不敢不|能不|敢不)(?:同意|批准|批|支持|答应)"),
    (Tag.YES, "(?:没有?|无|没什么|找不到|没有任何)(?:理由|道理|原因|不)?(?:不同意|不批准|不支持)(?:见|的)?|(?:不会|不可能)不(?:同意|批准|批|支持)|不胜(?:同意|赞成)"),
    (Tag.PERSONAL_YES, "(?:没|没有|无|并无|毫无|暂无)(?:什么|啥|任何|其他|别的|不同|反对)?(?:意见|异议)|(?<!不)不反对"),
    # --- a refusal that does not end the matter, or that is past
    (Tag.PLAIN, f"(?:本来|原本|原来|起初|一开始|开始时?|曾|早先|本想|本要|原想)[^,]{{0,6}}(?:不|没|拒)[^,]{{0,4}}{ANY_YES}"),
    (Tag.UNLESS, "除非|否则|要不然|不然的?话?"),
    # Refusing a number asks for a smaller one.
    (Tag.HEDGE, "(?:两|二|三|四|五|六|\\d)(?:天|个人|人天?|人)(?:太多|不行|不可以|没必要)"),
    # A plan for the case that it fails: "先远程看，不行再去现场".
    (Tag.CONDITION, "(?:不行|搞不定|解决不了|不够)(?:的话)?(?:再|就|才)"),
    # Nobody free refuses when it is all that is said; beside a yes it explains who goes instead.
    (Tag.SHORT, "(?:不要|别|不用|不必|不能|不可|甭|无需|不许|不准|不需要|没必要|用不着|犯不着)(?:再)?(?:去|来|派|安排|支持|上门|搞|跑|现场)(?:现场|人|了|支持|一趟)?|(?:暂|暂时|先|这次|本次|此次|也|就|都)?不(?:考虑|安排|派|去|做|来)(?:人|了)?(?!不)|没人(?:可派|能去)?|派不出|排不开|抽不出人?|人手不(?:够|足)|去不了|做不了|安排不了|安排不开|没空|没有人手|没有?资源"),
    (Tag.HEDGE, "(?:只|仅|就只)(?:是|能)?(?:同意|批准|批)[^,]{0,20}"),
    (Tag.LATER, "(?:周[一二三四五六日天]|今天|明天|后天|这周|本周|下周.?|\\d{1,2}[号日]|上午|下午|月底)(?:不行|不可以|不方便|没空|没人|排不开)"),
    # A yes denied at a distance. Saying that one has not said yes is a denial of the yes, and is asked no further.
    (Tag.NO, f"(?:没|没有|未|未曾|从未|从没|不曾|何曾|并未|并没有?|还没|还没有|尚未|仍未|不)(?>(?:说过?|讲过?|表示过?|表态|答应|承诺|明确|正式|代表|等于|意味着|算|是|算是|认为|觉得|打算|准备|想|愿意?|敢|会|能|可能|该|应该|应|宜|便|太|很|大|完全|全|再|予|可|得|要|用|必|肯|建议|方便|适合|够)*)(?>(?:我|是|本人|我们|你|就|说|已|已经|表示|给|让|再|来|去|太|很)*)[^,]{{0,2}}?{STRONG}(?!书)(?:的|了|吧|啊)*(?=$|[,.!~]|这|此|该|本|申|你|他|因|，)"),
    (Tag.NO_PART, f"(?:没|没有|未|不|还没|尚未|并不|并未)(?:能|会|想|可|予|太|敢)?{STRONG}(?!书)"),
    (Tag.NO, "未(?:能|予|获|被)?(?:通过|批准|同意|获批|认可|批)|(?:没|没有|无)可能[^,]{0,3}(?:批|同意|通过|支持)"),
    (Tag.NO, "(?:没|没有|未|从没|从未|不曾|未曾)(?:有)?(?:答应|批|点头|松口|签|表态|拍板|许可|应允)(?:过|这|该|此|准|$)|not (?:by|from|for) me|can ?not support|not able to"),
    (Tag.NO, f"(?:无法|没法|没办法|难以|恕难|很难|碍难|不便|未便|岂可|断难|歉难){STRONG}"),
    (Tag.NO, "(?:暂|暂时|先|目前|现在|现阶段|当前|眼下|这次|本次|此次|我)?(?:不|没法|没办法|无法|不能|不可能|不会|不予|不想|不打算|难以|不便|不好|不宜|不敢|不建议|不太好|不该|不应|不应该|绝不|决不|坚决不|恕不|恕难|恕不能)(?:能|可以|会|再|给|予|来|去|太)?(?:批|审批通过|通过|支持|答应|接受|认可|签字|签|放行|受理|办理|从命|认同|赞成|赞同|允许|苟同|点头|考虑)(?:了|这|该|此|的|你|他)?"),
    (Tag.LATER, "(?:暂|暂时|先|目前|现在|近期|这周|本周|这几天|最近)(?:先)?(?:不|别|不要|不用)(?:急|忙|着急|安排|动|去|做|弄|启动|开始|处理|上门|派人?|考虑|定|办)"),
    (Tag.NO, "(?:不|没)(?:可以|行(?!程)|成(?!功)|妥|合适|合理|合规|符合(?:规定|要求|规范|流程)?|ok|可行|通过|必要|这个必要|同意)|(?:反对|不可(?!能|避免|以)|不需要(?:去|派|支持|现场)|没必要|没有必要|批不了|支持不了|办不了)"),
    # --- said by or of others, wished, or a noun: decides nothing
    (Tag.OTHER, f"{STRONG}(?:书|函|权|单|人|章)|(?:审批|批准|同意)(?:流程|权限|人|环节|制度|记录|意见栏)"),
    (Tag.OTHER, f"(?:我)?(?:很|完全|也|非常|基本)?{STRONG}(?:你们?|您|他们?|她|大家|上面|楼上|上述|前面|各位|{PERSON})的?(?:看法|观点|说法|意见|想法|分析|判断|建议|思路|见解|评价|描述|感受|顾虑|担心|总结)"),
    (Tag.CONDITION, f"(?:如果|若是|若|如|要是|假如|倘若|只要|只有|一旦|万一|等|待|等到|当|除非|在|经|凭|视|取决于|以)[^,]{{0,30}}?(?:就|即|则|才|便|再|后|方|方可|才能|的话|为前提|前提下|而定|为准)[^,]{{0,4}}?(?:{ANY_YES}|行)"),
    # "可以是可以" concedes before its "but".
    (Tag.HEDGE, "(?:可以|行|同意|好|没问题|批)(?:归|是)(?:可以|行|同意|好|没问题|批)"),
    (Tag.CONDITION, f"(?:好|齐|完|到|定|签|付|批|办|补|谈|过|清楚|明白|确认|回复|解决|同意|点头|准备|落实|下来)(?:好|完|齐)?了?(?:以?后|之后)?(?:我|你|我们|你们|咱们)?(?:就|再|才|则|便|即|方)(?:可|可以|能|会)?(?:给你?)?(?:{ANY_YES}|安排|去|行|执行|派)|(?:签|付|确认|到|齐|定|办|补|谈|回复|解决)了(?:可以|能|行)"),
    (Tag.CONDITION, f"(?:再|才|方可|方能|方)(?:能|可以?|会)?(?:给)?(?:你|您|你们)?{STRONG}"),
    (Tag.CONDITION, f"(?:{ANY_YES}|签了?)了?(?:就|即|便)(?:可以?|行|好|ok)|(?:{ANY_YES}|签了?|行)(?:了)?(?:的话|的前提|之后|以后|后)[^,]{{0,8}}?(?:再|才|就|方|即)?(?:{ANY_YES}|行|去|安排)?|(?:接受|付款|付了款|到位|点头|没意见|没问题|盖章|审完|看过|答应|通过)了?(?:就|即|便)(?:可以?|行|好|ok)|(?:才行|方可|才能|才可以?|才会|才好|为前提|前提是?|的前提下|的情况下|条件是|附条件|有条件|以[^,]{{1,12}}为条件)"),
    # The customer signs the form (R20): part of the work, nobody else's decision.
    (Tag.PLAIN, "(?:让|请|找)客户(?:在[^,]{0,6})?签(?:字|收)(?:确认)?(?!后|再|才|了)"),
    (Tag.OTHER, f"(?:希望|盼望|盼|望|恳请|恳求|敬请|烦请|请求|求|祈|期待|期望|还望|还请|务请|呈请|提请|特请|拜托|麻烦|(?<!申)请|想请|申请(?!同意)|等待|静候)(?>(?:您|你|领导|{_TITLE}|能|能够|尽快|尽早|及时|早日|给予|予以|帮忙|一并|大家|各位|总监|老板|百忙之中|批准)*)(?:同意|批准|审批|批示|批复|核准|审核|审阅|批一下|批下|支持|通过|赞成|确认为盼|定夺|指示|考虑)(?:为盼|为荷|一下|下)?"),
    (Tag.DECIDE, f"(?:请|让|由|找|问问?|交给?|交由|转给?|转交给?|转发给?|报给?|报请|呈|提交给?|麻烦|联系|征求|征得|取得|听取?|听从|看|需要?|须|要|得|经|@)(?:一下|下)?{PERSON}[^,]{{0,8}}?(?:来?定(?!时)|决定|决策|审批|批准|批示|批|拍板|做主|作主|把关|审核|审定|定夺|说了算|意见|同意|确认|点头|发话|签字|审阅|裁定|判断|裁决|的$|的吧)"),
    (Tag.DECIDE, f"(?:等|待|看){PERSON}(?:来|的)?(?:定|决定|批|批准|拍板|意见|回复|确认|指示)(?:吧|了)?$|(?:归|属于?){PERSON}(?:管|负责|处理)?|{PERSON}(?:来)?拿主意"),
    (Tag.DECIDE, f"(?:问|请示|咨询|征询|去找|去问|请教)(?:一下|下|问)?{PERSON}(?:一下|吧|看看|的意见)?$|{PERSON}看着办"),
    (Tag.DECIDE, f"(?:以|按|听|遵|依)[^,]{{1,10}}?(?:意见|说的|决定|回复|批示|指示)(?:为准|办|执行|来)?|听{PERSON}的|{PERSON}(?:来|去|自己|那边)?(?:定夺|定(?:一下|下|吧|了)?$|裁决|决定|拍板|说了算|做主|作主|有权|把关)"),
    (Tag.DECIDE, f"(?:转|转给|转交|转发给?|转呈|呈报|上报|报|报给|提交给?|呈){PERSON}(?:$|[^,]{{0,4}})|(?:不归|不是|不属于|不由|轮不到)(?:我|本人|我们|我这边|我部门)[^,]{{0,4}}(?:管|负责|定|批|决定|审批|范围|权限|说了算)|(?:我|本人)(?:没|无|没有)(?:权|权限|资格)[^,]{{0,6}}|超出[^,]{{0,4}}权限|(?:你|您|你们)(?:们)?(?:自己|自行)?(?:来)?(?:看着办|决定|定吧?$|定夺|做主|商量|协商)|up to (?:him|her|them|you|[a-z]+)|(?:ask|check with|talk to|consult|refer to|forward(?:ed|ing)? (?:this |it )?to|pass(?:ed|ing)? (?:this |it )?to|contact|over to|defer to|let|escalate to) (?:mr\\.? |ms\\.? |mrs\\.? )?[a-z]+(?: [a-z]+)?(?: (?:decide|handle|approve|confirm|take over|take it))?|[a-z]+ (?:will|should|can|shall|to) decide"),
    (Tag.TAKE, f"(?:请|让|由|找|叫|交给?|交由|转给?|麻烦|联系|安排|@|和|与|跟){PERSON}[^,]{{0,10}}?(?:处理|跟进|跟一下|看看|看一下|看下|负责|评估|回复|答复|对接|接手|来弄|办理|办|牵头|协调|沟通|解决|安排|接洽|准备|支持|去|前往|联系|商量|$)|{PERSON}(?:来|去)?(?:处理|跟进|负责|对接|接手|牵头)(?:一下|下|吧|此事)?|(?:这个|这事|此事|这件事)?(?:请)?找{PERSON}|@[\\w\\u4e00-\\u9fff]+"),
    # --- bound, partial, perhaps
    (Tag.HEDGE, f"(?:原则上?|基本上?|大体上?|大致|部分|有条件地?|有限|勉强|暂时|暂且|暂|姑且|初步|先|个别|倾向于?|理论上|道理上|口头上|方向上|总体上)(?:地|可以|是|都)?(?:{STRONG}|可以|可行|通过|ok|没问题|没意见|支持|行|确认)"),
    (Tag.HEDGE, f"(?:应该|大概|可能|也许|或许|估计|恐怕|差不多|似乎|好像|貌似|我猜|说不定|按理|看来|多半)[^,不没难无]{{0,4}}?(?:{STRONG}|可以|行|没问题|没有问题|ok|会批|能批|通过|没意见)|可以(?:吧|考虑|研究|讨论|商量|再议|试试|谈)|(?:准备|打算|拟|将|会|想|愿意|倾向|考虑)(?:于)?{STRONG}"),
    (Tag.CONDITION, "^(?:若(?!干)|如(?!上|下|题|期|何|此|常|实|约|愿|意|有问题|遇)|倘|假使|设若|但凡|凡是|只有)|如果|若是|假如|倘若|要是|只要|一旦|除非|前提|条件|的话|\\bif\\b|\\bunless\\b|\\bprovided\\b|\\bproviding\\b|\\bsubject to\\b|\\bas long as\\b|\\bonce\\b|\\buntil\\b|\\bcondition|\\bassuming\\b|\\bpending\\b|\\bafter\\b|\\bbefore\\b|\\bwhen\\b|\\bonly\\b|\\bin principle\\b|\\bpartial"),
    # --- what is missing
    (Tag.PLAIN, "(?:下次|下回|今后|以后|往后|日后|后续|将来)(?:可)?(?:请|要|需要?|务必|一定要?|必须|记得|应该?|得|都要?|注意|提前|按|早点|尽量|不要|别|不能|不可|不得|还是)[^,]{0,20}|下不为例"),
    (Tag.FACT, "(?:预算|版本|型号|数量|台数|联系人|电话|地址|拓扑|规模|环境|用户数|配置|合同|金额|费用|价格|报价|利润|毛利|序列号|机型|操作系统|系统|带宽|点位|产品|服务器|时间|工期|人数|地点|楼层|单价|订单)[^,]{0,6}(?:多少|几|什么|哪|是谁|何时|呢|有吗|有没有|是不是|咋样|怎么样|如何)|(?:多少|几|哪个|哪些|什么|啥|哪种)(?:钱|台|套|个点|个?用户|个?版本|型号|设备|服务器|产品|系统|环境|预算|合同|个?节点|机器|人用)"),
    (Tag.OTHER, "我(?:也|还)?不(?:清楚|知道|了解|确定)"),
    (Tag.FACT, r"^具体(?:的)?(?:时间|地点|地址|内容|需求|范围|要求)$|(?:时间|地点|地址|内容|型号|版本|数量|电话|联系人|合同号|编号|清单)呢$|\b(?:what|which)(?: is|'s)? (?:the |your )?(?:\w+ )?(?:version|address|budget|model|contact|scope|quantity|environment|location|date)\b|\bhow many (?:servers|users|devices|machines|licen[sc]es)\b"),
    (Tag.INFO, "(?:请|麻烦|烦请|需要?|须|得|要|先|再|并|务必|必须|应|还|还需|还要|尽快|帮忙|把)?(?:销售|你|您|你们|申请人|工程师)?(?:先|再|尽快|务必|详细|进一步|一并|补充)?(?:补充|提供|说明|明确|完善|细化|附上|补齐|补全|补上|补一下|补一份|补交|补个|补填|补报|写清楚?|写明|讲清楚|说清楚|讲明|列出|列一下|列明|列个|填写(?:完整|清楚|全|好|申请)|填全|填上|补来|重新填|重填|解释|告诉我|告知[^,]{0,12}(?:联系人|电话|地址|时间|地点|版本|型号|内容|情况|原因|需求|环境|方式)|还差|澄清|核实一下|交代|出具|给出|发我|发给我|发来|发过来|发一份|发一下|给我发|给我一份|给个|贴出来|传我|让我知道)"),
    (Tag.INFO, "(?:写|列|讲|说|填|标|注|描述|交代|说明)得?(?:清楚|清|明白|详细|具体|全|完整|细)(?:一?点|些|一下)?|重新(?:写|填|报|提交|整理|提|申请)|(?:补|加|附)(?:一下|下|个|份|上)[^,]{0,10}|(?:需|要|得|请|先|把)[^,]{0,8}(?:说明|交代|介绍|描述|列|讲|发)(?:一下|下|给我|过来)"),
    (Tag.INFO, "(?:信息|内容|材料|资料|申请|描述|字段|说明|背景|需求|细节|写得|填得|理由)[^,]{0,6}(?:不全|不完整|不够|不足|不清|不明确|不详|太少|太?简单|太?笼统|太?含糊|太?粗略?|模糊|缺失|有缺|欠缺)|缺(?:少|了|乏|失)?[^,]{0,12}|(?:没|没有|未|漏)(?:写|填|注明|说明|提供|附|标|列|提到|看到|见到|找到|收到|说清楚?|写清楚?|讲清楚?)[^,]{0,12}|(?:附件|图|方案|文件)(?:打不开|是空的|看不到|没看到)|看不(?:懂|明白|清|出来?)|不(?:清楚|明确|了解|知道|太清楚|太明白|明白)|(?:需要|想|要|得)(?:先)?(?:了解|知道|看到|看看|看一下)|更多(?:信息|细节|资料)|more (?:info|information|detail)|(?:please|pls|kindly) (?:provide|send|add|clarify|specify|explain|share|attach|supply|elaborate)|need(?:s)? (?:more|the|to know|further|some|additional)|(?:missing|incomplete|unclear)|send me|let me know|tell me"),
    # --- later
    (Tag.REPLY_LATER, "(?:晚点|晚些|稍后|回头|等下|等会儿?|过会儿?|一会儿?|待会儿?|明天|尽快|有空)(?:再|会|就|给|我)*(?:回复|答复|回你|回您|给你回|看看?|看一下|细看|处理)(?:你|您|大家)?"),
    (Tag.LATER, "(?:下周.?|下个?月|明天|后天|节后|年后|月底|国庆后|春节后|放假后|回来后?|[^,]{0,6}之?后)(?:吧|为宜|比较好|更好)|(?:(?:推迟|推后|延后|延期|延迟|顺延|晚|缓|过|隔)(?:个)?[一两几半](?:个)?(?:天|周|月|星期|礼拜)|推迟|推后|延后|延期|延迟|顺延|暂缓|缓(?:一|两|几)?(?:天|周|下|个)|(?:先|再|暂|得|要)缓|缓一缓|缓一下|缓缓|缓办|缓几天|往后(?:推|放|挪|延|排|拖|靠)|后延|搁置|搁一搁|放一放|放一下|先放|压一压|压一下|晚(?:点|些|几天)|改天|改日|改期|过(?:几天|两天|阵子|段时间|一阵|了?节|完?年)|隔(?:几天|两天)|等(?:等|一等|一下|几天|我|通知|一阵|节后|下周|下个月|月底|年后|到)|稍等|稍候|稍后|且慢|先等|不急|不着急|考虑(?:一下|下|考虑|几天|两天|一两天|清楚)|(?:等|待)[^,]{1,16}?(?:再|以后|之后|后|开完|回来)|想(?:想|一想|一下)|斟酌|容后|回头|日后)|(?:再|另)(?:说|议|定|看|谈|讨论|商量|商议|决定|考虑|安排|联系|通知|行通知|约|审|审批|批|答复|回复|研究|议定)|(?:以后|将来|有空|下次|下周|下个?月|明年|节后|年后|月底|月初|周末|明天|后天|过后|之后|回来后?|届时|到时候?)(?:再|才)|\\bpostpone|\\bdelay|\\bput (?:it |this )?off\\b|\\blater\\b|\\bnext (?:week|month|year|quarter)\\b|\\bon hold\\b|\\bhold (?:on|off)\\b|\\bnot (?:now|yet)\\b|\\bwait\\b|\\breschedul|\\bnot this week\\b|\\bdefer\\b"),
    (Tag.CHANGE, "(?:改到|改为|改成|改在|改由|改派|改一下|改下|改用|换成|换到|换个|换人|换由|调整为|调整到|调整成|调到|调为|变更为|变为|提前到|挪到|移到|压缩|缩短|减少|减为|减到|降到|降为|砍掉|去掉|删掉|删除|只(?:能|给|去|派|批|同意|做|需|要|有|安排|算|认|支持)|仅(?:限|批|同意|给|支持|派|需|安排)|最多|至多|不超过|不得超过|以内|封顶|为限|就够|足够|够了|而不是|不是[^,]{0,8}|不含|不包括|除外|除了|一个人就|一人即可|远程(?:即可|就行|就好|吧|解决)|instead|rather than|at most|no more than|\\bchange\\b|\\bmove\\b|\\bexcept\\b)"),
    # --- yes
    (Tag.QUESTION, f"(?:是否|是不是|能否|可否|能不能|可不可以|要不要|该不该|会不会)(?:[^,]{{0,4}}(?:{ANY_YES}))?|同不同意|同意与否|同意不同意|同意没同意|批不批|批没批|行不行"),
    (Tag.YES, f"{STRONG}(?!前|之前|以前)"),
    # --- small words that may bind or turn a yes
    (Tag.PLAIN, "(?:完成|结束|做完|弄完|实施|到达|到场|到现场|现场|返回|回来|事|处理|支持|搞定|离场|安装|上线|收到|完工|调试|培训|部署|测试|迁移|升级)(?:完|毕|完毕|成|完成|之|以)?后|最后|然后|今后|(?:需|需要|要|请|须)(?:提供|提交|填写|交|签|出|补|准备|有)?(?:技术支持)?(?:服务单|验收单|周报|服务报告|实施报告|总结)|提前|没得说|没话说|没的说|(?:按|按照|符合|满足|达到)[^,]{0,6}要求|就算了|不用(?:再)?(?:等|回复?|谢|客气|担心|带|问|请示|汇报|走)(?:我)?了?|不必(?:再)?(?:问|请示|回复|客气)(?:我)?了?|不客气|不错|(?:不要|别|勿|不得|切勿|请勿|切莫|不能|不可)(?:迟到|忘|忘记|忘了|耽误|延误|拖|影响|遗漏|漏|出错|掉以轻心|担心|客气|着急|大意|马虎|超时|误)[^,]{0,8}|先生|等人|务必(?:注意|小心|准时|尽快|按时)|不见不散|无需回复|必要时|随时|再次|(?:需要|要|请|多|也|务必)?注意|不便之处|再接再厉|不辞|没(?:事|关系)|尽量|要(?:快|尽快|准时|小心)|no (?:problem|worries|issue|issues|objection|objections)"),
    # A day by itself: beside "nobody free" it is a later day.
    (Tag.WHEN, "下周|下个?月|明天|后天|节后|月底|下旬|年后|改日"),
    (Tag.QUESTION, "为什么|为何|为啥|怎么|咋|谁|哪里|哪儿|哪个|哪天|哪位|哪些|哪家|几点|几天|几个|几人|几号|多少|多久|多长|什么|啥|何时|何处|如何|\\b(?:why|what|who|when|where|which|how|could you|can you|would you|do you|is it|are you|is there|should we|will you)\\b"),
    (Tag.HAZARD, "后(?!续|台|面|端|天|勤|期|备|门|缀|果)|太(?=多|长|久|高|贵|大|少|晚|早|急|短|紧)|过(?=多|长|高|早|晚)|多了|但|不过|只是|可是|然而|却|除|先|再|才|等(?=我|你|他|客|通|下|明)|(?<![对招接善厚])待|需|须|必须|务必|要求|必|改|换|调整|推(?!进|动|荐)|延|缓|减|仅|只|不|没|未|无(?!线|锡)|非(?!常|项目)|否|别(?!人)|勿|建议|最好|希望|应该|应当|可能|估计|暂|视|看情况|另(?!外)|其他|上次|之前|以前|刚才|刚刚|曾(?![工总])|原来|本来|其实|虽然|虽|尽管(?!去|安排|说|放心|用)|即使|就算|万一|仍|除外|负责到底|出了事|后果|取消|撤|错|\\b(?:not|no|never|none|but|however|though|although|yet|cannot|won|don|didn|doesn|isn|wasn|can't|except|first|maybe|perhaps|might|should|would|could|must|need|require|hope|wish|think|another|other)\\b|n't\\b"),
)

# English in front of INSIDE: whole words only.
_EN_NOT = "(?:not|no|never|cannot|can't|can not|won't|will not|don't|do not|didn't|did not|doesn't|does not|isn't|is not|haven't|have not|hasn't|has not|wouldn't|couldn't|shouldn't|unable to|refuse to|wont|dont|cant|hardly|nobody|neither|nor)"
_EN_YES = "(?:approv(?:e|es|ed|ing|al)|agree[ds]?|accept(?:ed|s|able)?|ok|okay|proceed(?:ed|ing)?|go ahead|support(?:ed)?|confirm(?:ed|s)?|fine|good|sign(?:ed)?(?: off)?|possible|happy|allow(?:ed)?|grant(?:ed)?|endorse|consent)"
ENGLISH: tuple[tuple[Tag, str], ...] = (
    (Tag.PERSONAL_YES, r"\b(?:no|without|have no|don't have any|do not have any) (?:objections?|issues? with|comments?)\b(?: from (?:me|my side))?"),
    (Tag.YES, r"\b(?:no problem|not a problem|no issues?)\b"),
    (Tag.PLAIN, r"\bno (?:worries|need to reply|hurry|rush)\b|\bnot only\b"),
    (Tag.NO, rf"\b{_EN_NOT}\b(?: \w+(?:'\w+)?){{0,5}}? {_EN_YES}\b"),
    (Tag.NO, r"\b(?:disapprove[ds]?|disagree[ds]?|reject(?:ed|s|ing)?|declin(?:e|ed|es|ing)|den(?:y|ied|ies)|refus(?:e|ed)|turn(?:ed)? (?:it |this )?down|veto(?:ed)?|no go|not (?:ok|okay|possible|acceptable|allowed)|can't do|against this|object to|i object|won't happen|unacceptable|out of the question)\b"),
    (Tag.OTHER, r"\b(?:please|pls|kindly|hope|hoping|wish|waiting|wait|awaiting|could you|can you|would you|need|needs|requires?|request(?:ing)?|asking|seek(?:ing)?|for|your|his|her|their|get|got) (?:\w+ ){0,3}(?:approv(?:e|al)|agree|confirm(?:ation)?)\b(?! to (?:you|go))"),
    (Tag.YES, r"^(?:ok|okay|yes|sure|fine)\b(?! \w+ (?:you|he|she|they|who)\b)|\b(?:approved|approve|agreed|agree|accepted|accept|confirmed|confirm|go ahead|green light|lgtm|looks good|look good|looks fine|looks ok|sounds good|fine (?:by|with) me|ok (?:by|with|from|for) (?:me|my side)|go for it|good to go|please proceed|pls proceed|proceed|please go ahead|approval granted|you have my (?:approval|ok|go)|permission granted|granted|works for me|happy to approve|all good|good with me|i'm ok|ok to proceed|okay to proceed|happy with (?:it|this|that)|signed off|thumbs up from me|endorsed)\b"),
)
# In front of an English yes: the writer or the request is the subject.
EN_SELF = (
    r"(?:i'm|i am|i|we|we're|hereby|this|that|the|it|it's|its|is|request|application|case|support|all|fully|totally|completely|ok|okay|yes|yep|sure|hi|hello|dear|please|pls|kindly|to|me|have|has|been|be|and|also|"
    r"for me|from me|my side|from|for|on|of|with|very|much|consider|happy|team|well|noted|thanks|thank you|great|good|just|do|can|as|requested|\W)"
)

# ---- words that only a stage gives their sense ------------------------------------------------------------------------
_DONE = "(?:完成|完毕|做完|弄完|弄好|搞定|搞完|装完|装好|结束|完工|做好|调好|调通|上线|完结|处理完|实施完|部署完|安装完|验收)"
_SOFT_DONE = f"{_DONE}(?:了|啦|得|的|情况|效果|很好|良好|不错|顺利|圆满|满意|完毕)*"
COMPLETION: tuple[tuple[Tag, str], ...] = (
    (Tag.CONDITION, "(?:之?后|以后|了)(?:我|我们)?(?:再|才|就|方|即)?(?:可|可以|能)?(?:关闭|结案|验收|确认|归档|关单)(?!了)"),
    (Tag.NO, r"\bnot (?:yet )?(?:complete[d]?|done|finished|closed?|working|resolved|fixed)\b|\bstill (?:down|failing|broken|not|has|have|open|pending)\b|\b(?:incomplete|unfinished|complain\w*)\b"),
    # What is left over refuses when it is all that is said; beside a yes it is to be done yet.
    (Tag.SHORT, "(?:还有|还|有|存在|尚有|仍有)?(?:一些|几个|部分|少量|个别|一点)?(?:遗留|剩余|未尽|收尾)(?:的)?(?:问题|事项|工作|项|部分)"),
    (Tag.NO, f"(?:没|没有|未|尚未|还没|还没有|并没有?|并未|不算|不能算|不是|远没)(?:有|能|完全|全部|真正|都|给|把|正式|通过)*{_DONE}|{_DONE}(?:不了|不好)|(?:没|没有|未)签(?!收单)|不算(?!多|大|什么|太)|没弄|没装|没做|没去|没来|没人来|没调|没测|没修|没解决|没有解决|未解决|没(?:能)?恢复|宕机|坏了|又坏|崩了|挂了|瘫痪|中断|解决不了"),
    (Tag.NO, "(?:还|仍|仍然|依然|依旧|又|目前|现在)?(?:有|存在|出现|留有|遗留)(?:一些|一个|几个|点|很多|不少|部分|严重|较多|个|较大|其他|若干|两个|小|bug|的)*(?:问题|故障|报错|错误|bug|异常|隐患|异议|缺陷|毛病|投诉|出入|瑕疵|意见)|(?:还|仍|仍然|依然|还是|依旧|一直|总是|又|经常|偶尔|频繁)(?:在)?(?:报错|出错|死机|卡|断|连不上|登不上|登录不了|打不开|用不了|不能用|不行|不稳定|不通|慢|掉线|失败|蓝屏|重启|报警|告警|崩|闪退|无法)|(?:报错|连不上|打不开|用不了|不能用|不稳定|不正常|不好使|不满意?|不合格|投诉|抱怨|返工|重做|重新做|不对|没效果|没到位|不到位|不达标|不符|未达到|没达到|没有达到|有异议|不认可?|退回|驳回|有意见|不能(?:关闭|结案|验收|确认|算)|不(?:予|能)?(?:关闭|结案|验收|确认)|没法(?:验收|确认|关闭)|(?:先|暂时?|请)?(?:别|不要|不用|不)(?:急着|忙着?|着急)?(?:关|结案|结单|验收|确认)|重新打开|还差|差(?:一|两|几)|漏了|少装|少了)"),
    (Tag.YES, r"\b(?:completed?|works? (?:fine|well|now)|done|finished|all good|working (?:fine|well|now)|satisfied)\b"),
    (Tag.HEDGE, f"(?:基本|大部分|大体|部分|主体|差不多|大致|主要)(?:上|都|已|已经)?(?:{_DONE}|可以|没问题|ok|正常|确认)"),
    (Tag.LATER, "(?:等|待)[^,]{0,10}(?:再|才)(?:确认|验收|关闭|答复|回复|说)|(?:明天|下周|过几天|稍后|晚点|回头)[^,]{0,6}(?:确认|验收|答复|回复|去看)"),
    (Tag.QUESTION, f"(?:全部|都|真的|是否|是不是)?(?:都)?{_DONE}了?(?:吗|没有|没|么)"),
    (Tag.OTHER, f"(?:等|待|预计|计划|将|即将|准备|争取|马上|明天|后天|下周|周.|快|正在)[^,]{{0,8}}{_DONE}|{_DONE}(?:后|之后|以后|前|报告|情况|时间|单|确认)(?!.{{0,3}}(?:没问题|属实|ok))"),
)
COMPLETION_WHOLE: tuple[tuple[Tag, str], ...] = (
    (Tag.YES, f"(?>(?:{SELF}|工作|任务|项目|本次|此次|支持|系统|现场|客户现场|客户端|该|服务|已|均|全部|都|确已|确实|顺利|正常|圆满)*)(?:确认)?(?:{_SOFT_DONE}|通过|合格|无误|验收(?:通过|合格|无误|ok|没问题|完成)|属实|情况属实|符合要求|达到要求|达到预期|正常|运行正常|使用正常|一切正常|很满意|满意|无异议|通过验收|接受|认可|可以验收|可以关闭|关闭|结案|可以结案|可关闭|可结案|关单|确认|已确认|核对无误|确认无误|确认ok)(?>(?:本次|此次|该|支持|申请|工作|任务|项目|服务|,|的)*)" + _MOOD),
    (Tag.YES, f"(?>(?:{SELF})*)(?:确认|同意|认可|可以|接受|准予|予以)(?>(?:本次|此次|该|此|支持|工作|任务|项目|的|服务|申请|已|已经|全部|顺利|现场|客户|{_DONE}|没问题|没有问题|ok|正常|客户满意|满意|验收|关闭|结案|归档|关单|通过|结束|结果|情况|无误|属实)*)" + _MOOD),
    (Tag.OTHER, "(?:客户|甲方|用户|对方)[^,不没未后再才]{0,12}(?:满意|没问题|确认|签字|认可|验收|没意见|很好|好评|表扬|可以|同意|反馈|签了|签收|很好用|ok|通过|正常)[^,后再才不没未]{0,6}"),
)
WORKLOAD: tuple[tuple[Tag, str], ...] = (
    (Tag.NO, "(?:报|写|算|填|估)?(?:多|高|少|低|错|虚)了|(?:重新|重|再)(?:报|核|算|填|评估|核算)|(?:太|偏|过)(?:多|高|少|低)|虚报|有水分|水分|不符|对不上|不对|不合理|不认|有出入|(?:不|没)(?:予|能)?(?:核算|确认|签|结算)"),
    (Tag.YES, r"(?:按|照|就|核算|核定|结算|核为|核|算|计|定为|认定|记|给)(?>(?:实际|预估|申报|原|上报|报的|周报|你们?|申请|工作量|核算|结算|为|成|的|:)*)(?:\d{1,3}(?:\.\d{1,2})?|[一二两三四五六七八九十半]{1,3})个?(?:半)?(?:人?天|人日|工日|工作日|d)(?:半)?(?:来)?(?:核算|结算|计算|算|计|核定|结)?"),
    (Tag.YES, "(?:按|照)(?:实际|预估|申报|原|上报|周报|申请)[^,]{0,8}?(?:核算|结算|计算|算|计|核定|结|来)|(?:确认|同意|认可|核准)(?:工作量|核算|结算|周报)?"),
)
CHANGED: tuple[tuple[Tag, str], ...] = (
    # At this stage the change itself is what was asked, so naming it after the yes repeats the request.
    (Tag.YES, f"(?:{STRONG}|可以|确认|没问题|ok|接受)(?>(?:客户|这个|此|该|本次|上述|以上|工程师|李工|的)*)(?:增加|追加|加|变更|延期|延长|延后|推迟|顺延|改到|改为|改成|换成|换|调整|更换|减少|缩减|按)[^,]{{0,24}}"),
    (Tag.YES, "(?:按|照)(?:新|变更后?|调整后?|修改后?|更改后?|增加后?)的?[^,]{0,12}(?:执行|办|走|来|做|实施|进行|继续)"),
)
OUTLINE_WHOLE: tuple[tuple[Tag, str], ...] = (
    (Tag.YES, f"(?>(?:{SELF}|{TOPIC}|文档|结构|框架|章节)*)(?:没问题|没有问题|可以|ok|很好|不错|很全|挺好|挺全|合适|清楚|清晰|完整|确认|无误|行|就按这个写|按这个写|照这个写|可以开始写|开始写|可以写)(?>(?:的|了)*)" + _MOOD),
)
OUTLINE: tuple[tuple[Tag, str], ...] = (
    (Tag.CHANGE, "(?:增加|加上|加一|加个|补一|补充|添加|删|去掉|合并|拆分|调整|挪|改|换)[^,]{0,24}"),
    (Tag.NO, "(?:重新|重)(?:写|列|拟|做|弄)|不(?:行|对|合适|合理|完整|符合)|太(?:乱|简单|笼统|粗)"),
)
REPORTS: tuple[tuple[Tag, str], ...] = (
    (Tag.ESCALATE, "^升级[:：]|(?:请求|要求|申请|需要)升级(?:处理|到|给)|escalat"),
    (Tag.RISK, "^风险[:：]|(?:存在|有|发现)[^,]{0,8}(?:风险|隐患)"),
    (Tag.PROBLEM, "^问题[:：]|(?:遇到|出现|发现|碰到|有)[^,]{0,10}(?:问题|故障|报错|异常|错误)|报错|装不上|无法(?:继续|安装|连接|登录|启动)|连不上|失败"),
    (Tag.NOT_COMPLETED, f"(?:没|没有|未|尚未|还没|还没有|不能|无法|来不及|未能|没法|暂未|并未|仍未|不算)(?:全部|完全|有|能|按时|如期|按期|都|正式)*{_DONE}|{_DONE}(?:不了|了?(?:大?约)?(?:\\d+%|一半|一部分|大半|百分之|\\d+台|第))|(?:预计|计划|将|即将|准备|争取|马上|快要?|可能|估计|应该|大概|力争|希望|打算|明天|明日|后天|下周.?|稍后|月底|之前|能|可以|才会|会|将要|要|等|待|如果|要是)[^,]{{0,14}}{_DONE}|{_DONE}(?:后|之后|以后|前|之前|时间|计划|时|的话|还需|还要)|(?:基本|部分|大部分|差不多|快|第[一二三]阶段|一期)(?:上|都|已|已经|要)?{_DONE}|(?:能否|是否|什么时候|何时|多久)[^,]{{0,6}}{_DONE}"),
    (Tag.OTHER, "(?:没|没有|未|尚未|还没|还没有|准备|打算|即将|马上|预计|等|快|将)(?:[^,]{0,6})(?:离场|离开|撤场|离店)|离(?:场|开)(?:前|之前|时|后再)"),
    (Tag.LEFT, "(?:已|已经|刚|刚刚|现|现在|人已|我已|都)?(?:离场|离开(?:客户)?现场|离开客户|撤场|撤离|离开机房|从(?:客户|现场)[^,]{0,6}(?:出来|离开|回来)|离开了)|left (?:the )?(?:site|customer)"),
    (Tag.DEVIATION, "(?:工作量|工期|时间|天数|人天)[^,]{0,10}(?:变化|变更|增加|不够|超出|超过|需要?增加|要增加|要延|延长|不足|有变)|(?:需要?|要|得|申请|可能要|预计要?)(?:再|额外|多|追加|增加|加)(?:加|派|来|花|用|要)?[^,]{0,6}(?:人天|天|人|小时|台|套)|(?:产品|型号|版本|设备|范围|内容|需求|配置|数量|方案)[^,]{0,8}(?:不符|不一致|变更|变了|换成|改成|改为|有变|与[^,]{0,8}不同|对不上|不是|增加了?)|客户(?:临时|又|要求|提出|想|希望)[^,]{0,10}(?:增加|加|改|换|变更|多装|追加|另外)|偏差|变更[:：]|超出(?:原|申请|预估|范围)|延期\\d|要延期"),
    (Tag.DOCUMENTS_LATER, "(?:稍后|晚点|明天|后天|下周|回头|马上|准备|将|随后|之后|过后|周.)[^,]{0,6}(?:发|提交|补|上传|给)[^,]{0,10}(?:文档|方案|报告|服务单|资料|附件)|(?:文档|方案|报告|服务单|资料)(?:还没|没|未|尚未|正在|在写|稍后|明天|晚点)"),
    (Tag.DOCUMENTS, "(?:文档|方案|报告|资料|服务单|计划|说明书|手册|验收单|周报|拓扑图?|清单|sow|材料|配置|记录)[^,]{0,14}(?:见附件|在附件|附上|已发|发送|请查收|请审阅|提交|已上传|附后|如附|如下附|奉上|归档|请查看|发您|发给)|(?:见|详见|请见|附件是|附件为|附上|附|提交|发送|上传|送上|奉上|补上|交)[^,]{0,10}(?:文档|方案|报告|资料|服务单|计划|说明书|手册|验收单|附件|材料|清单|周报)|附件(?:请查收|已发|如下|为|是|里|中)|documents? (?:are )?attached|(?:please )?(?:see|find) (?:the )?attach"),
    (Tag.COMPLETED, f"(?:已|已经|均已|都已|全部|顺利|今天|今日|现已|刚刚?|确认|客户端|现场|工作|任务|安装|实施|部署|调试|升级|培训|测试|迁移|巡检|项目|支持)*{_DONE}(?:了|啦|毕)?|\\b(?:completed|finished|done)\\b"),
)

STAGE_WHOLE: dict[ReplyStage, tuple[tuple[Tag, str], ...]] = {
    ReplyStage.COMPLETION_SALES: COMPLETION_WHOLE,
    ReplyStage.COMPLETION_DIRECTOR: COMPLETION_WHOLE,
    ReplyStage.DOC_OUTLINE: OUTLINE_WHOLE,
    ReplyStage.WORKLOAD: ((Tag.YES, f"(?>{SELF}*)(?:确认|核准|无误|确认无误)" + _MOOD),),
    ReplyStage.RETROACTIVE: (
        # R6: the yes was given by telephone, here it is put in writing.
        (Tag.YES, f"(?>(?:{SELF}|情况|补发|补单|应急|当时|确实|的确|是我|事先|事前|前期)*)(?:属实|确认|情况属实|知情并同意|同意的|安排的|批准的|同意过的?|批准过的?|补吧|补发吧|补上吧|同意补发?|确认补发)" + _MOOD),
    ),
    ReplyStage.EXECUTION_CHANGE: ((Tag.YES, f"(?>{SELF}*)(?:确认|确认变更|变更确认|确认增加|接受|照变更执行)" + _MOOD),),
    ReplyStage.APPLICATION: ((Tag.YES, f"(?>{SELF}*)(?:确认|已确认|确认支持|确认安排|确认申请|确认通过)" + _MOOD),),
}
STAGE_INSIDE: dict[ReplyStage, tuple[tuple[Tag, str], ...]] = {
    ReplyStage.COMPLETION_SALES: COMPLETION,
    ReplyStage.COMPLETION_DIRECTOR: COMPLETION,
    ReplyStage.WORKLOAD: WORKLOAD,
    ReplyStage.EXECUTION_CHANGE: CHANGED,
    ReplyStage.DOC_OUTLINE: OUTLINE,
}

# ---- around the sentences --------------------------------------------------------------------------------------------
# Polite formulas that hold an "if" or a "not"; they bind nothing and are taken out first.
FORMULAS = (
    "(?:如果?|若|要是)?(?:有|遇|遇到)(?:任何|什么|其他|啥)?(?:问题|疑问|情况|需要|困难|事|变化|疑义)(?:的话)?,?(?:请|可|可以|再|就|都|也)*(?:随时|及时|立即|第一时间|马上)?(?:请|再|和|与|跟|给|向|打)*(?:我|我们)?(?:联系|找我?|打|沟通|告知|反馈|电话|说|问|通知|汇报|联络|交流)[^,.。!?\n]{0,6}"
    "|(?:如有|若有)(?:任何)?(?:问题|疑问|需要|不便)[^.。!?\n]{0,4}?(?=$|[.。!?\n])"
    "|(?:if|should) (?:you have|there (?:are|is)) any (?:questions?|problems?|issues?|concerns?)[^.。!?\n]{0,60}"
    "|feel free to [^.。!?\n]{0,40}|let me know if [^.。!?\n]{0,60}"
)
# A correction: what stands behind it counts, when it decides anything.
CORRECTION = (
    "(?:更正|纠正|修正|订正|改正)(?:一下|下)?[:,]|(?:刚才|刚刚|上面|前面|上封|上一封)?[^,.。!?\n]{0,6}(?:说错|写错|打错|发错|搞错|看错|弄错|点错|回错)了?[,.!:]*"
    "|(?:不好意思|抱歉|对不起)[,.]?(?:是|应为|应该是)|(?:以|请以)(?:此|这封|本邮件|下面|下述|这个)[^,.。!?\n]{0,4}为准[,.:]*|(?:correction|i mean|i meant|scratch that|sorry my mistake|typo)[:,.]*"
    "|(?:想了想|再想想|重新考虑|仔细想|考虑再三)[^,.。!?\n]{0,6}[,:]"
)
# From here on it is somebody else's text, should the quote have been left in.
QUOTE = (
    "^[ \\t]*>|^[ \\t]*[-_=]{2,}[ \\t]*(?:原始邮件|原邮件|回复的原邮件|回复的邮件信息|转发的?邮件|转发邮件信息|original message|forwarded message|邮件原件|转发信息)"
    "|^[ \\t]*(?:发件人|寄件者|寄件人|from|发信人)[ \\t]*:|^[^\n]{0,120}(?:写道|wrote)[ \\t]*:|^[ \\t]*在[^\n]{6,80},[^\n]{0,60}<[^\n>]{3,60}>[^\n]{0,6}$"
    "|^[ \\t]*[^\n]{1,16}[ \\t]+(?:\\d{4}[-/年]\\d{1,2}[-/月]\\d{1,2}日?[ \\t]+)?\\d{1,2}:\\d{2}(?::\\d{2})?[ \\t]*$|^--[ \\t]*$|^[ \\t]*_{10,}"
    "|(?:本邮件|此邮件|本电子邮件|this e?-?mail)(?:及|和|and|中|所|包含|含有|is|may|contains)[^\n]{0,40}(?:机密|保密|附件|intended|confidential)"
)

# "王总：同意" on one line reports a talk; "王总：" with the rest below is a salutation.
SPEAKER = f"(?!周[一二三四五六日天末])(?:[{_SURNAME}][\\u4e00-\\u9fff]{{0,2}}?{_TITLE}|{_NAME}|总监|销售总监|客户|甲方|领导|老板|对方|用户|[a-z]{{2,10}} [a-z]{{2,10}}|他|她)"

# The phone's own line; the person may go on below it.
PHONE_SIGNATURE = "(?:发自|来自)我的[ ]?[a-z0-9\\u4e00-\\u9fff ]{0,16}?(?:手机|phone|ipad|邮箱|微信|android|mate|pad|客户端)|sent from my [a-z0-9 ]{2,20}|获取 ?outlook for [a-z]+"

# Commands that are the whole message (R48).
STATUS = "(?:请问|查询|查一下|查下|看下|看一下|我想知道|目前|现在|当前|请|告诉我|帮我查|帮忙查一下|问一下|想问下?|案子|项目|申请|单子|的|一下)*(?:状态|进度|进展|status|到哪一?步了?|什么进度|什么状态|处理到哪了?|进展如何|进展怎么样|进度如何|进度怎么样|状态如何|进展到哪了?)(?:查询|如何|怎么样|怎样|了|一下|update|please|是什么|查一下|到哪了?|呢|吗)*"
TODO = "(?:请|查|查询|查看|看下|看一下|列出|列一下)*(?:我的)?(?:待办|待办事项|todo|to-do|todos|待处理|my todos?|待办清单|待办列表)(?:事项|清单|列表|有哪些|查询)*|(?:我)?(?:还)?有(?:哪些|什么)(?:待办|事要办|没办的)"
HELP = "(?:请)?(?:帮助|使用帮助|使用说明|help|怎么用|如何使用|用法|菜单|命令|指令|usage|操作指南)(?:一下|文档|手册|please)*"

# Pinyin words → characters; a run of letters made of these alone is read as Chinese.
PINYIN = {
    "tongyi": "同意", "tong": "同", "yi": "意", "ty": "同意", "bu": "不", "keyi": "可以", "ke": "可", "xing": "行", "hao": "好", "haode": "好的", "haoba": "好吧",
    "mei": "没", "meiyou": "没有", "you": "有", "wenti": "问题", "wen": "问", "ti": "题", "yijian": "意见", "jian": "见", "pizhun": "批准", "pi": "批", "zhun": "准", "zan": "暂",
    "zanshi": "暂时", "xian": "先", "neng": "能", "shoudao": "收到", "zhidao": "知道", "zhidaole": "知道了", "le": "了", "ba": "吧", "de": "的", "ma": "吗", "xiexie": "谢谢",
    "xinku": "辛苦", "xinkule": "辛苦了", "anpai": "安排", "an": "安", "pai": "排", "qing": "请", "wo": "我", "jujue": "拒绝", "fandui": "反对", "tongguo": "通过", "zhichi": "支持",
    "meiwenti": "没问题", "butongyi": "不同意", "bukeyi": "不可以", "buxing": "不行", "meiyijian": "没意见", "wuyiyi": "无异议", "queren": "确认", "wancheng": "完成", "yanshou": "验收",
    "zaishuo": "再说", "zai": "再", "shuo": "说", "xiazhou": "下周", "dengdeng": "等等", "huan": "缓", "ruguo": "如果", "dan": "但", "danshi": "但是", "jiu": "就", "gong": "工", "li": "李",
    "wang": "王", "zhang": "张", "liu": "刘", "chen": "陈", "qu": "去", "ok": "ok", "weishenme": "为什么", "shenme": "什么", "buyao": "不要", "bie": "别", "quxiao": "取消", "chehui": "撤回",
    "ye": "也", "dou": "都", "shi": "是", "yiyue": "已阅", "mingtian": "明天", "ren": "人", "tian": "天", "jintian": "今天", "yuanze": "原则", "shang": "上", "qingshi": "请示", "buneng": "不能",
}
# One of these must be in the run, or it is English after all.
PINYIN_KEYS = frozenset(
    ["tongyi", "keyi", "haode", "haoba", "meiwenti", "butongyi", "bukeyi", "buxing", "meiyijian", "pizhun", "shoudao", "zhidao", "zhidaole", "xiexie", "jujue", "fandui", "tongguo", "zhichi", "wuyiyi", "queren", "wancheng", "yanshou", "zaishuo", "xiazhou", "anpai", "meiyou", "xinku", "xinkule", "chehui", "quxiao", "ty", "yiyue", "weishenme"]
)
