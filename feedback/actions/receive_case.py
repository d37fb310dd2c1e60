"""A case arrives. Nothing is said to be received before this transaction is committed; then nothing of it can be lost."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from feedback.actions.case_letters import queue_letters, tell_holder
from feedback.actions.case_steps import refresh_parties, set_party
from feedback.actions.own_files import attach
from feedback.cases.routing import holder_of
from feedback.cases.terms import term_of
from feedback.enums import CommentMark
from feedback.enums.cases import (
    CaseKind,
    ConsentPurpose,
    EventKind,
    LetterKind,
    Moderation,
    PartyRole,
    Priority,
    TermStep,
)
from feedback.models import Case, CaseCategory, CaseConsent, CaseDraft, CaseEvent, CaseSender, CaseUpload
from feedback.rules import cases as rules
from feedback.rules import consent
from feedback.rules.codes import new_code, new_token
from feedback.rules.words import CleanWords, clean_words, plain
from portal.core.audit import record
from portal.core.sealing import keyed_hash, seal, unseal
from portal.core.subjects import Subject
from portal.core.tenancy import current_unit_id
from portal.core.text import one_line
from portal.core.visitors import Gate, Limit, Sending, TooMany, take
from units.enums import UnitKind
from units.models import Unit

_GATE: Final = Gate(rules.PURPOSE, rules.SENT_PER_HOUR, rules.UNPROVED_PER_HOUR, rules.UNPROVED_UNIT_PER_HOUR)
_OF_PHONE: Final = Limit(f"{rules.PURPOSE}-phone", rules.SENT_PER_PHONE_DAY, per_day=True)
_ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True)
class Sent:
    """What a sender filled in, checked by the form. ``phone`` in digits; consents as ticked."""

    kind: CaseKind
    text: str
    title: str = ""
    category: CaseCategory | None = None
    commune: Unit | None = None
    place_text: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    consents: frozenset[ConsentPurpose] = frozenset()
    wish: str = ""
    # The rest of a request's form, as JSON.
    details: str = ""
    subject: Subject | None = None
    files: tuple[CaseUpload, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Received:
    """The case and the secret of its private link, which is nowhere else in the clear."""

    case: Case
    token: str


def phone_material(phone: str) -> str:
    """What is hashed of a telephone number: the same on all sites, so that code and number find the case on any of them."""
    return f"feedback.case:{phone}"


def receive_case(*, sent: Sent, sending: Sending, draft: CaseDraft | None = None) -> Received | None:
    """Take in what a citizen sent; None for a machine that filled the trap. Raises TooMany.

    Sending the same draft twice gives the same case. All rows come in one transaction: case, timeline, sender, consents,
    files, mails, audit.
    """
    with transaction.atomic():
        if draft is not None:
            locked = CaseDraft.objects.select_for_update().get(pk=draft.pk)
            if locked.case_id is not None:
                return _again(locked.case_id)
        proved = _GATE.let_in(sending.proof, sending.address_hash)
        if sent.phone and not take(_OF_PHONE, keyed_hash(phone_material(sent.phone))):
            raise TooMany
        if sending.was_trapped:
            return None
        return _write(sent, sending, draft, proved=proved)


def _again(case_id: int) -> Received:
    case = Case.everywhere.get(pk=case_id)
    return Received(case, unseal(case.sealed_token))


def _write(sent: Sent, sending: Sending, draft: CaseDraft | None, *, proved: bool) -> Received:
    intake = Unit.objects.get(pk=current_unit_id())
    today = timezone.localdate()
    holder = holder_of(kind=sent.kind, category=sent.category, commune=sent.commune, intake=intake, day=today)
    words = clean_words(sent.text)
    token = new_token()
    category_id = sent.category.pk if sent.category else None
    term = term_of(sent.kind, TermStep.ANSWER, today, category_id=category_id, wish=sent.wish)
    due = term.last_day(today) if term else today + timedelta(days=15)
    title = one_line(clean_words(sent.title).text)[: rules.TITLE_LIMIT] or rules.title_of(words.text)
    case = Case(
        kind=sent.kind, sealed_token=seal(token), token_hash=keyed_hash(token),
        draft_key=draft.key if draft else None, intake_unit=intake, holder=holder, category=sent.category,
        commune=sent.commune, place_text=one_line(clean_words(sent.place_text).text)[: rules.PLACE_LIMIT],
        latitude=sent.latitude, longitude=sent.longitude, sealed_text=seal(plain(sent.text)), title=title, text=words.text,
        folded=rules.folded(title, words.text), marks=_marks(words, sending, proved=proved), wish=sent.wish,
        sealed_details=seal(sent.details), may_publish=ConsentPurpose.PUBLISH in sent.consents,
        moderation=_moderation(sent, words), priority=sent.category.priority if sent.category else Priority.NORMAL,
        due_on=due, first_due_on=due, address_hash=sending.address_hash, **_subject(sent.subject),
    )  # fmt: skip
    _save_with_code(case)
    event = _beside(case, sent)
    attach(case, None, sent.files)
    if draft is not None:
        CaseDraft.objects.filter(pk=draft.pk).update(case_id=case.pk, sealed_data="")
    record(verb="case.received", target=case, actor=None, detail={"kind": sent.kind, "holder": holder.slug})
    queue_letters(case, event, [LetterKind.RECEIVED])
    if case.moderation != Moderation.SPAM:
        tell_holder(case, LetterKind.STAFF_NEW)
    return Received(case, token)


def _marks(words: CleanWords, sending: Sending, *, proved: bool) -> list[str]:
    found = {str(mark) for mark in words.marks}
    if not proved:
        found.add(str(CommentMark.NO_PROOF))
    if sending.was_fast:
        found.add(str(CommentMark.FAST))
    return sorted(found)


def _moderation(sent: Sent, words: CleanWords) -> Moderation:
    """Advertising waits apart for a human; requests never become public, and neither does what its sender keeps back."""
    if words.is_spam:
        return Moderation.SPAM
    if sent.kind in {CaseKind.INFORMATION, CaseKind.PERSONAL} or ConsentPurpose.PUBLISH not in sent.consents:
        return Moderation.PRIVATE
    return Moderation.WAITING


def _subject(subject: Subject | None) -> dict[str, Any]:
    if subject is None:
        return {}
    return {
        "subject_kind": subject.kind, "subject_key": subject.key, "subject_title": subject.title,
        "subject_path": subject.path,
    }  # fmt: skip


def _save_with_code(case: Case) -> None:
    """A code nobody holds; a collision in 47 million is tried again."""
    for _attempt in range(_ATTEMPTS):
        case.code = new_code()
        if not Case.everywhere.filter(code=case.code).exists():
            case.save(force_insert=True)
            return
    raise IntegrityError("no free code")


def _beside(case: Case, sent: Sent) -> CaseEvent:
    """Everything that stands beside the case from its first moment."""
    set_party(case, case.intake_unit_id, PartyRole.INTAKE)
    if case.commune_id:
        set_party(case, case.commune_id, PartyRole.PLACE)
    for unit_id in Unit.objects.current().filter(kind=UnitKind.PROVINCE).values_list("pk", flat=True):
        set_party(case, unit_id, PartyRole.ABOVE)
    set_party(case, case.holder_id, PartyRole.HOLDER)
    refresh_parties(case)
    CaseSender(
        case=case, sealed_name=seal(one_line(plain(sent.name))[: rules.NAME_LIMIT]), sealed_phone=seal(sent.phone),
        sealed_email=seal(sent.email), sealed_address=seal(one_line(plain(sent.address))[: rules.ADDRESS_LIMIT]),
        phone_hash=keyed_hash(phone_material(sent.phone)) if sent.phone else "",
    ).save(force_insert=True)  # fmt: skip
    CaseConsent.objects.bulk_create(
        CaseConsent(case=case, purpose=purpose, version=consent.VERSION) for purpose in sorted(sent.consents)
    )
    event = CaseEvent(
        case=case, kind=EventKind.RECEIVED, unit_id=case.intake_unit_id, is_public=True,
        to_unit_id=case.holder_id if case.holder_id != case.intake_unit_id else None,
        detail={"pictures": len(sent.files), "due": case.due_on.isoformat() if case.due_on else ""},
    )  # fmt: skip
    event.save(force_insert=True)
    return event
