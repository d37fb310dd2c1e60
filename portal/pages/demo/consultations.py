"""Drafts on which the demo's public is asked: one open with opinions, one closed that owes its summary, one with an outcome.

All of it is invented and says so. Everything goes through the actions that people use.
"""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from feedback.actions.comments import answer_comment, decide_comments, receive_comment
from feedback.enums import CommentStatus, RefuseReason
from news.actions.consultations import publish_consultation, publish_summary, save_consultation, tell_outcome
from news.enums.documents import ConsultationOutcome
from news.models import Consultation, DocumentField
from portal.core.models import User
from portal.core.subjects import Subject, find_subject
from portal.core.tenancy import unit_scope
from portal.core.visitors import Sending
from units.models import Unit

SLUG: Final = "hue"
OPEN_DRAFT: Final = """
<p><strong>QUY ĐỊNH (dự thảo minh họa)</strong></p>
<h2>Chương I. Quy định chung</h2>
<p><strong>Điều 1. Phạm vi và đối tượng</strong></p>
<p>Quy định này nói về giờ mở cửa, chỗ để xe, thu gom rác và mức phí tại chợ đêm, phố đi bộ do phường quản lý. Áp dụng cho
người bán, người mua, đơn vị giữ xe và ban quản lý.</p>
<p><strong>Điều 2. Giờ mở cửa</strong></p>
<p>1. Mùa hè (tháng 4 đến tháng 9): từ 18:00 đến 23:00. Mùa mưa: từ 17:30 đến 22:00.</p>
<p>2. Âm thanh ngoài trời dừng trước 22:00.</p>
<h2>Chương II. Quy định cụ thể</h2>
<p><strong>Điều 3. Chỗ để xe</strong></p>
<p>1. Mỗi khu có ít nhất một bãi giữ xe cách lối vào không quá 200 mét, có chỗ riêng cho người khuyết tật.</p>
<p>2. Giá giữ xe niêm yết ở lối vào, không thu quá mức thành phố quy định.</p>
<p><strong>Điều 4. Rác thải</strong></p>
<p>Người bán có hai thùng: rác thực phẩm và rác còn lại. Phường thu gom trong vòng 60 phút sau giờ đóng cửa.</p>
<p><strong>Điều 5. Mức phí chỗ bán</strong></p>
<table><thead><tr><th scope="col">Loại chỗ</th><th scope="col">Mức đề xuất, đồng một tháng</th></tr></thead>
<tbody><tr><td>Dưới 4 mét vuông</td><td>300.000</td></tr><tr><td>Từ 4 mét vuông trở lên</td><td>450.000</td></tr></tbody></table>
<p><strong>Điều 6. Hiệu lực</strong></p>
<p>Quy định có hiệu lực từ ngày 01/3/2027.</p>
"""
OPEN_INTRO: Final = (
    "<p>Ba chợ đêm đang mở theo thỏa thuận riêng của từng nơi. Dự thảo đặt một cách làm chung. Cần góp ý nhất: giờ đóng cửa "
    "mùa hè (Điều 2) và mức phí (Điều 5).</p>"
)
OPINIONS: Final = (
    ("dieu-2", "Chị bán chè", "Mùa hè khách ra trễ, cho mở đến 23:30 thứ Sáu và thứ Bảy.", True,
     "Đơn vị soạn thảo ghi nhận, sẽ trả lời trong bản tổng hợp."),
    ("dieu-5", "Tổ dân phố 7", "Nên miễn phí ba tháng đầu cho hộ nghèo, hộ cận nghèo.", True, ""),
    ("dieu-3", "Người khuyết tật vận động", "Chỗ để xe cho người khuyết tật phải ở sát lối vào, có vạch sơn.", True, ""),
    ("", "Bạn đọc", "Đồng ý với dự thảo. Cần ghi thêm ai xử phạt khi xả rác.", True, ""),
    ("dieu-4", "Bạn đọc", "Sáng nào trước nhà tôi cũng có rác chợ, số tôi 0905 000 000.", False, ""),
)  # fmt: skip
SUMMARY: Final = (
    "<p>Nhận 46 ý kiến: 31 của người dân, 12 của hộ kinh doanh, 3 của tổ chức (số minh họa).</p>"
    "<h2>Đã tiếp thu</h2><ul><li>Thêm thời gian chuyển tiếp sáu tháng cho hộ đang hoạt động.</li>"
    "<li>Bỏ yêu cầu nộp bản sao công chứng khi đã có dữ liệu.</li></ul>"
    "<h2>Không tiếp thu, vì sao</h2><ul><li>Giảm mức phí một nửa: mức đề xuất đã bằng chi phí thu gom thực tế.</li></ul>"
)


def _person(name: str) -> User:
    return User.objects.get(username=f"{SLUG}.{name}")


def load_consultations() -> int:
    """Write them once for the province; returns how many were added."""
    unit = Unit.objects.filter(slug=SLUG, valid_to__isnull=True).first()
    if unit is None:
        return 0
    with unit_scope(unit), transaction.atomic():
        if Consultation.objects.exists():
            return 0
        today, actor = timezone.localdate(), _person("duyet")
        _open(today, actor)
        _owing(today, actor)
        _finished(today, actor)
        return Consultation.objects.count()


def _new(title: str, office: str, opens: date, closes: date, field: str, **more: str) -> Consultation:
    return Consultation(
        title=title, drafting_office=office, opens_on=opens, closes_on=closes, is_demo=True,
        field=DocumentField.objects.filter(slug=field).first(),
        contact="Văn phòng Ủy ban nhân dân, 16 Lê Lợi; điện thoại 0234 300 0000 (số minh họa)", **more,
    )  # fmt: skip


def _publish(draft: Consultation, actor: User) -> Consultation:
    """Opened on its first day, which for closed ones lies in the past: the clock of the action is today's."""
    closes = draft.closes_on
    draft.closes_on = max(closes, timezone.localdate())
    save_consultation(consultation=draft, actor=_person("bientap"))
    publish_consultation(consultation=draft, actor=actor, secrecy_checked=True)
    at = timezone.make_aware(datetime.combine(draft.opens_on, datetime.min.time())) + timedelta(hours=8)
    Consultation.objects.filter(pk=draft.pk).update(
        closes_on=closes, published_at=at, summary_due_on=closes + timedelta(days=60)
    )
    draft.refresh_from_db()
    return draft


def _open(today: date, actor: User) -> None:
    draft = _new(
        "Quy định về quản lý chợ đêm, phố đi bộ (dự thảo minh họa)", "Sở Công Thương",
        today - timedelta(days=12), today + timedelta(days=48), "cong-thuong", intro=OPEN_INTRO, draft=OPEN_DRAFT,
    )  # fmt: skip
    _publish(draft, actor)
    subject = find_subject("news.consultation", draft.pk)
    if subject:
        _opinions(draft, subject, actor)


def _opinions(draft: Consultation, subject: Subject, actor: User) -> None:
    parts = {part.label: (part.pk, part.heading) for part in draft.parts.all()}
    for number, (label, name, text, shown, answer) in enumerate(OPINIONS):
        sending = Sending(address_hash=f"demo-y-kien-{number}")
        comment = receive_comment(subject=subject, name=name, text=text, sending=sending, part=parts.get(label))
        decide_comments(
            pks=[comment.pk], seen=CommentStatus.HELD, actor=actor,
            to=CommentStatus.SHOWN if shown else CommentStatus.REFUSED,
            reason="" if shown else RefuseReason.PERSONAL,
        )  # fmt: skip
        if answer:
            comment.refresh_from_db()
            answer_comment(comment=comment, answer=answer, actor=actor)


def _owing(today: date, actor: User) -> None:
    draft = _new(
        "Quy định hỗ trợ hộ nuôi cá lồng chuyển nghề vùng đầm phá (dự thảo minh họa)", "Sở Nông nghiệp và Môi trường",
        today - timedelta(days=120), today - timedelta(days=55), "nong-nghiep",
        intro="<p>Mức hỗ trợ, thời gian hỗ trợ và thứ tự hộ được xét.</p>",
        draft="<p>Điều 1. Mức hỗ trợ</p><p>Theo số lồng đã đăng ký.</p><p>Điều 2. Thời gian</p><p>Trong 18 tháng.</p>",
    )  # fmt: skip
    _publish(draft, actor)


def _finished(today: date, actor: User) -> None:
    draft = _new(
        "Quy định mức thu gom rác thải sinh hoạt (dự thảo minh họa)", "Sở Tài chính", today - timedelta(days=260),
        today - timedelta(days=195), "tai-chinh", intro="<p>Mức thu theo số người trong hộ và theo lượng rác.</p>",
        draft="<p>Điều 1. Mức thu</p><p>Theo số người.</p><p>Điều 2. Miễn, giảm</p><p>Hộ nghèo được miễn.</p>",
    )  # fmt: skip
    _publish(draft, actor)
    publish_summary(consultation=draft, summary=SUMMARY, actor=actor)
    tell_outcome(
        consultation=draft, outcome=ConsultationOutcome.ISSUED, actor=actor, number="900/2026/QĐ-UBND",
        note="Có hiệu lực từ ngày 01/10/2026 (số minh họa).",
    )  # fmt: skip
