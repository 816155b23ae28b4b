"""Reading 项目性质 out of prose: project or not (R8, R9), with denials understood."""

import re

from bot.rules.words import Nature

# 项目 before one of these is part of another word or the project itself, not a kind of support.
_NOT_KIND = (
    "名称|方案|经理|副经理|组|范围|进度|管理|计划|章程|书|号|编号|现场|上|的|中|里"
    "|负责人|实施|背景|需求|情况|时间|地点|启动|部"
)
_SAYING = "性质(?:[:：]|是|为|定为)?|按照?|属于|属|算作?|作为|走|定为|列为|类型[:：为]|[是为]"
_NATURE = re.compile(
    r"(?P<no>不(?:是|属于|属|算|按|作为|走|列入)(?:一个)?\s?(?P<no_non>非)?项目)"
    r"|(?P<non>非\s?项目)"
    rf"|(?P<yes>(?:{_SAYING})\s?项目(?!{_NOT_KIND}))"
    r"|(?P<kind>项目(?:类|性质的|型)(?:支持|服务)?)"
    r"|(?P<word>(?:^|[\n,，。;；:：、(（\s])项目(?:支持)?(?=$|[\n,，。;；、)）\s]))"
)
_ASKED = re.compile(r"(?:支持|服务)?\s?(?:还是|或|/|吗|么|\?|？)")


def find_nature(text: str) -> Nature | None:
    """项目 or 非项目 as said in `text`; None when it is not said, only asked, or said both ways."""
    found: set[Nature] = set()
    for said in _NATURE.finditer(text):
        if _ASKED.match(text, said.end()):
            return None
        non = bool(said["non"]) or (bool(said["no"]) and not said["no_non"])
        found.add(Nature.NON_PROJECT if non else Nature.PROJECT)
    return found.pop() if len(found) == 1 else None
