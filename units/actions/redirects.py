"""Old addresses and where they lead: kept flat, without loops, and only to sites of this portal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, TextField, Value
from django.db.models.functions import Concat, Substr
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_generation
from portal.core.tenancy import current_unit_id
from units.actions.redirect_checks import key_of_target, old_key, spellings, target_of
from units.addresses import AddressKey, address_key, as_target
from units.enums import RedirectReason
from units.models import QueryShape, Redirect, Unit

BATCH = 200


@dataclass(slots=True)
class AddressReport:
    """What became of a list of old addresses: how many are new, changed and there already, and which were refused why."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


@transaction.atomic
def keep_address(
    *, old: str, new: str, reason: RedirectReason = RedirectReason.HAND, actor: User | None = None
) -> Redirect:
    """Let one old address lead to ``new``; raises ValidationError with a sentence where it can not, loops included."""
    report = keep_addresses(pairs=[(old, new)], reason=reason, replace=True, actor=actor)
    if report.refused:
        raise ValidationError(report.refused[0][1])
    return Redirect.objects.at([old_key(old)]).get()


def check_address(*, old: str, new: str) -> None:
    """Raise the ValidationError that keeping this pair would raise; writes nothing."""
    batch = _Batch(AddressReport())
    batch.take([(old, new)])
    if batch.report.refused:
        raise ValidationError(batch.report.refused[0][1])


@transaction.atomic
def keep_addresses(
    *, pairs: Iterable[tuple[str, str]], reason: RedirectReason, replace: bool = False, actor: User | None = None
) -> AddressReport:
    """Let many old addresses lead elsewhere; one that leads elsewhere already is left alone unless ``replace``."""
    report, waiting = AddressReport(), list(pairs)
    # One writer a unit: two people who lead a to b and b to a at once would make a loop that neither sees.
    list(Unit.objects.filter(pk=current_unit_id()).select_for_update(no_key=True).values_list("pk"))
    for start in range(0, len(waiting), BATCH):
        batch = _Batch(report)
        batch.take(waiting[start : start + BATCH])
        batch.write(reason, actor, replace=replace)
    return report


@dataclass(slots=True)
class _Batch:
    """Some pairs on their way into the table."""

    report: AddressReport
    targets: dict[AddressKey, str] = field(default_factory=dict)
    spelled: dict[AddressKey, str] = field(default_factory=dict)
    # What the table says of a key; None: nothing.
    known: dict[AddressKey, Redirect | None] = field(default_factory=dict)

    def take(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Check each pair and find where its way ends."""
        for old, new in pairs:
            try:
                key = old_key(old)
                self.targets[key], self.spelled[key] = target_of(new), old
            except ValidationError as error:
                self.report.refused.append((old, " ".join(error.messages)))
        ends = [key_of_target(target) for target in self.targets.values()]
        self._ask({*self.targets, *(key for key in ends if key)})
        for key in list(self.targets):
            try:
                self.targets[key] = self._end_of_way(key)
            except ValidationError as error:
                del self.targets[key]
                self.report.refused.append((self.spelled[key], " ".join(error.messages)))

    def _ask(self, keys: set[AddressKey]) -> None:
        self.known |= dict.fromkeys(keys)
        for row in Redirect.objects.at(keys):
            self.known[AddressKey(row.old_path, row.old_query)] = row

    def _end_of_way(self, start: AddressKey) -> str:
        target, seen = self.targets[start], {start}
        while (key := key_of_target(target)) is not None:
            if key in seen:
                raise ValidationError(
                    _("“%(new)s” lại dẫn về chính địa chỉ cũ này, thành vòng tròn. Chọn nơi dẫn tới khác.")
                    % {"new": target}
                )
            seen.add(key)
            if key not in self.known:
                self._ask({key})
            row = self.known[key]
            following = self.targets.get(key) or (row.target if row else None)
            if following is None:
                break
            target = following
        return target

    def write(self, reason: RedirectReason, actor: User | None, *, replace: bool) -> None:
        """Insert and change rows, and lead on whatever led to these addresses."""
        fresh, written = [], dict[AddressKey, str]()
        for key, target in self.targets.items():
            row = self.known.get(key)
            if row is None:
                fresh.append(
                    Redirect(old_path=key.path, old_query=key.query, target=target, reason=reason, made_by=actor)
                )
            elif row.target == target or not replace:
                self.report.unchanged += 1
                continue
            else:
                row.target, row.reason, row.made_by = target, reason, actor
                row.save(update_fields=["target", "reason", "made_by"])
                self.report.changed += 1
            written[key] = target
        self._lead_on(written)
        rows = Redirect.objects.bulk_create(fresh, batch_size=BATCH, ignore_conflicts=True)
        self.report.added += len(rows)
        _keep_shapes({(key.path, key.names) for key in self.targets if key.query})

    def _lead_on(self, written: dict[AddressKey, str]) -> None:
        """No chains: rows that led to one of these old addresses lead where it leads."""
        names = {name: key for key in written for name in spellings(key, self.spelled[key])}
        rows = list(Redirect.objects.filter(target__in=names))
        for row in rows:
            row.target = written[names[row.target]]
        Redirect.objects.bulk_update(rows, ["target"])


def _keep_shapes(shapes: set[tuple[str, str]]) -> None:
    """Remember which names in a query string tell old pages apart, and whether a page of ours stands on that path."""
    if not shapes:
        return
    known = set(QueryShape.objects.filter(path__in={path for path, _names in shapes}).values_list("path", "names"))
    fresh = [QueryShape(path=path, names=names, is_live=_is_live(path)) for path, names in sorted(shapes - known)]
    QueryShape.objects.bulk_create(fresh, ignore_conflicts=True)
    if any(shape.is_live for shape in fresh):
        # The live shapes are kept for one generation (units.redirecting).
        bump_generation(current_unit_id())


def _is_live(path: str) -> bool:
    for form in (path, path.rstrip("/") + "/"):
        try:
            resolve(form)
        except Resolver404:
            continue
        return True
    return False


@transaction.atomic
def free_address(*, path: str) -> None:
    """A page of ours stands at ``path`` now: nothing leads away from it any more."""
    Redirect.objects.at([address_key(path)]).delete()


@transaction.atomic
def move_address(*, old: str, new: str, reason: RedirectReason, actor: User | None = None) -> None:
    """A page of ours has moved from path ``old`` to path ``new``: the old address leads there, and all that led to it.

    Moving back is no loop: the address is alive again, so what led away from it goes.
    """
    if old == new:
        return
    free_address(path=new)
    keep_address(old=old, new=new, reason=reason, actor=actor)


@transaction.atomic
def follow_address(*, old: str, new: str) -> None:
    """Let every old address that leads to path ``old``, or below it, lead to ``new`` instead; ``old`` itself stays."""
    if old == new:
        return
    Redirect.objects.leading_to(as_target(old)).update(target=as_target(new))
    if old.endswith("/") and new.endswith("/"):
        rest = Substr(F("target"), len(as_target(old)) + 1, output_field=TextField())
        below = Redirect.objects.leading_below(as_target(old))
        below.update(target=Concat(Value(as_target(new)), rest, output_field=TextField()))


@transaction.atomic
def load_addresses(*, pairs: Sequence[tuple[str, str]], actor: User | None) -> AddressReport:
    """Take a clerk's list of old and new addresses in; what it says goes before what was there."""
    report = keep_addresses(pairs=pairs, reason=RedirectReason.HAND, replace=True, actor=actor)
    row = Redirect.objects.order_by("-pk").first()
    if row and (report.added or report.changed):
        detail = {"added": report.added, "changed": report.changed, "refused": len(report.refused)}
        record(verb="redirect.load", target=row, actor=actor, detail=detail)
    return report


@transaction.atomic
def save_redirect(*, old: str, new: str, actor: User | None) -> Redirect:
    """Keep one pair that a clerk wrote."""
    redirect = keep_address(old=old, new=new, reason=RedirectReason.HAND, actor=actor)
    record(verb="redirect.save", target=redirect, actor=actor, detail={"target": redirect.target})
    return redirect


@transaction.atomic
def delete_redirect(*, redirect: Redirect, actor: User | None) -> None:
    """Let an old address lead nowhere again."""
    record(verb="redirect.delete", target=redirect, actor=actor, detail={"target": redirect.target})
    redirect.delete()


def unknown_addresses(addresses: Iterable[str]) -> set[AddressKey]:
    """Those of some old addresses that nothing leads away from yet; what is no address is left out. Reads only."""
    keys: set[AddressKey] = set()
    for address in addresses:
        try:
            keys.add(old_key(address))
        except ValidationError:
            continue
    waiting, known = sorted(keys), set[AddressKey]()
    for start in range(0, len(waiting), BATCH):
        rows = Redirect.objects.at(waiting[start : start + BATCH]).values_list("old_path", "old_query")
        known |= {AddressKey(path, query) for path, query in rows}
    return keys - known
