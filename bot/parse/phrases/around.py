"""Around the sentences: formulas, corrections, quotes, signatures, commands to the bot (R48), pinyin."""

from bot.parse.phrases.blocks import NAME, SURNAME, TITLE

# Polite formulas that hold an "if" or a "not"; they bind nothing and are taken out first.
FORMULAS = (
    "(?<![^\n,.。;:!? ])请问(?:一下|下)?(?!.总|.工|经理)|"
    "(?:如果?|若|要是)(?:还)?需(?:要)?[^,.。!?\n]{0,10},?(?:可以?|请|就|再|都|也)*(?:随时|直接"
    "|及时)?(?:可以?|请|再|找|和|与|跟|给|向)*"
    "[^,.。!?\n]{0,6}(?:联系|沟通|协调|说|告知|反馈|打电话|提出来?|开口)[^,.。!?\n]{0,6}|"
    "(?:如果?|若|要是)?(?:有|遇|遇到)(?:任何|什么|其他|啥)?(?:问题|疑问|情况|需要|困难|事|变化"
    "|疑义)(?:的话)?,?(?:请|可|可以|再|就|都|也)*(?:随时|及时|立即|第一时间|马上)?(?:请|再|和|与|跟|给|向"
    "|打)*(?:我|我们)?(?:联系|找我?|打|沟通|告知|反馈|电话|说|问|通知|汇报|联络|交流)[^,.。!?\n]{0,6}"
    "|(?:如有|若有)(?:任何)?(?:问题|疑问|需要|不便)[^.。!?\n]{0,4}?(?=$|[.。!?\n])"
    "|(?:if|should) (?:you have|there (?:are|is)) any (?:questions?|problems?|issues?|concerns?)[^.。!?\n]{0,60}"
    "|feel free to [^.。!?\n]{0,40}|let me know if [^.。!?\n]{0,60}"
)
# A correction: what stands behind it counts, when it decides anything.
CORRECTION = (
    "(?:更正|纠正|修正|订正|改正)(?:一下|下)?[:,]|(?:刚才|刚刚|上面|前面|上封"
    "|上一封)?[^,.。!?\n]{0,6}(?:说错|写错|打错|发错|搞错|看错|弄错|点错|回错)了?[,.!:]*"
    "|(?:不好意思|抱歉|对不起)[,.]?(?:是|应为|应该是)"
    "|(?:以|请以)(?:此|这封|本邮件|下面|下述|这个)[^,.。!?\n]{0,4}为准[,.:]*"
    "|(?:correction|i mean|i meant|scratch that|sorry my mistake|typo)[:,.]*"
    "|(?<!,)(?:想了想|再想想|重新考虑|仔细想|考虑再三)[^,.。!?\n]{0,6}[,:]"
)
# From here on it is somebody else's text, should the quote have been left in. "王强 2026-09-18 10:00" heads a quoted
# talk; "时间：9月23日 9:00" does not, and what stands below it counts.
QUOTE = (
    "^[ \\t]*>|^[ \\t]*[-_=]{2,}[ \\t]*(?:原始邮件|原邮件|回复的原邮件|回复的邮件信息|转发的?邮件"
    "|转发邮件信息|original message|forwarded message|邮件原件|转发信息)"
    "|^[ \\t]*(?:发件人|寄件者|寄件人|from|发信人)[ \\t]*:|^[^\n]{0,120}(?:写道|wrote)[ \\t]*:"
    "|^[ \\t]*在[^\n]{6,80},[^\n]{0,60}<[^\n>]{3,60}>[^\n]{0,6}$"
    "|^[ \\t]*[^\n:,.\\d]{1,16}[ \\t]+(?:\\d{4}[-/年]\\d{1,2}[-/月]\\d{1,2}日?[ \\t]+\\d{1,2}:\\d{2}(?::"
    "\\d{2})?|\\d{1,2}:\\d{2}:\\d{2})[ \\t]*$|^--[ \\t]*$|^[ \\t]*_{10,}"
    "|(?:本邮件|此邮件|本电子邮件|this e?-?mail)(?:及|和|and|中|所|包含|含有|is|may"
    "|contains)[^\n]{0,40}(?:机密|保密|附件|intended|confidential)"
)

# Two English words may be a name; "yes go ahead" is none.
# "王总：同意" on one line reports a talk; "王总：" with the rest below is a salutation.
SPEAKER = (
    f"(?!周[一二三四五六日天末])(?:[{SURNAME}][\\u4e00-\\u9fff]{{0,2}}?{TITLE}|{NAME}|总监|销售总监|转发|转"
    f"|客户|甲方|领导|老板|对方|用户"
    r"|(?!(?:yes|yep|yeah|sure|ok|okay|fine|good|no|please|pls|approved?|agreed?|go|all|we|this|that|it"
    r"|looks?|sounds?"
    r"|works?|confirmed?|noted|thanks?|not|never|can|cannot|will|may)\b)[a-z]{2,10} [a-z]{2,10}|他|她)"
)

# The phone's own line; the person may go on below it.
PHONE_SIGNATURE = (
    "(?:发自|来自)我的[ ]?[a-z0-9\\u4e00-\\u9fff ]{0,16}?(?:手机|phone|ipad|邮箱|微信|android|mate|pad"
    "|客户端)|sent from my [a-z0-9 ]{2,20}|获取 ?outlook for [a-z]+"
)

# Commands that are the whole message (R48).
STATUS = (
    "(?:请问|查询|查一下|查下|看下|看一下|我想知道|目前|现在|当前|请|告诉我|帮我查|帮忙查一下|问一下"
    "|想问下?|案子|项目|申请|单子|的|一下)*(?:状态|进度|进展|status|到哪一?步了?|什么进度|什么状态"
    "|处理到哪了?|进展如何|进展怎么样|进度如何|进度怎么样|状态如何|进展到哪了?)(?:查询|如何|怎么样|怎样"
    "|了|一下|update|please|是什么|查一下|到哪了?|呢|吗)*"
)
TODO = (
    "(?:请|查|查询|查看|看下|看一下|列出|列一下)*(?:我的)?(?:待办|待办事项|todo|to-do|todos|待处理"
    "|my todos?|待办清单|待办列表)(?:事项|清单|列表|有哪些|查询)*"
    "|(?:我)?(?:还)?有(?:哪些|什么)(?:待办|事要办|没办的)"
)
HELP = (
    "(?:请)?(?:帮助|使用帮助|使用说明|help|怎么用|如何使用|用法|菜单|命令|指令|usage|操作指南)(?:一下"
    "|文档|手册|please)*"
)

# Pinyin words → characters; a run of letters made of these alone is read as Chinese.
_PINYIN_WORDS = (
    "tongyi=同意 tong=同 yi=意 ty=同意 bu=不 keyi=可以 ke=可 xing=行 hao=好 haode=好的 haoba=好吧 "
    "mei=没 meiyou=没有 you=有 wenti=问题 wen=问 ti=题 yijian=意见 jian=见 pizhun=批准 pi=批 zhun=准 "
    "zan=暂 zanshi=暂时 xian=先 neng=能 shoudao=收到 zhidao=知道 zhidaole=知道了 le=了 ba=吧 de=的 "
    "ma=吗 xiexie=谢谢 xinku=辛苦 xinkule=辛苦了 anpai=安排 an=安 pai=排 qing=请 wo=我 jujue=拒绝 "
    "fandui=反对 tongguo=通过 zhichi=支持 meiwenti=没问题 butongyi=不同意 bukeyi=不可以 buxing=不行 "
    "meiyijian=没意见 wuyiyi=无异议 queren=确认 wancheng=完成 yanshou=验收 zaishuo=再说 zai=再 "
    "shuo=说 xiazhou=下周 dengdeng=等等 huan=缓 ruguo=如果 dan=但 danshi=但是 jiu=就 gong=工 li=李 "
    "wang=王 zhang=张 liu=刘 chen=陈 qu=去 ok=ok weishenme=为什么 shenme=什么 buyao=不要 bie=别 "
    "quxiao=取消 chehui=撤回 ye=也 dou=都 shi=是 yiyue=已阅 mingtian=明天 ren=人 tian=天 jintian=今天 "
    "yuanze=原则 shang=上 qingshi=请示 buneng=不能"
)
PINYIN = dict(pair.split("=") for pair in _PINYIN_WORDS.split())
# One of these must be in the run, or it is English after all.
_PINYIN_SIGNS = (
    "anpai bukeyi butongyi buxing chehui fandui haoba haode jujue keyi meiwenti meiyijian meiyou "
    "pizhun queren quxiao shoudao tongguo tongyi ty wancheng weishenme wuyiyi xiazhou xiexie xinku "
    "xinkule yanshou yiyue zaishuo zhichi zhidao zhidaole"
)
PINYIN_KEYS = frozenset(_PINYIN_SIGNS.split())
# Pinyin that nobody here knows may bind or turn the yes beside it: four words and more, each of whole syllables and
# no English around: "keyi, dan zhi neng yuancheng".
_SYLLABLE = (
    "(?:(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:iong|[iu]?ang|[iu]?an|uai|iao|ian|ing|eng|ong|[aeu]i|[ao]u|ao|[ieu]n|"
    "i[aeu]|u[aoei]|er|[aeiouv])(?![aeiou]))"
)
_WORD = rf"(?:{_SYLLABLE}){{1,3}}(?![a-z])"
UNREAD_PINYIN = rf"(?<![a-z])(?:{_WORD} ){{3,}}{_WORD}"
# Beside these letters are English: "please make sure li …".
ENGLISH_SIGNS = (
    r"\b(?:approved?|please|pls|plz|the|and|to|of|for|with|by|in|on|at|is|it|this|that|your|him|will|not|yes|okay|fine"
    r"|sure|go|problem|agreed?|thanks?|thx|let|my|all|right|good)\b"
)
