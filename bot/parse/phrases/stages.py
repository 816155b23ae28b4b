"""Words that only a stage gives their sense (R5, R6, R18, R27), and the tables of every stage."""

from bot.parse.phrases.blocks import MOOD, SELF, STRONG, TOPIC
from bot.parse.phrases.completions import COMPLETION, COMPLETION_WHOLE
from bot.parse.phrases.tags import Rows, Tag
from bot.rules.words import ReplyStage

WORKLOAD: Rows = (
    (Tag.PLAIN, "(?:没|没有|无)(?:什么)?水分"),
    (Tag.YES, "^(?:就)?按(?:此|这个|上述|周报)(?:来)?(?:核算|结算|核定|核|算)"),
    (Tag.QUESTION, r"[\d天]还是\d"),
    # Another number, or a number not meant as the last word.
    (Tag.NO_PART, r"不是[^,]{0,3}\d|(?:其余|其他|多的|剩下的)[^,]{0,3}不(?:认|算|给|核)"),
    (
        Tag.HEDGE,
        r"(?:先|暂|应该|大概|估计)(?:是|按|算|核|给)+[^,]{0,3}[\d一二两三半]|天(?:左右|上下|差不多)"
        r"|扣(?:掉|除)?[^,]{0,4}|减(?:半|掉|去)",
    ),
    # "最多给2天" settles less than was asked.
    (Tag.HEDGE, r"(?:最多|至多|顶多|只|仅)(?:能|给|算|认|批|核|按)*(?:\d|[一二两三半])"),
    (
        Tag.NO,
        "(?:报|写|算|填|估)?(?:多|高|少|低|错|虚)了|(?:重新|重|(?<![我后了完看齐])再)(?:报|核|算|填|评估|核算)"
        "|(?:太|偏|过)(?:多|高|少|低)|虚报|有水分|水分|不符|对不上|不对|不合理|不认|有出入"
        "|(?:不|没)(?:予|能)?(?:核算|确认|签|结算)",
    ),
    (
        Tag.YES,
        r"(?:按|照|就|核算|核定|结算|核为|核|算|计|定为|认定|记"
        r"|给)(?>(?:实际|预估|申报|原|上报|报的|周报|你们?|申请|工作量|核算|结算|为|成|的"
        r"|:)*)(?:\d{1,3}(?:\.\d{1,2})?|[一二两三四五六七八九十半]{1,3})个?(?:半)?(?:人?天|人日|工日|工作日"
        r"|d)(?:半)?(?:来)?(?:核算|结算|计算|算|计|核定|结)?",
    ),
    (
        Tag.YES,
        "(?:按|照)(?:实际|预估|申报|原|上报|周报|申请)[^,]{0,8}?(?:核算|结算|计算|算|计|核定|结|来)"
        "|(?:确认|同意|认可|核准)(?:工作量|核算|结算|周报)?",
    ),
)
CHANGED: Rows = (
    (Tag.NO, "(?:^|先|都|就|也)不(?:变更?|加|增加|追加|延期?|改|换)(?!班)|(?:不做|不加)了?$"),
    (Tag.NO, "(?:不能|不要|不可以?|别|不许|不准|不宜)(?:再)?(?:加|增加|追加|延|延期|改|变更?|拖)(?!班)"),
    # How it is to be done now: as the engineer or sales put it.
    (
        Tag.PLAIN,
        "(?:按|照|依)照?[^,]{1,6}?(?:说|讲|提|建议|写|报|要求|方案|意见)的?(?:改|办"
        "|做|来|执行|走|加|换|弄|处理)?[^,再先才后]{0,6}(?=$|,)"
        "|[^,]{0,8}(?:没|无|不)(?:关系|要紧|所谓|碍事)$",
    ),
    (
        Tag.YES,
        "^[^,不没]{0,6}(?:延期|改期|推迟|顺延|变更|延|改|加|换"
        "|增加)(?:[^,不没]{0,4})(?:没问题|没关系|可以|无妨|没意见)$"
        "|^(?:那就)?走变更(?:流程)?吧?$|^变更(?:走起|生效|照做)",
    ),
    # What the change is ("由2人天改为3人天"), no change of it.
    (
        Tag.PLAIN,
        "(?:工期|时间|工作量|天数|人天|费用|日期|完工|完成时间)?(?:由|从)[^,]{1,12}?(?:改|变更?|调整?|增加?"
        "|增|延长?|延期?|换)(?:为|成|到|至)[^,]{1,12}"
        "|(?:工期|工作量|天数|完成时间|完工时间|费用)(?:相应|随之|同步|也|共|合计|一共|总共)*(?:增加|延长"
        "|顺延|追加|调整|延)(?:为|到|至)?[^,]{0,12}",
    ),
    # At this stage the change itself is what was asked, so naming it after the yes repeats the request.
    (
        Tag.YES,
        f"(?:{STRONG}|可以|确认|没问题|ok|接受)(?>(?:客户|这个|此|该|本次|上述|以上|工程师|李工|的|再|多)*)(?:增加"
        f"|追加|加|变更|(?:改|换|延)(?=$|吧|的)|延期|延长|延到|延|拖到|放到|推到|延后|推迟"
        f"|顺延|改到|改为|改成|换成|换|调整"
        f"|更换|减少|缩减|按)[^,]{{0,24}}",
    ),
    (
        Tag.YES,
        "(?:按|照)(?:新|变更后?|调整后?|修改后?|更改后?|增加后?)的?[^,]{0,12}(?:执行|办|走|来|做|实施|进行|继续)",
    ),
)
# R18: sales bring the customer's word on a change; their yes is the outcome.
BROUGHT: Rows = (
    (
        Tag.LATER,
        "(?:客户|甲方|对方|用户)(?:那边|方)?(?:也|都)*(?:还没|还在|尚未|还未"
        "|没)(?:有)?(?:同意|定|回复?|确认|答复|考虑|商量|研究|走流程|内部)[^,]{0,6}",
    ),
    (
        Tag.YES,
        "(?<![等待让请问要和跟向看如盼望计管是果])(?:客户|甲方|对方|用户)(?:那边|方|这边"
        "|的?.{1,2}(?:总|经理|主任|工))?"
        "(?>(?:也|都|已经?|书面|口头|当场|就|爽快地?|邮件|正式|电话里|电话|回复|表示|回邮件|明确|里|刚才|今天|昨天)*)"
        "(?:同意|认可|接受|确认|没意见|没问题|没有意见|没有异议|无异议|答应)了?(?!后|再|才|就|的话|一半|一?部分|其中"
        "|[^,]{0,12}(?:吗|没有$))"
        "(?:(?:增加|追加|加|变更|改|换|延|顺延|推迟|调整|减少|按)[^,先再后]{0,24})?",
    ),
)
OUTLINE_WHOLE: Rows = (
    (
        Tag.YES,
        (
            f"(?>(?:{SELF}|{TOPIC}|文档|结构|框架|章节)*)(?:没问题|没有问题|可以|ok|很好|不错|很全|挺好|挺全|合适"
            f"|清晰|完整|确认|无误|行|确认(?:目录|大纲|提纲|章节)|就按这个写|按这个写|照这个写"
            f"|(?:就)?这样写|可以开始写"
            f"|开始写|可以写|开写|动笔|就这个(?:目录|大纲)|写)(?>(?:的|了)*)"
        )
        + MOOD,
    ),
)
RETROACTIVE: Rows = (
    (Tag.PLAIN, "(?:手续|流程|单子|申请|邮件|单)?(?:补上|补好|补一下|补齐|补个)(?:就|即)(?:好|行|可以|可)"),
    # The director knows nothing of it.
    (
        Tag.NO,
        "不(?:予)?(?:追|补)?认(?!识|真|为)|不属实|不实|没(?:有)?这回事|不是我(?:批|同意|安排)的"
        "|(?:没|没有|未)(?:人|谁)?(?:跟我|给我|向我)?(?:说过|请示过?|汇报过?)|不知情",
    ),
    (
        Tag.INFO,
        "(?:请|尽快|赶紧|先|把|抓紧)[^,同批认]{0,6}补(?:发|上|交|齐|录|申请|办)(?!的|[^,]{0,8}后)|补发[^,]{0,4}呢",
    ),
)
OUTLINE: Rows = (
    # What is to be changed in the contents is asked for when it stands alone, and binds beside a yes.
    (
        Tag.INFO,
        "(?:增加|加上|加一|加个|补一|补充|添加|删|去掉|合并|拆分|调整|挪|改|换|细化|展开|精简|简化|再细|多写"
        "|少写|顺序|调一下|调下)[^,]{0,24}",
    ),
    (
        Tag.NO,
        "(?:重新|重)(?:写|列|拟|做|弄|来)|没法写|不(?:行|对|合适|合理|完整|符合)|太(?:乱|简单|笼统|粗|长|短|细|多|少)",
    ),
)
STAGE_WHOLE: dict[ReplyStage, Rows] = {
    ReplyStage.COMPLETION_SALES: COMPLETION_WHOLE,
    ReplyStage.COMPLETION_DIRECTOR: COMPLETION_WHOLE,
    ReplyStage.DOC_OUTLINE: OUTLINE_WHOLE,
    ReplyStage.WORKLOAD: (
        # R27, R28: the director's signature settles.
        (Tag.YES, "(?:已|同意)?签(?:字|了|批)|(?:核算|工作量|数据|周报)(?:核对|确认)?无误" + MOOD),
        (Tag.YES, f"(?>{SELF}*)(?:签字)?(?:确认|核准|无误|确认无误|通过)(?>(?:周报|工作量|核算)*)" + MOOD),
    ),
    ReplyStage.RETROACTIVE: (
        (
            Tag.YES,
            f"(?>(?:{SELF}|{TOPIC}|可以|准予|应急|昨晚|当晚|这单|这次)*)(?:追认"
            f"|补认|补办|补单通过|认了?|认可|(?:确认)?有效)(?>(?:手续|通过|同意)*)" + MOOD,
        ),
        # R6: the yes was given by telephone, here it is put in writing.
        (
            Tag.YES,
            (
                f"(?>(?:{SELF}|情况|补发|补单|应急|当时|确实|的确|是我|事先|事前|前期)*)(?:属实|确认|情况属实"
                f"|知情并同意|同意的|安排的|批准的|同意过的?|批准过的?|补吧|补发吧|补上吧"
                f"|补(?:上|发|录|办|单|个单)?(?:一下|手续)?(?:就|即)?(?:行|可以|好)|同意补发?|确认补发)"
            )
            + MOOD,
        ),
    ),
    ReplyStage.EXECUTION_CHANGE: (
        # At this stage the old plan is the refusal of the change; beside a yes it is what else stays.
        (
            Tag.NO_PART,
            f"(?>{SELF}*)(?:仍|还|还是|就)?(?:按|照|按照|维持|保持)原(?:来|先"
            f"|定)?的?(?:做|来|办|干|执行|走|弄|不变|方案|计划|安排|时间|工期"
            f"|范围|内容)[^,]{{0,8}}",
        ),
        (
            Tag.YES,
            f"(?>(?:{SELF}|可以|同意)*)(?:加|变更?|改|延期?|增加|追加)(?:[一两半二三\\d](?:天|个?人天?|台))?吧" + MOOD,
        ),
        (Tag.YES, f"(?>{SELF}*)(?:换就换|加就加|延就延|改就改|多(.)天就多一?天)".replace("(.)", "[一两半]") + MOOD),
        (Tag.YES, f"(?>{SELF}*)(?:确认|确认变更|变更确认|确认增加|接受|照变更执行)" + MOOD),
    ),
    ReplyStage.APPLICATION: ((Tag.YES, f"(?>{SELF}*)(?:确认|已确认|确认支持|确认安排|确认申请|确认通过)" + MOOD),),
}
STAGE_INSIDE: dict[ReplyStage, Rows] = {
    ReplyStage.COMPLETION_SALES: COMPLETION,
    ReplyStage.COMPLETION_DIRECTOR: COMPLETION,
    ReplyStage.WORKLOAD: WORKLOAD,
    ReplyStage.EXECUTION_CHANGE: CHANGED,
    ReplyStage.RETROACTIVE: RETROACTIVE,
    ReplyStage.DOC_OUTLINE: OUTLINE,
}
