"""From a row that changed to a hit that a citizen sees, and nothing of it anywhere else."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import StringIO
from typing import Any
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from news.enums import ArticleStatus
from news.models import Article, Category
from news.search_indexes import ArticleIndex
from portal.core.tenancy import ScopeError, unit_scope
from portal.search import actions, tasks
from portal.search.engine import VietnameseWhooshBackend
from portal.search.errors import IndexBusyError, SearchUnavailable
from portal.search.models import IndexChange, Synonym
from portal.search.queries import search_units
from units.enums import UnitKind
from units.models import Unit

pytestmark = pytest.mark.django_db

LABEL = "news.Article"
Write = Callable[..., Article]


def make_unit(code: str, name: str, slug: str) -> Unit:
    return Unit.objects.create(
        code=code, valid_from=date(2025, 7, 1), kind=UnitKind.COMMUNE, type_name="Phường", name=name, slug=slug
    )


@pytest.fixture(autouse=True)
def index(portal_index: VietnameseWhooshBackend) -> VietnameseWhooshBackend:
    return portal_index


@pytest.fixture
def alpha() -> Unit:
    return make_unit("90001", "Phường An Bình", "an-binh-a")


@pytest.fixture
def beta() -> Unit:
    return make_unit("90002", "Phường An Bình Mới", "an-binh-a-moi")


@pytest.fixture
def write() -> Write:
    def make(unit: Unit, title: str, body: str = "<p>Nội dung.</p>") -> Article:
        with unit_scope(unit):
            category, _made = Category.objects.get_or_create(slug="tin", defaults={"name": "Tin"})
            article = Article(category=category, title=title, summary="Tóm tắt.", body=body)
            article.status, article.published_at = ArticleStatus.PUBLISHED, timezone.now() - timedelta(minutes=1)
            article.save()
        actions.mark_changed(unit.pk, LABEL, article.pk)
        return article

    return make


@pytest.fixture
def enqueued() -> Iterator[mock.Mock]:
    with mock.patch.object(tasks.drain_index, "apply_async") as sent:
        yield sent


def titles(unit: Unit, query: str) -> list[str]:
    return [
        str(hit.title_html).replace("<mark>", "").replace("</mark>", "") for hit in search_units([unit.pk], query).hits
    ]


def test_a_published_row_is_found_after_draining_and_only_in_its_unit(alpha: Unit, beta: Unit, write: Write) -> None:
    write(alpha, "Lịch thu gom rác ở An Bình")
    write(beta, "Lịch thu gom rác ở nơi khác")
    actions.catch_up(batches=1)
    assert titles(alpha, "thu gom rac") == ["Lịch thu gom rác ở An Bình"]
    assert titles(beta, "thu gom rác") == ["Lịch thu gom rác ở nơi khác"]
    assert search_units([alpha.pk, beta.pk], "thu gom rác").total == 2
    assert IndexChange.objects.count() == 0


def test_a_hit_carries_what_a_page_shows(alpha: Unit, write: Write) -> None:
    article = write(alpha, "Khai mạc <b>lễ hội</b>", "<p>Đường Lê Lợi cấm xe.</p><script>x</script>")
    actions.catch_up(batches=1)
    hit = search_units([alpha.pk], "lễ hội đường").hits[0]
    assert (hit.pk, hit.kind, hit.unit_id, hit.model_label) == (article.pk, "article", alpha.pk, "news.article")
    assert "<b>" not in hit.title_html
    assert "<mark>Đường</mark> Lê Lợi cấm xe." in hit.extract_html
    assert hit.url == article_url(article, alpha)
    assert hit.published_at == article.published_at


def article_url(article: Article, unit: Unit) -> str:
    with unit_scope(unit):
        return Article.objects.get(pk=article.pk).get_absolute_url()


def test_a_withdrawn_row_is_not_shown_even_before_the_index_knows(alpha: Unit, write: Write) -> None:
    article = write(alpha, "Tin rút lại")
    actions.catch_up(batches=1)
    with unit_scope(alpha):
        Article.objects.filter(pk=article.pk).update(status=ArticleStatus.WITHDRAWN)
    assert titles(alpha, "rút lại") == []
    actions.mark_changed(alpha.pk, LABEL, article.pk)
    actions.drain_changes()
    assert search_units([alpha.pk], "rút lại").total == 0


def test_a_deleted_row_leaves_the_index(alpha: Unit, write: Write) -> None:
    article = write(alpha, "Tin bị xóa")
    actions.catch_up(batches=1)
    key = article.pk
    with unit_scope(alpha):
        article.delete()
    actions.mark_changed(alpha.pk, LABEL, key)
    actions.drain_changes()
    assert search_units([alpha.pk], "tin bị xóa").total == 0


def test_draining_twice_changes_nothing(alpha: Unit, write: Write) -> None:
    article = write(alpha, "Tin một lần")
    actions.catch_up(batches=1)
    for _ in range(3):
        actions.mark_changed(alpha.pk, LABEL, article.pk)
    assert actions.drain_changes() == 3
    assert actions.drain_changes() == 0
    assert search_units([alpha.pk], "tin một lần").total == 1


def test_a_change_named_for_the_wrong_unit_reaches_nobody(alpha: Unit, beta: Unit, write: Write) -> None:
    article = write(alpha, "Tin của An Bình")
    IndexChange.objects.all().delete()
    actions.mark_changed(beta.pk, LABEL, article.pk)
    actions.rebuild_index()
    actions.mark_changed(beta.pk, LABEL, article.pk)
    actions.drain_changes()
    assert titles(beta, "tin của an bình") == []


def test_the_outbox_row_is_rolled_back_with_the_change(alpha: Unit) -> None:
    with transaction.atomic():
        actions.mark_changed(alpha.pk, LABEL, 1)
        transaction.set_rollback(True)
    assert IndexChange.objects.count() == 0


def test_one_message_for_each_transaction(
    alpha: Unit, enqueued: mock.Mock, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        actions.mark_many_changed(alpha.pk, LABEL, range(1, 200))
        actions.mark_changed(alpha.pk, LABEL, 200)
        assert not enqueued.called
    assert enqueued.call_count == 1
    assert IndexChange.objects.count() == 200


def test_a_broker_that_is_down_does_not_break_the_caller(
    alpha: Unit, enqueued: mock.Mock, django_capture_on_commit_callbacks: Any
) -> None:
    enqueued.side_effect = OperationalError("nobody there")
    with django_capture_on_commit_callbacks(execute=True):
        actions.mark_changed(alpha.pk, LABEL, 1)
    assert IndexChange.objects.count() == 1


def test_a_row_that_cannot_be_prepared_counts_its_attempts_and_blocks_nobody(alpha: Unit, write: Write) -> None:
    actions.rebuild_index()
    bad = write(alpha, "Tin hỏng")
    write(alpha, "Tin lành")
    real = ArticleIndex.get_body

    def broken(self: ArticleIndex, obj: Article) -> str:
        if obj.pk == bad.pk:
            raise ValueError("no text")
        return real(self, obj)

    with mock.patch.object(ArticleIndex, "get_body", broken):
        assert actions.drain_changes() == 1
        row = IndexChange.objects.get()
        assert (row.attempts, row.object_id, "no text" in row.last_error) == (1, bad.pk, True)
        assert actions.drain_changes() == 0
        for _ in range(actions.MAX_ATTEMPTS + 2):
            IndexChange.objects.update(claimed_at=timezone.now() - actions.STALE_AFTER * 2)
            actions.drain_changes()
    assert IndexChange.objects.get().attempts == actions.MAX_ATTEMPTS
    assert titles(alpha, "tin lành") == ["Tin lành"]
    actions.rebuild_index()
    assert titles(alpha, "tin hỏng") == ["Tin hỏng"]
    assert IndexChange.objects.count() == 0


def test_the_claim_of_a_dead_worker_is_taken_again(alpha: Unit, write: Write) -> None:
    actions.rebuild_index()
    write(alpha, "Tin bị kẹt")
    IndexChange.objects.update(claimed_at=timezone.now(), attempts=1)
    assert actions.drain_changes() == 0
    IndexChange.objects.update(claimed_at=timezone.now() - actions.STALE_AFTER * 2)
    assert actions.drain_changes() == 1


def test_a_failing_disk_costs_no_attempts(alpha: Unit, write: Write, index: VietnameseWhooshBackend) -> None:
    actions.rebuild_index()
    write(alpha, "Tin chờ")
    with (
        mock.patch.object(VietnameseWhooshBackend, "apply", side_effect=OSError("disk full")),
        pytest.raises(OSError, match="full"),
    ):
        actions.drain_changes()
    row = IndexChange.objects.get()
    assert (row.attempts, row.claimed_at) == (0, None)
    assert actions.drain_changes() == 1


def test_while_somebody_else_writes_the_outbox_waits(alpha: Unit, write: Write, index: VietnameseWhooshBackend) -> None:
    actions.rebuild_index()
    write(alpha, "Tin chờ")
    with mock.patch.object(VietnameseWhooshBackend, "locked", side_effect=IndexBusyError):
        assert tasks.drain_index() == 0
    assert IndexChange.objects.count() == 1
    assert tasks.drain_index() == 1


def test_a_change_of_a_model_that_is_gone_is_dropped(alpha: Unit) -> None:
    actions.rebuild_index()
    actions.mark_changed(alpha.pk, "gone.Model", 1)
    actions.mark_changed(alpha.pk, "nonsense", 1)
    assert actions.drain_changes() == 2


def test_reading_an_index_without_a_scope_is_refused() -> None:
    with pytest.raises(ScopeError):
        list(ArticleIndex().index_queryset())
    with pytest.raises(ScopeError):
        list(ArticleIndex().read_queryset())


def test_search_costs_the_same_queries_for_one_hit_and_many(
    alpha: Unit, write: Write, django_assert_num_queries: Any
) -> None:
    write(alpha, "Tin số 1")
    actions.catch_up(batches=1)
    with django_assert_num_queries(2):
        search_units([alpha.pk], "tin số")
    for number in range(2, 9):
        write(alpha, f"Tin số {number}")
    actions.catch_up(batches=1)
    with django_assert_num_queries(2):
        assert len(search_units([alpha.pk], "tin số").hits) == 8


def test_pages_are_kept_in_bounds(alpha: Unit, write: Write) -> None:
    for number in range(1, 13):
        write(alpha, f"Tin số {number}")
    actions.catch_up(batches=1)
    last = search_units([alpha.pk], "tin số", page=2)
    assert (last.page, last.page_count, len(last.hits), last.total) == (2, 2, 2, 12)
    assert search_units([alpha.pk], "tin số", page=10**9).page == 2
    assert search_units([alpha.pk], "tin số", page=-1).page == 1
    empty = search_units([alpha.pk], "không có gì cả", page=3)
    assert (empty.page_count, empty.hits) == (0, [])


def test_synonyms_of_the_table_are_used_and_named(alpha: Unit, write: Write) -> None:
    write(alpha, "Đăng ký khai tử tại nhà")
    write(alpha, "Cấp giấy chứng nhận quyền sử dụng đất")
    Synonym.objects.create(term="lễ vu lan", expansion="rằm tháng bảy")
    write(alpha, "Chợ hoa rằm tháng bảy")
    actions.catch_up(batches=1)
    assert titles(alpha, "báo tử") == ["Đăng ký khai tử tại nhà"]
    assert titles(alpha, "so do") == ["Cấp giấy chứng nhận quyền sử dụng đất"]
    assert titles(alpha, "lễ Vu Lan") == ["Chợ hoa rằm tháng bảy"]
    assert search_units([alpha.pk], "lễ vu lan").expanded == "rằm tháng bảy"


def test_search_without_an_index_is_unavailable(alpha: Unit) -> None:
    with pytest.raises(SearchUnavailable):
        search_units([alpha.pk], "gì đó")


def test_reindex_builds_everything_and_one_unit(alpha: Unit, beta: Unit, write: Write) -> None:
    write(alpha, "Tin của An Bình")
    write(beta, "Tin nơi khác")
    out = StringIO()
    call_command("reindex", stdout=out)
    assert "Indexed 2 documents" in out.getvalue()
    assert IndexChange.objects.count() == 0
    write(alpha, "Tin thứ hai của An Bình")
    write(beta, "Tin thứ hai nơi khác")
    call_command("reindex", unit=alpha.slug, stdout=out)
    assert search_units([alpha.pk], "tin").total == 2
    assert search_units([beta.pk], "tin").total == 1
    call_command("reindex", if_missing=True, stdout=out)
    assert "nothing to do" in out.getvalue()
    with pytest.raises(CommandError, match="khong-co"):
        call_command("reindex", unit="khong-co", stdout=out)


def test_progress_is_counted(alpha: Unit, write: Write) -> None:
    for number in range(3):
        write(alpha, f"Tin {number}")
    seen: list[tuple[int, int]] = []
    actions.rebuild_index(lambda done, total: seen.append((done, total)))
    assert seen[0] == (0, 3)
    assert seen[-1] == (3, 3)


def test_haystack_itself_finds_by_whole_unit_numbers(alpha: Unit, beta: Unit, write: Write) -> None:
    from haystack.query import SearchQuerySet

    write(alpha, "Thủ tục hành chính")
    write(beta, "Thủ tục hành chính")
    actions.catch_up(batches=1)
    found = SearchQuerySet().filter(content="thu tuc", unit_id=alpha.pk)
    assert [result.unit_id for result in found] == [alpha.pk]
