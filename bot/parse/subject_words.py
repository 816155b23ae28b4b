"""Word lists for reading subjects (mail-in-china.md C1, D1, D2, D4), reviewed by hand; data only."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIXED_WORD = "技术支持申请"
SEPARATOR = "--"

# D1: any two of these in a row part fields; one long dash does so alone; `_` never alone.
LONG_DASHES = "–—―─━⸺⸻"
SHORT_DASHES = "-‐‑‒−_"
# Guesses: never accepted as separators, only used for the suggestion.
LOOK_ALIKES = "一ー、/|:+~,;\\·>*=丨＞，；。：｜～／"

TRADITIONAL = str.maketrans(
    "術請轉發覆複復項專銷業務戶稱時間緊電話聯絡內設備",
    "术请转发复复复项专销业务户称时间紧电话联络内设备",
)

# Same sound or same look, by position in FIXED_WORD. Anything else there is another word (支付, 申诉) and is asked.
CONFUSED: tuple[str, ...] = (
    "枝伎妓拔计记级即机及吉继季寄基几",
    "木朮述数树书输束属熟竖沭",
    "只之知直值指纸止至致制智枝执吱攴技",
    "侍恃特待诗峙痔迟池吃尺齿持",
    "审神深身伸什沈甚慎绅甲由电中田呻",
    "清情青轻晴庆倾顷睛靖亲倩",
)
# Starts of a subject that mean a request without being the fixed word.
NEAR_WORDS = _words("""
    技术支持 技术支援 支持申请 技术申请 申请支持 售前支持 售后支持 技术服务申请 技术支撑申请 支援申请 技术支待
""")
# The fixed word followed by one of these speaks about requests.
ABOUT_REQUESTS = _words("""
    流程 规范 汇总 统计 周报 月报 通知 说明 制度 系统 列表 清单 台账 记录 模板 模版 表格 进度 培训 情况 的 被
    已 怎 如何 吗
""")
# A subject that starts with one of these takes back, tells or reports, and is no request.
NOT_A_REQUEST = _words("""
    自动回复 自动答复 automaticreply autoreply outofoffice 取消 撤回 撤销 撤消 作废 recall 退信 系统退信 未送达
    undeliverable 已读 未读 read 周报 日报 月报 纪要 会议 通知 总结 报告 合同 报价
""")

# C1. Compared without case; a counter such as [2] or (2) and a colon follow.
REPLY_WORDS = _words("""
    回复 回覆 回復 答复 答覆 全部回复 回复全部 reply re r aw antw sv res
""")
FORWARD_WORDS = _words("""
    转发 轉發 转寄 轉寄 forward fwd fw wg tr enc rv
""")

# D4: what stands inside brackets of any sort, compared without case and blanks.
TAG_WORDS = frozenset(
    _words("""
    外部邮件 外部 外部來信 外部来信 外来邮件 外网邮件 外网 外部发件人 外部郵件 外部联系人 external ext
    externalemail externalmail externalsender outside caution spam suspectedspam probablespam possiblespam
    垃圾邮件 垃圾郵件 疑似垃圾 疑似垃圾邮件 可疑邮件 广告 廣告 广告邮件 ad 疑似广告 推广 紧急 緊急 加急 特急 急
    急急 急件 十万火急 重要 重要紧急 高优先级 urgent important 已签名 加密 已加密 签名 signed encrypted
    安全邮件 内部 内部邮件 internal 保密 机密 密 来自手机 手机邮件 来自移动端 群发 补发 补 无主题 無主題
    nosubject 代发 邮件代发 病毒扫描
""")
)
# A bracket that starts with one of these is a gateway's notice.
TAG_STARTS = _words("""
    请注意 警告 注意 提醒 安全提醒 安全提示 风险提示 外部邮件 caution warning spam
""")
# A gateway's own mark inside a field cannot belong to a name.
GATEWAY_WORDS = frozenset(
    _words("""
    外部邮件 外部 外部來信 外部来信 external ext spam 垃圾邮件 疑似垃圾 广告
""")
)
# Words that may stand before a subject with a colon or exclamation mark.
URGENT_STARTS = _words("""
    十万火急 紧急 緊急 加急 特急 急急急 急急 急 重要 补发 補發 urgent
""")
COPIED_LABELS = _words("""
    主题 主題 主旨 标题 邮件主题 subject
""")

# D2: politeness after the date says nothing; only whole, set-off words are taken off.
POLITE_WORDS = _words("""
    谢谢 謝謝 多谢 感谢 谢谢您 谢谢领导 谢谢支持 非常感谢 辛苦了 thanks thankyou thx tks 请审批 请批准 请批示
    请审核 请领导审批 请您审批 请总监审批 烦请审批 敬请审批 望批准 盼复 望审批 请知悉 请查收 请查阅 请确认
    请审阅 请批复 请回复 请安排 请支持 請審批 請批准 请审批谢谢 请批准谢谢 请确认谢谢 请查收谢谢 请知悉谢谢
    请安排谢谢 请支持谢谢 请回复谢谢
""")

# Labels somebody may write inside a field (客户：欧莱雅), by field.
FIELD_LABELS: dict[str, tuple[str, ...]] = {
    "customer": ("客户名称", "客户", "顾客名称", "顾客", "用户名称", "用户", "客户名"),
    "project": ("项目名称", "项目", "专案名称", "专案", "项目名"),
    "sales": ("销售姓名", "销售", "业务姓名", "业务", "销售人员", "销售员"),
    "date": ("日期", "申请日期", "支持日期", "时间"),
}
PLACEHOLDERS = {"customer": "〔客户名称〕", "project": "〔项目名称〕", "sales": "〔销售姓名〕", "date": "〔日期〕"}
CHINESE_NAMES = {"customer": "客户名称", "project": "项目名称", "sales": "销售姓名", "date": "日期"}
# A field left as the template has it, or openly unknown.
UNFILLED = frozenset(
    _words("""
    客户名称 客户 客户名 项目名称 项目 项目名 销售姓名 销售 日期 姓名 顾客名称 用户名称 x xx xxx xxxx 某 某某
    某客户 待定 未定 无 暂无 未知 不详 na tbd tba none null test
""")
)

# What is no field of a request's subject (D2): how urgent, which time, how, and where.
EXTRA_WORDS = frozenset(
    _words("""
    紧急 加急 特急 急 急急 急急急 不急 重要 一般 普通 urgent asap 再次 二次 首次 重发 补发 补 更新 修改 变更
    修订 更正 追加 再次申请 第2版 现场 远程 电话 售前 售后 售前交流 项目类 非项目 非项目类 上午 下午 全天 备注
    附件 华东 华北 华南 华中 西南 西北 东北 华东区 华北区 华南区 总部 分公司 浦东 浦西 徐汇 静安 长宁 闵行 松江
    嘉定 宝山 青浦 奉贤 金山 崇明 虹口 杨浦 普陀 黄浦 张江
""")
)
CITIES = frozenset(
    _words("""
    北京 上海 天津 重庆 广州 深圳 珠海 佛山 东莞 中山 惠州 汕头 江门 湛江 茂名 肇庆 韶关 南京 苏州 无锡 常州
    南通 扬州 镇江 泰州 徐州 盐城 淮安 连云港 宿迁 昆山 太仓 常熟 张家港 江阴 宜兴 杭州 宁波 温州 嘉兴 湖州
    绍兴 金华 衢州 舟山 台州 丽水 义乌 合肥 芜湖 蚌埠 马鞍山 安庆 滁州 阜阳 福州 厦门 泉州 漳州 莆田 龙岩 宁德
    三明 南平 南昌 九江 赣州 济南 青岛 烟台 潍坊 淄博 威海 临沂 济宁 泰安 东营 日照 德州 聊城 郑州 洛阳 开封
    新乡 南阳 许昌 武汉 宜昌 襄阳 荆州 黄石 十堰 长沙 株洲 湘潭 衡阳 岳阳 常德 南宁 桂林 柳州 北海 海口 三亚
    成都 绵阳 德阳 宜宾 泸州 贵阳 遵义 昆明 大理 曲靖 拉萨 西安 咸阳 宝鸡 兰州 西宁 银川 乌鲁木齐 石家庄 唐山
    保定 廊坊 秦皇岛 邯郸 沧州 太原 大同 呼和浩特 包头 鄂尔多斯 沈阳 大连 鞍山 长春 吉林 哈尔滨 大庆 香港 澳门
    台北 高雄 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 四川 贵州 云南 陕西 甘肃 河北 山西
    辽宁 黑龙江 新疆 西藏 宁夏 青海 内蒙古 中国 亚太 大中华区
""")
)
ORGANISATION_ENDS = _words("""
    部 公司 集团 银行 大学 医院 学院 中学 小学 研究院 研究所 事务所 委员会 管理局 税务局 公安局 工厂 分厂 总厂
    分行 支行 总行 总部 中心医院 保险 证券 基金 股份 有限 酒店 超市
""")
# Kinds of work: a field that ends with one of these is a project.
WORK_ENDS = _words("""
    安装 升级 测试 部署 迁移 扩容 巡检 维护 培训 交流 调试 实施 故障 处理 优化 配置 排查 割接 上线 切换 恢复
    演练 改造 搬迁 续保 维保 验收 评估 规划 集成
""")
WORK_WORDS = WORK_ENDS + _words("""
    采购 设计 更换 替换 修复 加固 支持 服务 方案 项目 系统 平台 网络 数据 备份 容灾 高可用 虚拟 云桌面 防火墙
    交换机 路由 服务器 存储 数据库 机房 邮件 软件 硬件 终端 安全 负载均衡 二期 一期 三期 无线 双活 灾备 工程
    建设 开通 接入 咨询 演示 讲解 投标 招标
""")
PRODUCTS = frozenset(
    _words("""
    citrix vmware oracle exchange windows linux redhat cisco huawei h3c f5 netapp emc veeam netbackup commvault
    nutanix horizon xenapp xendesktop vsphere vcenter esxi hyperv hyper-v sql mysql sqlserver ad dns dhcp vpn
    sap erp crm oa office outlook symantec fortinet paloalto checkpoint aruba juniper dell lenovo ltm gtm asm
    apm ha dr vm vdi db san nas wifi poc vsan kubernetes docker openstack sharepoint lync skype teams intune
    azure aws adfs pki wsus sccm iis
""")
)
# Well-known customers whose names look like a person's.
BRANDS = frozenset(
    _words("""
    欧莱雅 可口可乐 百事 百事可乐 联合利华 宝洁 雀巢 西门子 飞利浦 通用 大众 上汽 宝钢 平安 招商 联想 华为 中兴
    腾讯 阿里 百度 京东 万科 万达 绿地 光明 携程 安踏 李宁 海尔 海信 格力 美的 比亚迪 吉利 奇瑞 长城 金蝶 用友
    周大福 周生生 老凤祥 康师傅 统一 王老吉 农夫山泉 蒙牛 伊利 高通 沃尔玛 家乐福 麦德龙 星巴克 麦当劳 肯德基
    宜家 耐克 索尼 松下 东芝 日立 三星 博世 巴斯夫 陶氏 杜邦 罗氏 辉瑞 诺华 强生 雅培 施耐德 霍尼韦尔 上汽通用
    上海大众 东方航空 东航 春秋航空 浦发 浦发银行 交行 交通银行 工行 建行 农行 中行 中石化 中石油 国家电网
    中国移动 中国电信 中国联通 安利 安盛 金龙鱼 方太 方正 阳光保险 太平 太平洋 太平洋保险 马士基 毕马威
    普华永道 安永 德勤 埃森哲 汤臣倍健 乐高 乐购 欧尚 欧姆龙 欧普
""")
)

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马"
    "苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪"
    "祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田"
    "樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封"
    "芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜"
    "黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕"
    "冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔"
    "隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖仝代覃闫佟苟涂付展岳"
    "佘萨邝练粟植麦苑楚帅亓仉原邸信初战陳張劉楊趙黃吳馬孫鄭馮許韓蔣謝鄧蕭葉蘇盧鍾譚陸範賴羅龔顧錢湯龍鄒萬嚴賀"
    "華韋呂"
)
COMPOUND_SURNAMES = frozenset(
    _words("""
    欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 司空 夏侯 端木 南宫 百里 呼延 独孤 轩辕
    西门 歐陽 諸葛
""")
)
TITLES = _words("""
    销售总监 销售经理 客户经理 项目经理 技术总监 副总经理 总经理 总监 经理 主管 主任 组长 销售 工程师 先生 女士
    小姐 老师 同事 同学 师傅 总 工 哥 姐 部长 销售员
""")
GIVEN_NAMES = frozenset(
    _words("""
    adam alan alex alice allen amy andrew andy angel angela anna anne anthony ben betty bill bob bobby brian bruce
    candy carl carol cathy charles cherry chris christina cindy claire coco daisy daniel danny dave david dennis derek
    diana doris echo eddie edison edward elaine elena elizabeth ella ellen emily emma eric erica eva evan fiona flora
    frank fred gary gavin george gina gloria grace greg hank harry harvey hebe helen henry howard ivan ivy jack jackie
    jacky jackson james jane janet jason jay jean jeff jennifer jenny jerry jesse jessica jessie jim jimmy joan joanna
    joe joey john johnny jonathan joseph joy joyce judy julia julie justin karen kate kathy katie kelly ken kenny kevin
    kitty larry laura lauren leo leon lily linda lisa louis lucas lucy luke lydia maggie marco maria mark martin mary
    matt max may megan michael michelle mike miranda molly monica nancy nathan neil nick nicole nina olivia oscar
    owen pamela patrick paul peggy peter phil philip queenie rachel ray rebecca richard rick robert robin roger ronald
    rose roy ruby ryan sally sam samuel sandy sara sarah scott sean selina shirley simon sophia sophie stella stephen
    steve steven sunny susan sylvia ted terry thomas tiffany tim tina toby tom tommy tony tracy vanessa vicky victor
    victoria vincent vivian walter wendy william winnie yolanda yoyo yvonne zoe
""")
)
