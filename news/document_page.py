"""What a document's own page is made of: its facts, files, relations, its line in time, and what search engines read."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from news.document_family import CHAIN, Family, effect_words
from news.document_register import EFFECT_TAGS, FileLine, Register
from news.enums.documents import DocumentStatus, Effect
from news.models import Document
from portal.core.sharing_links import share_links
from portal.core.structured_data import crumb_list, script_safe
from units.chrome import full_name
from units.middleware import site_of, unit_of

TEMPLATE = "news/document_detail.html"
_FORCE = {
    Effect.IN_FORCE: "InForce", Effect.PARTLY: "PartiallyInForce", Effect.OVER: "NotInForce", Effect.COMING: "NotInForce",
}  # fmt: skip


def document_title(document: Document) -> str:
    """How a document is called in a tab, a share, an index: type and number, then what it is about."""
    name = " ".join(part for part in (document.type.name, document.number) if part)
    return f"{name}: {document.abstract}"


def crumbs_of(document: Document) -> list[dict[str, Any]]:
    """The way to the document."""
    return [
        {"label": _("Trang chủ"), "url": "/"},
        {"label": _("Văn bản"), "url": reverse("news:document-list")},
        {"label": document.number or document.type.name, "url": None},
    ]


def document_context(request: HttpRequest, document: Document) -> dict[str, Any]:
    """Everything the page of a published document shows; a constant number of queries, at most seven of its own."""
    register = Register(request)
    effect = document.effect(register.today)
    family = Family(register, document)
    files = register.files_of([document]).get(document.pk, [])
    outgoing, incoming = family.outgoing(), family.incoming()
    crumbs = crumbs_of(document)
    address = request.build_absolute_uri(document.get_absolute_url())
    return {
        "document": document,
        "page_title": document_title(document),
        "effect": effect,
        "effect_tag": EFFECT_TAGS[effect],
        "effect_words": effect_words(document, effect, incoming),
        "today": register.today,
        "files": files,
        "signed": [file for file in files if file.is_signed],
        "outgoing": outgoing,
        "incoming": incoming,
        "timeline": family.timeline(),
        "share": share_links(document_title(document)[:200], address),
        "breadcrumbs": crumbs,
        "json_ld": _json_ld(request, document, effect, files, family, crumbs),
        "noindex": False,
    }


def withdrawn_context(document: Document) -> dict[str, Any]:
    """What stays of a document that was taken away: which one it was, and why."""
    return {
        "document": document, "page_title": document_title(document), "breadcrumbs": crumbs_of(document), "noindex": True,
        "is_withdrawn": document.status == DocumentStatus.WITHDRAWN,
    }  # fmt: skip


def _json_ld(
    request: HttpRequest,
    document: Document,
    effect: Effect,
    files: list[FileLine],
    family: Family,
    crumbs: list[dict[str, Any]],
) -> Any:
    """schema.org Legislation: what it is, who passed it, when, whether in force, what it changes, its files.

    As long as the vocabulary: one line a property.
    """
    changes = [link.other.number for link in family.outgoing() if link.kind in CHAIN]
    data = {
        "@type": "Legislation",
        "name": document_title(document)[:300],
        "legislationIdentifier": document.number,
        "legislationType": document.type.name,
        "legislationPassedBy": {"@type": "GovernmentOrganization", "name": document.issuer},
        "legislationDate": document.issued_on.isoformat() if document.issued_on else None,
        "datePublished": document.published_at.isoformat() if document.published_at else None,
        "legislationDateVersion": document.effective_from.isoformat() if document.effective_from else None,
        "legislationLegalForce": _force(effect),
        "legislationChanges": changes,
        "publisher": {"@type": "GovernmentOrganization", "name": full_name(unit_of(request), site_of(request))},
        "url": request.build_absolute_uri(document.get_absolute_url()),
        "inLanguage": "vi",
        "encoding": [
            {"@type": "MediaObject", "name": file.title, "contentUrl": request.build_absolute_uri(file.url)}
            for file in files
        ],
    }
    told = {name: value for name, value in data.items() if value}
    return script_safe({"@context": "https://schema.org", "@graph": [told, crumb_list(request, crumbs)]})


def _force(effect: Effect) -> str | None:
    return f"https://schema.org/{_FORCE[effect]}" if effect in _FORCE else None
