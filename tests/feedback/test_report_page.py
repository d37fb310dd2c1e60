"""The public page of a report: where it stands, its days, its way through the offices, and what of it nobody else sees."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from feedback.cases.event_words import OF_SENDER, lines_of
from feedback.cases.page import page_of, steps_of
from feedback.cases.standing import EveryDay, calendar_for, standing_of, strip_of
from feedback.enums.cases import CaseStatus, EventKind, FileKind, RejectReason, SolvedAnswer
from feedback.models import Case, CaseEvent, CaseFile
from portal.core.models import Holiday
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.report_pages import answered, change, event_of, pass_on, report_of
from tests.factories.visits import body_of, visit

pytestmark = pytest.mark.django_db
SUNDAY = date(2026, 11, 22)
MONDAY = date(2026, 11, 23)


def path_of(case: Case) -> str:
    return f"/phan-anh/{case.code}/"


def states(case: Case, today: date) -> str:
    """The strip as letters: done, Today, left, last day (!), late, off (.)."""
    strip = strip_of(case, today, calendar_for([case], today))
    assert strip is not None
    letters = {"done": "d", "today": "T", "left": "l", "due": "!", "late": "x", "off": "."}
    return "".join(letters[cell.state] for cell in strip.days)


# --- days --------------------------------------------------------------------------------------------------------------


def test_the_strip_counts_working_days_to_the_last_one(cast: Cast) -> None:
    case = report_of(cast.a, date(2026, 11, 12), date(2026, 11, 26))
    assert states(case, MONDAY) == "d.ddddd.Tll!"
    standing = standing_of(case, MONDAY, calendar_for([case], MONDAY))
    assert (standing.number, standing.line) == (3, "Còn 3 ngày làm việc")


def test_a_holiday_is_no_cell_and_no_day(cast: Cast) -> None:
    Holiday.objects.update_or_create(day=date(2026, 11, 24), defaults={"is_worked": False, "name": "Nghỉ thử"})
    case = report_of(cast.a, date(2026, 11, 19), date(2026, 11, 26))
    assert states(case, MONDAY) == "d.T.l!"
    assert standing_of(case, MONDAY, calendar_for([case], MONDAY)).number == 2


def test_after_the_last_day_the_strip_goes_on_to_today(cast: Cast) -> None:
    case = report_of(cast.a, date(2026, 11, 12), date(2026, 11, 18))
    assert states(case, MONDAY) == "d.dd!xx.T"
    standing = standing_of(case, MONDAY, calendar_for([case], MONDAY))
    assert (standing.number, standing.tone, standing.line) == (3, "bad", "Quá hạn 3 ngày làm việc")


def test_a_long_way_is_cut_in_front_and_says_so(cast: Cast) -> None:
    case = report_of(cast.a, date(2026, 9, 1), date(2026, 11, 30))
    strip = strip_of(case, MONDAY, calendar_for([case], MONDAY))
    assert strip is not None
    assert len(strip.days) <= 25
    assert strip.earlier > 30
    assert strip.days[-1].is_due


def test_where_the_last_day_is_out_of_sight_only_the_number_is_left(cast: Cast) -> None:
    case = report_of(cast.a, date(2026, 6, 1), date(2026, 6, 15))
    assert strip_of(case, MONDAY, calendar_for([case], MONDAY)) is None


@pytest.mark.parametrize(
    ("due", "today", "line"),
    [
        (date(2026, 11, 23), MONDAY, "Hôm nay là hạn trả lời"),
        (date(2026, 11, 20), SUNDAY, "Đã qua hạn trả lời"),
        (date(2026, 11, 22), date(2026, 11, 21), "Hạn trả lời rơi vào ngày nghỉ"),
    ],
)
def test_days_without_a_number(cast: Cast, due: date, today: date, line: str) -> None:
    case = report_of(cast.a, date(2026, 11, 12), due)
    standing = standing_of(case, today, calendar_for([case], today))
    assert (standing.line, standing.number) == (line, None)


def test_a_stopped_clock_says_how_many_days_are_left(cast: Cast) -> None:
    case = report_of(
        cast.a, date(2026, 11, 12), date(2026, 11, 26), status=CaseStatus.WAITING, stopped_on=date(2026, 11, 17)
    )
    standing = standing_of(case, date(2026, 12, 20), calendar_for([case], date(2026, 12, 20)))
    assert "còn 7 ngày làm việc" in standing.note
    assert strip_of(case, MONDAY, calendar_for([case], MONDAY)) is None


def test_terms_in_calendar_days_count_every_day(cast: Cast) -> None:
    case = report_of(cast.a, date(2026, 11, 19), date(2026, 11, 25))
    assert standing_of(case, MONDAY, EveryDay({})).line == "Còn 2 ngày"


# --- closed is not solved ----------------------------------------------------------------------------------------------


def test_answered_is_not_solved_until_the_sender_says_so(cast: Cast) -> None:
    case = answered(report_of(cast.a, date(2026, 11, 12), date(2026, 11, 26)), date(2026, 11, 20), cast.a.unit)
    page = body_of(visit(cast.a.host, path_of(case)))
    assert "Đã trả lời, chờ người gửi xác nhận" in page
    assert "Trả lời sau 6 ngày làm việc, đúng hạn." in page
    assert "Người gửi báo đã xong" not in page
    event_of(case, EventKind.CONFIRMED, date(2026, 11, 21), cast.a.unit, detail={"satisfaction": "VERY"})
    change(case, status=CaseStatus.SOLVED, solved=SolvedAnswer.YES, satisfaction="VERY")
    page = body_of(visit(cast.a.host, path_of(case)))
    assert "Người gửi báo đã xong. Đánh giá: rất hài lòng." in page


def test_late_answers_say_by_how_much(cast: Cast) -> None:
    case = answered(report_of(cast.a, date(2026, 11, 2), date(2026, 11, 16)), date(2026, 11, 19), cast.a.unit)
    assert "trễ 3 ngày làm việc" in body_of(visit(cast.a.host, path_of(case)))


def test_reopened_goes_through_the_steps_again(cast: Cast) -> None:
    case = answered(report_of(cast.a, date(2026, 11, 2), date(2026, 11, 16)), date(2026, 11, 10), cast.a.unit)
    event_of(
        case, EventKind.REOPENED, date(2026, 11, 17), cast.a.unit, text=f"{cast.a.marker} tên tôi là Sen",
        detail={"due": "2026-12-01"},
    )  # fmt: skip
    change(case, status=CaseStatus.ACCEPTED, reopened=1, due_on=date(2026, 12, 1))
    page = body_of(visit(cast.a.host, path_of(case)))
    assert "Người gửi báo chưa xong, mở lại" in page
    assert "Hạn trả lời mới: Thứ Ba, 01/12/2026" in page
    assert "tên tôi là Sen" not in page, "no moderator has seen these words"
    with unit_scope(cast.a.unit):
        events = list(CaseEvent.objects.filter(case=case).public().in_order())
        mine = page_of(case, events=events, files=[], today=SUNDAY, for_sender=True)
    assert [step.state for step in mine.steps] == ["done", "done", "now", "next", "next"]
    assert mine.steps[2].entries[-1].lines.text == f"{cast.a.marker} tên tôi là Sen"
    assert mine.steps[-1].title == "Bạn đánh giá"


# --- the way -----------------------------------------------------------------------------------------------------------


def test_every_unit_on_the_way_is_named_with_its_reason(cast: Cast) -> None:
    case = report_of(cast.a, date(2026, 11, 12), date(2026, 11, 26))
    event_of(
        case, EventKind.TRANSFERRED, date(2026, 11, 13), cast.a.unit, to_unit=cast.third, text="Cống do sở quản lý."
    )
    pass_on(case, cast.third)
    event_of(
        case, EventKind.EXTENDED, date(2026, 11, 19), cast.third, text="Chờ vật tư.",
        detail={"due_before": "2026-11-26", "due": "2026-12-03"},
    )  # fmt: skip
    change(case, due_on=date(2026, 12, 3), status=CaseStatus.ACCEPTED, joins=12)
    for host in (cast.a.host, cast.third.canonical_host, cast.province.canonical_host):
        page = body_of(visit(host, path_of(case)))
        assert f"{cast.a.unit.name} chuyển {cast.third.name} xử lý." in page
        assert "Cống do sở quản lý." in page
        assert "hạn cũ 26/11/2026, hạn mới Thứ Năm, 03/12/2026" in page
        assert "Chờ vật tư." in page
        assert "12 người" in page
    with unit_scope(cast.a.unit):
        events = list(CaseEvent.objects.filter(case=case).public().in_order())
        assert page_of(case, events=events, files=[], today=SUNDAY).chain == [cast.a.unit.name, cast.third.name]


def test_the_steps_of_a_new_report_wait_for_the_unit(cast: Cast) -> None:
    case = report_of(cast.a, date(2026, 11, 20), date(2026, 12, 4))
    found = steps_of(case, [])
    assert [(step.number, step.state) for step in found] == [
        (1, "done"),
        (2, "now"),
        (3, "next"),
        (4, "next"),
        (5, "next"),
    ]
    assert cast.a.unit.name in found[1].note


def test_a_refusal_says_why_and_who_is_responsible(cast: Cast) -> None:
    case = report_of(cast.a, date(2026, 11, 12), date(2026, 11, 26))
    event_of(case, EventKind.REJECTED, date(2026, 11, 16), cast.a.unit, text="Cột điện của điện lực.")
    change(case, status=CaseStatus.REJECTED, reject_reason=RejectReason.NOT_OURS, responsible="Công ty Điện lực Huế")
    page = body_of(visit(cast.a.host, path_of(case)))
    assert "Nơi có trách nhiệm: Công ty Điện lực Huế." in page
    assert str(RejectReason.NOT_OURS.label) in page
    assert "Tôi cũng gặp việc này" not in page


def test_what_is_not_public_of_the_timeline_is_not_told(cast: Cast) -> None:
    case = report_of(cast.a, date(2026, 11, 12), date(2026, 11, 26))
    event_of(case, EventKind.NOTE, date(2026, 11, 13), cast.a.unit, text="ghi chú nội bộ", is_public=False)
    event_of(case, EventKind.SUPPLIED, date(2026, 11, 14), cast.a.unit, text="số nhà của tôi là 5")
    page = body_of(visit(cast.a.host, path_of(case)))
    assert "ghi chú nội bộ" not in page
    assert "số nhà của tôi" not in page
    assert "Người gửi đã bổ sung." in page


def test_pictures_before_and_after_stand_side_by_side(cast: Cast) -> None:
    case = report_of(cast.a, date(2026, 11, 12), date(2026, 11, 26))
    event = event_of(case, EventKind.ANSWERED, date(2026, 11, 16), cast.a.unit, text="Đã sửa.")
    with unit_scope(cast.a.unit):
        for place, (name, public, of_sender) in enumerate(
            (("truoc", True, True), ("kin", False, True), ("sau", True, False))
        ):
            CaseFile(
                case=case, kind=FileKind.PICTURE, position=place, is_from_sender=of_sender, is_public=public,
                private_path=f"rieng/{name}.webp", public_path=f"u1/phan-anh/{name}.webp" if public else "",
                event=None if of_sender else event,
            ).save(force_insert=True)  # fmt: skip
    page = body_of(visit(cast.a.host, path_of(case)))
    assert "Trước và sau" in page
    assert "truoc.webp" in page
    assert "sau.webp" in page
    assert "rieng/" not in page


def test_words_of_strangers_are_text(cast: Cast) -> None:
    case = report_of(cast.a, date(2026, 11, 12), date(2026, 11, 26))
    event_of(case, EventKind.PROGRESS, date(2026, 11, 14), cast.a.unit, text="<script>alert(1)</script>")
    change(case, title='<img src=x onerror="a">', text="</script><b>x</b>")
    page = body_of(visit(cast.a.host, path_of(case)))
    assert "<img src=x" not in page
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page


@pytest.mark.parametrize(
    ("kind", "detail", "said"),
    [
        (EventKind.ACCEPTED, {"post": "Phòng Kinh tế", "due": "2026-12-01"}, "nhận việc, giao Phòng Kinh tế."),
        (EventKind.ACCEPTED, {"due_before": "2026-11-26", "due": "2026-12-10"}, "Hạn trả lời mới: Thứ Năm, 10/12/2026."),
        (EventKind.TRANSFERRED, {"late_days": 3}, "Chuyển muộn 3 ngày làm việc."),
        (EventKind.ASKED, {"left": 3, "until": "2026-12-04"}, "Bổ sung đến hết Thứ Sáu, 04/12/2026."),
        (EventKind.ESCALATED, {"level": "LEADER"}, "đã báo lãnh đạo"),
        (EventKind.ESCALATED, {"level": "PROVINCE"}, "đã báo cơ quan cấp trên"),
        (EventKind.SORTED, {"category": "Cây xanh", "commune": "Xã Quảng Điền"}, "“Cây xanh”. Nơi xảy ra: Xã Quảng Điền."),
        (EventKind.SORTED, {"category": ""}, "sắp xếp lại việc này."),
        (EventKind.JOINED, {"joins": 10}, "Đã có 10 người báo cùng gặp việc này."),
        (EventKind.JOINED, {"merged": "ACE4679", "number": 2}, "Phản ánh ACE-4679 về cùng việc được gộp vào đây."),
        (EventKind.MERGED, {"into": "ACE4679"}, "Gộp vào phản ánh ACE-4679"),
        (EventKind.RATED, {"solved": "NO"}, "Người gửi báo vẫn chưa xong."),
        (EventKind.RATED, {"satisfaction": "SATISFIED"}, "Người gửi đánh giá: hài lòng."),
        (EventKind.EXTENDED, {"due": "la"}, "Gia hạn trả lời."),
        (EventKind.ASKED_SOLVED, {"again": True}, "giải quyết xong chưa?"),
    ],
)  # fmt: skip
def test_every_step_is_said_in_words(cast: Cast, kind: EventKind, detail: dict[str, Any], said: str) -> None:
    case = report_of(cast.a, date(2026, 11, 12), date(2026, 11, 26))
    event = event_of(case, kind, date(2026, 11, 13), cast.a.unit, detail=detail, text="lời của đơn vị")
    lines = lines_of(event, case)
    assert said in lines.lead
    assert ("lời của đơn vị" in lines.text + lines.reason) == (
        kind not in OF_SENDER | {EventKind.SORTED, EventKind.ESCALATED}
    )
