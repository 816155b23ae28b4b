"""`zhichi explain --replies`: rows in, counts out."""

from bot.parse.score import BadRow, read_reply_rows, render_confusion, score_replies
from bot.rules.words import Intent, ReplyStage, Role

GOOD = "director\tapplication\t同意\tapprove\r\nsales_director\tcompletion-sales\t第一行\\n第二行\n"


def test_rows_have_three_or_four_columns_and_escaped_line_ends() -> None:
    rows, bad = read_reply_rows("\ufeff# comment\n\n" + GOOD)
    assert bad == ()
    assert [(r.line, r.role, r.stage, r.text, r.expected) for r in rows] == [
        (3, Role.DIRECTOR, ReplyStage.APPLICATION, "同意", Intent.APPROVE),
        (4, Role.COMPANY_SALES_DIRECTOR, ReplyStage.COMPLETION_SALES, "第一行\n第二行", None),
    ]


def test_an_escaped_backslash_is_no_line_end() -> None:
    rows, _ = read_reply_rows("sales\tapplication\tC:\\\\new")
    assert rows[0].text == "C:\\new"


def test_bad_rows_are_named_with_their_line() -> None:
    rows, bad = read_reply_rows(
        "x\nboss\tapplication\t同意\ndirector\tnowhere\t同意\ndirector\tapplication\t同意\tmaybe\n"
    )
    assert rows == ()
    assert bad == (
        BadRow(1, "1 columns, 3 or 4 expected"),
        BadRow(2, "unknown role 'boss'"),
        BadRow(3, "unknown stage 'nowhere'"),
        BadRow(4, "unknown meaning 'maybe'"),
    )


def test_the_score_counts_what_matters() -> None:
    lines = ["同意\tapprove", "同意\treject", "不同意\tapprove", "收到\tacknowledgment-only", "为什么？"]
    rows, _ = read_reply_rows("\n".join(f"director\tapplication\t{line}" for line in lines))
    score = score_replies(rows)
    assert (score.total, score.right) == (4, 2)
    assert (score.false_approvals, score.missed_approvals, score.false_denials) == (1, 1, 1)
    assert ((Intent.REJECT, Intent.APPROVE), 1) in score.confusion
    rendered = render_confusion(score)
    assert rendered.startswith("2 of 4 right (50.0 %); false approvals 1, missed approvals 1, false denials 1")
    assert "approve read as reject" in rendered


def test_nothing_to_score_is_said() -> None:
    assert "nothing to score" in render_confusion(score_replies(()))
