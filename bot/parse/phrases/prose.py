"""Words by which a request's sentences tell its fields (R4); reviewed data for `prose_fields.py`."""

from bot.parse.subject_words import SURNAMES

SURNAME = f"[{''.join(sorted(SURNAMES))}]"
# A day is the support's when the sentence is about going there.
GOING = "支持|协助|上门|到场|到现场|去现场|现场|实施|安装|进场|前往|过去|派(?:人|工程师)|安排(?:人|工程师)?"
# …and not when something else happens on it: "9月22日客户放假", "9月20日到货", "25日投标".
OTHER_DAY = (
    "放假|休息|休假|不在|到货|发货|投标|开标|截止|合同|付款|签约|停机|停电|断电|上次|之前|已经|当时|申请日期|过保|到期"
)
# Not "远程看不了", "不用现场".
DENIED = "(?:不用|不需要?|无需|无法|不能|不是|不|没法|别|没有?|非)(?:再|去|做|到)?$"
MODES = (
    ("现场", "现场支持|上门|(?:到|去)(?:客户)?现场|驻场"),
    ("远程", "远程(?:支持|协助|处理|操作|配置|调试|连接|解决|即可)"),
    ("电话", "电话(?:支持|指导|协助|即可|解答|会议)"),
)
# 培训, 测试, 方案 stand in many sentences; only with 支持 behind them, or as the type itself, they are the type.
KINDS = (
    ("售前交流", "售前交流|类型[:：是为]售前"),
    ("方案", "方案支持|类型[:：是为]方案"),
    ("测试", "测试支持|类型[:：是为]测试"),
    ("安装实施", "安装实施|类型[:：是为]安装"),
    ("故障处理", "故障处理|故障排查|类型[:：是为]故障"),
    (
        "培训",
        "培训支持|类型[:：是为]培训|(?:约|做|组织|申请|安排|来)[一两][次场](?:[^，,。；;\n]{0,6}的?)?培训(?![资材教])",
    ),
)
PLACE = r"(?:支持|实施|服务)?地点(?:就)?[是为在]\s?([^，,。；;！!？?\n]{2,40})"
# 联系人是周敏; the name ends where anything but Chinese begins, or the telephone is named.
CONTACT = (
    rf"(?:客户)?(?:方)?联系人(?:(?:是|为|叫)\s?|(?={SURNAME}))([一-鿿]{{2,4}}?(?:经理|主任|老师|先生|女士|工|总)?)"
    r"(?=[，,。；;、\s\d(（]|(?:的)?(?:联系)?(?:电话|手机)|$)"
)
PHONE = r"(?<![\d-])(?:\+?86[- ]?)?(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{4}[- ]?\d{3,4})(?![\d-])"
# Whose number it is: the customer's, not "我的电话", "有事打我手机".
NAMES_PHONE = "^(?!.*(?:我|本人|销售|工程师)的?(?:电话|手机)).*(?:客户|联系人|对方|联系|甲方)"
URGENT = "特急|加急|(?<!不)(?:很|非常|十分|比较)?紧急(?!程度|联系)|很急|非常急"
NOT_URGENT = "不(?:太|是很|算)?(?:紧急|急|着急)"
# `字段：值` is read as such, and is no sentence; a salutation (陈总：) opens one.
LABELLED = r"\s*[^\s，,。；;：:]{2,12}(?<!总)(?<!好)(?<!老师)(?<!领导)(?<!各位)\s?[:：]"
HALF_DAY = r"\s?(?:[上下]午|早上|中午|晚上|全天)"
# "南京西路1号" is a house.
HOUSE = "[路街道巷弄里村园座栋幢]$"
