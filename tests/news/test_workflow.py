"""The way of an article: every step from every place, who may take it, four eyes, the state-secrecy check, what is written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from news import actions
from news.actions.rights import is_own_text
from news.actions.versions import Change
from news.enums import ArticleStatus as Status
from news.models import Article, ArticleTransition, PublicNote
from news.rules.workflow import STEPS, VERB_WORDS
from portal.core.models import AuditEntry, User
from portal.core.tenancy import ScopeError, unit_scope
from portal.search.models import IndexChange
from tests.factories.cast import NOW, Cast, House
from tests.factories.visits import visit
from tests.factories.workflow import approve, standing, steps_of, words
from units.enums import Role

SOON = NOW + timedelta(hours=3)


def _take(verb: str, house: House, article: Article) -> bool:
    """Take a step as somebody who may: the author hands in, the approver decides, the clock does the rest."""
    author, approver = house.people[Role.AUTHOR], house.people[Role.APPROVER]
    seen = article.version_number
    verbs: dict[str, Callable[[], bool]] = {
        "submit": lambda: actions.submit_article(article=article, actor=house.people[Role.UNIT_ADMIN]),
        "recall": lambda: actions.recall_article(article=article, actor=author),
        "return": lambda: actions.return_article(article=article, actor=approver, reason="Thiếu nguồn."),
        "approve": lambda: actions.approve_article(
            article=article, actor=approver, seen_version=seen, secrecy_checked=True
        ),
        "schedule": lambda: actions.schedule_article(article=article, actor=approver, at=SOON),
        "unschedule": lambda: actions.unschedule_article(article=article, actor=approver),
        "publish": lambda: actions.publish_article(article=article, actor=approver),
        "publish-urgent": lambda: actions.publish_urgently(
            article=article, actor=approver, reason="Bão đổ bộ.", secrecy_checked=True, seen_version=seen
        ),
        "expire": lambda: actions.expire_article(article=article),
        "withdraw": lambda: actions.withdraw_article(article=article, actor=approver),
        "reopen": lambda: actions.reopen_article(article=article, actor=approver),
    }
    return verbs[verb]()


VERBS = [verb for verb in STEPS if verb != "unapprove"]  # a save takes that one


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", Status)
def test_every_step_starts_where_the_rules_say_and_nowhere_else(cast: Cast, verb: str, status: Status) -> None:
    with unit_scope(cast.a.unit):
        article = standing(cast.a, status, expires_at=NOW - timedelta(minutes=1))
        allowed, target = STEPS[verb]
        try:
            done = _take(verb, cast.a, article)
        except PermissionDenied:
            done = False  # a text that can not be changed where it stands can not be handed in either
        assert done is (status in allowed)
        stored = Article.objects.select_related("category").get(pk=article.pk)
        assert stored.status == (target if done else status)
        assert article.status == stored.status, "the row in hand says what stands in the database"
        assert steps_of(article) == ([(verb, status, target)] if done else [])
        assert AuditEntry.objects.about(article).filter(verb=f"article.{verb}").count() == int(done)


def test_every_verb_has_its_words() -> None:
    assert set(STEPS) <= set(VERB_WORDS)


def test_a_step_says_who_when_from_where_why_and_about_which_version(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.SUBMITTED, version_number=4)
        actions.return_article(article=article, actor=cast.a.people[Role.EDITOR], reason="  Thiếu  nguồn. ")
        step = ArticleTransition.objects.get(article=article)
        assert (step.actor, step.verb, step.reason, step.version_number) == (
            cast.a.people[Role.EDITOR], "return", "Thiếu  nguồn.", 4,
        )  # fmt: skip
        assert abs(step.at - timezone.now()) < timedelta(minutes=1)
        entry = AuditEntry.objects.about(article).get()
        assert (entry.verb, entry.actor) == ("article.return", cast.a.people[Role.EDITOR])
        assert entry.detail == {"from": "SUBMITTED", "to": "RETURNED", "version": 4}


# --- who may --------------------------------------------------------------------------------------------------------------

RIGHTS: list[tuple[str, Status, set[Role]]] = [
    ("recall", Status.SUBMITTED, {Role.AUTHOR}),
    ("return", Status.SUBMITTED, {Role.EDITOR, Role.APPROVER, Role.UNIT_ADMIN}),
    ("return", Status.APPROVED, {Role.APPROVER, Role.UNIT_ADMIN}),
    ("return", Status.SCHEDULED, {Role.APPROVER, Role.UNIT_ADMIN}),
    ("approve", Status.SUBMITTED, {Role.APPROVER, Role.UNIT_ADMIN}),
    ("schedule", Status.APPROVED, {Role.APPROVER, Role.UNIT_ADMIN}),
    ("unschedule", Status.SCHEDULED, {Role.APPROVER, Role.UNIT_ADMIN}),
    ("publish", Status.APPROVED, {Role.APPROVER, Role.UNIT_ADMIN}),
    ("publish-urgent", Status.DRAFT, {Role.APPROVER, Role.UNIT_ADMIN}),
    ("withdraw", Status.PUBLISHED, {Role.APPROVER, Role.UNIT_ADMIN}),
    ("reopen", Status.WITHDRAWN, {Role.APPROVER, Role.UNIT_ADMIN}),
    ("submit", Status.DRAFT, {Role.AUTHOR, Role.EDITOR, Role.APPROVER, Role.UNIT_ADMIN}),
]


def _as(role: Role, verb: str, house: House, article: Article) -> bool:
    """The same step by somebody else: every name that ``_take`` knows stands for this person."""
    person = house.people[role]
    people = dict.fromkeys(Role, person)
    return _take(verb, House(**{**{f: getattr(house, f) for f in house.__slots__}, "people": people}), article)


@pytest.mark.parametrize(("verb", "status", "allowed"), RIGHTS, ids=[f"{v}-{s.value}" for v, s, _a in RIGHTS])
def test_roles_take_their_steps_and_no_others(cast: Cast, verb: str, status: Status, allowed: set[Role]) -> None:
    with unit_scope(cast.a.unit):
        for role in Role:
            article = standing(cast.a, status)
            if role in allowed:
                assert _as(role, verb, cast.a, article) is True, role
            else:
                with pytest.raises(PermissionDenied):
                    _as(role, verb, cast.a, article)
                assert Article.objects.get(pk=article.pk).status == status
                assert steps_of(article) == []


def test_an_author_hands_in_their_own_text_only(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        other = standing(cast.a, Status.DRAFT, created_by=cast.a.people[Role.EDITOR])
        with pytest.raises(PermissionDenied):
            actions.submit_article(article=other, actor=cast.a.people[Role.AUTHOR])


def test_the_others_people_and_strangers_take_no_step(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.SUBMITTED)
        for person in (cast.b.people[Role.APPROVER], cast.b.admin, cast.outsider, cast.stranger):
            with pytest.raises(PermissionDenied):
                actions.approve_article(article=article, actor=person, seen_version=1, secrecy_checked=True)
    with unit_scope(cast.b.unit):
        try:
            outcome = approve(cast.b, article)
        except (ScopeError, Article.DoesNotExist):
            outcome = False
        assert outcome is False
    with unit_scope(cast.a.unit):
        assert Article.objects.get(pk=article.pk).status == Status.SUBMITTED


# --- four eyes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fact", ["created_by", "submitted_by"])
@pytest.mark.parametrize("who", ["approver", "admin", "operator"])
def test_nobody_approves_what_they_wrote_or_handed_in(cast: Cast, fact: str, who: str) -> None:
    person = {"approver": cast.a.people[Role.APPROVER], "admin": cast.a.admin, "operator": cast.operator}[who]
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.SUBMITTED, **{fact: person})
        assert is_own_text(article, person)
        with pytest.raises(ValidationError, match="Bài này do bạn viết: người khác duyệt"):
            actions.approve_article(article=article, actor=person, seen_version=1, secrecy_checked=True)
        assert Article.objects.get(pk=article.pk).status == Status.SUBMITTED


def test_rewriting_a_submitted_text_makes_it_ones_own_and_a_slip_of_the_pen_does_not(cast: Cast) -> None:
    approver = cast.a.people[Role.APPROVER]
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.SUBMITTED, body=words(60))
        article.body = words(60) + words(6, "mới")
        actions.save_article(article=article, actor=approver)
        assert not is_own_text(article, approver)
        for number in range(3):  # many small ones add up
            article.body += words(6, f"thêm{number}-")
            actions.save_article(article=article, actor=approver)
        assert is_own_text(article, approver)
        with pytest.raises(ValidationError, match="người khác duyệt"):
            approve(cast.a, article)
        assert approve(cast.a, article, role=Role.UNIT_ADMIN)


def test_what_was_rewritten_before_it_was_handed_in_belongs_to_who_handed_it_in(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.DRAFT, body=words(5))
        article.body = words(60)
        actions.save_article(article=article, actor=cast.a.people[Role.APPROVER])
        actions.submit_article(article=article, actor=cast.a.people[Role.AUTHOR])
        assert approve(cast.a, article)


def test_approving_asks_for_the_secrecy_check_and_writes_who_made_it(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.SUBMITTED)
        with pytest.raises(ValidationError, match="bí mật nhà nước"):
            approve(cast.a, article, secrecy_checked=False)
        assert steps_of(article) == []
        assert approve(cast.a, article)
        stored = Article.objects.select_related("category").get(pk=article.pk)
        person = cast.a.people[Role.APPROVER]
        assert (stored.secrecy_checked_by, stored.approved_by) == (person, person)
        assert stored.secrecy_checked_at is not None
        assert stored.published_at is None, "approving alone publishes nothing"


def test_approving_names_the_version_that_was_read(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.SUBMITTED)
        actions.save_article(article=Article.objects.get(pk=article.pk), actor=cast.a.people[Role.EDITOR])
        with pytest.raises(ValidationError, match="Đọc lại bản mới"):
            approve(cast.a, article, seen_version=1)
        assert Article.objects.get(pk=article.pk).status == Status.SUBMITTED


@pytest.mark.parametrize("field", ["summary", "body"])
def test_a_text_that_is_not_whole_is_neither_handed_in_nor_approved(cast: Cast, field: str) -> None:
    name = {"summary": "tóm tắt", "body": "nội dung"}[field]
    with unit_scope(cast.a.unit):
        draft = standing(cast.a, Status.DRAFT, **{field: ""})
        with pytest.raises(ValidationError, match=name):
            actions.submit_article(article=draft, actor=cast.a.people[Role.AUTHOR])
        with pytest.raises(ValidationError, match=name):
            approve(cast.a, standing(cast.a, Status.SUBMITTED, **{field: ""}))


# --- publishing, scheduling -----------------------------------------------------------------------------------------------


def test_approving_and_publishing_in_one_stroke_is_two_steps(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.SUBMITTED, due_at=SOON)
        IndexChange.objects.all().delete()
        assert approve(cast.a, article, publish=True)
        assert steps_of(article) == [
            ("approve", "SUBMITTED", "APPROVED"), ("publish", "APPROVED", "PUBLISHED"),
        ]  # fmt: skip
        stored = Article.objects.select_related("category").get(pk=article.pk)
        assert stored.due_at is None, "what is done is not due any more"
        assert IndexChange.objects.filter(object_id=article.pk).exists()
    assert visit(cast.a.host, stored.get_absolute_url()).status_code == 200


def test_a_moment_in_the_past_is_refused(cast: Cast) -> None:
    past = NOW - timedelta(minutes=1)
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.SUBMITTED)
        with pytest.raises(ValidationError, match="Giờ hẹn đăng phải sau lúc này"):
            approve(cast.a, article, at=past)
        assert Article.objects.get(pk=article.pk).status == Status.SUBMITTED, "not half of it"
        with pytest.raises(ValidationError, match="Hạn duyệt phải sau lúc này"):
            actions.submit_article(
                article=standing(cast.a, Status.DRAFT), actor=cast.a.people[Role.AUTHOR], due_at=past
            )


def test_approving_for_a_moment_schedules_and_citizens_wait(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.SUBMITTED)
        assert approve(cast.a, article, at=SOON)
        stored = Article.objects.select_related("category").get(pk=article.pk)
        assert (stored.status, stored.scheduled_for) == (Status.SCHEDULED, SOON)
    assert visit(cast.a.host, stored.get_absolute_url()).status_code == 404


def test_sending_back_needs_a_reason_and_takes_the_approval_back(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.SUBMITTED)
        approve(cast.a, article, at=SOON)
        article = Article.objects.get(pk=article.pk)
        with pytest.raises(ValidationError, match="cần sửa gì"):
            actions.return_article(article=article, actor=cast.a.admin, reason=" \n ")
        assert actions.return_article(article=article, actor=cast.a.admin, reason="Sai số điện thoại.")
        stored = Article.objects.select_related("category").get(pk=article.pk)
        assert (stored.approved_by, stored.secrecy_checked_by, stored.scheduled_for) == (None, None, None)


def test_an_editor_with_a_stale_page_does_not_send_back_what_was_approved_meanwhile(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        stale = standing(cast.a, Status.SUBMITTED)
        approve(cast.a, stale)
        assert actions.return_article(article=stale, actor=cast.a.people[Role.EDITOR], reason="x") is False
        assert Article.objects.get(pk=stale.pk).status == Status.APPROVED


# --- saving along the way -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [Status.APPROVED, Status.SCHEDULED])
def test_a_changed_text_goes_back_to_the_approver(cast: Cast, status: Status) -> None:
    with unit_scope(cast.a.unit):
        article = standing(cast.a, status, approved_by=cast.a.admin)
        article.is_pinned = True
        actions.save_article(article=article, actor=cast.a.people[Role.EDITOR])
        assert Article.objects.get(pk=article.pk).status == status, "pinning changes no word"
        article.title += " sửa"
        actions.save_article(article=article, actor=cast.a.people[Role.EDITOR])
        stored = Article.objects.select_related("category").get(pk=article.pk)
        assert (stored.status, stored.approved_by, stored.scheduled_for) == (Status.SUBMITTED, None, None)
        assert steps_of(article) == [("unapprove", status, "SUBMITTED")]


def test_a_published_text_changes_in_substance_only_with_a_note_to_citizens(cast: Cast) -> None:
    editor = cast.a.people[Role.EDITOR]
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.PUBLISHED, body=words(40))
        article.body = words(40) + words(30, "mới")
        with pytest.raises(ValidationError, match="Ghi một câu cho người đọc biết đã sửa gì"):
            actions.save_article(article=article, actor=editor)
        assert "mới1" not in Article.objects.get(pk=article.pk).body
        actions.save_article(article=article, actor=editor, change=Change(public_note="Thêm danh sách điểm tránh trú."))
        stored = Article.objects.select_related("category").get(pk=article.pk)
        assert stored.status == Status.PUBLISHED
        assert stored.second_look_due_at is not None
        assert timedelta(hours=23) < stored.second_look_due_at - timezone.now() <= timedelta(hours=24)
        assert PublicNote.objects.get(article=article).text == "Thêm danh sách điểm tránh trú."
        assert steps_of(article) == [("correct", "PUBLISHED", "PUBLISHED")]


def test_the_system_corrects_without_note_and_second_look(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.PUBLISHED, body=words(40))
        article.body = words(90, "khác")
        actions.save_article(article=article, actor=None)
        assert Article.objects.get(pk=article.pk).second_look_due_at is None


def test_a_slip_of_the_pen_needs_neither_but_many_of_them_need_a_second_look(cast: Cast) -> None:
    editor = cast.a.people[Role.EDITOR]
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.PUBLISHED, body=words(40))
        for number in range(3):
            article.body += words(9, f"lần{number}-")
            actions.save_article(article=article, actor=editor)
            due = Article.objects.get(pk=article.pk).second_look_due_at
            assert (due is None) is (number < 2)


def test_another_picture_or_link_in_a_published_text_is_looked_at_though_no_word_changed(cast: Cast) -> None:
    editor = cast.a.people[Role.EDITOR]
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.PUBLISHED, body="<p><a href='https://dung.vn/'>Đăng ký</a></p>")
        article.body = "<p><a href='https://lua-dao.vn/'>Đăng ký</a></p>"
        actions.save_article(article=article, actor=editor)
        assert Article.objects.get(pk=article.pk).second_look_due_at is not None


@pytest.mark.parametrize(
    ("status", "roles"),
    [
        (Status.DRAFT, set(Role)),
        (Status.RETURNED, set(Role)),
        (Status.SUBMITTED, set(Role) - {Role.AUTHOR}),
        (Status.APPROVED, set(Role) - {Role.AUTHOR}),
        (Status.SCHEDULED, set(Role) - {Role.AUTHOR}),
        (Status.PUBLISHED, set(Role) - {Role.AUTHOR}),
        (Status.EXPIRED, set()),
        (Status.WITHDRAWN, set()),
    ],
)
def test_who_may_save_where_the_text_stands(cast: Cast, status: Status, roles: set[Role]) -> None:
    with unit_scope(cast.a.unit):
        for role in Role:
            article = standing(cast.a, status)
            article.author_name = "Ban biên tập"
            if role in roles:
                actions.save_article(article=article, actor=cast.a.people[role])
            else:
                with pytest.raises(ValidationError, match="không sửa được"):
                    actions.save_article(article=article, actor=cast.a.people[role])


def test_an_author_with_an_old_page_open_does_not_change_what_was_published_meanwhile(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        stale = standing(cast.a, Status.DRAFT)
        actions.submit_article(article=Article.objects.get(pk=stale.pk), actor=cast.a.people[Role.AUTHOR])
        approve(cast.a, stale, publish=True)
        stale.title = "Lời chưa ai duyệt"
        with pytest.raises(ValidationError, match="Đã đăng"):
            actions.save_article(article=stale, actor=cast.a.people[Role.AUTHOR])
        assert Article.objects.get(pk=stale.pk).title != "Lời chưa ai duyệt"


# --- urgent, second look ------------------------------------------------------------------------------------------------


def _urgent(house: House, article: Article, person: User) -> bool:
    return actions.publish_urgently(
        article=article, actor=person, reason="Lũ lên nhanh.", secrecy_checked=True,
        seen_version=article.version_number,
    )  # fmt: skip


def test_urgent_publishing_by_one_person_waits_for_another_ones_look(cast: Cast) -> None:
    approver = cast.a.people[Role.APPROVER]
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.DRAFT, created_by=approver)
        assert _urgent(cast.a, article, approver)
        stored = Article.objects.select_related("category").get(pk=article.pk)
        assert (stored.status, stored.is_urgent, stored.secrecy_checked_by) == (Status.PUBLISHED, True, approver)
        assert ArticleTransition.objects.get(article=article).reason == "Lũ lên nhanh."
        with pytest.raises(ValidationError, match="người khác xem lại"):
            actions.confirm_second_look(article=stored, actor=approver, seen_version=1)
        with pytest.raises(PermissionDenied):
            actions.confirm_second_look(article=stored, actor=cast.a.people[Role.EDITOR], seen_version=1)
        assert actions.confirm_second_look(article=stored, actor=cast.a.admin, seen_version=1)
        stored.refresh_from_db()
        assert (stored.second_look_by, stored.second_look_due_at) == (cast.a.admin, None)
        assert steps_of(article)[-1] == ("second-look", "PUBLISHED", "PUBLISHED")
        assert actions.confirm_second_look(article=stored, actor=cast.a.admin, seen_version=1) is False
        path = stored.get_absolute_url()
    assert visit(cast.a.host, path).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"reason": "  "}, "Viết vì sao không chờ"), ({"secrecy_checked": False}, "bí mật nhà nước")],
)
def test_urgent_publishing_says_why_and_is_checked(cast: Cast, wrong: dict[str, Any], sentence: str) -> None:
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.DRAFT)
        options: dict[str, Any] = {"reason": "Bão", "secrecy_checked": True, **wrong}
        with pytest.raises(ValidationError, match=sentence):
            actions.publish_urgently(article=article, actor=cast.a.admin, **options)
        assert Article.objects.get(pk=article.pk).status == Status.DRAFT


def test_who_corrected_a_published_text_does_not_look_a_second_time(cast: Cast) -> None:
    approver = cast.a.people[Role.APPROVER]
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.PUBLISHED, body=words(10), created_by=cast.a.admin)
        article.body = words(50, "khác")
        actions.save_article(article=article, actor=approver, change=Change(public_note="Thay bài."))
        seen = article.version_number
        with pytest.raises(ValidationError, match="người khác xem lại"):
            actions.confirm_second_look(article=article, actor=approver, seen_version=seen)
        with pytest.raises(ValidationError, match="Đọc lại bản mới"):
            actions.confirm_second_look(article=article, actor=cast.a.admin, seen_version=seen - 1)
        # Who wrote it long ago may look at what another one changed now.
        assert actions.confirm_second_look(article=article, actor=cast.a.admin, seen_version=seen)


def test_correcting_again_does_not_push_the_second_look_away(cast: Cast, clock: time_machine.Traveller) -> None:
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.PUBLISHED, body=words(10))
        for number in range(2):
            article.body = words(60, f"lần{number}-")
            note = Change(public_note=f"Lần {number}")
            actions.save_article(article=article, actor=cast.a.people[Role.EDITOR], change=note)
            due = Article.objects.get(pk=article.pk).second_look_due_at
            assert due is not None
            assert due < NOW + timedelta(hours=24, minutes=5)
            clock.shift(timedelta(hours=6))


# --- the end, and again ---------------------------------------------------------------------------------------------------


def test_an_expired_text_opened_again_goes_the_whole_way_and_keeps_its_first_date(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.EXPIRED, expires_at=NOW - timedelta(days=1))
        first = article.published_at
        assert actions.reopen_article(article=article, actor=cast.a.people[Role.APPROVER])
        assert actions.publish_article(article=article, actor=cast.a.people[Role.APPROVER]) is False, "nobody approved"
        actions.submit_article(article=article, actor=cast.a.people[Role.AUTHOR])
        assert approve(cast.a, article, publish=True)
        stored = Article.objects.select_related("category").get(pk=article.pk)
        assert (stored.status, stored.published_at, stored.expires_at) == (Status.PUBLISHED, first, None)


def test_a_person_publishes_only_what_another_one_approved_and_the_system_publishes_anything(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        for status in (Status.DRAFT, Status.SUBMITTED, Status.RETURNED):
            article = standing(cast.a, status)
            assert actions.publish_article(article=article, actor=cast.a.admin) is False
            assert actions.publish_article(article=article, actor=None) is True
