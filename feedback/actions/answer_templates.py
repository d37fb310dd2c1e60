"""Prepared texts of a unit."""

from django.db import transaction

from feedback.models import AnswerTemplate
from feedback.rules.words import plain
from portal.core.audit import record
from portal.core.models import User
from portal.core.text import one_line


@transaction.atomic
def save_template(*, template: AnswerTemplate, actor: User) -> AnswerTemplate:
    """Keep a prepared text, new or changed, as plain words."""
    is_new = template.pk is None
    template.title, template.text = one_line(plain(template.title)), plain(template.text).strip()
    template.save()
    record(verb="case_template.add" if is_new else "case_template.change", target=template, actor=actor)
    return template


@transaction.atomic
def delete_template(*, template: AnswerTemplate, actor: User) -> None:
    """Throw a prepared text away; what was written with it stays."""
    record(verb="case_template.delete", target=template, actor=actor)
    template.delete()
