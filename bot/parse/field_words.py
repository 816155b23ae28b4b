"""The labels of a request's body (R4) and the other words people use for them; data only."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


LABELS = _words("""
    客户名称 项目名称 项目性质 支持类型 支持内容 支持时间 支持地点 支持方式 客户联系人 电话 地址 产品及版本
    准备要求 文档要求 紧急程度
""")

# What people write instead, in simplified characters, compared without blanks and case.
SYNONYMS: dict[str, tuple[str, ...]] = {
    label: tuple(words.split())
    for label, words in {
        "客户名称": """
            客户 客户名 客户单位 客户全称 客户公司 顾客 顾客名称 用户 用户名称 用户单位 最终用户 最终客户
            单位名称 公司名称
        """,
        "项目名称": """
            项目 项目名 专案 专案名称 工程名称
        """,
        "项目性质": """
            性质 项目类别 是否项目 专案性质 项目/非项目 非项目/项目 项目或非项目
        """,
        "支持类型": """
            类型 支持类别 技术支持类型 服务类型 申请类型 支持种类
        """,
        "支持内容": """
            内容 工作内容 服务内容 支持需求 需求 需求描述 具体内容 申请内容 问题描述 故障描述 任务描述
            技术支持内容 客户需求 具体需求
        """,
        "支持时间": """
            时间 日期 支持日期 上门时间 实施时间 计划时间 期望时间 到场时间 服务时间 技术支持时间 要求时间
            希望时间 预计时间 实施日期
        """,
        "支持地点": """
            地点 实施地点 服务地点 工作地点 现场地点 技术支持地点
        """,
        "支持方式": """
            方式 服务方式 技术支持方式
        """,
        "客户联系人": """
            联系人 联络人 客户联络人 客户方联系人 用户联系人 顾客联系人 现场联系人 接口人 客户接口人
            客户方接口人 联系人姓名
        """,
        "电话": """
            联系电话 联络电话 手机 手机号 手机号码 电话号码 联系人电话 客户电话 联系方式 客户联系电话
            客户联系方式 移动电话 tel phone mobile
        """,
        "地址": """
            客户地址 联系地址 联络地址 详细地址 公司地址 现场地址 用户地址
        """,
        "产品及版本": """
            产品 版本 产品版本 产品型号 产品名称 产品及版本号 产品和版本 产品与版本 产品名称及版本 产品/版本
            软件版本 涉及产品 产品及型号
        """,
        "准备要求": """
            准备 准备工作 准备事项 需准备 资料准备 提前准备 准备内容 准备材料 准备资料
        """,
        "文档要求": """
            文档 文档需求 需提交文档 交付文档 提交文档 文档资料
        """,
        "紧急程度": """
            紧急 紧急度 优先级 缓急程度 紧急级别 紧急性
        """,
    }.items()
}
# One label for contact, telephone and address together.
CONTACT_AND_PHONE = frozenset(
    _words("""
    客户联系人+电话+地址 客户联系人/电话 客户联系人/电话/地址 客户联系人、电话 客户联系人、电话、地址
    客户联系人及电话 客户联系人及联系方式 客户联系人和电话 客户联系人电话 联系人/电话 联系人、电话
    联系人及手机 联系人及电话 联系人及联系方式 联系人和电话 联系人电话地址
""")
)
TRADITIONAL_LABELS = str.maketrans(
    "戶項專類質內時間點聯絡繫電話產檔準備緊稱務號機單實聲顧級",
    "户项专类质内时间点联络系电话产档准备紧称务号机单实声顾级",
)
LONG_VALUES = frozenset({"支持内容", "准备要求", "文档要求", "产品及版本"})  # may run over several lines
# What is left when nobody chose among the template's options.
OPTIONS = frozenset(
    _words("""
    ppt?实施方案? x xx xxx xxxx 一般/紧急 售前交流/方案/测试/安装实施/故障处理/培训 待填 普通/紧急 现场/远程
    现场/远程/电话 请填写 远程/现场/电话 非项目/项目 项目/非项目
""")
)
# A line that starts so ends the fields.
CLOSING_LINES = _words("""
    谢谢 谢了 多谢 感谢 此致 敬礼 以上 请审批 请批准 请领导 祝好 顺祝 如有 麻烦 烦请 best regards --
""")
