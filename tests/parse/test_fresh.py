# ruff: noqa: E501 -- the samples stand as they arrive
"""Only what a person wrote now counts (R10): each client's quote, each trap of mail-in-china.md C2 and C4."""

import time

import pytest

from bot.parse.fresh import html_to_text, split_fresh

OLD = "各位好，申请见附件，同意请回复。"

# client → (the reply as its plain text arrives, what is fresh)
REPLIES = {
    "QQ web": (
        "同意，派张三。\n\n\n------------------ 原始邮件 ------------------\n"
        '发件人: "李四" <lisi@corp.example>;\n发送时间: 2026年9月24日(星期三) 下午3:00\n收件人: "王总"<wang@corp.example>;\n'
        f'抄送: "管理部"<admin@corp.example>;\n主题: 技术支持申请--欧莱雅--CITRIX安装--ZGH--0924\n\n{OLD}',
        "同意，派张三。",
    ),
    "QQ web, no-break spaces": (
        f'同意\n\n------------------\u00a0原始邮件\u00a0------------------\n发件人:\u00a0"李四" <lisi@corp.example>;\n{OLD}',
        "同意",
    ),
    "QQ in English": (
        f'OK\n\n------------------ Original ------------------\nFrom: "Li" <li@corp.example>;\nDate: Thu\n\n{OLD}',
        "OK",
    ),
    "QQ app, compact": (
        f'同意\n\n---Original---\nFrom: "Li"<li@corp.example>\nDate: Mon, Apr 20, 2026 10:11 AM\nTo: "W"<w@c.example>;\n{OLD}',
        "同意",
    ),
    "QQ app, compact Chinese": (f'同意\n---原始邮件---\n发件人: "Li"<li@corp.example>\n{OLD}', "同意"),
    "WeCom": (
        "收到\n\n\n发自我的企业微信\n\n\n----------回复的邮件信息----------\n李四<lisi@corp.example> 在 2026年9月24日 周四 15:00 写道："
        f"\n\n{OLD}",
        "收到",
    ),
    "WeCom in English": (
        f"可以\n\n----------Reply to Message----------\nOn Wed,Jun 22,2026 2:07 AM Li Si <lisi@corp.example> wrote:\n\n{OLD}",
        "可以",
    ),
    "Coremail XT": (
        '不同意，时间太紧\n\n\n> -----原始邮件-----\n> 发件人: "李四" <lisi@corp.example>\n> 发送时间: 2026-08-27 15:28:28 (星期四)\n'
        f"> 收件人: wang@corp.example\n> 抄送: \n> 主题: 申请\n> \n> {OLD}",
        "不同意，时间太紧",
    ),
    "Coremail, unquoted": (
        '同意\n\n-----原始邮件-----\n发件人:"李四" <lisi@corp.example>\n发送时间:2026-08-27 15:28:28 (星期四)\n收件人:wang@corp.example\n'
        f"抄送:\n主题:申请\n\n&gt; {OLD}",
        "同意",
    ),
    "163 web, no marks": (
        f'同意\n\n\n\n\n\n\n在 2026-05-05 00:16:35，"李四" <lisi@corp.example> 写道：\n\n{OLD}\n同意',
        "同意",
    ),
    "163 web, marked": (f'同意\n在 2026-05-05 00:16:35，"李四" <lisi@corp.example> 写道：\n>{OLD}\n>同意', "同意"),
    "163 web in English": (f'同意\n\nAt 2026-07-23 10:11:12, "Li" <lisi@corp.example> wrote:\n>{OLD}', "同意"),
    "NetEase Mail Master": (
        "同意\n\n---- 回复的原邮件 ----\n| 发件人 | 李四<lisi@corp.example> |\n| 发送日期 | 2026年09月21日 18:46 |\n"
        f"| 收件人 | wang@corp.example |\n| 主题 | 申请 |\n{OLD}",
        "同意",
    ),
    "NetEase Mail Master, flattened": (
        "同意 ---- 回复的原邮件 ---- 发件人 李四<lisi@corp.example> 发送日期 2026年09月21日 18:46 收件人 wang 主题 申请 "
        + OLD,
        "同意",
    ),
    "NetEase Mail Master, forward": (
        f"请看下面\n--------- 转发的邮件 ---------\n发件人 李四<lisi@corp.example>\n发送日期 2026年09月21日 18:46\n{OLD}",
        "请看下面",
    ),
    "Outlook": (
        "同意\n\n王总\n\n发件人: 李四 <lisi@corp.example> \n发送时间: 2026年8月6日 15:49\n收件人: 王总 <wang@corp.example>; 张三\n"
        f"抄送: 管理部\n主题: 申请\n\n{OLD}",
        "同意\n\n王总",
    ),
    "Outlook, old separator": (
        f"同意\n\n-----邮件原件-----\n发件人: 李四 [mailto:lisi@corp.example] \n发送时间: 2026年8月6日 15:49\n主题: 申请\n\n{OLD}",
        "同意",
    ),
    "Outlook, underscores": (
        "同意\n________________________________\n发件人: 李四 <lisi@corp.example>\n发送时间: 2026年8月6日 15:49:22\n"
        f"收件人: 王总\n主题: 申请\n\n{OLD}",
        "同意",
    ),
    "Outlook mobile": (
        "同意\n\n获取 Outlook for iOS<https://aka.example/x>\n________________________________\n*发件人:* 李四 <lisi@corp.example>\n"
        f"*发送时间:* Monday, June 7, 2026 8:41:49 PM\n*收件人:* 王总\n*主题:* 申请\n\n{OLD}",
        "同意",
    ),
    "Outlook in English": (
        "approved\n\nFrom: Li Si <lisi@corp.example>\nSent: Monday, June 7, 2026 8:41 PM\nTo: Wang <w@corp.example>\n"
        f"Subject: x\n\n{OLD}",
        "approved",
    ),
    "Foxmail": (
        "同意\n\n\n\n王总\n \n发件人： 李四\n发送时间： 2026-09-24 15:00\n收件人： 王总\n抄送： 管理部\n主题： 申请\n"
        + OLD,
        "同意\n\n王总",
    ),
    "Foxmail with signature rule": (
        "不同意\n\n\n--------------\n王总\n \n发件人：\u00a0李四\n发送时间：\u00a02026-09-24\u00a015:00\n收件人：\u00a0王总\n主题：\u00a0申请\n"
        + OLD,
        "不同意",
    ),
    "Alimail": (
        "同意\n------------------------------------------------------------------\n发件人：李四 <lisi@corp.example>\n"
        f"发送时间：2026年9月24日(星期四) 15:00\n收件人：王总 <w@corp.example>\n抄　送：管理部\n主　题：申请\n\n{OLD}",
        "同意",
    ),
    "DingTalk, spaced labels": (
        f"同意\n发 件 人：李四<lisi@corp.example>\n日　期：2026年09月24日 15:00:00\n收 件 人：王总\n主　题：申请\n{OLD}",
        "同意",
    ),
    "Kylin": (f"同意\n\n*主　题：*申请\n*日　期：*2026-09-24 15:00\n*发件人：*李四\n*收件人：*王总\n{OLD}", "同意"),
    "Gmail": (f"同意\n\n李四 <lisi@corp.example> 于2026年2月27日周五 17:29写道：\n\n> {OLD}\n> 同意\n", "同意"),
    "Gmail, wrapped": (f"同意\n\n李四 <lisi@corp.example>\n于2026年2月27日周五 17:29写道：\n\n> {OLD}\n", "同意"),
    "Gmail, wrapped late": (f"同意\n\nLi Si <lisi@corp.example> 于2026年2月27日周五\n17:29写道：\n\n> {OLD}\n", "同意"),
    "Gmail, forward": (
        f"请处理\n\n---------- Forwarded message ---------\n发件人： 李四 <lisi@corp.example>\nDate: 2026年2月27日周五 17:29\n{OLD}",
        "请处理",
    ),
    "Apple Mail, iOS": (
        f"同意\n\n发自我的iPhone\n\n> 在 2026年6月29日，下午5:45，李四 <lisi@corp.example> 写道：\n> \n> {OLD}",
        "同意",
    ),
    "Apple Mail, iOS unmarked": (
        f"同意\n\n发自我的 iPhone\n\n在 2026年6月29日，下午5:45，李四 <lisi@corp.example> 写道：\n\n{OLD}",
        "同意",
    ),
    "Apple Mail, macOS": (f"同意\n\n2026年1月14日 06:27，李四 <lisi@corp.example> 写道：\n\n> {OLD}", "同意"),
    "Apple Mail, wrapped": (f"同意\n\n在 2026年6月29日，下午5:45，李四\n<lisi@corp.example> 写道：\n> {OLD}", "同意"),
    "newer, name first": (f"同意\n\n李四 <lisi@corp.example> 在 2026年2月28日 周六 19:47 写道：\n> {OLD}", "同意"),
    "newer, date first": (f"同意\n\n2026年2月28日 周六 19:47 李四 <lisi@corp.example> 写道：\n> {OLD}", "同意"),
    "Thunderbird": (f"在 2026/5/16 9:57, 李四 写道:\n> {OLD}\n> 第二行\n同意\n", "同意"),
    "Evolution": (f"同意\n\n在 2026-01-21星期三的 13:56 +0100，李四写道：\n> {OLD}", "同意"),
    "English wrote": (f"同意\n\nOn Mon, 21 Sep 2026 at 10:00, Li Si <lisi@corp.example> wrote:\n\n> {OLD}", "同意"),
    "traditional": (
        f"同意\n\n寄件者: 李四 <lisi@corp.example>\n寄件日期: 2026年8月6日 下午 03:49\n收件者: 王總\n主旨: 申請\n\n{OLD}",
        "同意",
    ),
    "Feishu": (
        f'同意\n\n发件人: "李四"<lisi@corp.example>\n日期: 2026年9月24日 周四 15:00\n主题: 申请\n收件人: "王总"<w@c.example>\n{OLD}',
        "同意",
    ),
    "Huawei phone": (
        f"同意\n\n从我的华为手机发送\n\n-------- 原始邮件 --------\n发件人： 李四 <lisi@corp.example>\n日期： 2026年9月24日周四 15:00\n{OLD}",
        "同意",
    ),
    "plain address": (f"同意\n\n李四 lisi@corp.example 在 2026年9月24日 星期四 09:30 写道：\n{OLD}", "同意"),
    "Replied Message": (
        f"同意\n\n---- Replied Message ----\nFrom X<a@b.example>\nDate 09/24/2026 09:30\n{OLD}",
        "同意",
    ),
    "回复的邮件": (f"同意\n------------------ 回复的邮件 ------------------\n{OLD}", "同意"),
    "Thunderbird forward": (
        f"请看\n\n-------- 转发的消息 --------\n主题: \tx\n发件人: \tx <a@b.example>\n{OLD}",
        "请看",
    ),
    "two labels only": (f"同意\n\n发件人：李四 [mailto:l@c.example]\n发送时间：2026年9月24日 9:30\n{OLD}", "同意"),
    "flattened 163": (f'同意 在 2026-05-05 00:16:35，"李四" <lisi@corp.example> 写道： {OLD} 不同意', "同意"),
    "flattened Outlook": (
        f"同意 发件人: 李四 <lisi@corp.example> 发送时间: 2026年8月6日 15:49 收件人: 王总 主题: 申请 {OLD}",
        "同意",
    ),
    "flattened Foxmail": (
        f"好的 发件人： 李四 发送时间： 2026-09-15 15:00 收件人： 王总 抄送： 孙丽 主题： 申请 {OLD} 同意",
        "好的",
    ),
    "Coremail, English": (
        f'同意\n\n-----Original Messages-----\nFrom:"L" <l@c.example>\nSent Time:2026-09-15 15:00:28 (Tuesday)\n{OLD}',
        "同意",
    ),
    "headline alone": (
        f"同意\n\n   原始邮件\n\n发件人：李四 <l@c.example>\n发件时间：2026年9月15日\n收件人：王总\n{OLD}",
        "同意",
    ),
    "Notes": (f"同意。\n\n李四/SH/CORP 写于 2026/09/15 15:00:12:\n\n{OLD}", "同意。"),
    "139": (f"同意\n\n----邮件原文----\n发件人：李四 <l@c.example>\n{OLD}", "同意"),
    "flattened QQ": (f"不同意 ------------------ 原始邮件 ------------------ 发件人: 李四 {OLD}", "不同意"),
    "no-break space lost": (f"同意\n------------------?原始邮件?------------------\n发件人: 李四\n{OLD}", "同意"),
    "no-break space spelt out": (
        f"同意\n------------------&nbsp;Original&nbsp;------------------\nFrom: L\n{OLD}",
        "同意",
    ),
    "flattened, date first": (
        f"不同意。 先补方案。 2026年9月15日 周二 19:47 李四 <lisi@corp.example> 写道： {OLD}",
        "不同意。 先补方案。",
    ),
    "flattened, marked": (f"不同意。 > 2026年9月15日 15:00，李四 <lisi@corp.example> 写道： > {OLD}", "不同意。"),
    "flattened rule": (
        f"好的 ____________________ 发件人: 李四 <l@c.example> 发送时间: 2026年8月6日 15:49 收件人: 王总 {OLD}",
        "好的",
    ),
    "double spaced": (
        f"同意\n\n*主题：*申请\n\n*日期：*2026-09-15 15:00\n\n*发件人：*李四\n\n*收件人：*王总\n\n{OLD}",
        "同意",
    ),
    "flattened Gmail": (f"好的。李四 <lisi@corp.example> 于2026年2月27日周五 17:29写道：{OLD}", "好的。"),
}


@pytest.mark.parametrize("client", REPLIES)
def test_each_client_quote_is_cut(client: str) -> None:
    text, wanted = REPLIES[client]
    fresh, quoted = split_fresh(text)
    assert fresh == wanted
    assert "申请见附件" in quoted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("> 时间可以吗？\n可以\n\n> 人员呢？\n派张三\n", "可以\n\n派张三"),
        ("在 2026/5/16 9:57, 李四 写道:\n> 问题一\n答一\n> 问题二\n答二", "答一\n答二"),
        (
            "见下：\n\n李四 <l@c.example> 于2026年2月27日周五 17:29写道：\n> 一\n答一\n\n> 二\n答二\n",
            "见下：\n答一\n\n答二",
        ),
        ("> " + "很长的引用" * 8 + "\n折行了\n> 下一行\n同意", "同意"),
        ("> 只有引用\n> 没有别的", ""),
        ("------------------ 原始邮件 ------------------\n发件人: 李四\n\n同意", ""),
    ],
)
def test_inline_and_bottom_answers_are_kept(text: str, wanted: str) -> None:
    assert split_fresh(text)[0] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "客户在邮件里写道：\n请尽快安排。",
        "客户9月18日的邮件中写道：\n请尽快安排。",
        "王总上周写道：可以，请按此办理。",
        "设备寄送如下\n收件人：王五\n电话：13800000000\n主题：到货",
        "请在邮件里写明发件人、日期、主题。",
        "发件人：这个栏目要填\n其他不用填",
        "有三点：\n1. 时间\n2. 人员\n3. 地点 5 > 3",
        "不同意。\n\n------\n\n请补充方案后再报。",
        "保密：客户名称请勿外传。",
        "客户名称：欧莱雅\n客户联系人：李雷\n电话：13800000000\n地址：上海市某路1号",
        "此项目谢谢大家支持，请继续。",
        "这台设备来自客户机房，需要更换",
        "谢谢！",
        "收到，谢谢！",
        "From: 这个字段怎么填？",
        "客户的手机收不到邮件，发自我的iPhone的邮件也不行，请李工看看。",
        "免责声明我看过了，没问题，同意。",
        "方案写于 2026-09-15，请看。",
        "请写明 发件人：谁 日期：哪天 收件人：谁",
        "同意\nZC2026-0001#K7Q2AAXMABCDEFGH",
        "第一段\n\n第二段，联系王工 13800000000。",
    ],
)
def test_what_only_looks_like_quote_or_signature_stays(text: str) -> None:
    assert split_fresh(text) == (text, "")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("同意\n发自我的iPhone", "同意"),
        ("同意 发自我的 iPhone", "同意"),
        ("同意\n从我的 iPhone 发送", "同意"),
        ("同意\n发自我的iPad", "同意"),
        ("同意\n发自我的企业微信", "同意"),
        ("同意\n发自网易邮箱大师", "同意"),
        ("同意\n来自网易邮箱大师", "同意"),
        ("同意\n来自QQ邮箱", "同意"),
        ("同意\n从 QQ邮箱手机版发送", "同意"),
        ("同意\n从我的华为手机发送", "同意"),
        ("同意\n发自我的小米手机", "同意"),
        ("同意\n获取 Outlook for Android", "同意"),
        ("同意\n发送自 Windows 版邮件应用", "同意"),
        ("发自我的iPhone\n\n同意", "同意"),
        ("同意\nSent from my iPhone", "同意"),
        ("同意\n-- \n王总\n技术部", "同意"),
        ("同意\n\n--------------\n王总\n电话：021-5555555", "同意"),
        ("同意。\n\n此致\n敬礼\n王总", "同意。"),
        ("同意\n\n祝好\n王总", "同意"),
        ("同意\n谢谢！\n王总\nTel: 021-5555555", "同意"),
        ("收到\n顺祝商祺", "收到"),
        ("同意\n\n王总\n技术总监\n某某科技有限公司\nTel：021-5555555\nE-mail: wang@corp.example", "同意"),
        ("同意\n\n免责声明：本邮件仅供收件人阅读，\n如误收请删除。", "同意"),
        (
            "同意\n\n保密声明\n本邮件及其附件含有保密信息，仅限收件人使用。\n\nThis e-mail is confidential and intended solely for you.",
            "同意",
        ),
        ("同意\n由我的 iPhone 发出", "同意"),
        ("同意\n通过Foxmail移动版发送", "同意"),
        ("同意\n\n请考虑环境，非必要不打印本邮件。", "同意"),
        ("【外部邮件，请注意安全】\n同意", "同意"),
        ("同意\n\n【保密】本邮件内容属公司机密。", "同意"),
        ("[CAUTION] This mail originated from outside of the company.\n同意", "同意"),
        ("-- \n同意\nZC2026-0001#K7Q2AAXMABCDEFGH", "ZC2026-0001#K7Q2AAXMABCDEFGH"),
    ],
)
def test_signatures_and_disclaimers_go(text: str, wanted: str) -> None:
    assert split_fresh(text)[0] == wanted


HTML_REPLIES = {
    "Outlook": (
        '<p class="MsoNormal">同意</p><p class="MsoNormal"><span>&nbsp;</span></p><div style="border:none;border-top:solid #E1E1E1 '
        '1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>发件人:</b> 李四 &lt;l@c.example&gt; <br><b>发送时间:</b> '
        f"2026年8月6日 15:49<br><b>收件人:</b> 王总<br><b>主题:</b> 申请</p></div><p>{OLD}</p>",
        "同意",
    ),
    "OWA": (
        '<div>同意</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg" dir="ltr"><font><b>Von:</b> Li<br></font></div>'
        f"<div>{OLD}</div>",
        "同意",
    ),
    "QQ": (
        '<div>同意</div><div><br></div><div style="font-size: 12px;font-family: Arial Narrow;padding:2px 0 2px 0;">------------------'
        '&nbsp;原始邮件&nbsp;------------------</div><div style="font-size: 12px;background:#efefef;padding:8px;"><div><b>发件人:</b>&nbsp;'
        f'"李四" &lt;l@c.example&gt;;</div><div><b>主题:</b>&nbsp;申请</div></div><div>{OLD}</div>',
        "同意",
    ),
    "163": (
        '<div style="line-height:1.7">同意</div><br><p>在 2026-05-05 00:16:35，"李四" &lt;l@c.example&gt; 写道：</p>'
        f'<blockquote id="isReplyContent" style="PADDING-LEFT: 1ex"><div>{OLD}</div></blockquote>',
        "同意",
    ),
    "NetEase Mail Master": (
        f'<div>同意</div><div class="ntes-mailmaster-quote"><div>---- 回复的原邮件 ----</div><table><tr><td>发件人</td><td>李四</td></tr></table>'
        f"<div>{OLD}</div></div>",
        "同意",
    ),
    "Foxmail": (
        '<div>同意</div><div><br></div><hr style="width: 210px; height: 1px;" align="left"><div><span>王总</span></div>'
        '<blockquote style="margin-Top: 0px"><div>&nbsp;</div><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm">'
        f"<div><b>发件人：</b>&nbsp;李四</div><div><b>发送时间：</b>&nbsp;2026-09-24&nbsp;15:00</div></div><div>{OLD}</div></blockquote>",
        "同意",
    ),
    "Gmail": (
        '<div dir="ltr">同意</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">李四 &lt;l@c.example&gt; 于2026年2月27日周五 '
        f'17:29写道：<br></div><blockquote class="gmail_quote">{OLD}</blockquote></div>',
        "同意",
    ),
    "Gmail inline": (
        '<div class="gmail_quote"><div class="gmail_attr">李四 &lt;l@c.example&gt; 于2026年2月27日周五 17:29写道：</div><blockquote>'
        f"{OLD}</blockquote><div>同意</div><blockquote>完</blockquote></div>",
        "同意",
    ),
    "Alimail": (
        '<div class="__aliyun_email_body_block"><div>同意</div><blockquote><div>-----</div><div>发件人：李四</div>'
        + OLD
        + "</blockquote></div>",
        "同意",
    ),
    "indented, not quoted": (
        f'<blockquote style="margin:0 0 0 40px;border:none">同意</blockquote><blockquote>{OLD}</blockquote>',
        "同意",
    ),
    "hidden text": (
        f'同意<span style="display:none">不</span><font style="font-size:0px">否</font><blockquote>{OLD}</blockquote>',
        "同意",
    ),
}


@pytest.mark.parametrize("client", HTML_REPLIES)
def test_each_client_html_quote_is_cut(client: str) -> None:
    html, wanted = HTML_REPLIES[client]
    fresh, quoted = split_fresh(html_to_text(html))
    assert fresh == wanted
    assert "申请见附件" in quoted


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        (
            "<table><tr><td>字段</td><td>值</td></tr><tr><td>客户名称</td><td><p>欧莱雅</p></td></tr></table>",
            "字段\t值\n客户名称\t欧莱雅",
        ),
        (
            "<table><tr><td>支持内容</td><td>一<br>二</td></tr><tr><td>地点</td><td></td></tr></table>",
            "支持内容\t一 二\n地点",
        ),
        ("<table><tr><td><div>布局</div><div>两行</div></td></tr></table>", "布局\n两行"),
        ("<div>一<br>二</div><p>&nbsp;</p><p>三</p>", "一\n二\n\n三"),
        ("<style>p{color:red}</style><script>x()</script><p>好</p><!-- 注 -->", "好"),
        ('<body bgcolor="blue"><font color="white">白字</font></body>', "白字"),
        ('<p>看得见<font color="#FFFFFF">看不见</font></p>', "看得见"),
        ('<div style="font-size:0">无<b style="font-size:12px">有</b></div>', "有"),
        ('<p>看看</p><div style="max-height:0;overflow:hidden">同意</div>', "看看"),
        ('<p>看看</p><div style="position:absolute; left:-9999px">同意</div>', "看看"),
        ('<p>看看</p><div style="text-indent:-9999px">同意</div>', "看看"),
        ('<p>看看</p><span style="color: transparent">同意</span>', "看看"),
        ('<p>看看</p><b style="color:#fefefe">同意</b>', "看看"),
        ('<p>看看</p><b style="color:rgb(255 255 255)">同意</b>', "看看"),
        ('<p>看看</p><b style="background:#fff;color:white">同意</b>', "看看"),
        ('<p>看看</p><b style="font:0/0 a">同意</b><b style="transform:scale(0)">同意</b>', "看看"),
        ('<p>看看</p><b style="filter:opacity(0)">同意</b><b style="margin-left:-9999px">同意</b>', "看看"),
        ('<div style="background:#00f"><b style="color:#ffe">有</b></div>', "有"),
        ("<p>看看</p><select><option>同意</option></select>", "看看"),
        ('<style>p.x, .y{display:none}</style><p>看看</p><b class="y">同意</b>', "看看"),
        ('<style>#y{visibility:hidden}</style><p>看看</p><b id="y">同意</b>', "看看"),
        ('<style>@media print{.y{display:none}} .z{color:red}</style><b class="y">同意</b>', "同意"),
        (
            '<div style="height:0.5em;overflow:hidden">有</div><div style="background-color:transparent">字</div>',
            "有\n字",
        ),
        ('<?xml version="1.0" encoding="gbk"?><p>同意</p>', "同意"),
        ("a &lt; b &amp;&amp; c", "a < b && c"),
        ("", ""),
        ("<", "<"),
    ],
)
def test_html_reads_as_it_looks(html: str, wanted: str) -> None:
    assert html_to_text(html) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 50_000,
        " " * 100_000,
        "发件人: a\n" * 5_000,
        "发件人: a@b.cn 日期: " * 5_000,
        "> " * 50_000,
        "-" * 200_000,
        "- " * 100_000 + "原始邮件" * 20_000,
        "--原始邮件" * 20_000,
        "在 2026-01-01 写道" * 20_000,
        "写道：\n" * 40_000,
        "> a\n写道：2026-01-01 10:00\n" * 10_000,
        "本邮件" * 50_000,
        "谢谢\n" * 50_000,
        "----\n" * 40_000,
        "主 " * 100_000,
        "发自" * 100_000,
        "免责声明：\n\n" * 30_000,
        "Sent from " * 30_000,
        "ZC2026-0001#K7Q2AAXMABCDEFGH\n" * 10_000,
    ],
    ids=lambda text: repr(text[:14]),
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    begun = time.perf_counter()
    split_fresh(text)
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    "html",
    [
        "<b>" * 100_000 + "同意",
        "<table><tr><td>" * 3_000,
        "<" * 300_000,
        "<a " + 'x="y" ' * 50_000,
        "<blockquote>" * 1_900 + "x",
        "&" * 300_000,
    ],
    ids=lambda html: html[:12],
)
def test_hostile_html_takes_linear_time(html: str) -> None:
    begun = time.perf_counter()
    html_to_text(html)
    assert time.perf_counter() - begun < 5
