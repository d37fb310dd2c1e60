"""Polls: kept by the office, voted once by each device."""

import secrets
from collections.abc import Sequence
from typing import Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.enums.polls import PollKind
from feedback.models import Poll, PollBallot, PollOption
from feedback.rules import polls as rules
from feedback.rules.limits import today_began
from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_generation
from portal.core.sealing import keyed_hash
from portal.core.text import one_line
from portal.core.visitors import Gate, Limit, Sending, TooMany, take

_GATE: Final = Gate(rules.PURPOSE, rules.VOTES_PER_HOUR, rules.UNPROVED_PER_HOUR, rules.UNPROVED_UNIT_PER_HOUR)
MARK_BYTES: Final = 18


class PollClosed(Exception):
    """Voting has not begun, or is over."""


class VotedAlready(Exception):
    """This device has voted in this poll."""


def new_mark() -> str:
    """What a device gets for one poll, and shows when it votes; it says nothing about anything else."""
    return secrets.token_urlsafe(MARK_BYTES)


def device_hash(poll: Poll, mark: str) -> str:
    """What stands for the device in this poll; in another poll it is another."""
    return keyed_hash(f"feedback.poll:{poll.pk}:{mark}")


@transaction.atomic
def save_poll(*, poll: Poll, options: Sequence[str], actor: User | None) -> Poll:
    """Write a poll with its options in order. Raises ValidationError where somebody has voted and the question would change."""
    is_new = poll.pk is None
    lines = [one_line(text)[: rules.OPTION_LENGTH] for text in options if one_line(text)]
    if not is_new:
        kept = Poll.objects.select_for_update().get(pk=poll.pk)
        _refuse_change(kept, poll, lines)
        poll.ballots = kept.ballots
    poll.title = one_line(poll.title)
    if is_new:
        poll.made_by = actor
    poll.save()
    if _texts(poll) != lines:
        PollOption.objects.filter(poll=poll).delete()
        PollOption.objects.bulk_create(
            PollOption(unit_id=poll.unit_id, poll=poll, text=text, order=place) for place, text in enumerate(lines)
        )
    record(verb="poll.save", target=poll, actor=actor, detail={"published": poll.is_published, "options": len(lines)})
    bump_generation(poll.unit_id)
    return poll


def _texts(poll: Poll) -> list[str]:
    return list(PollOption.objects.filter(poll=poll).order_by("order", "pk").values_list("text", flat=True))


def _refuse_change(kept: Poll, poll: Poll, lines: list[str]) -> None:
    """What people have answered is not asked differently afterwards; its end, and what comes of it, may be written."""
    if not kept.ballots:
        return
    asked = (kept.title, kept.kind, kept.most, _texts(kept))
    if asked != (one_line(poll.title), poll.kind, poll.most, lines):
        raise ValidationError(_("Đã có người bình chọn: không đổi câu hỏi, cách chọn và phương án được nữa."))


def vote(*, poll: Poll, chosen: Sequence[int], mark: str, sending: Sending) -> bool:
    """Count one device's vote; False for a machine that filled the trap. Raises TooMany, PollClosed, VotedAlready, ValidationError.

    Ballot and counts change in one transaction; of two presses at once the second finds the first one's ballot.
    """
    with transaction.atomic():
        _GATE.let_in(sending.proof, sending.address_hash)
        if not take(Limit(f"{rules.PURPOSE}-{poll.pk}", rules.VOTES_PER_POLL_DAY, per_day=True), sending.address_hash):
            raise TooMany
        if sending.was_trapped:
            return False
        now = timezone.now()
        if not Poll.objects.running(now).filter(pk=poll.pk).exists():
            raise PollClosed
        options = list(PollOption.objects.filter(poll=poll).order_by("order", "pk").values_list("pk", flat=True))
        if not rules.is_valid(poll.kind, chosen, options, poll.most):
            raise ValidationError(_("Lựa chọn không hợp lệ. Chọn lại rồi gửi."))
        _write(poll, list(chosen), len(options), device_hash(poll, mark), sending.address_hash)
    return True


def _write(poll: Poll, chosen: list[int], number: int, device: str, address: str) -> None:
    try:
        with transaction.atomic():
            PollBallot(poll=poll, choices=chosen, device_hash=device, address_hash=address).save(force_insert=True)
    except IntegrityError as error:
        raise VotedAlready from error
    Poll.objects.filter(pk=poll.pk).update(ballots=F("ballots") + 1)
    # In the order of keys, so that two ballots never wait for each other crosswise.
    for pk in sorted(chosen):
        place = chosen.index(pk)
        points = rules.points_of(place, number) if poll.kind == PollKind.RANKED else 0
        PollOption.objects.filter(pk=pk).update(
            votes=F("votes") + 1, points=F("points") + points, firsts=F("firsts") + int(place == 0)
        )


def has_voted(poll: Poll, mark: str) -> bool:
    """Whether the device that shows this mark has voted."""
    return bool(mark) and PollBallot.objects.filter(poll=poll, device_hash=device_hash(poll, mark)).exists()


@transaction.atomic
def forget_voters() -> int:
    """Empty hashes of days that are over, and the devices' of polls that are over, in the unit in scope; returns how many rows."""
    number = PollBallot.objects.hashed_before(today_began()).update(address_hash="")
    over = Poll.objects.filter(closes_at__lt=today_began())
    return number + PollBallot.objects.filter(poll__in=over).exclude(device_hash="").update(device_hash="")


@transaction.atomic
def delete_poll(*, poll: Poll, actor: User | None) -> None:
    """Take away a poll that nobody has voted in. Raises ValidationError otherwise."""
    if PollBallot.objects.filter(poll=poll).exists():
        raise ValidationError(_("Đã có người bình chọn nên không xóa được. Có thể đóng sớm."))
    record(verb="poll.delete", target=poll, actor=actor)
    bump_generation(poll.unit_id)
    poll.delete()
