"""Closed lists of the services room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OnlineLevel(models.TextChoices):
    """How far a procedure goes online (NĐ 224/2026 Điều 14–15); UNSTATED where the source names a channel but no level."""

    FULL = "FULL", _("Toàn trình")
    PARTIAL = "PARTIAL", _("Một phần")
    NONE = "NONE", _("Đến trực tiếp")
    UNSTATED = "UNSTATED", _("Có nộp trực tuyến")


class Channel(models.TextChoices):
    """Ways to hand in a dossier, as the national portal names them."""

    ONLINE = "ONLINE", _("Trực tuyến")
    POST = "POST", _("Dịch vụ bưu chính")
    DIRECT = "DIRECT", _("Trực tiếp")


class FeeKind(models.TextChoices):
    """What a source says about money; UNSTATED is its own “Không có thông tin”, which is not free.

    NOTED: the source writes “Miễn phí” and then a remark that tells of a fee (“Mức lệ phí cụ thể do Hội đồng nhân dân
    tỉnh quyết định”): neither free nor an amount, so its words are shown.
    """

    FREE = "FREE", _("Miễn phí")
    AMOUNT = "AMOUNT", _("Có lệ phí")
    NOTED = "NOTED", _("Xem ghi chú của nguồn")
    UNSTATED = "UNSTATED", _("Không có thông tin")


class RunState(models.TextChoices):
    """How far an import of the catalogue has come."""

    WAITING = "WAITING", _("Đang chờ")
    RUNNING = "RUNNING", _("Đang nạp")
    DONE = "DONE", _("Đã xong")
    REFUSED = "REFUSED", _("Không nạp được")


class Audience(models.TextChoices):
    """The two doors of the menu; a procedure may stand behind both."""

    PEOPLE = "nguoi-dan", _("Người dân")
    BUSINESS = "doanh-nghiep", _("Doanh nghiệp, hộ kinh doanh")


class Load(models.TextChoices):
    """How busy a counter is at a time, as the unit itself says."""

    QUIET = "QUIET", _("Thường vắng")
    NORMAL = "NORMAL", _("Bình thường")
    BUSY = "BUSY", _("Thường đông")


class FeedFormat(models.TextChoices):
    """How a unit publishes the state of its dossiers."""

    CSV = "CSV", "CSV"
    JSON = "JSON", "JSON"


class DossierStatus(models.TextChoices):
    """Where a dossier stands, in the words of the one-stop counter (NĐ 118/2025)."""

    RECEIVED = "RECEIVED", _("Đã tiếp nhận")
    PROCESSING = "PROCESSING", _("Đang giải quyết")
    SUPPLEMENT = "SUPPLEMENT", _("Chờ bổ sung giấy tờ")
    DONE = "DONE", _("Đã có kết quả")
    RETURNED = "RETURNED", _("Đã trả kết quả")
    REFUSED = "REFUSED", _("Không giải quyết, có văn bản nêu lý do")
    WITHDRAWN = "WITHDRAWN", _("Người nộp đã rút")
    OTHER = "OTHER", _("Theo nguồn")


class Contentment(models.IntegerChoices):
    """The three levels (Thông tư 32/2017/TT-BTTTT Điều 11)."""

    LOW = 1, _("Chưa hài lòng")
    FAIR = 2, _("Hài lòng")
    HIGH = 3, _("Rất hài lòng")


class MistakeStatus(models.TextChoices):
    """What became of a reader's note that something is wrong."""

    NEW = "NEW", _("Mới")
    MENDED = "MENDED", _("Đã sửa")
    NO_MISTAKE = "NO_MISTAKE", _("Không sai")
