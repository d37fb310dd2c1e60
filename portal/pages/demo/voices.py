"""Demo data: prepared answers, polls and one online dialogue for the liveliest units; invented, and said so."""

from datetime import datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from feedback.enums.cases import TemplateUse
from feedback.enums.polls import DialogueQuestionState, DialogueStatus, PollKind, PollResults
from feedback.models import AnswerTemplate, Dialogue, DialogueQuestion, Poll, PollBallot, PollOption
from feedback.rules.polls import points_of
from portal.core.sealing import seal
from portal.core.tenancy import unit_scope
from portal.pages.demo.wording import INVENTED, rng
from units.models import Unit

LIVELY: Final = ("hue", "thuan-an", "phu-xuan")
TEMPLATES: Final = (
    (TemplateUse.ASK, "Hỏi chỗ chính xác", "Xin cho biết số nhà gần nhất hoặc một mốc dễ thấy, để đội đến đúng chỗ."),
    (TemplateUse.ANSWER, "Đã sửa xong", "{don_vi} đã cho người đến sửa xong. Nếu hỏng lại, trả lời “chưa xong” ở liên kết riêng, việc sẽ được mở lại."),
    (TemplateUse.EXTEND, "Chờ vật tư", "Vật tư chưa về đủ. {don_vi} đã che chắn tạm và sẽ làm ngay khi có."),
    (TemplateUse.REJECT, "Khiếu nại, tố cáo", "Nội dung này thuộc khiếu nại, tố cáo. Nộp đơn theo luật tại bộ phận tiếp công dân của {don_vi}."),
)  # fmt: skip
# title, kind, options, opened so many days ago, open for so many days, what came of it
POLLS: Final = (
    ("Công viên ven phá nên có gì trước?", PollKind.MULTIPLE,
     ("Đường dạo bộ và ghế ngồi", "Sân chơi cho trẻ em", "Bãi giữ xe", "Nhà vệ sinh công cộng"), 6, 20, ""),
    ("Phiên chợ cuối tuần nên mở buổi nào?", PollKind.SINGLE, ("Sáng thứ Bảy", "Chiều thứ Bảy", "Sáng Chủ nhật"), 40, 21,
     "Mở sáng Chủ nhật, từ tháng 12, trước nhà văn hóa."),
)  # fmt: skip
PAIRS: Final = (
    ("Bao giờ đoạn đê bao phía đầm được gia cố?", "Đã có vốn, khởi công tháng 01/2027, xong trước mùa mưa."),
    ("Mùa mưa này ai báo cho nhà không có điện thoại thông minh?", "Tổ dân phố đến từng nhà và phát loa hai lần mỗi ngày khi có lệnh."),
    ("Nhà tôi ở chỗ trũng, có được hỗ trợ nâng nền không?", "Hộ nghèo, cận nghèo được xét; nộp đơn cho tổ trưởng trước 15/12."),
)  # fmt: skip


def load_voices() -> int:
    """Load them where there are none; returns how many units got some."""
    made = 0
    for unit in Unit.objects.current().filter(slug__in=LIVELY).defer("boundary"):
        with unit_scope(unit), transaction.atomic():
            if AnswerTemplate.objects.exists() or Poll.objects.exists():
                continue
            AnswerTemplate.objects.bulk_create(
                AnswerTemplate(unit_id=unit.pk, use=use, title=title, text=text, order=order, is_demo=True)
                for order, (use, title, text) in enumerate(TEMPLATES)
            )
            for plan in POLLS:
                _poll(unit, plan)
            _dialogue(unit)
            made += 1
    return made


def _poll(unit: Unit, plan: tuple[str, PollKind, tuple[str, ...], int, int, str]) -> None:
    title, kind, options, ago, lasts, outcome = plan
    opens = timezone.now() - timedelta(days=ago)
    poll = Poll(
        title=title, kind=kind, most=2, results=PollResults.AFTER_VOTE, opens_at=opens, closes_at=opens + timedelta(days=lasts),
        is_published=True, outcome=outcome, is_demo=True, intro=f"Ý kiến dùng để lập kế hoạch năm sau {INVENTED}.",
    )  # fmt: skip
    poll.save()
    rows = PollOption.objects.bulk_create(
        PollOption(unit_id=unit.pk, poll=poll, text=text, order=order) for order, text in enumerate(options)
    )
    chance, ballots = rng("bình chọn", unit.slug, title), []
    for _turn in range(chance.randint(30, 90)):
        chosen = chance.sample(rows, 2 if kind == PollKind.MULTIPLE else 1)
        ballots.append(PollBallot(unit_id=unit.pk, poll=poll, choices=[row.pk for row in chosen]))
        for place, row in enumerate(chosen):
            row.votes, row.firsts = row.votes + 1, row.firsts + int(place == 0)
            row.points += points_of(place, len(rows)) if kind == PollKind.RANKED else 0
    PollBallot.objects.bulk_create(ballots)
    PollOption.objects.bulk_update(rows, ["votes", "firsts", "points"])
    Poll.objects.filter(pk=poll.pk).update(ballots=len(ballots))


def _dialogue(unit: Unit) -> None:
    """One that is over, with its answers."""
    day = timezone.localdate() - timedelta(days=12)
    starts = timezone.make_aware(datetime.combine(day, time(14)))
    dialogue = Dialogue(
        title=f"Chuẩn bị cho mùa mưa lũ {INVENTED}", host_text="Chủ tịch Ủy ban nhân dân", starts_at=starts,
        questions_from=starts - timedelta(days=5), ends_at=starts + timedelta(hours=1), status=DialogueStatus.CLOSED,
        intro="Một giờ hỏi và trả lời về phòng, chống mưa lũ.", is_demo=True,
    )  # fmt: skip
    dialogue.save()
    DialogueQuestion.objects.bulk_create(
        DialogueQuestion(
            unit_id=unit.pk, dialogue=dialogue, text=asked, sealed_text=seal(asked), answer=told, order=order,
            state=DialogueQuestionState.ANSWERED, answered_at=starts + timedelta(minutes=9 * order + 6), sent_at=starts,
        )
        for order, (asked, told) in enumerate(PAIRS)
    )  # fmt: skip
