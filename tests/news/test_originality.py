"""How much of what a unit publishes is its own: passages that another unit published first, whatever small edits were made."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news import actions
from news.actions.originality import measure_due_months, measure_month, print_texts
from news.enums import ArticleStatus
from news.enums.sharing import ShareMode
from news.models import Article, OriginalityMonth, TextMark, TextPrint
from news.rules.shingles import Share, marks_of, names_other_publisher, share_of, shingles_of, words_of
from news.tasks.originality import measure_all_originality, print_all_texts
from portal.core.tenancy import ScopeError, unit_scope
from tests.factories.cast import HANOI, NOW, Cast, make_article
from tests.factories.sharing import make_province_house, push, receive
from units.models import Unit

SYLLABLES = ["an", "bình", "cầu", "dân", "đường", "gia", "hội", "khu", "làng", "mưa", "nước", "phố", "quê", "rừng", "sông", "thôn", "ủy", "vườn", "xóm", "yên", "bão", "chợ", "đê", "ga", "hồ", "kè", "lũ", "mạ", "neo", "ổi"]  # fmt: skip
MONTH = date(2026, 11, 1)
EARLIER, LATER = NOW - timedelta(days=9), NOW - timedelta(days=3)


def prose(seed: int, number: int = 120) -> str:
    """Words in an order of its own for each seed."""
    dice = random.Random(seed)
    return " ".join(dice.choice(SYLLABLES) for _ in range(number))


def publish(unit: Unit, body: str, at: datetime, *, source: str = "", slug: str = "") -> Article:
    with unit_scope(unit):
        category = Article.objects.select_related("category").first()
        assert category
        return make_article(
            f"Bài {slug}", category=category.category, slug=slug or f"bai-{at:%d%H%M}", summary="", body=f"<p>{body}</p>",
            published_at=at, source_name=source,
        )  # fmt: skip


@pytest.fixture
def units(cast: Cast) -> tuple[Unit, Unit]:
    """Thuận An and Phú Vinh with nothing published this month but what a test publishes."""
    for house in (cast.a, cast.b):
        with unit_scope(house.unit):
            Article.objects.update(published_at=NOW - timedelta(days=300))
    return cast.a.unit, cast.b.unit


def measured(*order: Unit, month: date = MONTH) -> list[OriginalityMonth]:
    for unit in order:
        with unit_scope(unit):
            print_texts()
    rows = []
    for unit in order:
        with unit_scope(unit):
            rows.append(measure_month(month))
    return rows


def facts(row: OriginalityMonth) -> tuple[int, int, int, int]:
    return row.articles_own, row.articles_copied, row.words_own, row.words_copied


# --- the rule ---------------------------------------------------------------------------------------------------------


def test_words_inside_shared_sequences_are_copied() -> None:
    first, second = words_of(prose(1, 100)), words_of(prose(2, 100))
    known = set(shingles_of(first))
    assert share_of(first, shingles_of(first), known) == Share(own=0, copied=100)
    assert share_of(second, shingles_of(second), known) == Share(own=100, copied=0)
    mixed = second[:60] + first[:40]
    assert share_of(mixed, shingles_of(mixed), known) == Share(own=60, copied=40)


def test_one_changed_word_makes_one_word_ones_own() -> None:
    words = words_of(prose(3, 100))
    edited = [*words]
    for place in (20, 50, 80):
        edited[place] = "khác"
    share = share_of(edited, shingles_of(edited), set(shingles_of(words)))
    assert share == Share(own=3, copied=97)
    assert share.is_copied


@pytest.mark.parametrize("text", ["", "một", "một hai ba bốn năm sáu bảy"])
def test_short_texts_are_compared_whole(text: str) -> None:
    words = words_of(text)
    assert share_of(words, shingles_of(words), set(shingles_of(words))) == Share(own=0, copied=len(words))
    assert not share_of([], [], set()).is_copied


def test_capitals_punctuation_and_spelling_of_marks_change_nothing() -> None:
    import unicodedata

    text = "Ủy ban nhân dân phường thông báo lịch tiếp công dân tháng mười hai"
    other = unicodedata.normalize("NFD", text.upper().replace(" ", ",  "))
    assert shingles_of(words_of(text)) == shingles_of(words_of(other))


def test_a_text_always_has_marks_and_never_many() -> None:
    assert len(marks_of(shingles_of(words_of("một hai ba")))) == 1
    assert len(marks_of(shingles_of(words_of(prose(4, 6000))))) <= 68


@pytest.mark.parametrize(
    ("source", "is_other"),
    [
        ("", False), ("Phường Thuận An", False), ("UBND phường Thuận An", False), ("Ban biên tập", False),
        ("Nghị quyết số 1675/NQ-UBTVQH15", False), ("Thuận An", False),
        ("Báo Thuận An", True),
        ("Báo Huế", True), ("Theo TTXVN", True), ("Sở Y tế", True),
    ],
)  # fmt: skip
def test_the_line_of_the_source_names_another_publisher_or_not(source: str, is_other: bool) -> None:
    assert names_other_publisher(source, "Phường Thuận An") is is_other


# --- units ------------------------------------------------------------------------------------------------------------


def test_who_published_first_wrote_it(units: tuple[Unit, Unit]) -> None:
    a, b = units
    publish(a, prose(10), EARLIER)
    publish(b, prose(10), LATER)
    assert [facts(row) for row in measured(a, b)] == [(1, 0, 120, 0), (0, 1, 0, 120)]


def test_the_order_of_the_counting_changes_nothing(units: tuple[Unit, Unit]) -> None:
    a, b = units
    publish(a, prose(11), LATER)
    publish(b, prose(11), EARLIER)
    assert [facts(row) for row in measured(b, a)] == [(1, 0, 120, 0), (0, 1, 0, 120)]
    assert [facts(row) for row in measured(a, b)] == [(0, 1, 0, 120), (1, 0, 120, 0)]


def test_a_passage_taken_over_is_counted_by_its_words(units: tuple[Unit, Unit]) -> None:
    a, b = units
    publish(a, prose(12, 60), EARLIER)
    publish(b, f"{prose(13, 200)} {prose(12, 60)} {prose(14, 40)}", LATER)
    row = measured(a, b)[1]
    assert (row.articles_own, row.articles_copied) == (1, 0), "most of it is its own"
    assert 58 <= row.words_copied <= 64
    assert row.words == 300
    assert row.own_share == pytest.approx(80, abs=1)


def test_small_edits_do_not_make_a_copy_ones_own(units: tuple[Unit, Unit]) -> None:
    a, b = units
    words = prose(15, 200).split()
    publish(a, " ".join(words), EARLIER)
    for place in range(9, 200, 25):
        words[place] = "chỉnh"
    publish(b, " ".join(words), LATER)
    row = measured(a, b)[1]
    assert (row.articles_copied, row.words_own) == (1, 8)


def test_ones_own_earlier_text_is_ones_own(units: tuple[Unit, Unit]) -> None:
    a, _b = units
    publish(a, prose(16), EARLIER)
    publish(a, prose(16), LATER)
    assert facts(measured(a)[0]) == (2, 0, 240, 0)


def test_a_text_of_another_publisher_is_copied_whole(units: tuple[Unit, Unit]) -> None:
    a, _b = units
    publish(a, prose(17), EARLIER, source="Báo Huế ngày nay")
    publish(a, prose(18), LATER, source="Phường Thuận An")
    assert facts(measured(a)[0]) == (1, 1, 120, 120)


def test_a_copy_that_follows_is_copied_whatever_was_printed(cast: Cast, units: tuple[Unit, Unit]) -> None:
    city = make_province_house(cast)
    push(cast, city[2], city[0], ShareMode.MANDATORY, cast.a.unit)
    receive(cast.a.unit)
    row = measured(cast.a.unit)[0]
    assert (row.articles_own, row.articles_copied, row.words_own) == (0, 1, 0)


def test_a_copy_that_was_rewritten_here_is_half_ones_own(cast: Cast, units: tuple[Unit, Unit]) -> None:
    city = make_province_house(cast)
    push(cast, city[2], city[0], ShareMode.OFFERED, cast.a.unit)
    with unit_scope(cast.a.unit):
        from news.models import ShareDelivery

        delivery = ShareDelivery.objects.incoming().get()
        copy = actions.take_share(delivery=delivery, actor=cast.operator, category=cast.a.category, publish=True)
        copy.body += f"<p>{prose(19, 100)}</p>"
        actions.save_article(article=copy)
    row = measured(cast.a.unit)[0]
    assert (row.articles_own, row.articles_copied) == (1, 0)
    assert 95 <= row.words_own <= 101
    assert row.words_copied > 10


def test_only_what_citizens_could_read_in_the_month_counts(units: tuple[Unit, Unit]) -> None:
    a, _b = units
    publish(a, prose(20), NOW - timedelta(days=40))
    with unit_scope(a):
        category = Article.objects.select_related("category").first()
        assert category
        make_article("Nháp", category=category.category, status=ArticleStatus.DRAFT, body=f"<p>{prose(21)}</p>")
    assert facts(measured(a)[0]) == (0, 0, 0, 0)
    assert measured(a)[0].own_share is None
    assert facts(measured(a, month=date(2026, 10, 1))[0]) == (1, 0, 120, 0)


# --- by night ---------------------------------------------------------------------------------------------------------


def test_the_closed_month_is_counted_once_more_and_then_stays(units: tuple[Unit, Unit], clock: Any) -> None:
    a, _b = units
    publish(a, prose(22), datetime(2026, 11, 30, 22, 0, tzinfo=HANOI))
    clock.move_to(datetime(2026, 11, 30, 23, 0, tzinfo=HANOI))
    with unit_scope(a):
        print_texts()
        measure_due_months()
        assert not OriginalityMonth.objects.get(month=MONTH).is_final
        clock.move_to(datetime(2026, 12, 1, 1, 40, tzinfo=HANOI))
        measure_due_months()
        row = OriginalityMonth.objects.get(month=MONTH)
        assert (row.is_final, facts(row)) == (True, (1, 0, 120, 0))
        Article.objects.update(status=ArticleStatus.WITHDRAWN)
        clock.move_to(datetime(2026, 12, 2, 1, 40, tzinfo=HANOI))
        assert [one.month for one in measure_due_months()] == [date(2026, 12, 1)]
        assert facts(OriginalityMonth.objects.get(month=MONTH)) == (1, 0, 120, 0)


def test_printing_again_adds_nothing_and_a_changed_text_is_printed_anew(units: tuple[Unit, Unit]) -> None:
    a, _b = units
    article = publish(a, prose(23), EARLIER)
    with unit_scope(a):
        assert print_texts() >= 1
        numbers = TextPrint.objects.count(), TextMark.objects.count()
        assert print_texts() == 0
        assert (TextPrint.objects.count(), TextMark.objects.count()) == numbers
        article.body = f"<p>{prose(24)}</p>"
        actions.save_article(article=article)
        assert print_texts() == 1
        assert TextPrint.objects.count() == numbers[0]


def test_old_prints_are_forgotten(units: tuple[Unit, Unit], clock: Any) -> None:
    a, _b = units
    publish(a, prose(25), EARLIER)
    with unit_scope(a):
        print_texts()
        clock.move_to(NOW + timedelta(days=500))
        print_texts()
        assert not TextPrint.objects.of_current_unit().exists()
    assert not TextMark.objects.exists()


def test_prints_hold_no_text_and_need_a_scope(units: tuple[Unit, Unit]) -> None:
    a, b = units
    publish(a, f"zenlua {prose(26)}", EARLIER)
    measured(a, b)
    with unit_scope(b):
        found = TextPrint.objects.earlier_elsewhere(marks_of(shingles_of(words_of(f"zenlua {prose(26)}"))), NOW)
        assert found
        assert all(b"zenlua" not in packed for packed in found)
    with pytest.raises(ScopeError):
        TextPrint.objects.earlier_elsewhere([1], NOW)
    with pytest.raises(ScopeError):
        TextPrint.objects.of_current_unit()


def test_the_comparison_is_bounded(units: tuple[Unit, Unit]) -> None:
    a, b = units
    for number in range(30):
        publish(a, prose(27), EARLIER + timedelta(minutes=number), slug=f"cung-{number}")
    publish(b, prose(27), LATER)
    measured(a, b)
    with unit_scope(b), CaptureQueriesContext(connection) as found:
        assert facts(measure_month(MONTH)) == (0, 1, 0, 120)
    assert len(found) <= 12
    with unit_scope(b):
        marks = marks_of(shingles_of(words_of(prose(27))))
        assert len(TextPrint.objects.earlier_elsewhere(marks, NOW)) == 20


def test_the_night_starts_every_unit_that_publishes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from celery.app.task import Task

    woken: list[tuple[str, int]] = []
    monkeypatch.setattr(Task, "apply_async", lambda self, **o: woken.append((self.name, o["kwargs"]["unit_id"])))
    assert print_all_texts() == 2
    assert measure_all_originality() == 2
    assert {unit for _name, unit in woken} == {cast.a.unit.pk, cast.b.unit.pk}
