"""Asking a site for a page, and the addresses of all its page types."""

from __future__ import annotations

import gzip
from typing import Any

from django.http import HttpResponse
from django.test import Client

from portal.core.models import User
from tests.factories.budget_rows import table_path
from tests.factories.cast import House
from tests.factories.consultations import consultation_of
from tests.factories.disclosure import entry_of
from tests.factories.documents import document_of
from tests.factories.dossiers import figures_of
from tests.factories.menu_rows import menu_rows
from tests.factories.people import people_path, person_of
from tests.factories.procedure_rows import procedure_of
from tests.factories.reception import reception_of, reception_path, slip_path
from tests.factories.schedule_pages import CACHED_SCHEDULE, schedule_paths


def visit(host: str, path: str, *, user: User | None = None, headers: dict[str, str] | None = None) -> Any:
    """GET a path on a host, as a browser that has never been there, or as ``user``; errors become error pages."""
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)
    response: Any = client.get(path, headers={"host": host, **(headers or {})})
    if response.streaming:
        # A server reads the file to its end, which closes it; so do we, and keep what it said.
        response.streaming_content = [b"".join(response.streaming_content)]
    return response


def body_of(response: Any) -> str:
    """The answer's text, unzipped and streamed bodies included."""
    raw = b"".join(response.streaming_content) if getattr(response, "streaming", False) else response.content
    if response.headers.get("Content-Encoding") == "gzip":
        raw = gzip.decompress(raw)
    return str(raw.decode("utf-8", "replace"))


def headers_of(response: HttpResponse) -> str:
    """All headers and cookies as one text, for looking for markers."""
    return f"{dict(response.headers)!r} {response.cookies.output()}"


def public_paths(house: House) -> dict[str, str]:
    """Every public page type (HTML) of a unit's site, by a name for reports."""
    return {
        "home": "/",
        "english": "/en/",
        "list": "/tin-tuc/",
        "category": house.category.get_absolute_url(),
        "tag": house.tag.get_absolute_url(),
        "day": "/tin-tuc/ngay/2026/11/22/",
        "empty day": "/tin-tuc/ngay/2026/11/03/",
        "month": "/tin-tuc/ngay/2026/11/",
        "article": house.article.get_absolute_url(),
        "plain article": house.articles[2].get_absolute_url(),
        "corrections": "/dinh-chinh/",
        "about": "/gioi-thieu/",
        "about page": house.page.get_absolute_url(),
        "english page": house.english_page.get_absolute_url(),
        "search box": "/tim-kiem/",
        "search results": f"/tim-kiem/?q={house.word}",
        "search nothing": "/tim-kiem/?q=khongcogi",
        "directory": "/phuong-xa/",
        "directory answer": "/phuong-xa/?ten=phu+thuan",
        "directory nothing": "/phuong-xa/?ten=khongcogi",
        "subscribe": "/nhan-tin/",
        "library": "/thu-vien/",
        "english list": "/en/news/",
        "english missing": f"/en/news/{house.articles[1].slug}-{house.articles[1].pk}/",
        "english about": "/en/about/",
        "documents": "/van-ban/",
        "documents filtered": "/van-ban/?nhom=chi-dao-dieu-hanh&linh-vuc=dat-dai",
        "document": document_of(house).get_absolute_url(),
        "consultations": "/lay-y-kien/",
        "consultation": consultation_of(house).get_absolute_url(),
        "opinion form": f"/gop-y/news.consultation/{consultation_of(house).pk}/",
        "disclosures": "/cong-khai/",
        "disclosures of a year": "/cong-khai/?nam=2026",
        "disclosure duty": f"/cong-khai/noi-dung/{entry_of(house).duty.code}/",
        "disclosure": entry_of(house).get_absolute_url(),
        "budget table": table_path(house),
        "services": "/dich-vu-cong/",
        "services business": "/dich-vu-cong/doanh-nghiep/",
        "services fields": "/dich-vu-cong/linh-vuc/",
        "services field": "/dich-vu-cong/linh-vuc/dat-dai/",
        "services elsewhere": "/dich-vu-cong/linh-vuc/dat-dai/noi-khac/",
        "services found": "/dich-vu-cong/?q=khai+sinh",
        "services nothing": "/dich-vu-cong/?q=khongcogi",
        "life event": menu_rows().get_absolute_url(),
        "procedure": procedure_of(house).get_absolute_url(),
        "procedure sheet": f"{procedure_of(house).get_absolute_url()}in/",
        "procedure history": f"{procedure_of(house).get_absolute_url()}lich-su/",
        "place": f"{procedure_of(house).get_absolute_url()}noi-nop/",
        "dossier": "/dich-vu-cong/tra-cuu/",
        "dossier answer": f"/dich-vu-cong/tra-cuu/?so={figures_of(house)}",
        "dossier unknown": "/dich-vu-cong/tra-cuu/?so=KHONG-CO-0001",
        "dossier months": "/dich-vu-cong/tra-cuu/thang/",
        "voice": "/dich-vu-cong/hai-long/",
        "voice results": "/dich-vu-cong/hai-long/ket-qua/",
        "voice poster": "/dich-vu-cong/hai-long/to-dan/",
        "mistake": f"{procedure_of(house).get_absolute_url()}bao-sai/",
        "calendar": "/lich-cong-tac/dang-ky/",
        **schedule_paths(house),
        "reception": reception_path(house),
        "reception form": f"/tiep-cong-dan/dang-ky/{reception_of(house).pk}/",
        "reception slip": slip_path(house),
        "reception lookup": "/tiep-cong-dan/tra-cuu/",
        "leaders": people_path(house, "/lanh-dao/"),
        "leader": person_of(house).get_absolute_url(),
        "organisation chart": "/lanh-dao/so-do/",
        "people": "/danh-ba/",
        "people found": "/danh-ba/?q=tran+van+mau",
        "people nothing": "/danh-ba/?q=khongcogi",
        "spokespersons": "/nguoi-phat-ngon/",
        "hotlines": "/duong-day-nong/",
        "site map": "/so-do-trang/",
        "accessibility": "/tro-nang/",
    }


CACHED_PAGES = (
    *("home", "english", "list", "category", "tag", "day", "empty day", "month", "article", "plain article"),
    *("leaders", "leader", "organisation chart", "people", "spokespersons", "hotlines"),
    *("corrections", "library", "english list", "english missing", "english about"),
    *("about", "about page", "english page", "directory", "site map", "accessibility"),
    "calendar",
    *CACHED_SCHEDULE,
    *("dossier months", "voice results", "voice poster"),
    *("services", "services business", "services fields", "services field", "services elsewhere", "life event"),
    *("disclosures", "disclosure duty", "disclosure", "budget table"),
    *("consultations", "consultation", "procedure", "procedure sheet", "procedure history", "place"),
)
"""Names in :func:`public_paths` of the pages that are the same for everybody and served from the page cache."""
