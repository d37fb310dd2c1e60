"""Closed lists of what citizens send and of its way through the offices."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseKind(models.TextChoices):
    """What was sent. One engine for all; what differs stands in dated rows (feedback.CaseTerm) and in few flags."""

    REPORT = "REPORT", _("Phản ánh, kiến nghị")
    QUESTION = "QUESTION", _("Câu hỏi")
    INFORMATION = "INFORMATION", _("Yêu cầu cung cấp thông tin")
    PERSONAL = "PERSONAL", _("Yêu cầu về dữ liệu cá nhân")


class CaseStatus(models.TextChoices):
    """Where it stands. What the unit has closed (ANSWERED) is not yet solved: the sender says so (SOLVED)."""

    RECEIVED = "RECEIVED", _("Đã nhận")
    ACCEPTED = "ACCEPTED", _("Đang xử lý")
    WAITING = "WAITING", _("Chờ người gửi bổ sung")
    ANSWERED = "ANSWERED", _("Đã trả lời")
    SOLVED = "SOLVED", _("Đã giải quyết xong")
    REJECTED = "REJECTED", _("Không tiếp nhận")
    MERGED = "MERGED", _("Đã gộp")
    WITHDRAWN = "WITHDRAWN", _("Người gửi đã rút")


OPEN = (CaseStatus.RECEIVED, CaseStatus.ACCEPTED, CaseStatus.WAITING)
"""Statuses in which the office still owes something."""
RUNNING = (CaseStatus.RECEIVED, CaseStatus.ACCEPTED)
"""Statuses in which the office's clock runs."""


class Moderation(models.TextChoices):
    """Whether others may see it. Nothing of a stranger's is public before a moderator has seen it."""

    WAITING = "WAITING", _("Chờ duyệt")
    PUBLIC = "PUBLIC", _("Công khai")
    PRIVATE = "PRIVATE", _("Không công khai")
    SPAM = "SPAM", _("Rác")


class Priority(models.TextChoices):
    """How soon somebody should look; sorts by its value."""

    URGENT = "1", _("Khẩn")
    HIGH = "2", _("Gấp")
    NORMAL = "3", _("Thường")
    LOW = "4", _("Chưa gấp")


class PartyRole(models.TextChoices):
    """Why a unit sees a case."""

    HOLDER = "HOLDER", _("Đang xử lý")
    INTAKE = "INTAKE", _("Nơi tiếp nhận")
    FORMER = "FORMER", _("Đã chuyển đi")
    PLACE = "PLACE", _("Nơi xảy ra")
    ABOVE = "ABOVE", _("Theo dõi")


class Escalation(models.TextChoices):
    """Who above the handling office knows that it is late."""

    NONE = "NONE", _("Chưa")
    LEADER = "LEADER", _("Đã báo lãnh đạo")
    PROVINCE = "PROVINCE", _("Đã báo tỉnh, thành phố")


class EventKind(models.TextChoices):
    """What happened to a case. The public timeline shows those with ``is_public``."""

    RECEIVED = "RECEIVED", _("Đã nhận")
    PUBLISHED = "PUBLISHED", _("Công khai")
    HIDDEN = "HIDDEN", _("Không công khai")
    EDITED = "EDITED", _("Sửa bản công khai")
    ACCEPTED = "ACCEPTED", _("Tiếp nhận xử lý")
    ASSIGNED = "ASSIGNED", _("Giao người xử lý")
    SORTED = "SORTED", _("Đổi loại việc, mức gấp")
    ASKED = "ASKED", _("Hỏi thêm người gửi")
    SUPPLIED = "SUPPLIED", _("Người gửi bổ sung")
    TRANSFERRED = "TRANSFERRED", _("Chuyển đơn vị khác")
    EXTENDED = "EXTENDED", _("Gia hạn")
    PROGRESS = "PROGRESS", _("Báo tiến độ")
    ANSWERED = "ANSWERED", _("Trả lời")
    REJECTED = "REJECTED", _("Không tiếp nhận")
    MERGED = "MERGED", _("Gộp vào việc khác")
    JOINED = "JOINED", _("Thêm người cùng phản ánh")
    ASKED_SOLVED = "ASKED_SOLVED", _("Hỏi người gửi đã xong chưa")
    CONFIRMED = "CONFIRMED", _("Người gửi báo đã xong")
    REOPENED = "REOPENED", _("Mở lại: người gửi báo chưa xong")
    RATED = "RATED", _("Người gửi đánh giá")
    WITHDRAWN = "WITHDRAWN", _("Người gửi rút")
    REMINDED = "REMINDED", _("Nhắc sắp đến hạn")
    ESCALATED = "ESCALATED", _("Quá hạn, báo cấp trên")
    APOLOGISED = "APOLOGISED", _("Xin lỗi vì trễ hạn")
    NOTE = "NOTE", _("Ghi chú nội bộ")
    UNMASKED = "UNMASKED", _("Xem thông tin người gửi")
    FORGOTTEN = "FORGOTTEN", _("Xóa thông tin người gửi")
    SPAM = "SPAM", _("Bỏ vào rác")
    RESTORED = "RESTORED", _("Lấy lại từ rác")


class HideReason(models.TextChoices):
    """Why a moderator keeps an honest case from the public. It is handled all the same."""

    PERSONAL = "PERSONAL", _("Kể chuyện riêng của người khác")
    ASKED = "ASKED", _("Người gửi không muốn công khai")
    RUDE = "RUDE", _("Lời lẽ xúc phạm")
    UNPROVEN = "UNPROVEN", _("Cáo buộc người khác, chưa kiểm chứng")
    SECRET = "SECRET", _("Thông tin không được công khai theo luật")
    ELSEWHERE = "ELSEWHERE", _("Không phải phản ánh, câu hỏi")


class RejectReason(models.TextChoices):
    """Why an office does not take a case on."""

    NOT_OURS = "NOT_OURS", _("Không thuộc thẩm quyền của cơ quan nhà nước ở địa phương")
    OTHER_LAW = "OTHER_LAW", _("Là khiếu nại, tố cáo: theo luật khác")
    UNCLEAR = "UNCLEAR", _("Không đủ thông tin để xử lý")
    ANSWERED = "ANSWERED", _("Việc này đã được trả lời trước đó")
    UNTRUE = "UNTRUE", _("Đã kiểm tra, sự việc không có")
    ABUSE = "ABUSE", _("Lời lẽ xúc phạm, không có nội dung phản ánh")
    LAWFUL_REFUSAL = "LAWFUL_REFUSAL", _("Thông tin không được cung cấp theo luật")


class TermStep(models.TextChoices):
    """Numbers that law or the province's rules set for cases, kept as dated rows (feedback.CaseTerm)."""

    ACCEPT = "ACCEPT", _("Báo ai xử lý, trong")
    TRANSFER = "TRANSFER", _("Chuyển đơn vị có thẩm quyền, trong")
    ANSWER = "ANSWER", _("Trả lời, trong")
    COMPLEX = "COMPLEX", _("Trả lời việc phức tạp, trong")
    EXTEND = "EXTEND", _("Gia hạn, nhiều nhất")
    SUPPLY = "SUPPLY", _("Người gửi bổ sung, trong")
    REMIND = "REMIND", _("Nhắc trước hạn")
    LEADER = "LEADER", _("Báo lãnh đạo đơn vị khi quá hạn")
    PROVINCE = "PROVINCE", _("Báo tỉnh, thành phố khi quá hạn")
    SECOND_ASK = "SECOND_ASK", _("Hỏi lại người gửi, sau")
    CONFIRM = "CONFIRM", _("Người gửi báo “chưa xong”, trong")
    KEEP_CONTACT = "KEEP_CONTACT", _("Giữ tên, điện thoại, thư sau khi xong")
    KEEP_SPAM = "KEEP_SPAM", _("Giữ rác")


class FileKind(models.TextChoices):
    """What was attached."""

    PICTURE = "PICTURE", _("Ảnh")
    VIDEO = "VIDEO", _("Video")


class FileState(models.TextChoices):
    """Where a file stands. Only READY files are ever shown to anybody; READY means re-encoded by us."""

    WAITING = "WAITING", _("Chờ chuyển đổi")
    READY = "READY", _("Sẵn sàng")
    REFUSED = "REFUSED", _("Không đọc được")


class ConsentPurpose(models.TextChoices):
    """What a sender agreed to, each separately (Luật 91/2025 Điều 9); wording and version in feedback.rules.consent."""

    HANDLE = "HANDLE", _("Dùng tên, điện thoại, thư để xử lý và liên hệ")
    MAIL = "MAIL", _("Gửi thư điện tử báo diễn biến")
    PUBLISH = "PUBLISH", _("Công khai nội dung và ảnh, không kèm người gửi")


class SolvedAnswer(models.TextChoices):
    """The sender's answer to “đã giải quyết chưa?”."""

    YES = "YES", _("Đã xong")
    NO = "NO", _("Chưa xong")


class TemplateUse(models.TextChoices):
    """Where a prepared text is offered."""

    ASK = "ASK", _("Hỏi thêm")
    PROGRESS = "PROGRESS", _("Báo tiến độ")
    EXTEND = "EXTEND", _("Gia hạn")
    ANSWER = "ANSWER", _("Trả lời")
    REJECT = "REJECT", _("Không tiếp nhận")
    APOLOGY = "APOLOGY", _("Xin lỗi vì trễ hạn")


class LetterKind(models.TextChoices):
    """What a mail is about; each has a template under templates/emails/case_<kind in lower case>.txt and .html."""

    RECEIVED = "RECEIVED", _("Đã nhận")
    ACCEPTED = "ACCEPTED", _("Ai xử lý")
    ASKED = "ASKED", _("Hỏi thêm")
    TRANSFERRED = "TRANSFERRED", _("Chuyển đơn vị")
    EXTENDED = "EXTENDED", _("Gia hạn")
    PROGRESS = "PROGRESS", _("Tiến độ")
    ANSWERED = "ANSWERED", _("Trả lời, hỏi đã xong chưa")
    SECOND_ASK = "SECOND_ASK", _("Hỏi lại sau bốn tuần")
    REJECTED = "REJECTED", _("Không tiếp nhận")
    MERGED = "MERGED", _("Gộp")
    REOPENED = "REOPENED", _("Mở lại")
    LATE = "LATE", _("Xin lỗi vì trễ hạn")
    JOINER_ANSWERED = "JOINER_ANSWERED", _("Người cùng phản ánh: đã trả lời")
    STAFF_NEW = "STAFF_NEW", _("Cán bộ: việc mới")
    STAFF_DUE = "STAFF_DUE", _("Cán bộ: sắp đến hạn")
    STAFF_LATE = "STAFF_LATE", _("Lãnh đạo: quá hạn")
    PROVINCE_LATE = "PROVINCE_LATE", _("Tỉnh, thành phố: quá hạn")


class LetterState(models.TextChoices):
    """Where a mail stands."""

    WAITING = "WAITING", _("Chờ gửi")
    SENT = "SENT", _("Đã gửi")
    FAILED = "FAILED", _("Không gửi được")


class InformationWay(models.TextChoices):
    """How requested information is to be given (Luật Tiếp cận thông tin Điều 25)."""

    MAIL = "MAIL", _("Qua thư điện tử")
    POST = "POST", _("Qua bưu chính")
    OFFICE = "OFFICE", _("Xem, nhận tại trụ sở")


class PersonalWish(models.TextChoices):
    """What a person asks about their own data (NĐ 356/2025 Điều 5)."""

    VIEW = "VIEW", _("Xem dữ liệu đang giữ")
    CORRECT = "CORRECT", _("Sửa dữ liệu sai")
    DELETE = "DELETE", _("Xóa dữ liệu")
    WITHDRAW = "WITHDRAW", _("Rút lại sự đồng ý")
