"""Words of an emergency told by mail (R6): `应急：欧莱雅，CITRIX宕机，陈总电话已同意，先去处理`. Reviewed data.

Nothing here is an approval: what an engineer says of the director's consent is asked of the director.
"""

# Only in front: "不是应急", "应急预案" and the like stand elsewhere or are other words.
HEAD = (
    r"\s*(?:[【\[]\s*应急(?:支持|处理|申请|响应)?\s*[】\]]\s*[:：]?"
    r"|应急(?:支持|处理|申请|响应)?\s*(?:[:：]|--|——))\s*"
)
# Somebody agreed, by telephone or otherwise; "未同意", "等总监同意" are no consent.
AGREED = "(?:电话|手机|微信|口头|当面|短信|邮件)?(?:里|中|上)?(?:已经?|都)?(?:口头)?(?:同意|批准|确认|准许|允许)"
NOT_AGREED = (
    "(?:未|没有?|不|等|待|请|需|要)[^,，。;；\n]{0,8}(?:同意|批准|确认|准许|允许)|(?:同意|批准|确认)(?:吗|么|与否)"
)
# Pieces that name neither customer nor matter.
NO_NAME = (
    "同意|批准|确认|先(?:去|行|处理|到|赶|上|做)|马上|立即|立刻|已(?:出发|在路上|到场|到现场)"
    "|赶(?:去|往|到)|处理(?:中|一下)"
    "|补发|稍后补|回头补|^(?:销售|工程师|电话|联系人)|^(?:请|麻烦|谢谢)|[吗?？]$|^.{0,3}(?:好|总)$"
)
SALES = "销售(?:是|为|[:：])?\\s?([一-鿿]{2,4}|[A-Za-z]{2,20})(?=$|[,，。;；\\s])"
# A customer's name holds none of these: then name and matter were not parted.
TROUBLE = "宕机|故障|中断|无法|不能|报错|瘫痪|断网|死机|告警|报警|问题|坏|崩溃|蓝屏|打不开|连不上|掉线|停机|不通"
LABELS = (("customer", "客户(?:名称)?"), ("project", "项目(?:名称)?|事由|故障|情况"))
