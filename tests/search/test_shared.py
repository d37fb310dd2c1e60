"""Rows that all sites share, and documents that one unit shows on others: found where they should be, and nowhere else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from news.enums import ArticleStatus
from news.enums.documents import DocumentReach
from news.models import Article, Category, Document
from portal.core.tenancy import unit_scope
from portal.search import actions
from portal.search.engine import VietnameseWhooshBackend
from portal.search.models import IndexChange
from portal.search.options import SearchOptions
from portal.search.queries import search_units
from portal.search.shared import SHARED, shared_label
from services.models import Procedure
from tests.factories.documents import make_document
from tests.factories.procedure_rows import make_procedure
from units.enums import UnitKind
from units.models import Unit

pytestmark = pytest.mark.django_db

LABEL = "services.Procedure"
WITH_SHARED = SearchOptions(shared=True)


@pytest.fixture(autouse=True)
def index(portal_index: VietnameseWhooshBackend) -> VietnameseWhooshBackend:
    return portal_index


def make_unit(code: str, slug: str, kind: UnitKind = UnitKind.COMMUNE) -> Unit:
    return Unit.objects.create(
        code=code, valid_from=date(2025, 7, 1), kind=kind, type_name="Phường", name=f"Phường {slug}", slug=slug
    )


@pytest.fixture
def alpha() -> Unit:
    return make_unit("90001", "alpha")


@pytest.fixture
def beta() -> Unit:
    return make_unit("90002", "beta")


@pytest.fixture
def article() -> Callable[[Unit, str], Article]:
    def write(unit: Unit, title: str) -> Article:
        with unit_scope(unit):
            category, _made = Category.objects.get_or_create(slug="tin", defaults={"name": "Tin"})
            row = Article(category=category, title=title, summary="Tóm tắt.", body="<p>Nội dung.</p>")
            row.status, row.published_at = ArticleStatus.PUBLISHED, timezone.now() - timedelta(minutes=1)
            row.save()
        actions.mark_changed(unit.pk, "news.Article", row.pk)
        return row

    return write


def titles(unit: Unit, query: str, options: SearchOptions = WITH_SHARED) -> list[str]:
    hits = search_units([unit.pk], query, options=options).hits
    return [str(hit.title_html).replace("<mark>", "").replace("</mark>", "") for hit in hits]


def test_a_shared_row_is_found_on_every_site_beside_the_units_own_rows(
    alpha: Unit, beta: Unit, article: Callable[[Unit, str], Article]
) -> None:
    actions.mark_shared_changed(LABEL, [make_procedure().pk])
    article(alpha, "Đăng ký khai sinh tại nhà ở alpha")
    article(beta, "Đăng ký khai sinh tại nhà ở beta")
    assert actions.catch_up(batches=1) == 0  # the index was built anew, which covers the outbox
    assert set(titles(alpha, "đăng ký khai sinh")) == {"Đăng ký khai sinh", "Đăng ký khai sinh tại nhà ở alpha"}
    assert set(titles(beta, "dang ky khai sinh")) == {"Đăng ký khai sinh", "Đăng ký khai sinh tại nhà ở beta"}
    hit = search_units([alpha.pk], "khai sinh 1.001193", options=WITH_SHARED).hits[0]
    assert (hit.kind, hit.unit_id, hit.url) == ("procedure", SHARED, "/dich-vu-cong/1.001193/")


def test_who_does_not_ask_for_shared_rows_gets_none(alpha: Unit) -> None:
    make_procedure()
    actions.rebuild_index()
    assert titles(alpha, "khai sinh", SearchOptions()) == []
    # Naming their number as a unit's finds nothing either: the wall asks which space was meant.
    assert search_units([SHARED], "khai sinh").hits == []


def test_only_kinds_asked_for(alpha: Unit, article: Callable[[Unit, str], Article]) -> None:
    make_procedure()
    article(alpha, "Khai sinh lưu động")
    actions.rebuild_index()
    assert titles(alpha, "khai sinh", replace(WITH_SHARED, kinds=("article",))) == ["Khai sinh lưu động"]
    assert titles(alpha, "khai sinh", replace(WITH_SHARED, kinds=("procedure",))) == ["Đăng ký khai sinh"]
    assert titles(alpha, "khai sinh", replace(WITH_SHARED, kinds=("none",))) == []


def test_rows_of_units_are_never_taken_for_shared(alpha: Unit, article: Callable[[Unit, str], Article]) -> None:
    row = article(alpha, "Việc riêng của alpha")
    with pytest.raises(ValueError, match="GLOBAL_MODELS"):
        actions.mark_shared_changed("news.Article", [row.pk])
    with pytest.raises(ValueError, match="no model"):
        actions.mark_shared_changed("gone.Model", [1])
    assert shared_label(LABEL) == "services.procedure"
    # Whatever wrote such a row into the outbox: it is not indexed, and says why.
    actions.rebuild_index()
    with unit_scope(alpha):
        Article.objects.filter(pk=row.pk).update(title="Việc kín của alpha")
    IndexChange.objects.create(unit=None, model_label="news.article", object_id=row.pk)
    actions.drain_changes()
    assert "shared" in IndexChange.objects.get().last_error
    assert titles(alpha, "việc kín") == ["Việc riêng của alpha"]


def test_a_closed_procedure_is_found_no_more(alpha: Unit) -> None:
    row = make_procedure()
    actions.rebuild_index()
    Procedure.objects.filter(pk=row.pk).update(valid_to=date(2026, 11, 1))
    assert titles(alpha, "khai sinh") == []
    actions.mark_shared_changed(LABEL, [row.pk, row.pk])
    assert IndexChange.objects.count() == 1
    actions.drain_changes()
    assert search_units([alpha.pk], "khai sinh", options=WITH_SHARED).total == 0


def test_rebuilding_one_unit_leaves_shared_rows_and_the_other_way_round(
    alpha: Unit, article: Callable[[Unit, str], Article]
) -> None:
    make_procedure()
    article(alpha, "Khai sinh lưu động")
    assert actions.rebuild_index() == 2
    assert actions.rebuild_unit(alpha.pk) == 1
    assert set(titles(alpha, "khai sinh")) == {"Đăng ký khai sinh", "Khai sinh lưu động"}
    call_command("reindex", shared=True, stdout=(out := StringIO()))
    assert "Indexed 1 documents" in out.getvalue()
    assert set(titles(alpha, "khai sinh")) == {"Đăng ký khai sinh", "Khai sinh lưu động"}


def test_many_shared_changes_cost_few_queries(django_assert_max_num_queries: Callable[[int], object]) -> None:
    with django_assert_max_num_queries(30):  # type: ignore[attr-defined]
        actions.mark_shared_changed(LABEL, range(1, 2_700))
    assert IndexChange.objects.filter(unit=None).count() == 2_699


def test_documents_shown_everywhere_are_found_on_other_sites_and_others_are_not(alpha: Unit) -> None:
    province = make_unit("46", "tinh", UnitKind.PROVINCE)
    with unit_scope(province):
        shown = make_document("78/2026/QĐ-UBND", "Quy định dùng tạm vỉa hè", reach=DocumentReach.ALL)
        make_document("79/2026/QĐ-UBND", "Quy định riêng về vỉa hè của văn phòng")
    actions.rebuild_index()
    here = SearchOptions(everywhere_of=(province.pk,))
    assert titles(alpha, "vỉa hè", here) == ["78/2026/QĐ-UBND Quy định dùng tạm vỉa hè"]
    assert titles(alpha, "vỉa hè", SearchOptions()) == []
    assert len(titles(province, "vỉa hè", SearchOptions())) == 2
    # Taken back to the province's own register: gone at once, before the index knows.
    with unit_scope(province):
        Document.objects.filter(pk=shown.pk).update(reach=DocumentReach.OWN)
    assert titles(alpha, "vỉa hè", here) == []
