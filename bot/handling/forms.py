"""The forms that go with a confirmation: filled in for the case when the notice is made (R15, R30)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from bot.papers.forms import Forms
from bot.papers.word import CONTENT_TYPE
from bot.rules.mail import Attachment
from bot.rules.notice import Notice
from bot.rules.papers.documents import FORM
from bot.rules.papers.forms import fill_sheet, form_file_name, forms_for
from bot.rules.scene import Scene


@dataclass(frozen=True)
class FormPost:
    """Makes the forms a case needs. Documents without a form of their own name are simply not laid ready."""

    forms: Forms
    company: str

    def enclose(self, _notice: Notice, scene: Scene) -> Iterator[Attachment]:
        """服务单 for all; the documents due for the case's nature in the engineers' copies alone, once they are named.

        A form that cannot be made raises TemplateError.
        """
        case = scene.case
        if case is None:
            return
        sheet = fill_sheet(scene, case, self.company)
        for label in forms_for(scene.policy, case):
            if self.forms.has(label) and (label == FORM or case.engineers):
                content = self.forms.make(label, case.ref, sheet)
                file = Attachment(form_file_name(label, case), CONTENT_TYPE, content, sha256(content).hexdigest())
                yield file if label == FORM else replace(file, only_for=case.engineers)
