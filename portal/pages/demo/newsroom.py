"""The desks of the demo: work in every state, a library, readers' words, English, so that each screen has something on it.

Everything goes through the actions that people use, so the demo can not show a state that the portal would refuse.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils import timezone

from feedback.actions.comments import answer_comment, decide_comments, receive_comment
from feedback.enums import CommentStatus
from news import actions
from news.actions import royalty, royalty_tables
from news.actions.english import publish_translation, save_translation
from news.actions.versions import Change
from news.enums import PublicNoteKind
from news.enums.sharing import ShareMode
from news.models import Album, Article, ArticleTransition, ArticleTranslation, Category, Page, Picture
from portal.core.models import User
from portal.core.subjects import find_subject
from portal.core.tenancy import unit_scope
from portal.core.visitors import Sending
from portal.pages.demo import desk_texts as texts
from units.actions import save_site
from units.enums import Module, UnitKind
from units.models import Site, Unit

DESKS: Final = ("hue", "thuan-an")
PICTURES_IN_ALBUM: Final = 6
PAID_ARTICLES: Final = 4


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works at one desk."""

    author: User
    editor: User
    approver: User
    administrator: User


def _staff(slug: str) -> Staff:
    people = {user.username: user for user in User.objects.filter(username__startswith=f"{slug}.")}
    names = (f"{slug}.vietbai", f"{slug}.bientap", f"{slug}.duyet", f"{slug}.quantri")
    return Staff(*(people[name] for name in names))


def fill_desks() -> int:
    """Fill the desks that have accounts; returns how many were empty. Repeating it adds nothing."""
    filled = 0
    for slug in DESKS:
        unit = Unit.objects.filter(slug=slug, valid_to__isnull=True).first()
        if unit is None:
            continue
        with unit_scope(unit), transaction.atomic():
            if not ArticleTransition.objects.exists():
                _fill(unit, _staff(slug))
                filled += 1
    return filled


def _fill(unit: Unit, staff: Staff) -> None:
    site = Site.objects.of_current_unit()
    words = texts.ENGLISH[unit.kind == UnitKind.PROVINCE]
    site.modules = [*site.modules, Module.COMMENTS.value]
    site.intro_en, site.hero_lead_en = words.intro, words.lead
    save_site(site=site)
    _work_in_every_state(staff)
    _care(staff)
    _album(staff)
    _translate(words, staff)
    _share(unit, staff)
    _comments(staff)
    if unit.kind == UnitKind.PROVINCE:
        _rates(staff)
    _royalty(staff)


def _draft(text: texts.DeskText, category: Category, author: User) -> Article:
    article = Article(
        category=category, title=text.title, summary=text.summary, body=text.body, author_name="Ban biên tập",
        is_demo=True,
    )  # fmt: skip
    return actions.save_article(article=article, tags=[], actor=author)


def _work_in_every_state(staff: Staff) -> None:
    categories = list(Category.objects.in_order())
    news, notice = categories[0], next((row for row in categories if row.is_notice), categories[0])
    now = timezone.now()
    _draft(texts.UNFINISHED, news, staff.author)
    waiting = _draft(texts.WAITING, notice, staff.author)
    actions.submit_article(article=waiting, actor=staff.author, due_at=now + timedelta(hours=6))
    returned = _draft(texts.RETURNED, news, staff.author)
    actions.submit_article(article=returned, actor=staff.author)
    actions.return_article(article=returned, actor=staff.editor, reason=texts.REMARK)
    planned = _draft(texts.PLANNED, notice, staff.author)
    actions.submit_article(article=planned, actor=staff.author)
    actions.approve_article(
        article=planned, actor=staff.approver, seen_version=planned.version_number, secrecy_checked=True,
        at=now + timedelta(days=2),
    )  # fmt: skip
    urgent = _draft(texts.URGENT, notice, staff.approver)
    actions.publish_urgently(
        article=urgent, actor=staff.approver, seen_version=urgent.version_number, reason=texts.WHY_URGENT,
        secrecy_checked=True,
    )  # fmt: skip


def _latest(place: int) -> Article | None:
    """One of the newest published pieces of news, by its place."""
    rows = Article.objects.published().news().select_related("category", "picture").newest_first()
    return rows[place : place + 1].first()


def _care(staff: Staff) -> None:
    """A correction, and pages to be read again."""
    today, corrected = timezone.localdate(), _latest(3)
    if corrected:
        corrected.summary = f"{corrected.summary} {texts.CORRECTED_SENTENCE}".strip()
        change = Change(public_note=texts.CORRECTION, kind=PublicNoteKind.CORRECTION)
        actions.save_article(article=corrected, actor=staff.editor, change=change)
    days = (today - timedelta(days=2), today + timedelta(days=5), today + timedelta(days=20))
    for page, day in zip(Page.objects.published().order_by("order", "pk")[:3], days, strict=False):
        page.owner, page.review_by = staff.editor, day
        page.save(update_fields=["owner", "review_by"])


def _album(staff: Staff) -> None:
    pictures = list(Picture.objects.exclude(alt_text="").order_by("-pk")[:PICTURES_IN_ALBUM])
    if len(pictures) > 1:
        album = Album(title=texts.ALBUM_TITLE, description=texts.ALBUM_WORDS, is_published=True)
        entries = [actions.Entry(picture=picture, caption=picture.caption) for picture in pictures]
        actions.save_album(album=album, entries=entries, actor=staff.editor)


def _translate(words: texts.EnglishWords, staff: Staff) -> None:
    article = Article.objects.published().filter(title__startswith=words.about).first()
    if article:
        row = ArticleTranslation(article=article, title=words.title, summary=words.summary, body=words.body)
        save_translation(translation=row, actor=staff.editor)
        publish_translation(translation=row, actor=staff.approver)


def _share(unit: Unit, staff: Staff) -> None:
    """The ward offers an article upwards; the city invites all wards and communes to take one of its own."""
    article = _latest(1)
    if article is None:
        return
    if unit.kind == UnitKind.PROVINCE:
        actions.push_down(
            article=article, actor=staff.approver, mode=ShareMode.OFFERED, kinds=[UnitKind.COMMUNE],
            message=texts.INVITATION,
        )  # fmt: skip
    else:
        actions.offer_upwards(article=article, actor=staff.editor, message=texts.MESSAGE)


def _comments(staff: Staff) -> None:
    """One comment that waits, one that is shown with the office's answer."""
    article = _latest(0)
    subject = find_subject("news.article", article.pk) if article else None
    if subject is None:
        return
    rows = [
        receive_comment(subject=subject, name=name, text=text, sending=Sending(address_hash=f"minh-hoa-{subject.key}"))
        for name, text in texts.COMMENTS
    ]
    decide_comments(pks=[rows[0].pk], seen=CommentStatus.HELD, to=CommentStatus.SHOWN, actor=staff.editor)
    rows[0].refresh_from_db()
    answer_comment(comment=rows[0], answer=texts.ANSWER, actor=staff.editor)


def _rates(staff: Staff) -> None:
    """The province's table: the template of the old national maxima under an invented decision number."""
    today = timezone.localdate()
    # The half-year that runs, so that the template takes the base amount of these months.
    first = today.replace(month=7 if today.month > 6 else 1, day=1)
    table = royalty_tables.take_template(valid_from=first, actor=staff.administrator)
    table.decision_number, table.decision_date = "00/QĐ-UBND (minh họa)", first - timedelta(days=16)
    royalty_tables.save_table(table=table, actor=staff.administrator)
    royalty_tables.confirm_table(table=table, actor=staff.administrator)


def _royalty(staff: Staff) -> None:
    """Some articles of the month are marked, the others wait on the month's screen."""
    for place in range(PAID_ARTICLES):
        article = _latest(place)
        if article and article.origin_article_id is None:
            entry = royalty.Entry(
                genre="tin", coefficient=Decimal("1.5"), parts=[royalty.Part(pen_name="Tác giả (minh họa)")]
            )
            royalty.set_article_royalty(article=article, entry=entry, actor=staff.editor)
