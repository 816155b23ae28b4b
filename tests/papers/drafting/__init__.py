"""The tool that draws the shipped Word forms: `python -m tests.papers.drafting`. Their wording is in `forms.py`."""
