"""How much of what a unit publishes it wrote itself, by month; and the hashes by which copied text is known."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from news.querysets.originality import OriginalityQuerySet, TextPrintQuerySet
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager


class OriginalityMonth(TenantModel):
    """One month of one unit, counted each night until the month is over."""

    month = models.DateField(_("tháng"))
    articles_own = models.PositiveIntegerField(_("bài tự viết"), default=0)
    articles_copied = models.PositiveIntegerField(_("bài lấy lại"), default=0)
    words_own = models.PositiveIntegerField(_("chữ tự viết"), default=0)
    words_copied = models.PositiveIntegerField(_("chữ lấy lại"), default=0)
    computed_at = models.DateTimeField()
    # Counted after the month was over: not touched again.
    is_final = models.BooleanField(default=False)

    objects = TenantManager.from_queryset(OriginalityQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("bài tự viết theo tháng")
        verbose_name_plural = _("bài tự viết theo tháng")
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "month"], name="originality_once_a_month")]

    def __str__(self) -> str:
        return f"{self.month:%m/%Y}"

    @property
    def articles(self) -> int:
        """All articles of the month."""
        return self.articles_own + self.articles_copied

    @property
    def words(self) -> int:
        """All words of the month."""
        return self.words_own + self.words_copied

    @property
    def own_share(self) -> float | None:
        """Own words in per cent of all, with one digit; None for a month without words."""
        return round(100 * self.words_own / self.words, 1) if self.words else None


class TextPrint(models.Model):
    """Hashes of every sequence of eight words of one published article (news.rules.shingles); no text, no title."""

    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    article_id = models.BigIntegerField()
    version_number = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField()
    shingles = models.BinaryField()

    objects = models.Manager.from_queryset(TextPrintQuerySet)()

    class Meta:
        verbose_name = _("dấu văn bản")
        verbose_name_plural = _("dấu văn bản")
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "article_id"], name="textprint_once")]
        indexes: ClassVar = [models.Index(fields=["published_at"], name="textprint_published_at")]

    def __str__(self) -> str:
        return str(self.article_id)


class TextMark(models.Model):
    """A few of a print's hashes, by which texts that share passages find each other without comparing all with all."""

    print = models.ForeignKey(TextPrint, on_delete=models.CASCADE, related_name="marks")
    value = models.BigIntegerField()

    class Meta:
        verbose_name = _("mốc văn bản")
        verbose_name_plural = _("mốc văn bản")
        indexes: ClassVar = [models.Index(fields=["value"], name="textmark_value")]

    def __str__(self) -> str:
        return str(self.value)
