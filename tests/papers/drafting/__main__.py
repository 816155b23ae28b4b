"""Draws all shipped forms anew into templates/_papers."""

from pathlib import Path

from tests.papers.drafting.forms import FORMS

FOLDER = Path(__file__).parents[3] / "templates" / "_papers"

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, draw in FORMS.items():
        (FOLDER / f"{name}.docx").write_bytes(draw().save())
