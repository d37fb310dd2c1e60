"""An hour of questions and answers: asked by strangers, let in by a moderator, answered, handed to the newsroom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from feedback.actions import dialogues as actions
from feedback.actions.case_steps import Stale
from feedback.enums.polls import DialogueQuestionState as State
from feedback.enums.polls import DialogueStatus
from feedback.models import Dialogue, DialogueQuestion
from feedback.tasks.forgetting import forget_all_voters
from news.enums import ArticleStatus
from news.models import Article
from portal.core.sealing import unseal
from portal.core.tenancy import unit_scope
from portal.core.visitors import TooMany
from tests.factories.cases import a_sending
from tests.factories.cast import Cast, House
from tests.factories.visits import body_of, visit

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere]


def make_dialogue(house: House, **more: Any) -> Dialogue:
    """An announced hour that has just begun."""
    now = timezone.now()
    facts: dict[str, Any] = {
        "title": f"Chống ngập ở {house.word} {house.marker}", "host_text": f"Chủ tịch {house.word}",
        "questions_from": now - timedelta(days=2), "starts_at": now - timedelta(minutes=5),
        "ends_at": now + timedelta(minutes=55), "status": DialogueStatus.ANNOUNCED,
    }  # fmt: skip
    with unit_scope(house.unit):
        return actions.save_dialogue(dialogue=Dialogue(**{**facts, **more}), actor=house.admin)


def ask(house: House, dialogue: Dialogue, text: str = "", **more: Any) -> DialogueQuestion:
    """A question that a stranger has just sent."""
    with unit_scope(house.unit):
        words = text or f"Bao giờ làm xong cống ở {house.word} {house.marker}?"
        question = actions.ask(dialogue=dialogue, name="Lan", text=words, sending=a_sending(**more))
    assert question is not None
    return question


def test_nothing_is_seen_before_a_moderator_has_read_it(cast: Cast) -> None:
    dialogue = make_dialogue(cast.a)
    question = ask(cast.a, dialogue, "Bao giờ làm xong cống? Gọi tôi 0905 111 222 nhé.")
    path = f"/doi-thoai/{dialogue.pk}/"
    assert "Bao giờ làm xong" not in body_of(visit(cast.a.host, path))
    with unit_scope(cast.a.unit):
        assert "0905 111 222" not in question.text
        assert "0905 111 222" in unseal(question.sealed_text)
        actions.queue_question(question=question, text="Bao giờ làm xong cống chợ?", actor=cast.a.admin, seen=1)
    assert "Bao giờ làm xong cống chợ?" in body_of(visit(cast.a.host, path))


def test_an_answer_stands_under_its_question_and_becomes_an_article(cast: Cast) -> None:
    dialogue = make_dialogue(cast.a)
    first, second = ask(cast.a, dialogue), ask(cast.a, dialogue, "Câu thứ hai <script>alert(1)</script> về đèn đường?")
    with unit_scope(cast.a.unit):
        for question in (first, second):
            actions.queue_question(question=question, text=question.text, actor=cast.a.admin, seen=1)
        answer = "Xong trong tháng 12.\nĐã có vốn <b>rồi</b>."
        actions.answer_question(question=first, answer=answer, actor=cast.a.admin, seen=2)
        with pytest.raises(ValidationError):
            actions.write_transcript(dialogue=dialogue, actor=cast.a.admin)
    text = body_of(visit(cast.a.host, f"/doi-thoai/{dialogue.pk}/"))
    assert "Xong trong tháng 12." in text
    assert "Chờ trả lời" in text
    with unit_scope(cast.a.unit), time_machine.travel(timezone.now() + timedelta(hours=1)):
        path = actions.write_transcript(dialogue=dialogue, actor=cast.a.admin)
        article = Article.objects.get(pk=int(path.split("/")[-3]))
        assert article.status == ArticleStatus.DRAFT
        assert "Xong trong tháng 12." in article.body
        assert "đèn đường" not in article.body
        assert "<script" not in article.body
        assert "trả lời 1 câu hỏi" in article.summary
        with pytest.raises(ValidationError):
            actions.write_transcript(dialogue=dialogue, actor=cast.a.admin)


def test_only_before_and_during_the_hour_one_can_ask(cast: Cast) -> None:
    now = timezone.now()
    later = make_dialogue(
        cast.a,
        questions_from=now + timedelta(hours=1),
        starts_at=now + timedelta(hours=2),
        ends_at=now + timedelta(hours=3),
    )
    cancelled = make_dialogue(cast.a, status=DialogueStatus.CANCELLED)
    for dialogue in (later, cancelled):
        with pytest.raises(actions.NotTaking):
            ask(cast.a, dialogue)
        assert visit(cast.a.host, f"/doi-thoai/{dialogue.pk}/hoi/").status_code == 404
    assert "Đã hủy" in body_of(visit(cast.a.host, f"/doi-thoai/{cancelled.pk}/"))


def test_a_draft_and_another_units_dialogue_are_not_there(cast: Cast) -> None:
    draft, foreign = make_dialogue(cast.a, status=DialogueStatus.DRAFT), make_dialogue(cast.b)
    for dialogue in (draft, foreign):
        for path in (f"/doi-thoai/{dialogue.pk}/", f"/doi-thoai/{dialogue.pk}/hoi/"):
            assert visit(cast.a.host, path).status_code == 404
    make_dialogue(cast.a)
    text = body_of(visit(cast.a.host, "/doi-thoai/"))
    assert cast.a.marker in text
    assert cast.b.marker not in text
    assert visit(cast.a.host, f"/quan-tri/feedback/dialogue/{foreign.pk}/ban/", user=cast.a.admin).status_code == 404


def test_two_at_the_desk_do_not_undo_each_other(cast: Cast) -> None:
    question = ask(cast.a, make_dialogue(cast.a))
    with unit_scope(cast.a.unit):
        actions.queue_question(question=question, text=question.text, actor=cast.a.admin, seen=1)
        with pytest.raises(Stale):
            actions.set_aside(question=question, state=State.SPAM, actor=cast.a.admin, seen=1)
        assert DialogueQuestion.objects.get().state == State.QUEUED


def test_machines_are_stopped_and_advertising_is_set_apart(cast: Cast) -> None:
    dialogue = make_dialogue(cast.a)
    assert ask(cast.a, dialogue, "Nhà cái uy tín số một, nổ hũ đổi thưởng mỗi ngày").state == State.SPAM
    with unit_scope(cast.a.unit):
        assert (
            actions.ask(dialogue=dialogue, name="", text="Một câu hỏi dài vừa đủ", sending=a_sending(was_trapped=True))
            is None
        )
        sending = a_sending()
        for _turn in range(2):
            actions.ask(dialogue=dialogue, name="", text="Một câu hỏi dài vừa đủ", sending=sending)
        with pytest.raises(TooMany):
            actions.ask(dialogue=dialogue, name="", text="Một câu hỏi dài vừa đủ", sending=sending)


def test_the_desk_is_worked_by_its_buttons(cast: Cast) -> None:
    dialogue = make_dialogue(cast.a)
    question = ask(cast.a, dialogue)
    client, desk = Client(), f"/quan-tri/feedback/dialogue/{dialogue.pk}/ban/"
    client.force_login(cast.a.admin)

    def press(tab: str, **data: Any) -> Any:
        return client.post(f"{desk}?xem={tab}", {"cau": question.pk, **data}, headers={"host": cast.a.host})

    assert press("cho", seen=1, hang="1", text="Bao giờ xong cống ở chợ An Hải?").status_code == 302
    stale = press("cho", seen=1, bo="1", text="x")
    assert "vừa có người khác xử lý" in body_of(stale)
    assert press("hang", seen=2, **{"tra-loi": "1"}, answer="Trong tháng 12.").status_code == 302
    assert "Trong tháng 12." in body_of(visit(cast.a.host, f"/doi-thoai/{dialogue.pk}/"))
    refused = press("xong", seen=3, bo="1")
    assert "không bỏ ra được nữa" in body_of(refused)


def test_a_question_comes_through_the_form(cast: Cast) -> None:
    dialogue = make_dialogue(cast.a)
    path = f"/doi-thoai/{dialogue.pk}/hoi/"
    client = Client()
    short = client.post(path, {"text": "Sao?"}, headers={"host": cast.a.host})
    assert short.status_code == 422
    assert "ít nhất 15 chữ cái" in body_of(short)
    done = client.post(path, {"text": "Bao giờ đường vào trường có đèn?"}, headers={"host": cast.a.host})
    assert "Đã nhận câu hỏi" in body_of(client.get(done.headers["Location"], headers={"host": cast.a.host}))
    with unit_scope(cast.a.unit):
        assert DialogueQuestion.objects.get().state == State.HELD


def test_hashes_of_askers_live_for_a_day(cast: Cast, eager_tasks: None) -> None:
    ask(cast.a, make_dialogue(cast.a))
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        forget_all_voters()
    with unit_scope(cast.a.unit):
        assert DialogueQuestion.objects.get().address_hash == ""


@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_as_much_for_three_as_for_one(cast: Cast, number: int, django_assert_num_queries: Any) -> None:
    dialogue = make_dialogue(cast.a)
    for _turn in range(number):
        question = ask(cast.a, dialogue)
        with unit_scope(cast.a.unit):
            actions.queue_question(question=question, text=question.text, actor=cast.a.admin, seen=1)
    with django_assert_num_queries(6):
        visit(cast.a.host, f"/doi-thoai/{dialogue.pk}/")
    with django_assert_num_queries(5):
        visit(cast.a.host, "/doi-thoai/")
