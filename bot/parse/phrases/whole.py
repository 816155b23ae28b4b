"""Clauses that are a complete answer: the whole clause must match."""

from bot.parse.phrases.blocks import ACTS, ANY_YES, CALM, MOOD, PERSON, SELF, STRONG, TOPIC
from bot.parse.phrases.tags import Rows, Tag

WHOLE: Rows = (
    # "好好好，都批": who waves everything through means none of it.
    (Tag.OTHER, "(?:都|全|什么都)批"),
    # A number alone is a "read" tick; what it would number is unknown, so it never decides.
    (Tag.ACK, r"\+?1{1,5}"),
    (
        Tag.ACK,
        (
            "(?:(?:此|这封|该|您的|你的)?(?:邮件|申请|信息|来信|通知|方案|资料|消息|来函|周报|服务单|报告|大纲"
            "|目录|附件|文档))?(?>(?:我已|已经|已|我"
            "|都|嗯|好的|好|ok)*)(?:收到|收悉|知道|知悉|知晓|获悉|阅|阅悉|圈阅|阅知|已读|读|看到|看见|看过|看|收|了解"
            "|明白|清楚|晓得|记下|悉)"
        )
        + MOOD,
    ),
    (Tag.FINE, "(?>(?:嗯|恩|唔|哦|噢|喔|额|呃|en|hmm+|mm+|oh)+)(?:呢|好|呐|呀|啊|哪|哒)?[~.]*"),
    (Tag.ACK, "(?:看到|收到|读了|看了|读过|看过)(?:了)?(?:你的|您的|这个|该)?(?:邮件|信息|消息|申请|来信)了?"),
    (Tag.ACK, "我?(?:都|已经?)?(?:知道|了解|清楚|明白|晓得|看到)(?:这|此|该|你|您|这个)[^,不没吗么但]{0,8}"),
    (
        Tag.ACK,
        "(?:已|我)?(?:收到|知悉|知道|了解)(?:此|该|这个|您的|你的|这封)?(?:邮件|信息|来信|消息|情况|申请|通知)了?",
    ),
    # A thumb is how people tick a mail as seen; it says neither who goes nor when. Safe reading: seen.
    (
        Tag.FINE,
        "(?:👍|👌|🆗|✅|✔|☑|💯|👏|🙌|💪|👀|😊|🫡|🤝|\\[(?:强|ok|赞|鼓掌|握手|好的|爱心|玫瑰|胜利|微笑|呲牙)\\]|\\s)+",
    ),
    (
        Tag.ACK,
        "(?:well )?(?:noted|received|got it|get it|got this|roger(?: that)?|copy(?: that)?|understood|seen"
        "|read|acknowledged|ack|i see|will check|fyi)(?: it| that| this| with thanks| and understood)?",
    ),
    # 我看看 decides nothing and names no day.
    (
        Tag.ACK,
        (
            "(?:让|容)?我(?:先|来|再)?(?:看看|看一下|看下|瞧瞧|瞅瞅|研究一下|研究下|核实一下|核实下|了解一下"
            "|了解下|确认一下|确认下|核对一下|核对下|问一下|问下|问问)"
        )
        + MOOD,
    ),
    # 好的 alone answers "please note" as often as "may we": it is read as seen, and the one-tap question asks.
    (
        Tag.FINE,
        (
            "(?>(?:那|那就|嗯|恩|哦|都)*)(?:好的?|好吧|好滴|好嘞|好哒|好咧|好呀|好啊|好说|得嘞|得令|妥|妥了|是"
            "|是的|对|对的)+"
        )
        + MOOD,
    ),
    (
        Tag.THANKS,
        "(?>(?:非常|十分|多|万分|再次|先|太|很|也|还是|也要|衷心|在此|向|诚挚|大家|各位|李工|王工|你们?|您"
        "|都)*)(?:谢谢|感谢|谢了|多谢|谢(?![总工董]|经理|主任|老师|主管|[^,谢]{1,2}[总工])|3q|辛苦"
        "|(?:有劳|劳驾|麻烦|拜托)(?=了|啦|大家|各位|$|你了|您了"
        "|你们了))(?:了|啦)?[^,不没但吗同批准请如]{0,12}",
    ),
    (
        Tag.THANKS,
        "(?:many |much |best |ok |great )?(?:thanks|thank you|thank u|thx|tks|ths|cheers|thanx"
        "|much appreciated)(?: (?:a|lot|lots|so|very|much|all|team|everyone|you|for|your|the|help|support"
        "|update|information|info|again|in|advance|sir|boss)){0,8}",
    ),
    (Tag.THANKS, "(?:🙏|\\[抱拳\\]|\\[合十\\]|❤|🌹|\\s)+"),
    # A bare cross or thumb down refuses.
    (Tag.NO, "(?:👎|❌|🚫|🙅(?:‍♂️|‍♀️)?|✖|✗|❎|\\[弱\\]|\\[no\\])+"),
    (
        Tag.NO,
        (
            "(?>(?:对不起|抱歉|很抱歉|sorry|还是|那就|那|我看|要不)*)(?:不|否|非|别|不了|no|nope|nah|n|不要"
            "|(?:no ?){2,4}|不用了?|算了|免了|拉倒|没门|不行不行|不行不行不行|做梦|不干|no way|never|不可能"
            "|不可能的|绝无可能"
            "|没可能|不会的|想得美)"
        )
        + MOOD,
    ),
    # Sarcasm: 行 as praise is the opposite.
    (
        Tag.SARCASM,
        "(?>(?:你们?|可|您|这|也|还|又|就|他们?|销售)*)(?:真|可真|太|也太|也真|真是|真是太)(?:行|可以|会|能"
        "|厉害|牛|棒|有才|敢|好意思|逗|有意思|给力)(?:啊|呀|了|的|哈|呢|哦)+.{0,6}",
    ),
    (Tag.SARCASM, "(?:呵呵|嘿嘿|哈哈){1,3}|(?:🙄|😅|😒|😏|🙃|😑|🤔|😂|🙂)+"),
    # Answers of one or two words, complete as they are.
    (
        Tag.YES,
        f"(?:[^,不没未别非无勿]{{0,12}}(?:申请|支持|安排|方案|计划|这样|\\d日|\\d号|周[一二三四五六日天]|今天"
        f"|明天|后天))?(?>{SELF}*)(?:ok|好|行|嗯|是|都|去|来|做|支持|安排)?(?:可以(?:可以)?|可行|可|没问题|没有问题"
        f"|没有任何问题|无问题|没毛病|没啥问题|没什么问题|(?:什么|任何|原则|大|原则性)?问题(?:都|也)?没有"
        f"|(?:行|中|成|ok|okay)(?=[^,~的了啊呀哈哦]))(?>(?:的|了|啊|呀|哈|哦|噢|啦|嘛|哒|滴|~|👍"
        f"|👌)*)(?:{ACTS})?",
    ),
    (Tag.CASUAL, f"(?>{SELF}*)(?:行|成|(?<![批核件信话复式])中|妥|ok|okay|okey|okk|o k|k){{1,3}}" + MOOD),
    (
        Tag.YES,
        (
            f"(?:[^,不没未别非无勿]{{0,12}}(?:申请|支持|安排|方案|计划))?(?>{SELF}*)(?:准|批|照批|通过|放行|支持"
            f"|支持一下|全力支持|大力支持|照办|照此办理|照此执行|准了|批了|过了|签批|通过审批|签了|执行|同意执行"
            f"|核准|准许"
            f"|点赞同意|批吧|准奏|(?:那)?必须(?:的|支持)|没得说"
            f"|批了批了)(?>(?:本次|此次|这次|该|这个|此|的|申请|支持|请求)*)"
        )
        + MOOD,
    ),
    (
        Tag.YES,
        (
            "(?>(?:那|那就|就|请|可以|都|一切|全部|ok|统一|还是)*)(?:按|照|依|依照|按照)(?:申请|计划|此|这个|这样"
            "|上述|以上|你们?|方案|原|所|提|销售|邮件|申请单|此方案|该|正常)[^,]{0,14}?(?:执行|办理?|办|安排"
            "|走|处理|来|进行|实施|落实|推进|做|去)"
        )
        + MOOD,
    ),
    (
        Tag.YES,
        ("(?>(?:行|好|嗯|ok|可以|可)*)(?:那|就)+(?:这样|这么|如此)(?:定|办|安排|执行|做|来|干|走|去|处理|弄|搞)")
        + MOOD,
    ),
    # 就这样吧 alone may end the talk as well as agree; beside 行 or 可以 it agrees.
    (Tag.CASUAL, "(?:行|ok|可以|可)(?:那|就)+(?:这样|这么|如此)着?" + MOOD),
    (Tag.FINE, "(?>(?:好|嗯)*)(?:那|就)+(?:这样|这么着|如此)" + MOOD),
    # "虽然有点急，但是同意": the concession stands in front, the yes is whole.
    (Tag.YES, f"(?:但是?|不过|可是|然而)(?:我|还是|仍然?|也|最终|最后)*(?:{STRONG}|批了)" + MOOD),
    (Tag.PLAIN, f"(?:虽然?|尽管|虽说)(?:(?!{ANY_YES})[^,]){{1,24}}"),
    # "人可以派", "能去": half a yes, said before the rest is changed.
    (
        Tag.HEDGE,
        "(?:人|派人|远程|现场|上门|周末|时间上?|技术上?)(?:倒|也|都|是)?(?:可以|没问题|行|ok)(?:派|去|安排"
        "|做)?|能(?:去|派|做|安排)" + MOOD,
    ),
    (
        Tag.YES,
        "(?:yes|yep|yeah|yup|sure|of course|certainly|absolutely|definitely|aye|y)(?: please| of course| sure"
        "| go ahead)*",
    ),
    # 无意见 is a yes of one's own; with another decider named it only passes on.
    (
        Tag.PERSONAL_YES,
        (
            f"(?>(?:{SELF}|{TOPIC})*)(?:对此|对这个|对该|对此申请|对)?(?:没|没有|没啥|没什么|没有什么|没有任何|无"
            f"|无任何|并无|毫无|均无|暂无)(?>(?:不同|反对|其他|别的|什么|啥)*)(?:意见|异议)"
        )
        + MOOD,
    ),
    (
        Tag.PERSONAL_YES,
        f"(?>{SELF}*)(?:不|不会|没有?|无人|都不|并不|也不)反对(?>(?:意见|此|该|本次|这次|这个|申请|安排)*)" + MOOD,
    ),
    # Double negation that is a yes. 不是不同意 is not here: it announces a "but".
    (
        Tag.YES,
        (
            f"(?>{SELF}*)(?:没有?|无|没有任何|没什么|没啥|找不到|想不出|并无|哪有)(?:什么|任何|啥)?(?:理由|道理"
            f"|原因|可能)?(?:不同意|不批准|不批|不支持|反对|拒绝)(?:的|见|的理由|的道理|的原因|的意思|的地方)?"
        )
        + MOOD,
    ),
    (Tag.YES, f"(?>{SELF}*)(?:不会|不可能|岂能|焉能|怎会|怎能)(?:不同意|不批准|不批|不支持|拒绝)(?:的)?" + MOOD),
    (
        Tag.UNSURE,
        (
            "(?:不是|并非|并不是|倒不是|也不是|又不是|没说|没有说|不等于|不代表|未说)(?:我)?(?:不同意|不批准|不批"
            "|不支持|反对|不行|不可以|不能)(?>(?:的?意思|这个|此次|申请|的)*)"
        )
        + MOOD,
    ),
    (
        Tag.WITHDRAW,
        (
            "(?>(?:申请|请求|我要|我|我想|请|现|此|该|本次|这个|先|那就|那)*)(?:撤回|撤销|撤消|撤单|作废|取消"
            "|收回|撤)(?>(?:本次|此次|这次|该|此|这个|上述|刚才|刚刚|之前|前面|的|支持|申请|邮件|请求|单|同意"
            "|批准|确认|审批|意见|回复|决定)*)"
        )
        + MOOD,
    ),
    (
        Tag.OTHER,
        (
            "(?:盼|望|请|烦请|敬请|恭候|静候|期待|急盼|盼望)(?>(?:尽快|尽早|早日|速|及时|您的?|领导)*)(?:回复|复"
            "|批|批示|批复|批准|审批|同意|审批通过|答复|佳音|确认|审阅|审核|核准|支持|指示|定夺|阅)"
        )
        + MOOD,
    ),
    (
        Tag.PLAIN,
        "(?:先)?(?:这样|如此)(?:吧)?|以上|如题|如上|不客气|不用谢|别客气|没事|没关系|不要紧|不急|无妨|不谢|应该的",
    ),
    (
        Tag.NUMBER,
        (
            r"(?>(?:本次|此次|工作量|实际|最终|结果|合计|共计?|总计|核算|结算|核定|按|就|给|算|计|定|为|预估|确认"
            r"|:)*)\d{1,3}(?:\.\d{1,2})?个?(?:人?天|人日|人/天|工作?日|d|days?|man-?days?"
            r"|md)(?>(?:核算|结算|计算|算|计|核定|核|结|工作量)*)"
        )
        + MOOD,
    ),
    # The director settles with these verbs.
    (Tag.ASSIGN, f"(?>(?:那就|那|就|可|先|尽快|马上|我|我会|我来)*)(?:安排|派|指派){PERSON}"),
    (
        Tag.ASSIGN,
        f"(?>(?:请|那就|那|就|可|先|尽快|马上|我|我会|我来|我这边|已|已经|已为|拟|今天|明天|这次"
        f"|本次)*)(?:安排|派|指派|指定|让|由|叫|请|通知)(?:{PERSON}){CALM}{{0,24}}?(?:去|前往|上门|到场|过去|到现场"
        f"|支持|跟|现场|出差|来做|做|实施|负责实施|执行|配合){CALM}{{0,16}}",
    ),
    (
        Tag.ASSIGN,
        "(?>(?:请|那就|那|就|先|尽快|马上|我|我会|我来|已|已经)*)安排(?>(?:一下|下|人|工程师|吧|了|上门|支持"
        "|现场|时间)*)",
    ),
)
