"""What a sentence beside a yes does to it, said over typed words (R10): reviewed data, read by `bearing.py`.

The letters are those of `lexicon.py`: E who does the work, A who asked, C the customer, B another decider, I the
writer; V verdict, G start of the work, D a part of it, T trade, N things needed, S supply, K talk, O papers, M must,
R trouble, Z denial, # quantity, @ day; x hides a word. A yes is bound by what stands before the work and is owed by
others, or by less or other work than asked; never by a small word alone.
"""

IF = (
    "(?:如果|要是|M是|若是|若|倘若|倘|假如|假使|假设|万一|一旦|如有|如遇|碰到|遇到|如(?=[EACB@TNR]"
    "|现场)|(?<![Z没])有(?=R))"
)
# Done, so nothing is waited for.
_DONE = "(?:已经?|都|早就?|刚刚?|刚才|[上前]次|去年)"
_AFTER = "(?:@|D|完|做完|完事|完工|完成|结束|回来|x|事|离场|撤离|走|收工)(?:之|以)?(?:后|了|前)"
# The consequence of an "if" that keeps the yes: to tell, to stop and look, how to behave. Whoever calls E sends E.
_TELL = (
    "(?:K(?!给?[EA]|让|[^,]{0,2}E)|停(?!机)|先x?(?:查|看)|记|拍照|保留|回退|回滚|恢复|注意|冷静|别硬"
    "|Z(?:随便|乱|自作主张|慌|V|S|硬)|I(?:来|S|兜|扛)|S下来|向IO|x+I|找I|I再(?:找|K)|再发|让A"
    "|xIx|(?:x|顺手|顺便|当场|就地)(?:D|换)|婉拒|推掉|谢绝)"
)
_TROUBLE = "(?:R|遗留|缺项|缺|出入|冲突|毛病|变化|意见|异议|影响)"

# Taken out first, in front of what conditions are.
CONTINGENCIES = (
    f"(?:{IF}|C[^,]{{0,4}}M(?:是|x))(?:(?![TSVZ没]|@还)[^,]){{0,20}},?[^,]{{0,8}}?{_TELL}(?:(?!Z[GD]|取消)[^,]){{0,12}}"
    "(?![^,]{0,10},?[^,]{0,8}(?:G|V|撤|取消|算了|Z[GD]))",
    "以(?:实际|申请|O|此|本|现场|单子)[^,]{0,6}为V|(?:(?!S)[^,]){1,8}的话,?(?:x|注意|一定|务必"
    "|K(?![^,]{0,2}E)|带|叫上)[^,再]{0,14}",
    "(?:就算|哪怕|即使|即便|尽管|虽然?|x?再[^,]{1,8}也)[^,]{0,24}",
)

HARMLESS = (
    # --- trouble that is none: denied, over, somebody else's
    f"(?:Z|没有?|无)(?:x|再|有|任何|什么|啥|S现|发现|反映|提|收到|遗留|出)*{_TROUBLE}[^,再才后]{{0,6}}",
    f"{_TROUBLE}[^,]{{0,10}}(?:Z|没了|无|S了|消失|x好|Z了)(?=,|$|了)",
    # --- done: nothing is waited for
    f"[^,]{{0,8}}{_DONE}[^,没Z才未]{{0,14}}(?:[TSNVKD]|改|换|调整)[^,再才就后等Z先]{{0,10}}(?=,|$)",
    "Z(?:用|再)*(?:等|K|再K|再等|再x)[IKEC了]*",
    # --- the way and the papers of the work
    "O[^,]{0,6}(?:按|D|改|用|做|照)[^,再才后STC]{0,10}(?:细|详|清楚|x|改|板|模板|规范|格式"
    "|@|具体|完整)[^,再才后ST]{0,6}",
    "(?:D|写)的时候,?(?:(?![TS再]|先[^,]{0,2}[AC])[^,]){1,24}",
    "O[^,]{0,4}M有",
    # How, not how much: "Z动C的生产库,只在N上D".
    "Z(?:动|碰|影响)[^,]{1,10},只(?:在|看|用)[^,]{1,10}",
    "(?:D|写|做)完[^,我]{0,3}先?(?:发|给|交|抄)(?:给)?[AEC][^,再]{0,8}",
    # Who does the work and who asked for it talk, whenever.
    "[EA][^,]{0,3}(?:和|跟|与|同)[EAC](?:(?!再|后[GD]|T|款)[^,]){0,8}?K(?:(?!再|后[GD]|T|款)[^,]){0,8}"
    "(?:,把(?:(?!再|T|款)[^,]){1,12}(?:清楚|K|x|明白))?",
    # The next time, told to whoever did it this time.
    "(?<![^,])[^,GTS有]{0,8}(?:下次|下回|今后)(?:(?!再[GD]|T|G|有空|款)[^,]){1,24}(?:,(?:(?!再"
    "|T|G|先|款)[^,]){1,14}(?:清楚|x|早|提前|规范))?",
    "(?:这类|这种|类似|此类)[^,]{0,8}(?:以后|下次|今后)(?:(?!再[GD]|T|款)[^,]){0,16}",
    # Told: what a wait would have cost, what was seen on a second look, what has been gone through.
    "等[^,]{0,4}(?:M|都|就M)#",
    "再(?:看|试|测|查|K)[^,]{0,4}(?:已经?|都|就|也)[^,]{1,8}",
    "(?:[^,Z没未]{1,8},){1,5}[^,Z没未]{0,8}都(?:K|看|有|收|x齐|齐|全|V|查)(?:过|了|全|到|对)*",
    # --- customers served, not asked
    "(?:和|跟|与|向|给|问|找|请|让|K|麻烦|通知)?C[^,ST]{0,8}(?:催|急|等|评价|高兴|满意|表扬"
    "|夸|门卫|x进门|进门)[^,ST]{0,10}",
    # --- more, and other matters
    "[^,]{0,6}手[上头里]的?(?:(?!完|就|再|后[GD])[^,]){0,8}(?:往后|推|放|停|挪|S给|K给|x给)[^,再]{0,6}",
    "除了?E[^,]{0,2}外?,?(?:再|还|另外?)[^,]{0,2}(?:G|带|加)?E[^,再]{0,10}",
    "E手[上头](?![^,]{0,16}(?:完|就|再|后))[^,]{0,20}|把手[上头](?![^,]{0,16}(?:完|就|再|后))[^,]{0,16"
    "}|再发新的?[^,]{0,6}|另外?(?:再)?(?:提|发|申请)x?申请?[^,]{0,4}",
)

# R18: at this stage a change is what was asked, with its cost; less of it is not.
THE_CHANGE = (
    "(?:由[^,]{1,12}?|把[^,]{1,12}?)?(?:更|交)?(?:改|换|变更|调整)(?:成|为|到|用|了)?(?:(?!只"
    "|最|Z|但|再|才|后|等|先|M|T)[^,]){0,16}",
    "(?:差价|T)(?:由|都|也)*C(?:也|都)?(?:认|S|付)(?:了)?(?=,|$)",
)

BINDING = (
    # --- less: a quantity with its limit, or too much of it
    "#(?:就(?!能|S|可以弄)|太|多了|够)|#变#|太多了|多了(?:没有|Z)|最(?:多|少|长)[^,]{0,2}#"
    "|(?:^|,)就#(?:,|$)|只[^,]{0,3}[#G]|#Z(?:了|G|D|用)",
    "D(?:就|先|这块|部分|那块|这次|的事)*Z(?:[GD]|了|含|算|包|管|在内)|O(?:就|先)*Z了|先Z[GD]"
    "|最后#(?:,|$)|(?:^|,)Z(?:要|派|用)?E(?:,|$)",
    # --- other: days
    "最(?:晚|迟|早|快)(?:也|M|在|到)*@|(?:排|放|拖|挪|顺)[^,]{0,3}到@|(?:^|,)@(?:之|以)?后(?:,"
    "|$)|Z(?:在[^,]{0,6}[DG]|占)|\\bnot \\d|Z是[^,]{0,6}@",
    "(?:^|,|M|先)等(?![A你](?:的|们)?(?:好消息|捷报|喜讯|消息))(?:[EACBNTI#@]|通知)|[@#完]再[GD]"
    "|(?:^|,)M[^,]{0,10}(?:之|以)后(?:,|$)|M@(?:[DG]|(?:之|以)?后)",
    # --- first what others owe
    "(?:拿到|收到|见到|看到|[NTSC])[^,]{0,6}(?:之|以)?后(?!的)[^,]{0,3}G|(?:^|,)(?:O|T)[^,]{0,4}Z[^,]{"
    "0,3}(?:传|交|到|给|S|发|来|盖|批|见)(?:,|$|了|呢)",
    "T[^,已Z]{0,4}(?:M|由|从|归|走|算|挂|记|S)[^,]{0,2}[AC]|扣[^,]{0,8}T|(?:^|,)M[AC][^,]{0,3}给"
    "|(?:^|,)[AC](?:方|那边)?M(?:陪|S|到场|x自己|先|在场)",
    # --- somebody above, or nobody sure
    "M[^,]{0,3}B[^,]{0,4}(?:V|备案|S|点|过|知)|Z(?:敢)?(?:保证|担保)|to be (?:discussed|decided|agreed)|\\bfirst$",
)
# At the completion what is left to do is owed before it ends.
NOT_YET = (
    "(?:还|仍|尚)欠|遗留[^,]{0,14}[DS]|[OEA][^,]{0,8}M[^,]{0,8}(?:补|交|给I|[DS])|(?:^|,)M[^,]{0,3}(?:"
    "补|交)|[OT][^,]{0,4}Z[^,]{0,3}(?:传|交|到|给|S|发|来|盖)(?:,|$|了|呢)",
)
