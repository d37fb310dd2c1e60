"""Every URL name on Thuận An's host with Phú Vinh's identifiers: 404, and nothing of Phú Vinh in the answer.

The names are read from the resolver. A new name fails `test_every_url_name_is_swept` until it is swept here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories.budget_rows import table_of
from tests.factories.calendars import leader_calendar_path, secret_path
from tests.factories.case_paths import (
    after,
    dialogue_path,
    draft_paths,
    open_own_paths,
    own_paths,
    poll_path,
    question_path,
    report_path,
    shown,
)
from tests.factories.cast import Cast, House
from tests.factories.consultations import make_consultation
from tests.factories.disclosure import BUDGET, entry_of, make_entry
from tests.factories.documents import document_of
from tests.factories.dossiers import figures_of
from tests.factories.findings import Findings
from tests.factories.media import attachments_of, library_of, make_album, make_attachment, make_video
from tests.factories.menu_rows import menu_rows
from tests.factories.people import people_path, person_of
from tests.factories.previews import add_preview_link, preview_token
from tests.factories.procedure_rows import BIRTH, procedure_of
from tests.factories.readers import make_comment, open_comments, subjects_of
from tests.factories.reception import past_reception_of, reception_of, reception_path, slip_path
from tests.factories.schedule_pages import WEEK, leader_path, schedule_path
from tests.factories.subscribers import confirm_paths, leave_paths, make_subscriber
from tests.factories.sweeps import ADMIN_OTHERS, ADMIN_SCREENS, VISITORS, assert_nothing_of, model_screens, who
from tests.factories.visits import body_of, visit

Paths = Callable[[House], list[str]]


@dataclass(frozen=True, slots=True)
class Sweep:
    """Paths made of the other's identifiers, and the statuses that are right for them on our host."""

    paths: Paths
    statuses: tuple[int, ...] = (404,)


def _figures(house: House, path: str) -> str:
    """An address of dossiers' months or voices, with rows of the other's own."""
    figures_of(house)
    return path


def _own(path: str) -> Sweep:
    """A page without identifiers: it answers, and must show nothing of the other."""
    return Sweep(lambda _house: [path], (200,))


def _article_paths(house: House) -> list[str]:
    rows = [*house.articles, house.notice, house.draft, house.withdrawn]
    return [f"/tin-tuc/{row.category.slug}/{row.slug}-{row.pk}/" for row in rows]


def _media_paths(house: House) -> list[str]:
    library: list[Any] = list(library_of(house))
    files = [row.file.url for row in library[1:]] + [row.url for row in attachments_of(house)]
    return [house.picture.url, house.picture.small_url, *files]


def _menu(path: str) -> str:
    """An address of the menu, with rows to show there."""
    menu_rows()
    return path


def _disclosed(house: House, path: str) -> str:
    """An address of the disclosures, with an entry to show there."""
    entry_of(house)
    return path


def _foreign_slugs(house: House) -> list[str]:
    """Addresses that exist on the other's site only."""
    return [f"/tin-tuc/chi-o-{house.unit.slug}/"]


SWEEPS: dict[str, Sweep] = {
    "units:reception": Sweep(
        lambda house: [reception_path(house), f"/tiep-cong-dan/?truoc=2099-01-01-{past_reception_of(house).pk}"],
        (200, 404),
    ),
    "units:reception-book": Sweep(lambda house: [f"/tiep-cong-dan/dang-ky/{reception_of(house).pk}/"]),
    "units:reception-booked": Sweep(lambda house: [slip_path(house)], (410,)),
    "units:reception-cancel": Sweep(lambda house: [slip_path(house, "huy")], (410,)),
    "units:reception-own": _own("/tiep-cong-dan/tra-cuu/"),
    "units:leader-list": Sweep(lambda house: [people_path(house, "/lanh-dao/")], (200,)),
    "units:organisation-chart": Sweep(lambda house: [people_path(house, "/lanh-dao/so-do/")], (200,)),
    "units:leader-detail": Sweep(lambda house: [person_of(house).get_absolute_url()]),
    # Words and a unit lead to other units' people on purpose: tests/units/test_people_directory.py.
    "units:directory": Sweep(lambda house: [people_path(house, "/danh-ba/")], (200,)),
    "units:spokespersons": Sweep(lambda house: [people_path(house, "/nguoi-phat-ngon/")], (200,)),
    "units:hotlines": Sweep(lambda house: [people_path(house, "/duong-day-nong/")], (200,)),
    "units:calendar": _own("/lich-cong-tac/lich.ics"),
    "units:calendar-leader": Sweep(lambda house: [leader_calendar_path(house)]),
    "units:calendar-secret": Sweep(lambda house: [secret_path(house)]),
    "units:calendar-subscribe": _own("/lich-cong-tac/dang-ky/"),
    "units:schedule": Sweep(lambda house: [schedule_path(house, "/lich-cong-tac/")], (200,)),
    "units:schedule-week": Sweep(lambda house: [schedule_path(house), f"{WEEK}?loc=tiep-cong-dan"], (200,)),
    "units:schedule-print": Sweep(
        lambda house: [schedule_path(house, f"{WEEK}in/"), f"{WEEK}in/?kieu=lanh-dao"], (200,)
    ),
    "units:schedule-xlsx": Sweep(lambda house: [schedule_path(house, f"{WEEK}lich-tuan.xlsx")], (200,)),
    "units:schedule-docx": Sweep(lambda house: [schedule_path(house, f"{WEEK}lich-tuan.docx")], (200,)),
    "units:schedule-day": Sweep(lambda house: [schedule_path(house, "/lich-cong-tac/ngay/2026/11/23/")], (200,)),
    "units:schedule-month": Sweep(lambda house: [schedule_path(house, "/lich-cong-tac/thang/2026/11/")], (200,)),
    "units:schedule-archive": Sweep(lambda house: [schedule_path(house, "/lich-cong-tac/luu-tru/")], (200,)),
    "units:schedule-board": Sweep(lambda house: [schedule_path(house, "/lich-cong-tac/bang/")], (200,)),
    "units:schedule-leader": Sweep(lambda house: [leader_path(house)]),
    "pages:home": _own("/"),
    "pages:english": _own("/en/"),
    "pages:search": Sweep(
        lambda house: ["/tim-kiem/", f"/tim-kiem/?q={house.word}", "/tim-kiem/?q=den+long", "/tim-kiem/?q=lien+he"],
        (200,),
    ),
    "pages:unit-directory": Sweep(lambda house: ["/phuong-xa/", "/phuong-xa/?ten=phu+vinh"], (200,)),
    "pages:site-map": _own("/so-do-trang/"),
    "pages:sitemap-xml": _own("/sitemap.xml"),
    "pages:sitemap-part": Sweep(lambda house: ["/sitemap-0.xml", "/sitemap-1.xml"], (200,)),
    "pages:robots": _own("/robots.txt"),
    "pages:accessibility": _own("/tro-nang/"),
    "pages:security-txt": _own("/.well-known/security.txt"),
    "pages:media": Sweep(_media_paths),
    "pages:healthz": _own("/healthz"),
    "pages:readyz": _own("/readyz"),
    "news:article-list": Sweep(
        lambda house: ["/tin-tuc/", f"/tin-tuc/?truoc=9999999999999999-{house.article.pk}"], (200,)
    ),
    "news:feed": _own("/rss/"),
    "news:atom": _own("/atom/"),
    "news:article-day-form": Sweep(lambda house: ["/tin-tuc/ngay/?ngay=2026-11-22"], (302,)),
    "news:article-day": _own("/tin-tuc/ngay/2026/11/22/"),
    "news:article-month": _own("/tin-tuc/ngay/2026/11/"),
    "news:tag": Sweep(lambda house: [f"/tin-tuc/the/chi-o-{house.unit.slug}/"]),
    "news:category": Sweep(_foreign_slugs),
    "news:category-feed": Sweep(lambda house: [f"{path}rss/" for path in _foreign_slugs(house)]),
    "news:category-atom": Sweep(lambda house: [f"{path}atom/" for path in _foreign_slugs(house)]),
    "news:corrections": _own("/dinh-chinh/"),
    "news:preview": Sweep(lambda house: [f"/xem-truoc/{preview_token(house)}/"]),
    "news:article-detail": Sweep(_article_paths),
    "news:library": _own("/thu-vien/"),
    "news:album-list": _own("/thu-vien/anh/"),
    "news:video-list": _own("/thu-vien/video/"),
    "news:album-detail": Sweep(lambda house: [row.get_absolute_url() for row in library_of(house)[:1]]),
    "news:video-detail": Sweep(lambda house: [row.get_absolute_url() for row in library_of(house)[1:]]),
    "news:page-index": _own("/gioi-thieu/"),
    "news:page-detail": Sweep(lambda house: [f"/gioi-thieu/chi-o-{house.unit.slug}/"]),
    "news:article-list-en": _own("/en/news/"),
    "news:article-en": Sweep(lambda house: [f"/en/news/{house.article.slug}-{house.article.pk}/"]),
    "news:page-index-en": _own("/en/about/"),
    "news:page-detail-en": Sweep(lambda house: [f"/en/about/chi-o-{house.unit.slug}/"]),
    "news:subscription": Sweep(lambda house: ["/nhan-tin/", f"/nhan-tin/?chuyen-muc=chi-o-{house.unit.slug}"], (200,)),
    "news:subscription-received": _own("/nhan-tin/da-nhan/"),
    "news:subscription-confirmed": _own("/nhan-tin/xac-nhan/"),
    "news:subscription-confirm": Sweep(confirm_paths, (410,)),
    "news:subscription-leave": Sweep(leave_paths),
    "pages:proof-challenge": Sweep(
        lambda house: ["/kiem-tra-may/comment/", "/kiem-tra-may/mistake/", "/kiem-tra-may/satisfaction/"], (200,)
    ),
    # A place behind which nothing of ours stands is not found.
    "news:document-list": Sweep(
        lambda house: ["/van-ban/", f"/van-ban/?q={house.word}", f"/van-ban/?truoc=20991231-{document_of(house).pk}"],
        (200, 404),
    ),
    "news:document-csv": Sweep(lambda house: ["/van-ban/tai-ve.csv", f"/van-ban/tai-ve.csv?q={house.word}"], (200,)),
    "news:document-feed": _own("/van-ban/rss/"),
    "news:document-detail": Sweep(lambda house: [document_of(house).get_absolute_url()]),
    "news:document-by-number": Sweep(lambda house: [f"/van-ban/so/{document_of(house).number}/"]),
    "pages:sitemap-documents": Sweep(
        lambda house: [f"/sitemap-van-ban-{document_of(house).pk // 5000 + 1}.xml"], (200, 404)
    ),
    "news:disclosure-list": Sweep(lambda house: [_disclosed(house, "/cong-khai/"), "/cong-khai/?nam=2026"], (200,)),
    "news:disclosure-feed": Sweep(lambda house: [_disclosed(house, "/cong-khai/rss/")], (200,)),
    "news:disclosure-csv": Sweep(lambda house: [_disclosed(house, "/cong-khai/tai-ve.csv")], (200,)),
    # The province's only, numbers without a unit's words: tests/news/test_disclosure.py.
    "news:disclosure-units": Sweep(lambda _house: []),
    "news:disclosure-units-csv": Sweep(lambda _house: []),
    "news:disclosure-table": Sweep(lambda house: [f"/cong-khai/bang/{table_of(house).pk}.csv"]),
    "news:disclosure-table-xlsx": Sweep(lambda house: [f"/cong-khai/bang/{table_of(house).pk}.xlsx"]),
    "news:disclosure-duty": Sweep(lambda house: [_disclosed(house, f"/cong-khai/noi-dung/{BUDGET}/")], (200,)),
    "news:disclosure-detail": Sweep(
        lambda house: [make_entry(house, BUDGET, year=2026, part=3, title="Ba tháng").get_absolute_url()]
    ),
    "news:consultation-list": _own("/lay-y-kien/"),
    "news:consultation-detail": Sweep(lambda house: [make_consultation(house, title="Quy chế").get_absolute_url()]),
    # The catalogue is one for all sites: the same address answers here, with nothing of the other's own words.
    # One menu for all sites: the addresses answer everywhere, and show nothing of the other's own words.
    "services:menu": Sweep(lambda house: [_menu("/dich-vu-cong/"), f"/dich-vu-cong/?q={house.word}"], (200,)),
    "services:menu-business": _own("/dich-vu-cong/doanh-nghiep/"),
    "services:field-list": Sweep(lambda _house: [_menu("/dich-vu-cong/linh-vuc/")], (200,)),
    "services:field": Sweep(lambda _house: [_menu("/dich-vu-cong/linh-vuc/ho-tich/")], (200,)),
    "services:field-elsewhere": Sweep(lambda _house: [_menu("/dich-vu-cong/linh-vuc/dat-dai/noi-khac/")], (200,)),
    "services:life-event": Sweep(lambda _house: [_menu("/dich-vu-cong/viec/sinh-con/")], (200,)),
    "pages:sitemap-services": Sweep(lambda _house: [_menu("/sitemap-thu-tuc-0.xml"), "/sitemap-thu-tuc-1.xml"], (200,)),
    "services:procedure": Sweep(lambda house: [procedure_of(house).get_absolute_url()], (200,)),
    "services:procedure-print": Sweep(lambda house: [f"{procedure_of(house).get_absolute_url()}in/"], (200,)),
    "services:procedure-history": Sweep(lambda house: [f"{procedure_of(house).get_absolute_url()}lich-su/"], (200,)),
    "services:place": Sweep(
        lambda house: [f"{procedure_of(house).get_absolute_url()}noi-nop/?xa={house.unit.slug}&ten={house.unit.slug}"],
        (200,),
    ),
    "services:boundaries": _own("/dich-vu-cong/ranh-gioi.json"),
    "services:dossier": Sweep(lambda house: [f"/dich-vu-cong/tra-cuu/?so={figures_of(house)}"], (200,)),
    "services:dossier-months": Sweep(lambda house: [_figures(house, "/dich-vu-cong/tra-cuu/thang/")], (200,)),
    # Our own month where we have counted one, else none.
    "services:dossier-month": Sweep(
        lambda house: [_figures(house, "/dich-vu-cong/tra-cuu/thang/2026/11/")], (200, 404)
    ),
    "services:dossier-csv": Sweep(
        lambda house: [_figures(house, "/dich-vu-cong/tra-cuu/thang/2026/11/so-lieu.csv")], (200, 404)
    ),
    "services:satisfaction": _own("/dich-vu-cong/hai-long/"),
    "services:satisfaction-received": _own("/dich-vu-cong/hai-long/da-nhan/"),
    "services:satisfaction-results": Sweep(lambda house: [_figures(house, "/dich-vu-cong/hai-long/ket-qua/")], (200,)),
    "services:satisfaction-quarter": Sweep(
        lambda house: [_figures(house, "/dich-vu-cong/hai-long/ket-qua/2026/3/")], (200, 404)
    ),
    "services:satisfaction-poster": _own("/dich-vu-cong/hai-long/to-dan/"),
    "services:mistake": Sweep(lambda house: [f"{procedure_of(house).get_absolute_url()}bao-sai/"], (200,)),
    "services:mistake-received": Sweep(
        lambda house: [f"{procedure_of(house).get_absolute_url()}bao-sai/da-nhan/"], (200,)
    ),
    "feedback:comment-send": Sweep(lambda house: [f"/gop-y/news.article/{house.article.pk}/"]),
    "feedback:comment-received": Sweep(lambda house: [f"/gop-y/news.article/{house.article.pk}/da-nhan/"]),
    "feedback:comment-list": Sweep(lambda house: [f"/gop-y/news.article/{house.article.pk}/tat-ca/"]),
    "feedback:rate": Sweep(lambda house: [f"/danh-gia/{name}/" for name in subjects_of(house)]),
    "feedback:rate-reason": Sweep(lambda house: [f"/danh-gia/{name}/ly-do/" for name in subjects_of(house)]),
    "feedback:rate-received": Sweep(lambda house: [f"/danh-gia/{name}/da-nhan/" for name in subjects_of(house)]),
    "feedback:report-new": Sweep(lambda house: ["/phan-anh/gui/", f"/phan-anh/gui/?xa={house.unit.slug}"], (200,)),
    "feedback:report-step": Sweep(lambda house: [draft_paths(house)["2/"]]),
    # Not sent yet, so there is nothing to be told at home either: tests/feedback/test_sending.py.
    "feedback:report-received": Sweep(lambda _house: []),
    "feedback:report-alike": Sweep(lambda _house: []),
    # Answer to other methods only: tests/feedback/test_upload_forms.py, test_uploads.py.
    "feedback:upload-new": Sweep(lambda _house: []),
    "feedback:upload": Sweep(lambda _house: []),
    "feedback:case-lookup": _own("/phan-anh/tra-cuu/"),
    "feedback:case-own": Sweep(lambda house: [own_paths(house)[""]]),
    "feedback:case-own-file": Sweep(lambda house: [own_paths(house)["tep"]]),
    "feedback:case-solved": Sweep(lambda house: [own_paths(house)["da-xong"]]),
    "feedback:case-export": Sweep(lambda house: [own_paths(house)["tai-ve"]]),
    "feedback:case-supply": Sweep(lambda house: [open_own_paths(house)["bo-sung/"]]),
    "feedback:case-withdraw": Sweep(lambda house: [open_own_paths(house)["rut/"]]),
    "feedback:case-consent": Sweep(lambda house: [open_own_paths(house)["thoi/thu/"]]),
    "feedback:reports": Sweep(
        lambda house: [shown(house, "/phan-anh/"), f"/phan-anh/?xa={house.unit.slug}"], (200, 404)
    ),
    "feedback:case-figures": Sweep(lambda house: [shown(house, "/phan-anh/ket-qua/")], (200,)),
    "feedback:case-figures-csv": Sweep(lambda house: [shown(house, "/phan-anh/ket-qua/csv/")], (200,)),
    "feedback:reports-atom": Sweep(lambda house: [shown(house, "/phan-anh/atom/")], (200,)),
    "feedback:report": Sweep(lambda house: [report_path(house)]),
    "feedback:report-join": Sweep(lambda house: [report_path(house, "cung-gap/")]),
    "feedback:questions": Sweep(lambda house: [shown(house, "/hoi-dap/"), f"/hoi-dap/?q={house.word}"], (200,)),
    "feedback:question-new": _own("/hoi-dap/gui/"),
    "feedback:question-suggest": Sweep(lambda house: [shown(house, f"/hoi-dap/goi-y?q={house.word}")], (200,)),
    "feedback:questions-atom": Sweep(lambda house: [shown(house, "/hoi-dap/atom/")], (200,)),
    "feedback:question": Sweep(lambda house: [question_path(house)]),
    "feedback:information": _own("/yeu-cau-thong-tin/"),
    "feedback:information-new": _own("/yeu-cau-thong-tin/gui/"),
    "feedback:personal": _own("/du-lieu-ca-nhan/"),
    "feedback:personal-new": _own("/du-lieu-ca-nhan/gui/"),
    "feedback:polls": Sweep(lambda house: [after(house, poll_path, "/binh-chon/")], (200,)),
    "feedback:poll": Sweep(lambda house: [poll_path(house)]),
    "feedback:dialogues": Sweep(lambda house: [after(house, dialogue_path, "/doi-thoai/")], (200,)),
    "feedback:dialogue": Sweep(lambda house: [dialogue_path(house)]),
    "feedback:dialogue-ask": Sweep(lambda house: [dialogue_path(house, "hoi/")]),
}

# Addresses that only lead on to a page.
LEADING_ON = {"news:article-day-form", "news:document-by-number"}

# Addresses with slugs that both units have: they show our own rows only.
SHARED: dict[str, str] = {
    "news:category": "/tin-tuc/tin-hoat-dong/",
    "news:category-feed": "/tin-tuc/tin-hoat-dong/rss/",
    "news:category-atom": "/tin-tuc/thong-bao/atom/",
    "news:tag": "/tin-tuc/the/le-hoi/",
    "news:page-detail": "/gioi-thieu/lien-he/",
    "news:page-detail-en": "/en/about/contact/",
    "services:procedure": f"/dich-vu-cong/{BIRTH}/",
    "services:procedure-print": f"/dich-vu-cong/{BIRTH}/in/",
    "services:place": f"/dich-vu-cong/{BIRTH}/noi-nop/",
}


# There to show what communes publish: the register of spokespersons (Nghị định 244/2026 Điều 3), a named commune's counter (docs/decisions/0010), a dossier by its number.
SHOWN_BY_PROVINCE = frozenset(
    {
        *("units:spokespersons", "services:place", "services:dossier"),
        # The province follows every report and question (docs/decisions/0017).
        *("feedback:reports", "feedback:reports-atom", "feedback:report", "feedback:report-join"),
        *("feedback:questions", "feedback:question", "feedback:questions-atom", "feedback:question-suggest"),
        *("feedback:case-figures", "feedback:case-figures-csv"),
    }
)


def _names(patterns: list[Any], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            below = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _names(pattern.url_patterns, below)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or pattern.pattern}"


def test_every_url_name_is_swept() -> None:
    names = set(_names(get_resolver().url_patterns))
    swept = {*SWEEPS, *ADMIN_SCREENS, *model_screens(), *ADMIN_OTHERS}
    assert names - swept == set(), "new URL names: sweep them with the other unit's identifiers"
    assert {name for name in SWEEPS if name not in names} == set(), "swept names that no longer exist"


@pytest.fixture
def swept_cast(cast: Cast, search_index: Any) -> Cast:
    """The cast, with categories, a tag and pages that only Phú Vinh has, and everything indexed."""
    from news.models import Category, Page, Tag
    from portal.core.tenancy import unit_scope

    open_comments(cast.a, cast.b)
    for house in (cast.a, cast.b):
        procedure_of(house)
        make_comment(house, house.word, status="SHOWN")
        make_subscriber(house, f"{house.word}@example.vn")
        make_subscriber(house, f"cho.{house.word}@example.vn", confirmed=False)
    slug = f"chi-o-{cast.b.unit.slug}"
    with unit_scope(cast.b.unit):
        Category.objects.create(name=f"Riêng {cast.b.marker}", slug=slug)
        Tag.objects.create(name=f"Riêng {cast.b.marker}", slug=slug)
        Page.objects.create(title=f"Riêng {cast.b.marker}", slug=slug)
        Page.objects.create(title=f"Own {cast.b.marker}", slug=slug, language="en")
    add_preview_link(cast.b)
    with unit_scope(cast.b.unit):
        make_album(cast.b)
        make_video(cast.b)
        make_attachment(cast.b)
    assert search_index() >= 10
    return cast


def test_the_others_identifiers_lead_nowhere(swept_cast: Cast) -> None:
    findings = Findings()
    for name, sweep in SWEEPS.items():
        for path, visitor in product(sweep.paths(swept_cast.b), VISITORS):
            with findings.at(name, path, visitor):
                response = visit(swept_cast.a.host, path, user=who(swept_cast, visitor))
                assert response.status_code in sweep.statuses
                assert_nothing_of(swept_cast.b, response, path)
    findings.assert_none()


@pytest.mark.anywhere
def test_the_same_identifiers_are_found_at_home(swept_cast: Cast) -> None:
    """Otherwise the sweep would prove nothing."""
    findings, b = Findings(), swept_cast.b
    hidden = {f"{b.draft.slug}-{b.draft.pk}/": 404, f"{b.withdrawn.slug}-{b.withdrawn.pk}/": 410}
    for name, sweep in SWEEPS.items():
        for path in sweep.paths(b):
            away = next((status for end, status in hidden.items() if path.endswith(end) and "/en/" not in path), None)
            with findings.at(name, path):
                assert visit(b.host, path).status_code == (away or (302 if name in LEADING_ON else 200))
    findings.assert_none()


def test_addresses_that_both_have_show_ones_own(swept_cast: Cast) -> None:
    findings, houses = Findings(), (swept_cast.a, swept_cast.b)
    for path, (house, other) in product(SHARED.values(), (houses, houses[::-1])):
        with findings.at(path, house.host):
            response = visit(house.host, path)
            assert response.status_code == 200
            assert house.marker in body_of(response)
            assert_nothing_of(other, response, path)
    findings.assert_none()


def test_search_finds_at_home_what_it_hides_abroad(swept_cast: Cast) -> None:
    path = f"/tim-kiem/?q={swept_cast.b.word}"
    assert swept_cast.b.marker in body_of(visit(swept_cast.b.host, path))
    abroad = body_of(visit(swept_cast.a.host, path))
    assert swept_cast.b.marker not in abroad
    assert swept_cast.b.article.get_absolute_url() not in abroad


@pytest.mark.anywhere
def test_the_province_shows_no_row_of_a_commune(swept_cast: Cast) -> None:
    for name, sweep in SWEEPS.items():
        if name in SHOWN_BY_PROVINCE:
            continue
        for path in sweep.paths(swept_cast.b):
            response = visit("localhost", path)
            assert response.status_code < 500
            assert_nothing_of(swept_cast.b, response, path)
