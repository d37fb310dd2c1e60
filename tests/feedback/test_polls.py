"""Polls: one vote for each device, counts that add up, nothing that tells who."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from feedback.actions import polls as actions
from feedback.enums.polls import PollKind, PollResults
from feedback.models import Poll, PollBallot, PollOption
from feedback.tasks.forgetting import forget_all_voters
from portal.core.tenancy import unit_scope
from portal.core.visitors import TooMany
from tests.factories.cases import a_sending
from tests.factories.cast import Cast, House
from tests.factories.visits import body_of, visit

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere]


def make_poll(house: House, *, options: tuple[str, ...] = ("Bờ kè", "Chợ", "Sân bóng"), **more: Any) -> Poll:
    """A poll of ``house`` that is open now."""
    now = timezone.now()
    facts: dict[str, Any] = {
        "title": f"Làm gì trước ở {house.word}? {house.marker}", "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=7), "is_published": True,
    }  # fmt: skip
    with unit_scope(house.unit):
        lines = [f"{option} {house.word}" for option in options]
        return actions.save_poll(poll=Poll(**{**facts, **more}), options=lines, actor=house.admin)


def _options(house: House, poll: Poll) -> list[PollOption]:
    with unit_scope(house.unit):
        return list(PollOption.objects.filter(poll=poll).order_by("order"))


def _vote(house: House, poll: Poll, *places: int, mark: str = "") -> None:
    options = _options(house, poll)
    with unit_scope(house.unit):
        chosen = [options[place].pk for place in places]
        actions.vote(poll=poll, chosen=chosen, mark=mark or actions.new_mark(), sending=a_sending())


class Phone:
    """A browser that keeps its cookies."""

    def __init__(self, house: House) -> None:
        self.client = Client(raise_request_exception=False)
        self.host = {"host": house.host}

    def get(self, path: str) -> Any:
        return self.client.get(path, headers=self.host)

    def post(self, path: str, data: dict[str, Any]) -> Any:
        return self.client.post(path, data, headers=self.host)


def test_one_votes_and_reads_the_counts(cast: Cast) -> None:
    poll = make_poll(cast.a)
    first = _options(cast.a, poll)[0]
    phone, path = Phone(cast.a), f"/binh-chon/{poll.pk}/"
    assert "Gửi phiếu" in body_of(phone.get(path))
    answer = phone.post(path, {"chon": first.pk})
    assert answer.status_code == 302
    text = body_of(phone.get(answer.headers["Location"]))
    assert "Đã ghi phiếu của bạn" in text
    assert "100%" in text
    assert "Gửi phiếu" not in text
    phone.post(path, {"chon": first.pk})
    with unit_scope(cast.a.unit):
        poll.refresh_from_db()
        assert (poll.ballots, PollOption.objects.get(pk=first.pk).votes) == (1, 1)


def test_counts_wait_for_the_vote_or_the_end(cast: Cast) -> None:
    for results, before in (
        (PollResults.AFTER_VOTE, False),
        (PollResults.AFTER_CLOSE, False),
        (PollResults.ALWAYS, True),
    ):
        poll = make_poll(cast.a, results=results)
        _vote(cast.a, poll, 0)
        path = f"/binh-chon/{poll.pk}/"
        assert ("100%" in body_of(visit(cast.a.host, path))) is before, results
        with time_machine.travel(timezone.now() + timedelta(days=8)):
            assert "100%" in body_of(visit(cast.a.host, path)), results
            assert "Gửi phiếu" not in body_of(visit(cast.a.host, path))


def test_several_may_be_chosen_up_to_the_limit(cast: Cast) -> None:
    poll = make_poll(cast.a, kind=PollKind.MULTIPLE, most=2)
    _vote(cast.a, poll, 0, 2)
    with pytest.raises(ValidationError):
        _vote(cast.a, poll, 0, 1, 2)
    assert [option.votes for option in _options(cast.a, poll)] == [1, 0, 1]
    page = Phone(cast.a)
    page.get(f"/binh-chon/{poll.pk}/")
    answer = page.post(f"/binh-chon/{poll.pk}/", {"chon": [option.pk for option in _options(cast.a, poll)]})
    assert answer.status_code == 422
    assert "nhiều nhất 2 phương án" in body_of(answer)


def test_ranks_give_points(cast: Cast) -> None:
    poll = make_poll(cast.a, kind=PollKind.RANKED)
    _vote(cast.a, poll, 2, 0, 1)
    _vote(cast.a, poll, 2)
    assert [(option.points, option.firsts) for option in _options(cast.a, poll)] == [(1, 0), (0, 0), (4, 2)]
    phone, options = Phone(cast.a), _options(cast.a, poll)
    path = f"/binh-chon/{poll.pk}/"
    phone.get(path)
    twice = phone.post(path, {f"hang-{options[0].pk}": "1", f"hang-{options[1].pk}": "1"})
    assert "Mỗi hạng chỉ dành cho một phương án" in body_of(twice)
    assert phone.post(path, {f"hang-{options[1].pk}": "1"}).status_code == 302


def test_what_is_no_ballot_is_refused(cast: Cast) -> None:
    poll, other = make_poll(cast.a), make_poll(cast.b)
    foreign = _options(cast.b, other)[0].pk
    for chosen in ([], [foreign], [_options(cast.a, poll)[0].pk] * 2):
        with unit_scope(cast.a.unit), pytest.raises(ValidationError):
            actions.vote(poll=poll, chosen=chosen, mark=actions.new_mark(), sending=a_sending())
    with unit_scope(cast.a.unit):
        assert not PollBallot.objects.exists()


def test_a_device_without_cookies_can_not_vote(cast: Cast) -> None:
    poll = make_poll(cast.a)
    answer = Phone(cast.a).post(f"/binh-chon/{poll.pk}/", {"chon": _options(cast.a, poll)[0].pk})
    assert answer.status_code == 422
    assert "Cho phép cookie" in body_of(answer)


def test_a_script_is_stopped(cast: Cast) -> None:
    poll = make_poll(cast.a)
    option, sending = _options(cast.a, poll)[0].pk, a_sending()
    with unit_scope(cast.a.unit):
        for _turn in range(3):
            actions.vote(poll=poll, chosen=[option], mark=actions.new_mark(), sending=sending)
        with pytest.raises(TooMany):
            actions.vote(poll=poll, chosen=[option], mark=actions.new_mark(), sending=sending)
        assert PollOption.objects.get(pk=option).votes == 3


def test_before_and_after_nothing_is_counted(cast: Cast) -> None:
    now = timezone.now()
    soon = make_poll(cast.a, opens_at=now + timedelta(hours=1))
    over = make_poll(cast.a, opens_at=now - timedelta(days=2), closes_at=now - timedelta(minutes=1))
    for poll in (soon, over):
        with pytest.raises(actions.PollClosed):
            _vote(cast.a, poll, 0)
        assert "Gửi phiếu" not in body_of(visit(cast.a.host, f"/binh-chon/{poll.pk}/"))


def test_the_question_stays_once_somebody_has_answered(cast: Cast) -> None:
    poll = make_poll(cast.a)
    _vote(cast.a, poll, 0)
    with unit_scope(cast.a.unit):
        texts = [option.text for option in _options(cast.a, poll)]
        fresh = Poll.objects.get(pk=poll.pk)
        fresh.outcome = "Làm bờ kè trong quý I."
        actions.save_poll(poll=fresh, options=texts, actor=cast.a.admin)
        assert PollOption.objects.get(pk=_options(cast.a, poll)[0].pk).votes == 1
        with pytest.raises(ValidationError):
            actions.save_poll(poll=fresh, options=[*texts, "Thêm"], actor=cast.a.admin)
        with pytest.raises(ValidationError):
            actions.delete_poll(poll=fresh, actor=cast.a.admin)
    assert "Làm bờ kè trong quý I." in body_of(visit(cast.a.host, f"/binh-chon/{poll.pk}/"))


def test_another_units_poll_is_not_there(cast: Cast) -> None:
    poll, hidden = make_poll(cast.b), make_poll(cast.a, is_published=False)
    assert visit(cast.a.host, f"/binh-chon/{poll.pk}/").status_code == 404
    assert visit(cast.a.host, f"/binh-chon/{hidden.pk}/").status_code == 404
    make_poll(cast.a)
    text = body_of(visit(cast.a.host, "/binh-chon/"))
    assert cast.a.marker in text
    assert cast.b.marker not in text


def test_nothing_is_left_of_voters_when_the_poll_is_over(cast: Cast, eager_tasks: None) -> None:
    poll = make_poll(cast.a)
    _vote(cast.a, poll, 0)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        forget_all_voters()
        with unit_scope(cast.a.unit):
            ballot = PollBallot.objects.get()
            assert ballot.address_hash == ""
            assert ballot.device_hash
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        forget_all_voters()
        with unit_scope(cast.a.unit):
            assert PollBallot.objects.get().device_hash == ""


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(
    cast: Cast, number: int, django_assert_num_queries: Any
) -> None:  # fmt: skip
    for _turn in range(number):
        make_poll(cast.a, opens_at=timezone.now() - timedelta(days=3), closes_at=timezone.now() - timedelta(days=1))
    visit(cast.a.host, "/phuong-xa/")
    with django_assert_num_queries(6):
        assert visit(cast.a.host, "/binh-chon/").status_code == 200


def test_an_editor_writes_a_poll(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.a.admin)
    data = {
        "title": "Chọn tên cho công viên", "intro": "", "kind": "SINGLE", "most": "3", "options_text": "Hoa Sen\n\nHương Giang",
        "results": "ALWAYS", "opens_at": "2026-11-22T08:00", "closes_at": "2026-11-30T17:00", "is_published": "on",
        "outcome": "",
    }  # fmt: skip
    answer = client.post("/quan-tri/feedback/poll/add/", data, headers={"host": cast.a.host})
    assert answer.status_code == 302
    with unit_scope(cast.a.unit):
        poll = Poll.objects.get()
        assert [option.text for option in PollOption.objects.filter(poll=poll)] == ["Hoa Sen", "Hương Giang"]
    one = client.post("/quan-tri/feedback/poll/add/", {**data, "options_text": "Một"}, headers={"host": cast.a.host})
    assert "Cần từ 2 đến 20 phương án" in body_of(one)
