"""Giving a voice: the level is enough, nine questions for whoever likes, one for each device and day, nobody is named."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from portal.core.models import DaySalt
from portal.core.tenancy import unit_scope
from services.actions.satisfaction import SecondToday, Sending, Voice, give_voice
from services.enums import Contentment
from services.models import Field, Procedure, Question, Questionnaire, SatisfactionAnswer
from services.tasks.satisfaction import dispatch_device_forgetting
from tests.factories.cast import NOW, Cast, House, make_cast
from tests.factories.dossiers import TODAY, add_voices
from tests.factories.visits import body_of, visit

PATH = "/dich-vu-cong/hai-long/"
PHONE = "Mozilla/5.0 (Linux; Android 14) may-cua-ba"
ALL_BEST = {f"cau_{order}": "2" for order in range(1, 10)}


def send(house: House, *, browser: str = PHONE, address: str = "203.0.113.7", **data: Any) -> Any:
    """Send the form as a browser without script does."""
    client = Client(raise_request_exception=False, REMOTE_ADDR=address)
    return client.post(PATH, data, headers={"host": house.host, "user-agent": browser})


def voices(house: House) -> list[SatisfactionAnswer]:
    with unit_scope(house.unit):
        return list(SatisfactionAnswer.objects.order_by("pk"))


def test_the_level_alone_is_a_voice(cast: Cast) -> None:
    response = send(cast.a, level="3")
    assert response.status_code == 302
    assert response.headers["Location"] == f"{PATH}da-nhan/"
    (voice,) = voices(cast.a)
    assert (voice.level, voice.answers, voice.questionnaire, voice.words, voice.day) == (
        Contentment.HIGH,
        {},
        None,
        "",
        TODAY,
    )
    assert voices(cast.b) == []
    assert "Đã nhận đánh giá" in body_of(visit(cast.a.host, f"{PATH}da-nhan/"))


def test_nine_answers_are_kept_with_their_questionnaire(cast: Cast) -> None:
    send(cast.a, level="2", words=" Chờ   lâu\nquá. ", **{**ALL_BEST, "cau_4": "0"})
    (voice,) = voices(cast.a)
    assert voice.answers == {**{str(order): 2 for order in range(1, 10)}, "4": 0}
    assert voice.questionnaire is not None
    assert voice.questionnaire.version == 1
    assert voice.words == "Chờ lâu quá."


def test_the_form_works_without_script_and_asks_the_level_first(cast: Cast) -> None:
    response = visit(cast.a.host, PATH)
    assert response.headers["Cache-Control"] == "no-store"
    text = body_of(response)
    assert text.index('name="level"') < text.index('name="cau_1"') < text.index('name="words"')
    assert text.count("<fieldset") == 10
    assert "<details" in text
    assert "Nghị định 61/2018/NĐ-CP" in text
    assert 'name="robots" content="noindex, follow"' in text


def test_the_seeded_questionnaire_has_nine_questions_with_three_answers(db: None) -> None:
    questionnaire = Questionnaire.objects.on(TODAY)
    assert questionnaire is not None
    questions = list(questionnaire.questions.all())
    assert [question.order for question in questions] == list(range(1, 10))
    assert all(
        question.text and question.answer_0 and question.answer_1 and question.answer_2 for question in questions
    )
    assert "118/2025" in questionnaire.source


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Chọn một trong ba mức"), ({"level": "9"}, "Chọn một trong ba mức"), ({"level": "2", "cau_1": "7"}, "có trong danh sách"),
        ({"level": "2", "words": "x" * 501}, "Viết trong 500 chữ cái"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_the_rest_kept(cast: Cast, data: dict[str, str], words: str) -> None:
    response = send(cast.a, **{"cau_2": "1", **data})
    assert response.status_code == 422
    text = body_of(response)
    assert words in text
    assert '<input type="radio" name="cau_2" value="1"' in text
    assert "checked" in text
    assert '<details class="voice__more" open>' in text
    assert voices(cast.a) == []


def test_a_second_voice_of_the_device_is_kindly_refused(cast: Cast) -> None:
    assert send(cast.a, level="1").status_code == 302
    second = send(cast.a, level="3")
    assert second.status_code == 429
    assert "Hôm nay máy này đã gửi đánh giá rồi" in body_of(second)
    assert [voice.level for voice in voices(cast.a)] == [Contentment.LOW], "the first one stands"
    # Another browser, another address, another unit, another day: each has its own.
    assert send(cast.a, level="3", browser="Mozilla/5.0 may-khac").status_code == 302
    assert send(cast.a, level="3", address="203.0.113.8").status_code == 302
    assert send(cast.b, level="3").status_code == 302
    with time_machine.travel(NOW + timedelta(days=1), tick=True):
        assert send(cast.a, level="3").status_code == 302
    assert len(voices(cast.a)) == 4


def test_a_network_can_not_send_without_end(cast: Cast) -> None:
    statuses = [send(cast.a, level="3", browser=f"may {number}").status_code for number in range(5)]
    assert statuses == [302, 302, 302, 429, 429], "three an hour without proof of work"
    assert "Chờ sang giờ sau" in body_of(send(cast.a, level="3", browser="may 9"))
    assert len(voices(cast.a)) == 3


def test_a_machine_is_told_the_same_and_counts_for_nothing(cast: Cast) -> None:
    assert send(cast.a, level="3", trang_web="http://x.example").status_code == 302
    assert voices(cast.a) == []


def test_the_procedure_and_the_visit_are_kept(cast: Cast) -> None:
    field = Field.objects.create(name="Hộ tịch")
    Procedure.objects.create(code="1.001193", name="Đăng ký khai sinh", field=field, valid_from=date(2025, 7, 1))
    text = body_of(visit(cast.a.host, f"{PATH}?thu-tuc=1.001193&quay=1"))
    assert "Đăng ký khai sinh" in text
    assert 'name="thu_tuc" value="1.001193"' in text
    assert 'name="quay" value="1"' in text
    send(cast.a, level="3", thu_tuc="1.001193", quay="1")
    (voice,) = voices(cast.a)
    assert voice.procedure is not None
    assert voice.after_visit


@pytest.mark.parametrize("code", ["9.999999", "x" * 300, "<script>", "%00"])
def test_a_code_that_leads_nowhere_does_no_harm(cast: Cast, code: str) -> None:
    response = visit(cast.a.host, f"{PATH}?thu-tuc={code}")
    assert response.status_code in {200, 400}
    assert "<script>" not in body_of(response).split("<body", 1)[1].replace('<script type="module"', "")


def test_nothing_tells_whose_a_voice_is_and_the_hash_is_forgotten(cast: Cast, eager_tasks: None) -> None:
    send(cast.a, level="1", words="Chờ lâu.")
    (voice,) = voices(cast.a)
    assert len(voice.device_hash) == 64
    assert dispatch_device_forgetting() == 0, "today it still keeps a second voice away"
    with time_machine.travel(NOW + timedelta(days=1), tick=True):
        assert dispatch_device_forgetting() == 1
        assert dispatch_device_forgetting() == 0
    (voice,) = voices(cast.a)
    assert (voice.device_hash, voice.words) == ("", "Chờ lâu.")
    kept = {field.name for field in SatisfactionAnswer._meta.get_fields()}
    assert kept == {
        "id",
        "unit",
        "questionnaire",
        "procedure",
        "level",
        "answers",
        "after_visit",
        "words",
        "day",
        "device_hash",
    }


def test_the_same_device_has_another_hash_tomorrow(cast: Cast) -> None:
    send(cast.a, level="3")
    with time_machine.travel(NOW + timedelta(days=1), tick=True):
        send(cast.a, level="3")
    first, second = voices(cast.a)
    assert first.device_hash != second.device_hash
    assert DaySalt.objects.count() == 2


def test_words_are_read_by_the_unit_only_and_without_the_day(cast: Cast) -> None:
    add_voices(cast.a.unit, 1, words=f"<b>Chờ lâu</b> {cast.a.word}", day=date(2026, 11, 17))
    add_voices(cast.a.unit, 2)
    add_voices(cast.b.unit, 1, words=f"Lời {cast.b.word}")
    text = body_of(visit(cast.a.host, "/quan-tri/services/satisfactionanswer/", user=cast.a.admin))
    assert f"&lt;b&gt;Chờ lâu&lt;/b&gt; {cast.a.word}" in text
    assert "11/2026" in text
    assert "17/11/2026" not in text
    assert "Quý 4/2026: 3" in text
    assert cast.b.word not in text
    with unit_scope(cast.a.unit):
        SatisfactionAnswer.objects.exclude(words="").update(device_hash="f" * 64)
    assert "f" * 64 not in body_of(visit(cast.a.host, "/quan-tri/services/satisfactionanswer/", user=cast.a.admin))
    assert "Chờ lâu" not in body_of(visit(cast.a.host, f"{PATH}ket-qua/"))


def test_the_sheet_for_the_counter_carries_the_code(cast: Cast) -> None:
    text = body_of(visit(cast.a.host, f"{PATH}to-dan/"))
    assert 'class="poster__qr"' in text
    assert f"{cast.a.host}{PATH}" in text


def test_an_office_adds_a_version_and_old_answers_keep_theirs(cast: Cast) -> None:
    send(cast.a, level="3", **ALL_BEST)
    client = Client()
    client.force_login(cast.operator)
    form = {
        "title": "Bộ mới", "source": "Quyết định thử", "valid_from": "2026-12-01", "valid_to": "",
        "questions": "Nhanh không? | Chậm | Vừa | Nhanh\n\nRõ không? | Không | Tạm | Rõ", "class_lines": "3: Tốt\n0: Yếu",
    }  # fmt: skip
    path = "/quan-tri/services/questionnaire/add/"
    wrong = client.post(
        path, {**form, "valid_from": "2026-11-22", "questions": "chỉ có câu hỏi"}, headers={"host": cast.a.host}
    )
    text = body_of(wrong)
    assert "Chọn ngày từ mai trở đi" in text
    assert "Dòng 1 cần một câu hỏi" in text
    assert client.post(path, form, headers={"host": cast.a.host}).status_code == 302
    old, new = Questionnaire.objects.order_by("version")
    assert (old.valid_to, new.version, new.classes[0]) == (date(2026, 11, 30), 2, {"from": 3.0, "name": "Tốt"})
    assert Question.objects.filter(questionnaire=new).count() == 2
    assert Questionnaire.objects.on(TODAY) == old
    with time_machine.travel(NOW + timedelta(days=10), tick=True):
        assert body_of(visit(cast.a.host, PATH)).count("<fieldset") == 3
    (voice,) = voices(cast.a)
    assert voice.questionnaire == old
    assert visit(cast.a.host, path, user=cast.a.admin).status_code == 403


@pytest.mark.postgres
def test_two_presses_at_once_are_one_voice(transactional_db: None, clock: Any) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: SQLite writes one after the other")
    cast = make_cast()
    start = threading.Barrier(4)
    outcomes: list[str] = []

    def press() -> None:
        with unit_scope(cast.a.unit):
            start.wait()
            try:
                give_voice(
                    voice=Voice(level=Contentment.HIGH), sending=Sending(device_hash="x" * 64, address_hash="y" * 64)
                )
                outcomes.append("kept")
            except SecondToday:
                outcomes.append("second")
        connection.close()

    threads = [threading.Thread(target=press) for _count in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert outcomes.count("kept") == 1
    assert len(voices(cast.a)) == 1
