"""What the shipped menu has arranged already, so that it never puts back what the office took away."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from services import querysets


class ArrangedLine(models.Model):
    """One thing that ``services.actions.arrange_menu`` has done once: an event, an entry, an everyday name, a place.

    ``key`` says which, in the words of ``services.rules.menu`` (“event:sinh-con”, “entry:sinh-con:1.001193”). The row stays
    when the office changes or deletes what was arranged: that is its purpose.
    """

    key = models.CharField(max_length=200, unique=True)
    arranged_at = models.DateTimeField(auto_now_add=True)

    objects = models.Manager.from_queryset(querysets.ArrangedLineQuerySet)()

    class Meta:
        verbose_name = _("dòng menu đã xếp")
        verbose_name_plural = _("dòng menu đã xếp")
        ordering: ClassVar = ["key"]

    def __str__(self) -> str:
        return self.key
