"""What other units sent, and what became of what this unit sent."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from news import actions
from news.actions.share_files import as_copied
from news.enums import ArticleStatus
from news.enums.sharing import ShareDirection, ShareMode, ShareState
from news.forms.sharing import DeclineForm, TakeForm
from news.models import Article, ArticleVersion, SharedArticle, ShareDelivery
from news.version_diff import Difference, difference, version_of
from portal.core.admin_base import person_at
from units.chrome import site_url
from units.models import Unit

WAITING_SHOWN = 100
HANDLED_SHOWN = 30
SENT_SHOWN = 50


def screen(request: HttpRequest, template: str, title: str, **context: Any) -> TemplateResponse:
    """One screen of “Trao đổi bài”, with its line of the menu lit."""
    frame = {**admin.site.each_context(request), "opts": SharedArticle._meta, "title": title}
    return TemplateResponse(request, f"admin/news/sharing/{template}.html", {**frame, **context})


def demand(request: HttpRequest, permission: str) -> None:
    """Raise PermissionDenied for whose role does not have ``permission``."""
    if not request.user.has_perm(permission):
        raise PermissionDenied


def sums_of(rows: Sequence[ShareDelivery]) -> dict[str, int]:
    """How many of some deliveries are published, taken but not published, waiting, declined, recalled."""
    published = [row for row in rows if row.local_status == ArticleStatus.PUBLISHED]
    taken = [row for row in rows if row.state == ShareState.TAKEN]
    return {
        "all": len(rows),
        "published": len(published),
        "taken": len(taken) - len([row for row in published if row.state == ShareState.TAKEN]),
        "waiting": sum(row.state == ShareState.WAITING for row in rows),
        "declined": sum(row.state == ShareState.DECLINED for row in rows),
        "recalled": sum(row.state == ShareState.RECALLED for row in rows),
        "edited": sum(row.is_edited for row in rows),
    }


# --- what came --------------------------------------------------------------------------------------------------------


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, what changed at its source, what was decided lately."""
    demand(request, "news.offer_article")
    rows = ShareDelivery.objects.incoming().with_parcel()
    handled = rows.exclude(state=ShareState.WAITING).order_by("-handled_at", "-pk")
    return screen(
        request, "inbox", _("Trao đổi bài"), tab="in",
        waiting=list(rows.waiting().order_by("-sent_at", "-pk")[:WAITING_SHOWN]),
        alerts=list(rows.alerting().order_by("-parcel__changed_at")[:WAITING_SHOWN]),
        handled=list(handled[:HANDLED_SHOWN]),
        may_decide=request.user.has_perm("news.share_article"),
    )  # fmt: skip


def _found(pk: int) -> ShareDelivery:
    rows = ShareDelivery.objects.incoming().select_related("parcel", "from_unit", "handled_by", "sent_by")
    return get_object_or_404(rows.defer("from_unit__boundary"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """One text as citizens would read it, and what can be done with it."""
    demand(request, "news.offer_article")
    row = _found(pk)
    take = TakeForm(slug=row.parcel.category_slug)
    decline = DeclineForm()
    if request.method == "POST":
        demand(request, "news.share_article")
        if "_seen" in request.POST:
            actions.dismiss_alert(delivery=row, actor=person_at(request))
            messages.success(request, _("Đã ghi là bạn đã xem chỗ sửa của bài gốc."))
            return _to_inbox()
        if "_decline" in request.POST:
            decline = DeclineForm(request.POST)
            answer = _declined(request, row, decline)
        else:
            take = TakeForm(request.POST, slug=row.parcel.category_slug)
            answer = _taken(request, row, take)
        if answer is not None:
            return answer
    may_decide = request.user.has_perm("news.share_article")
    is_open = row.state == ShareState.WAITING and row.mode == ShareMode.OFFERED
    return screen(
        request, "delivery", row.parcel.title, row=row, parcel=row.parcel, take=take, decline=decline,
        form=decline if decline.is_bound else take, may_decide=may_decide and is_open,
        may_dismiss=may_decide and bool(row.alert), is_open=is_open, diff=_difference(row), **_preview(row),
    )  # fmt: skip


def _to_inbox() -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:news_article_sharing"))


def _declined(request: HttpRequest, row: ShareDelivery, form: DeclineForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        actions.decline_share(delivery=row, actor=person_at(request), reason=form.cleaned_data["reason"])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Đã từ chối “%(title)s”. Nơi gửi đọc được lý do.") % {"title": row.parcel.title})
    return _to_inbox()


def _taken(request: HttpRequest, row: ShareDelivery, form: TakeForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    publish = "_publish" in request.POST
    try:
        article = actions.take_share(
            delivery=row, actor=person_at(request), category=form.cleaned_data["category"], publish=publish
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _to_inbox()
    if not publish:
        messages.success(request, _("Đã lấy về làm bản nháp. Sửa xong thì gửi duyệt như mọi bài."))
        return HttpResponseRedirect(reverse("admin:news_article_change", args=[article.pk]))
    link = format_html('<a href="{}">{}</a>', article.get_absolute_url(), _("Xem bài trên trang"))
    messages.success(request, format_html("{} {}", _("Đã đăng bài lấy về."), link))
    return _to_inbox()


# --- the text before it is taken --------------------------------------------------------------------------------------


def _preview(row: ShareDelivery) -> dict[str, Any]:
    """The parcel's body and main picture with addresses that the receiving unit's host answers."""
    parcel = row.parcel
    body, main = str(parcel.body_html), None
    for number, facts in enumerate(parcel.pictures):
        address = reverse("admin:news_article_share_picture", args=[row.pk, number])
        for name in (facts["file"], facts["small"]):
            body = body.replace(f'"/media/{name}"', f'"{address}"')
        if facts["file"] == parcel.main_picture:
            main = {**facts, "url": address}
    safe: SafeString = mark_safe(body)  # noqa: S308 - cleaned when it was saved; only addresses of pictures were replaced
    return {"body_html": safe, "main_picture": main}


def _difference(row: ShareDelivery) -> Difference | None:
    """Where the source, as it stands now, differs from the copy that was edited here; None without an alert or a copy."""
    if not row.alert:
        return None
    article = Article.objects.select_related("category", "picture").filter(pk=row.local_article_id).first()
    if article is None:
        return None
    mine, parcel = version_of(article, []), row.parcel
    theirs = ArticleVersion(
        title=parcel.title, summary=parcel.summary, body=as_copied(parcel), author_name=parcel.author_name,
        source_name=mine.source_name, category_name=mine.category_name, picture=mine.picture, tag_names=[],
    )  # fmt: skip
    return difference(mine, theirs)


@require_safe
def picture(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """One picture of a text that was sent here; its file lies with the sender until the text is taken."""
    demand(request, "news.offer_article")
    pictures = _found(pk).parcel.pictures
    if number >= len(pictures):
        raise Http404
    name = pictures[number]["file"]
    if settings.MEDIA_ACCEL:
        response: HttpResponseBase = HttpResponse(content_type="image/webp")
        response.headers["X-Accel-Redirect"] = f"{settings.MEDIA_ACCEL.rstrip('/')}/{name}"
    else:
        try:
            response = FileResponse(default_storage.open(name), content_type="image/webp")
        except OSError as error:
            raise Http404 from error
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


# --- what went --------------------------------------------------------------------------------------------------------


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The unit's shared articles, newest first, each with what became of it."""
    demand(request, "news.offer_article")
    latest = ShareDelivery.objects.outgoing().order_by("-sent_at", "-pk").values_list("parcel_id", flat=True)
    keys = list(dict.fromkeys(latest[: SENT_SHOWN * 20]))[:SENT_SHOWN]
    rows: dict[int, list[ShareDelivery]] = {key: [] for key in keys}
    for row in ShareDelivery.objects.outgoing().filter(parcel_id__in=keys).with_parcel().order_by("-sent_at", "pk"):
        rows[row.parcel_id].append(row)
    lines = [
        {
            "parcel": found[0].parcel,
            "sent_at": found[0].sent_at,
            "up": next((row for row in found if row.direction == ShareDirection.UP), None),
            "down": sums_of([row for row in found if row.direction == ShareDirection.DOWN]),
        }
        for found in rows.values()
        if found
    ]
    return screen(request, "outbox", _("Trao đổi bài"), tab="out", lines=lines)


@require_safe
def parcel(request: HttpRequest, pk: int) -> HttpResponse:
    """One shared article at every unit it went to."""
    demand(request, "news.offer_article")
    # By the parcel's own key: a foreign key takes no number that is beyond the database's.
    sent = ShareDelivery.objects.outgoing().filter(parcel__pk=pk).with_parcel().prefetch_related("to_unit__domains")
    rows = list(sent.order_by("-direction", "to_unit__sort_name", "pk")[:400])
    if not rows:
        raise Http404
    lines = [{"row": row, "url": _address_of(request, row, row.to_unit)} for row in rows]
    return screen(
        request, "parcel", rows[0].parcel.title, parcel=rows[0].parcel, lines=lines, sums=sums_of(rows)
    )  # fmt: skip


def _address_of(request: HttpRequest, row: ShareDelivery, unit: Unit) -> str:
    """Where citizens read the copy; empty while they can not."""
    if row.local_status not in {ArticleStatus.PUBLISHED, ArticleStatus.EXPIRED}:
        return ""
    return site_url(request, unit, row.local_path)
