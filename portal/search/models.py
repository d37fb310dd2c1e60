"""The outbox of the index and the table of synonyms; both belong to the portal, not to a unit."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.search.folding import phrase_key


class IndexChange(models.Model):
    """A row of some room that the index has yet to look at again, written in the transaction that changed it.

    It says nothing about what changed: whoever drains it reads the row as it is then, so repeating is harmless.
    Global because one worker drains all units' changes; it opens each row's own unit before reading anything. Without a
    unit it is a row that all sites share, of a model in GLOBAL_MODELS.
    """

    unit = models.ForeignKey(
        "units.Unit", on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("đơn vị")
    )
    model_label = models.CharField(max_length=100, help_text="Lower-case label: news.article")
    object_id = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    claim = models.UUIDField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("thay đổi chờ lập chỉ mục")
        verbose_name_plural = _("thay đổi chờ lập chỉ mục")
        indexes: ClassVar = [
            models.Index(fields=["attempts", "id"], name="search_change_waiting"),
            models.Index(fields=["claim"], name="search_change_claim"),
        ]

    def __str__(self) -> str:
        return f"{self.model_label} {self.object_id}"


class Synonym(models.Model):
    """Two ways of saying one thing: an abbreviation or everyday words, and the official wording.

    Global because the language is the same on every site; operators edit it.
    """

    term = models.CharField(_("từ người dân gõ"), max_length=100, help_text=_("Ví dụ: sổ đỏ, UBND"))
    expansion = models.CharField(_("cũng tìm"), max_length=200, help_text=_("Cách viết trong văn bản chính thức"))
    is_two_way = models.BooleanField(
        _("tìm cả chiều ngược lại"), default=False, help_text=_("Gõ cách viết chính thức cũng tìm thấy từ viết tắt")
    )
    key = models.CharField(max_length=120, editable=False, db_index=True)
    expansion_key = models.CharField(max_length=250, editable=False, db_index=True)

    class Meta:
        verbose_name = _("từ đồng nghĩa")
        verbose_name_plural = _("từ đồng nghĩa")
        ordering: ClassVar = ["term"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["term", "expansion"], name="search_synonym_once"),
        ]

    def __str__(self) -> str:
        return f"{self.term} → {self.expansion}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the lookup keys in step with the words."""
        self.key = phrase_key(self.term)
        self.expansion_key = phrase_key(self.expansion)
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], "key", "expansion_key"}
        super().save(*args, **kwargs)
