"""Closed lists of what a unit must disclose."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DisclosureGroup(models.TextChoices):
    """The shelves of the disclosure page."""

    COMMUNE = "COMMUNE", _("Nội dung chính quyền cấp xã phải công khai")
    BUDGET = "BUDGET", _("Ngân sách")
    PLANS = "PLANS", _("Chiến lược, quy hoạch, kế hoạch")
    PROJECTS = "PROJECTS", _("Dự án, đầu tư công")
    BIDDING = "BIDDING", _("Đấu thầu, mua sắm công")
    STATISTICS = "STATISTICS", _("Thống kê, báo cáo")
    APPARATUS = "APPARATUS", _("Tổ chức bộ máy, cán bộ")
    PRESS = "PRESS", _("Thông tin báo chí")


class DisclosurePeriod(models.TextChoices):
    """How often a duty comes round."""

    EVENT = "EVENT", _("Khi phát sinh")
    MONTH = "MONTH", _("Hằng tháng")
    QUARTER = "QUARTER", _("Hằng quý")
    # Budgets are told for 3, 6 and 9 months from the year's beginning (Thông tư 26/2026/TT-BTC Điều 25–27).
    YEAR_TO_DATE = "YEAR_TO_DATE", _("3, 6, 9 tháng")
    HALF_YEAR = "HALF_YEAR", _("6 tháng")
    YEAR = "YEAR", _("Hằng năm")
    STANDING = "STANDING", _("Thường xuyên (luôn phải có)")


class DueFrom(models.TextChoices):
    """From which day the deadline is counted."""

    PERIOD_END = "PERIOD_END", _("ngày cuối kỳ")
    PERIOD_START = "PERIOD_START", _("ngày đầu kỳ")
    SIGNED = "SIGNED", _("ngày ký, ban hành, phát sinh")


class MoneyUnit(models.TextChoices):
    """In what a budget table counts."""

    DONG = "DONG", _("đồng")
    THOUSAND = "THOUSAND", _("nghìn đồng")
    MILLION = "MILLION", _("triệu đồng")
    BILLION = "BILLION", _("tỷ đồng")
