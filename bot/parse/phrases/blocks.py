"""The pieces that the tables are made of: names, titles, words of agreement, what may stand in front of them."""

SURNAME = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁韦马方任袁柳鲍史唐费薛"
    "雷贺倪汤罗毕郝安常于傅卞齐"
    "康伍余顾孟黄穆萧尹姚邵汪毛戴宋庞熊纪舒项祝董梁杜阮蓝季贾江童颜郭梅林钟徐邱骆高夏蔡田樊胡霍万管卢莫房"
    "解丁邓洪崔龚程裴陆翁段侯武刘龙叶黎白"
    "石廖曾文关游欧阳付祁焦聂温翟岳柯辛娄"
)
# No given name begins or goes on with one of these: "小袁再定", "王工先去".
_GIVEN = "(?![再先才就也都说定批在是不没要的了和跟与去来让请把被对给看问去已])[\\u4e00-\\u9fff]"
NAME = (
    f"[赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许吕施孔曹严魏陶姜谢邹苏潘葛范彭鲁袁柳唐薛雷贺倪汤罗郝孟黄穆萧尹姚"
    f"邵汪戴宋庞熊董梁杜阮贾江郭林钟徐邱骆蔡田樊胡霍卢丁邓洪崔龚裴翁侯刘叶廖曾张](?:{_GIVEN}){{1,2}}"
)
TITLE = "(?:副?总监|副总|副经理|总经理|经理|总工|总|工|董|主任|老师|老板|哥|姐|部长|主管|组长|助理|先生|女士|同学|博士)"
PERSON = (
    f"(?:(?:[{SURNAME}][\\u4e00-\\u9fff]{{0,2}}?{TITLE}|[小老阿大][{SURNAME}]"
    f"|(?<![a-z])[a-z]{{2,12}}(?![a-z])|{NAME}"
    "|(?:技术|销售|本地|公司|区域|分公司|大区)?(?:总经理|总监|销售|经理|组长|领导|负责人)"
    "|(?:技术|商务|财务|管理|售前|售后|采购|法务|人事|运维|交付)部?"
    "|领导|老板|上级|上面|总部|集团|公司|客户(?:经理)?|甲方|用户|对方|厂[商家]|原厂|他们?|她|你们?|您"
    "|同事|工程师|项目经理|项目组|团队|部门){1,4})"
)
# Words of agreement that say so by themselves.
STRONG = "(?:同意|批准|准予|核准|赞成|赞同|照准|应允|允许|认可|批复同意)"
ANY_YES = (
    "(?:同意|批准|批复|批|通过|核准|准予|准许|允许|赞成|赞同|支持|答应|接受|认可|签字|签|放行|可以|点头"
    "|松口|确认|验收|ok|approve)"
)

# In front of a word of agreement only these keep the writer as its subject; anything else is a third person.
# Alternatives stand longest first, and repeat inside an atomic group `(?>…)`: linear. (Not `*+`: before Python 3.11.5
# it matches wrongly when an alternative backtracks.)
SELF = (
    "(?:应为|应是|所以|因此|必须|我这边|我这里|我个人|我本人|我们|我方|我司|我看|我觉得|我认为"
    "|我的意见是|我的意见|我|本人|个人"
    "|这边|咱们|俺|技术部|本部门|"
    "那么|那就|那|就|也|都|嗯+|哦|噢|好吧|好的|好|是的|是|对|收到|已阅|阅|"
    "完全|当然|肯定|绝对|非常|十分|举双手|双手|一致|全部|明确|正式|特此|特|现在|现|现已|兹|谨|已经|已|还是|仍"
    "|依然|再次|继续|予以|给予|"
    "按惯例|按规定|按流程|按程序|按制度|照例|依规|破例|特批|经研究|经考虑|经核实|考虑后|研究后|综合考虑|回复"
    "|批复|答复|确认(?=同意|批准)|结论|意见|签字|签署|审批意见"
    "|领导意见|审核意见|审批结果|审核|审批|经审核|经审批|"
    "(?:此|该|本|这)(?:件|项|单|批|份|案|次|个|类|事)?|上述|以上|以下|代表|部门|整体|总体|各项|关于|对于|对|"
    "电话里|电话中|电话|口头|微信里|微信上|微信|书面|邮件|方式|和|跟|并|且|而且|另外|同样|今天|今日|其他"
    "|其余|剩下的|,)"
)
# …or it is what is agreed to, standing in front: "这个申请同意".
TOPIC = (
    "(?:申请|支持|安排|方案|计划|事情|事儿|事|时间|请求|需求|项目|单子|工单|单|人天|日期|变更|完成|情况"
    "|结果|关闭|结案|补发|目录|大纲|提纲|章节|"
    "工作量|报告|实施|安装|内容|人员|人选|调整|培训|测试|售前|部署|升级|巡检|服务|流程|请示|邮件|核算"
    "|预估|周报|服务单|增加|去|现场|上门|远程|号|日|天)"
)
# …or the writer by name, behind whatever is talked about: "电话里说的我同意", "售前交流我同意". Not who is
# made, thought
# or told to ("要我同意", "以为我同意"), nor what comes first ("合同签了我同意").
I_SAY = (
    "(?:(?!如果|要是|只要|除非|等|待|若|倘|万一|一旦|前提|条件|才|先|再|否则|难道|凭|怎么|谁"
    "|什么|哪|不|没|未|别|反正|就算|即使|哪怕|那[个张份单次家]|上(?:个?月|周|次)|另外?|别的"
    "|方向|原则|[说讲](?!的)|表示|认为|觉得|反馈|答复|[他她])[^,]){0,20}"
    "(?<![让叫请要求给跟和对说等盼望劝逼催诉问为得想希是代替了完好后齐到过把被比像管由归经凭看吗呢上])"
    "(?:我|我们|我这边|我这里|我方|我本人|我个人)(?>(?:也|都|是|完全|当然|肯定|已经?|现在|正式"
    "|这边|没意见|书面|再次|就)*)(?<!我就)(?<!们就)"
)
# Words without a small word that may bind or turn them: what a row may swallow unread. "可以，先让客户开通再去" holds
# two of those and so is read on.
CALM = (
    "(?:(?!但|承担|付款|付费|自理|收费|不(?!用|必|要|错)|没(?!问题)|未|先(?!生)|再(?!次|接)|才"
    "|等(?!人|待)|如|若|除|只|仅|改(?!造)"
    "|换|延|减|需|须|必"
    "|后(?!天|续|台|面|端|勤)|的话)[^,])"
)
# After a colloquial yes (可以, 行) only this keeps it an answer: "可以安排李工去"; not "可以考虑", "可以远程".
ACTS = (
    "(?:安排|派|派遣|去|前往|支持|执行|实施|进行|开始|上门|办理|办|照办|做|走流程|推进|启动|出发|按|照"
    "|就按|就这样|这样|如此|同意|批准|批|通过|"
    "接(?!受|触|口|待)|接下来?(?!再|讨论|商量)|申请|请|让|由|给予|予以|开展|落实|操作|这个"
    "|此|该|本次|这次|关闭|结案|归档|验收|补发|补|核算|结算)"
    f"{CALM}{{0,40}}"
)
MOOD = "(?>(?:的|了|啊|呀|吧|哈|哦|噢|喔|啦|嘛|哒|滴|咯|哟|诶|~|\\.|-|👍|👌|🙏|✅|🆗|💪|😊|😄|🤝|☺|🌹)*)"

# In front of an English yes: the writer or the request is the subject.
EN_SELF = (
    r"(?:i'm|i am|i|we|we're|hereby|this|that|the|it|it's|its|is|request|application|case|support|all"
    r"|fully|totally|completely|ok|okay|yes|yep|sure|hi|hello|dear|please|pls|kindly|to|me|have|has|been"
    r"|be|and|also|"
    r"for me|from me|my side|from|for|on|of|with|very|much|consider|happy|team|well|noted|thanks|thank you"
    r"|great|good|just|do|can|as|requested|\W)"
)
