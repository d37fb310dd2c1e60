"""Sharing across units: offered up, taken, declined, pushed down; nobody else reads or acts."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from celery.app.task import Task
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news import actions
from news.enums import ArticleStatus
from news.enums.sharing import ShareDirection, ShareMode, ShareState
from news.models import Article, Category, Picture, SharedArticle, ShareDelivery
from news.tasks.sharing import spread_parcel, sweep_shares
from portal.core.models import AuditEntry
from portal.core.tenancy import ScopeError, unit_scope
from tests.factories.cast import SINCE, Cast, make_article
from tests.factories.sharing import CITY_WORDS, copies_at, everything, make_province_house, offer, push, receive
from tests.factories.visits import body_of, visit
from units.actions import create_unit
from units.enums import Role, UnitKind


@pytest.fixture
def city(cast: Cast) -> tuple[Any, Category, Article]:
    return make_province_house(cast)


def take(cast: Cast, delivery: ShareDelivery, city: Any, *, publish: bool = True) -> Article:
    approver, category, _article = city
    with unit_scope(cast.province):
        return actions.take_share(delivery=delivery, actor=approver, category=category, publish=publish)


# --- up ---------------------------------------------------------------------------------------------------------------


def test_an_offered_article_is_taken_with_its_pictures_and_stands_on_both_sites(cast: Cast, city: Any) -> None:
    copy = take(cast, offer(cast.a), city)
    source = cast.a.article
    response = visit(cast.province.canonical_host, copy.get_absolute_url())
    text = body_of(response)
    assert response.status_code == 200
    assert source.title in text
    assert (copy.title, copy.source_name, copy.author_name) == (source.title, "Phường Thuận An", source.author_name)
    assert (copy.origin_unit_id, copy.origin_article_id) == (cast.a.unit.pk, source.pk)
    assert copy.published_at is not None
    assert source.published_at is not None
    assert copy.published_at > source.published_at
    assert copy.category.slug == "tin-thanh-pho"

    with unit_scope(cast.province):
        picture = Picture.objects.get()
    prefix = f"u{cast.province.pk}/"
    assert str(picture.file.name).startswith(prefix)
    assert f"/media/{prefix}" in copy.body
    assert f"/media/u{cast.a.unit.pk}/" not in text
    for name in (picture.file.name, picture.small_file.name):
        assert visit(cast.province.canonical_host, f"/media/{name}").status_code == 200
    assert default_storage.size(str(picture.file.name)) == default_storage.size(str(cast.a.picture.file.name))
    assert (picture.alt_text, picture.caption) == (cast.a.picture.alt_text, cast.a.picture.caption)


def test_the_sender_sees_what_became_of_it(cast: Cast, city: Any) -> None:
    delivery = offer(cast.a)
    copy = take(cast, delivery, city)
    with unit_scope(cast.a.unit):
        seen = ShareDelivery.objects.of_article(cast.a.article).get()
    assert (seen.state, seen.local_status, seen.local_path) == ("TAKEN", "PUBLISHED", copy.get_absolute_url())
    assert (seen.direction, seen.message) == (ShareDirection.UP, "Xin đăng cổng thành phố.")


def test_taking_to_edit_makes_a_draft_that_citizens_do_not_see(cast: Cast, city: Any) -> None:
    copy = take(cast, offer(cast.a), city, publish=False)
    assert copy.status == ArticleStatus.DRAFT
    assert visit(cast.province.canonical_host, copy.get_absolute_url()).status_code == 404


def test_a_draft_that_is_thrown_away_waits_again(cast: Cast, city: Any) -> None:
    copy = take(cast, offer(cast.a), city, publish=False)
    with unit_scope(cast.province):
        actions.delete_article(article=copy, actor=city[0])
    (delivery,) = everything()[0]
    assert (delivery.state, delivery.local_article_id, delivery.handled_by_id) == (ShareState.WAITING, None, None)
    assert take(cast, delivery, city).status == ArticleStatus.PUBLISHED


def test_attachments_come_along_as_files_of_the_receiving_unit(cast: Cast, city: Any) -> None:
    from news.models import ArticleAttachment, Attachment

    with unit_scope(cast.a.unit):
        name = default_storage.save(f"u{cast.a.unit.pk}/tep/mau.pdf", ContentFile(b"%PDF-1.7 mau"))
        file = Attachment.objects.create(
            file=name, title=f"Mẫu đơn {cast.a.marker}", extension="pdf", size=12, sha256="a" * 64
        )
        ArticleAttachment.objects.create(article=cast.a.article, attachment=file)
    copy = take(cast, offer(cast.a), city)
    with unit_scope(cast.province):
        (link,) = ArticleAttachment.objects.of_article(copy)
    assert link.attachment.title == file.title
    assert str(link.attachment.file.name).startswith(f"u{cast.province.pk}/tep/")
    with default_storage.open(str(link.attachment.file.name)) as stored:
        assert stored.read() == b"%PDF-1.7 mau"


def test_a_category_kept_to_others_is_not_published_in(cast: Cast, city: Any) -> None:
    from news.enums import CategoryRightKind
    from news.models import CategoryRight

    delivery = offer(cast.a)
    with unit_scope(cast.province):
        CategoryRight.objects.create(category=city[1], user=cast.operator, right=CategoryRightKind.APPROVE)
    with pytest.raises(PermissionDenied):
        take(cast, delivery, city)
    assert everything()[0][0].state == ShareState.WAITING


def test_declining_needs_a_reason_and_the_sender_reads_it(cast: Cast, city: Any) -> None:
    delivery = offer(cast.a)
    with unit_scope(cast.province):
        with pytest.raises(ValidationError):
            actions.decline_share(delivery=delivery, actor=city[0], reason=" ")
        actions.decline_share(delivery=delivery, actor=city[0], reason="Ảnh quá mờ.")
        with pytest.raises(ValidationError, match="không còn chờ"):
            actions.take_share(delivery=delivery, actor=city[0], category=city[1], publish=True)
    with unit_scope(cast.a.unit):
        seen = ShareDelivery.objects.of_article(cast.a.article).get()
    assert (seen.state, seen.reason) == (ShareState.DECLINED, "Ảnh quá mờ.")
    assert copies_at(cast.province) == []


def test_an_article_is_offered_once_and_anew_only_after_a_substantive_correction(cast: Cast, city: Any) -> None:
    delivery = offer(cast.a)
    with pytest.raises(ValidationError, match="đã được đề nghị"):
        offer(cast.a)
    with unit_scope(cast.province):
        actions.decline_share(delivery=delivery, actor=city[0], reason="Chưa rõ số liệu.")
    with pytest.raises(ValidationError, match="bị từ chối"):
        offer(cast.a)
    correct(cast.a, cast.a.article, "một hai")
    with pytest.raises(ValidationError, match="bị từ chối"):
        offer(cast.a)
    correct(cast.a, cast.a.article, " ".join(f"mới{number}" for number in range(30)))
    again = offer(cast.a)
    assert (again.pk, again.state, again.reason) == (delivery.pk, ShareState.WAITING, "")
    assert len(everything()[0]) == 1


def correct(house: Any, article: Article, words: str, note: str = "Bổ sung số liệu.") -> Article:
    """The house's editor adds a paragraph to a published article."""
    from news.actions.versions import Change

    with unit_scope(house.unit):
        row = Article.objects.select_related("category", "picture").get(pk=article.pk)
        row.body += f"<p>{words}</p>"
        return actions.save_article(article=row, actor=house.people[Role.EDITOR], change=Change(public_note=note))


def test_only_ones_own_published_articles_can_be_offered(cast: Cast, city: Any) -> None:
    with pytest.raises(ValidationError, match="đang đăng"):
        offer(cast.a, cast.a.draft)
    push(cast, city[2], city[0], ShareMode.MANDATORY, cast.a.unit)
    receive(cast.a.unit)
    with pytest.raises(ValidationError, match="đơn vị khác"):
        offer(cast.a, copies_at(cast.a.unit)[0])
    with unit_scope(cast.province), pytest.raises(ValidationError, match="không có cấp trên"):
        actions.offer_upwards(article=city[2], actor=city[0])


def test_a_withdrawn_article_is_recalled_before_it_is_taken(cast: Cast, city: Any) -> None:
    delivery = offer(cast.a)
    withdraw(cast.a.unit, cast.a.article)
    with pytest.raises(ValidationError, match="không còn chờ"):
        take(cast, delivery, city)
    assert everything()[0][0].state == ShareState.RECALLED


def withdraw(unit: Any, article: Article, kind: str = "ERROR", note: str = "Đăng nhầm.") -> None:
    """Take an article away as the way of withdrawing does, without its rights."""
    from news.actions.visibility import show_changed

    with unit_scope(unit):
        Article.objects.filter(pk=article.pk).update(
            status=ArticleStatus.WITHDRAWN, withdrawal_kind=kind, withdrawal_note=note
        )
        show_changed(Article.objects.get(pk=article.pk))


# --- nobody else ------------------------------------------------------------------------------------------------------


def test_a_third_unit_sees_neither_parcel_nor_delivery_and_can_not_act_by_id(cast: Cast, city: Any) -> None:
    delivery = offer(cast.b)
    with unit_scope(cast.a.unit):
        assert not ShareDelivery.objects.exists()
        assert not SharedArticle.objects.exists()
        assert not ShareDelivery.objects.incoming().exists()
        assert not ShareDelivery.objects.outgoing().exists()
        assert not ShareDelivery.objects.filter(pk=delivery.pk).exists()
        actor = cast.a.people[Role.APPROVER]
        with pytest.raises(ValidationError):
            actions.take_share(delivery=delivery, actor=actor, category=cast.a.category, publish=True)
        with pytest.raises(ValidationError):
            actions.decline_share(delivery=delivery, actor=actor, reason="Không.")
        assert not actions.dismiss_alert(delivery=delivery, actor=actor)
        assert not actions.handle_due(delivery_id=delivery.pk)
        with pytest.raises(ScopeError):
            delivery.save()
        with pytest.raises(ScopeError):
            everything()[1][0].save()
    assert everything()[0][0].state == ShareState.WAITING
    assert copies_at(cast.a.unit) == []


def test_the_sender_can_not_decide_for_the_receiver(cast: Cast, city: Any) -> None:
    delivery = offer(cast.a)
    with unit_scope(cast.a.unit), pytest.raises(ValidationError):
        actions.take_share(
            delivery=delivery, actor=cast.a.people[Role.APPROVER], category=cast.a.category, publish=True
        )


def test_without_a_scope_nothing_is_read(cast: Cast) -> None:
    for model in (ShareDelivery, SharedArticle):
        with pytest.raises(ScopeError):
            model.objects.exists()
        with pytest.raises(ScopeError):
            model._base_manager.count()


def test_a_unit_can_not_push_to_those_beside_or_above_it(cast: Cast) -> None:
    with unit_scope(cast.a.unit), pytest.raises(ValidationError, match="ít nhất một"):
        actions.push_down(
            article=cast.a.article, actor=cast.a.people[Role.APPROVER], mode=ShareMode.MANDATORY,
            unit_ids=[cast.b.unit.pk, cast.province.pk], kinds=["COMMUNE", "PROVINCE"],
        )  # fmt: skip


def test_citizens_of_a_receiving_unit_never_read_what_only_waits(cast: Cast, city: Any) -> None:
    push(cast, city[2], city[0], ShareMode.OFFERED, cast.a.unit)
    for path in ("/", "/tin-tuc/", "/rss/", "/sitemap.xml"):
        assert "CHARLIE-5518" not in body_of(visit(cast.a.host, path))


# --- down -------------------------------------------------------------------------------------------------------------


def test_a_mandatory_article_is_published_on_each_site_once(cast: Cast, city: Any) -> None:
    pushed = push(cast, city[2], city[0], ShareMode.MANDATORY, kinds=[UnitKind.COMMUNE])
    assert (pushed.sent, pushed.known) == (3, 0), "the closed commune is left out"
    for unit in (cast.a.unit, cast.b.unit, cast.third):
        assert receive(unit) == 1
        assert receive(unit) == 0
        (copy,) = copies_at(unit)
        assert (copy.status, copy.category.slug, copy.source_name) == ("PUBLISHED", "tin-tu-tinh", "Thành phố Huế")
        assert copy.category.name == "Tin từ thành phố"
        assert CITY_WORDS in body_of(visit(unit.canonical_host, copy.get_absolute_url()))
    again = push(cast, city[2], city[0], ShareMode.MANDATORY, kinds=[UnitKind.COMMUNE])
    assert (again.sent, again.known) == (0, 3)
    assert [receive(unit) for unit in (cast.a.unit, cast.b.unit)] == [0, 0]
    assert len(copies_at(cast.a.unit)) == 1


def test_a_category_of_the_same_address_receives_it(cast: Cast, city: Any) -> None:
    with unit_scope(cast.a.unit):
        Category.objects.create(name="Tin thành phố ở phường", slug="tin-thanh-pho")
    push(cast, city[2], city[0], ShareMode.MANDATORY, cast.a.unit)
    receive(cast.a.unit)
    assert copies_at(cast.a.unit)[0].category.name == "Tin thành phố ở phường"


def test_an_offered_article_waits_for_a_person(cast: Cast, city: Any) -> None:
    push(cast, city[2], city[0], ShareMode.OFFERED, cast.a.unit)
    assert receive(cast.a.unit) == 0
    with unit_scope(cast.a.unit):
        delivery = ShareDelivery.objects.incoming().waiting().get()
        copy = actions.take_share(
            delivery=delivery, actor=cast.a.people[Role.APPROVER], category=cast.a.notices, publish=True
        )
    assert (copy.status, copy.is_notice) == ("PUBLISHED", True)
    with unit_scope(cast.a.unit):
        assert not actions.is_locked_copy(copy)


def test_a_waiting_offer_becomes_mandatory(cast: Cast, city: Any) -> None:
    push(cast, city[2], city[0], ShareMode.OFFERED, cast.a.unit)
    assert push(cast, city[2], city[0], ShareMode.MANDATORY, cast.a.unit).sent == 1
    assert receive(cast.a.unit) == 1
    assert len(copies_at(cast.a.unit)) == 1


def test_a_mandatory_copy_is_moved_and_pinned_but_not_edited(cast: Cast, city: Any) -> None:
    push(cast, city[2], city[0], ShareMode.MANDATORY, cast.a.unit)
    receive(cast.a.unit)
    (copy,) = copies_at(cast.a.unit)
    actor = cast.a.people[Role.APPROVER]
    with unit_scope(cast.a.unit):
        assert actions.is_locked_copy(copy)
        copy.title = "Tiêu đề khác"
        with pytest.raises(ValidationError, match="bắt buộc đăng"):
            actions.save_article(article=copy, actor=actor)
        actions.place_copy(article=copy, category=cast.a.notices, is_pinned=True, actor=actor)
        row = Article.objects.select_related("category").get(pk=copy.pk)
        assert (row.title, row.is_pinned, row.is_notice) == (city[2].title, True, True)
        assert not actions.is_locked_copy(cast.a.article)
    assert visit(cast.a.host, row.get_absolute_url()).status_code == 200


def test_a_copy_is_passed_on_with_its_first_source(cast: Cast, city: Any) -> None:
    copy = take(cast, offer(cast.a), city)
    pushed = push(cast, copy, city[0], ShareMode.MANDATORY, kinds=[UnitKind.COMMUNE])
    assert pushed.sent == 2, "not back to where it came from"
    receive(cast.b.unit)
    (passed,) = copies_at(cast.b.unit)
    assert passed.source_name == "Phường Thuận An"
    assert passed.canonical_url == f"http://{cast.a.host}{cast.a.article.get_absolute_url()}"


# --- in the background ------------------------------------------------------------------------------------------------


def test_pushing_wakes_the_units_after_the_commit(
    cast: Cast, city: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    sent: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(Task, "apply_async", lambda self, **options: sent.append((self.name, options["kwargs"])))
    with django_capture_on_commit_callbacks(execute=True):
        push(cast, city[2], city[0], ShareMode.MANDATORY, cast.a.unit, cast.b.unit)
    ((name, arguments),) = [entry for entry in sent if entry[0] == "news.spread_parcel"]
    assert name == spread_parcel.name
    sent.clear()
    assert spread_parcel(**arguments) == 2
    assert sorted(entry[1]["unit_id"] for entry in sent) == sorted([cast.a.unit.pk, cast.b.unit.pk])


def test_what_a_killed_worker_left_is_found_by_the_sweep(
    cast: Cast, city: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed in the middle of the first text: nothing of it stays, everything is still due."""
    push(cast, city[2], city[0], ShareMode.MANDATORY, cast.a.unit)

    def killed(*_args: Any, **_options: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr("news.actions.following.note_made", killed)
        with pytest.raises(SystemExit):
            receive(cast.a.unit)
    assert copies_at(cast.a.unit) == []

    woken: list[int] = []
    monkeypatch.setattr(Task, "apply_async", lambda self, **options: woken.append(options["kwargs"]["unit_id"]))
    assert sweep_shares() == 1
    assert woken == [cast.a.unit.pk]
    assert receive(cast.a.unit) == 1
    assert len(copies_at(cast.a.unit)) == 1
    assert sweep_shares() == 0


def test_one_text_that_fails_does_not_keep_the_others(cast: Cast, city: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with unit_scope(cast.province):
        second = make_article("Bài thứ hai", category=city[1], slug="bai-hai")
    push(cast, city[2], city[0], ShareMode.MANDATORY, cast.a.unit)
    push(cast, second, city[0], ShareMode.MANDATORY, cast.a.unit)
    from news.actions import receiving

    whole = receiving.fill_from

    def fails_first(article: Article, parcel: SharedArticle) -> None:
        if parcel.title != "Bài thứ hai":
            raise OSError("disk")
        whole(article, parcel)

    with monkeypatch.context() as patch:
        patch.setattr("news.actions.receiving.fill_from", fails_first)
        assert receive(cast.a.unit) == 1
    assert [copy.title for copy in copies_at(cast.a.unit)] == ["Bài thứ hai"]
    assert [row.due_at is not None for row in everything()[0]] == [True, False]


def test_two_hundred_recipients_cost_a_bounded_number_of_queries(cast: Cast, city: Any) -> None:
    for number in range(200):
        create_unit(
            code=f"9{number:04d}", valid_from=SINCE, kind=UnitKind.COMMUNE, type_name="Xã", name=f"Xã Mẫu {number}",
            slug=f"mau-{number}", parent=cast.province,
        )  # fmt: skip
    with CaptureQueriesContext(
        connection,
    ) as queries:
        pushed = push(cast, city[2], city[0], ShareMode.MANDATORY, kinds=[UnitKind.COMMUNE])
    assert pushed.sent == 203
    assert len(queries) <= 30
    with CaptureQueriesContext(connection) as queries:
        assert receive(cast.a.unit) == 1
    assert len(queries) <= 70
    with CaptureQueriesContext(connection) as again:
        assert receive(cast.b.unit) == 1
    assert len(again) == len(queries)


def test_taking_is_written_down(cast: Cast, city: Any) -> None:
    copy = take(cast, offer(cast.a), city)
    with unit_scope(cast.province):
        verbs = set(AuditEntry.objects.filter(target_id=copy.pk).values_list("verb", flat=True))
    assert {"share.take", "article.publish-shared"} <= verbs


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_copy(clock: Any) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL (TEST_DATABASE_URL)")
    from tests.factories.cast import make_cast

    cast = make_cast()
    city = make_province_house(cast)
    push(cast, city[2], city[0], ShareMode.MANDATORY, cast.a.unit)
    gate = threading.Barrier(2)
    done: list[int] = []

    def work() -> None:
        gate.wait()
        try:
            done.append(receive(cast.a.unit))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(done) == [0, 1]
    assert len(copies_at(cast.a.unit)) == 1
