"""Closed lists of the units room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    """The four kinds of unit; districts are history since 01/7/2025 but stay readable."""

    PROVINCE = "PROVINCE", _("Tỉnh, thành phố")
    DEPARTMENT = "DEPARTMENT", _("Sở, ban, ngành")
    DISTRICT = "DISTRICT", _("Quận, huyện, thị xã")
    COMMUNE = "COMMUNE", _("Xã, phường, đặc khu")


class Role(models.TextChoices):
    """What a member of the editorial board may do on one unit's site."""

    AUTHOR = "AUTHOR", _("Cộng tác viên")
    EDITOR = "EDITOR", _("Biên tập viên")
    APPROVER = "APPROVER", _("Người duyệt")
    UNIT_ADMIN = "UNIT_ADMIN", _("Quản trị đơn vị")


class Palette(models.TextChoices):
    """The eight accents a unit may choose from (shared look: "Theming a unit")."""

    TIM = "tim", _("Tím Huế")
    PHA = "pha", _("Lam phá")
    CHAM = "cham", _("Chàm")
    REU = "reu", _("Rêu")
    DAT = "dat", _("Đất nung")
    SEN = "sen", _("Sen")
    DA = "da", _("Đá")
    GO = "go", _("Gỗ mun")


class Banner(models.TextChoices):
    """Illustrated banners shipped with the portal; an own photograph goes before them."""

    CITADEL_TIM = "citadel-tim", _("Kinh thành, tím")
    CITADEL_SOM = "citadel-som", _("Kinh thành, sớm mai")
    CITADEL_SON = "citadel-son", _("Kinh thành, son")
    CITADEL_SEN = "citadel-sen", _("Kinh thành, sen")
    CITADEL_REU = "citadel-reu", _("Kinh thành, rêu")
    CITADEL_PHA = "citadel-pha", _("Kinh thành, lam phá")
    LAGOON_TIM = "lagoon-tim", _("Đầm phá, tím")
    LAGOON_SOM = "lagoon-som", _("Đầm phá, sớm mai")
    LAGOON_SON = "lagoon-son", _("Đầm phá, son")
    LAGOON_SEN = "lagoon-sen", _("Đầm phá, sen")
    LAGOON_REU = "lagoon-reu", _("Đầm phá, rêu")
    LAGOON_PHA = "lagoon-pha", _("Đầm phá, lam phá")


class LinkGroup(models.TextChoices):
    """The groups of the link directory “Liên kết website”."""

    GOVERNMENT = "GOVERNMENT", _("Chính phủ")
    PROVINCE = "PROVINCE", _("Tỉnh, thành phố")
    DEPARTMENTS = "DEPARTMENTS", _("Sở, ban, ngành")
    COMMUNES = "COMMUNES", _("Xã, phường")


class Extent(models.TextChoices):
    """How much of the old unit went into the new one."""

    FULL = "FULL", _("toàn bộ")
    PARTIAL = "PARTIAL", _("một phần")


class Module(models.TextChoices):
    """Parts of a site that a unit may switch off."""

    NEWS = "news", _("Tin tức")
    ABOUT = "about", _("Giới thiệu")
    LINKS = "links", _("Liên kết website")
    FINDER = "finder", _("Tra tên phường, xã cũ")
    COMMENTS = "comments", _("Góp ý dưới bài")
    SERVICES = "services", _("Dịch vụ công")
    DOCUMENTS = "documents", _("Văn bản, lấy ý kiến")
    PEOPLE = "people", _("Lãnh đạo, danh bạ, người phát ngôn")
    SCHEDULE = "schedule", _("Lịch công tác")
    RECEPTION = "reception", _("Tiếp công dân")
    DISCLOSURE = "disclosure", _("Công khai")
    REPORTS = "reports", _("Phản ánh, kiến nghị")
    QUESTIONS = "questions", _("Hỏi đáp, đối thoại, bình chọn")


class AlertLevel(models.TextChoices):
    """How grave a warning is; the gravest stands above every page."""

    EMERGENCY = "EMERGENCY", _("Khẩn cấp (đỏ)")
    WARNING = "WARNING", _("Cảnh báo (vàng)")
    NOTICE = "NOTICE", _("Thông báo (xanh)")


class AlertReach(models.TextChoices):
    """On whose pages a warning stands."""

    OWN = "OWN", _("Chỉ trang này")
    ALL = "ALL", _("Mọi trang trong tỉnh, thành phố")


class RedirectReason(models.TextChoices):
    """How an old address came to lead elsewhere."""

    IMPORT = "IMPORT", _("Trang cũ nạp về")
    SLUG = "SLUG", _("Đổi nhãn địa chỉ")
    CATEGORY = "CATEGORY", _("Đổi chuyên mục")
    HAND = "HAND", _("Ghi bằng tay")
