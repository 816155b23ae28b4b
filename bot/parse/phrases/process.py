"""Words that say more than yes or no: another date, an emergency, a table of contents, a question (R5–R7, R17, R19).

Reviewed data for `remarks.py` and `consent.py`; nothing here is an approval. Patterns see half-width text.
"""

END = r"(?=$|[,，。.;；:：!！?？~、)）\s])"

# --- another date (改期): asked for by sales
# "改期" alone; the date stands anywhere in the mail.
MOVE = "改期|改(?:个|一下)?(?:日期|时间|日子)|(?:日期|时间)(?:要|需要|想|能否|得|有)?(?:改|变|调整|推迟|延后|提前)"
# "不改期了", "无需推迟": the plan stays.
MOVE_DENIED = (
    "(?:不用|不必|无需|无须|不要|不需要|不能|不可|不会|不想|不再|别|没有|未|不)(?:再|要|需要?|能|会)?"
    "(?:改期|改(?:日期|时间)|推迟|延期)"
)
# A day said plainly; a bare number ("改为2402") may be a version.
PLAIN_DAY = r"[月日号周天]|星期|礼拜|20\d\d"

# --- what the director's consent is about
# "同意改期" names what is agreed to; read as the yes alone. Only right behind the word of consent, up to a sign.
CONSENT = "(?P<yes>同意|批准|准予|认可|接受|可以)"
WHOSE = "(?:销售|客户|对方|你们?|您|其|该|此|这个|这次|本次|上述)*的?"
MOVE_OBJECT = "(?:改期|改日期|改时间|延期|推迟|顺延|提前)(?:申请|要求|请求)?"
MOVE_TO = "(?:改期|延期|推迟|顺延|提前|调整|改)(?:到|至|为|在)(?P<day>[^,，。;；!！?？\n]{2,20}?)"
WITHDRAW_OBJECT = "(?:撤回|取消|撤销)(?:申请|要求|请求|本次申请|该申请|本次支持|支持)?"
ABOUT_DATE = "改期|延期|推迟|顺延|提前|日期|时间|改到"
ABOUT_WITHDRAWAL = "撤回|撤销|取消"
ABOUT_CHANGE = "变更|增加|追加|工作量|人天|加一?天|型号|产品|范围"
# The whole support ends, not the question that is open: "不同意继续支持".
ENDS_SUPPORT = (
    "继续支持|(?:结束|终止|停止|中止|取消)(?:本次|此次|这次|这个|该)?(?:技术)?支持|支持(?:到此)?(?:结束|终止|停止|取消)"
)
# "增加1人天" adds to the estimate; "增加到3人天", "共3人天", "按3人天" name it anew.
ADDS_DAYS = (
    r"(?:增加|追加|再加|多加|再派|多|加)(?!到|至|为|成)[^,，。;；\d]{0,3}"
    r"(?:\d+(?:\.\d+)?|[一二两三四五六半])个?(?:半)?(?:人?天|人日|工日)"
)
NEW_TOTAL = "共|合计|总计|总共|一共|(?:增加|加|改|调整|变)(?:到|至|为|成)|按"

# --- R19: sales want to hear when the engineer leaves
TELL_LEAVING = (
    "(?:离场|离开(?:客户)?现场|撤场)(?:时|后|前|之前"
    "|之后)?[^,，。;；!！?？\\n]{0,8}(?:告诉|告知|通知|联系|报告|发给|打给|知会)"
    "(?:给|一下)?(?:我|销售|本人)"
)
# --- R7: an engineer in doubt. About the customer's wish: sales; about whether to do it, or how inside: the director.
ASK_SALES = "客户|用户|甲方|请问?(?:销售|.经理)|@销售"
ASK_DIRECTOR = (
    "请问?(?:总监|.总)|(?:做不了|不能做|不应(?:该|当)?(?:做|支持)|不合规|不符合(?:规定|规范)|超出(?:支持|服务)?范围"
    "|(?:应该?|建议|能否|可否|是否)(?:拒绝|不做|退回)|是否(?:该|应该?|要)?(?:做|支持|受理))"
)
# --- R6: a request that comes after the work; not "请补发", which asks for one
RESENDS = (
    "(?<!请)(?<!尽快)(?<!要)(?:补发|补单|补录|补报|后补)(?:申请|的申请|一下|如下|[:：,，。!！]|$)|事后补|应急.{0,12}补"
)
# --- R5: the table of contents
OUTLINE = "目录|大纲|提纲|章节"
# …with something in it: "目录如下：", or two numbered lines. "请给目录" has none.
LISTS_OUTLINE = (
    r"(?:目录|大纲|提纲)(?:如下|为|是|草稿|初稿|建议)?\s*[:：]\s*\S"
    r"|(?:^|\n)\s*(?:1|一|第一章)[.、．\s章][^\n]+\n\s*(?:2|二|第二章)"
)
# --- R17: the reader of a proposal. Only the whole text; anything more is read on its own.
UNDERSTANDS = (
    r"(?:方案|文档)?(?:我|已经?|都|也|基本)*(?:看懂|看明白|明白|清楚|理解)了?[,，。!！~\s]*(?:谢谢|辛苦了?)?[。!！~\s]*"
)
REVISES = (
    "没(?:有|太|怎么)?(?:看懂|看明白|理解)|看不(?:懂|明白|太懂|太明白)|不(?:太)?(?:明白|理解|好懂)"
    "|(?:请|需要?|要|再)(?:再)?(?:修改|改一?下|重写)"
)
# --- R6: in an emergency 先 binds nothing: to go first is what is asked. "先不要去", "先签合同" keep it.
FIRST = "先(?:行|去|过去|赶去)?(?=处理|支持|上门|抢修|过去|赶去|做起来)"
