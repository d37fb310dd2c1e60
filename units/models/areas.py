"""Where a unit's ground lies."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from units import querysets
from units.models.registry import Unit


class UnitArea(models.Model):
    """The rings of one unit's ground as units.boundaries keeps them; apart from Unit, which every request reads.

    Public knowledge, written only by ``manage.py units boundaries`` and the demo.
    """

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, primary_key=True, related_name="area")
    rings = models.JSONField(_("ranh giới"), default=list)

    objects = models.Manager.from_queryset(querysets.UnitAreaQuerySet)()

    class Meta:
        verbose_name = _("ranh giới đơn vị")
        verbose_name_plural = _("ranh giới đơn vị")
        ordering: ClassVar = ["unit"]

    def __str__(self) -> str:
        return str(self.unit_id)
