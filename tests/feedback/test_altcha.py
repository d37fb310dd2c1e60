"""Proof of work: right answers once, here, in time; everything else counts as none."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client, override_settings

from feedback.enums import CommentMark
from portal.core.models import RateCounter, SpentProof
from portal.core.proof_of_work import make_challenge, spend_proof
from portal.core.tasks import dispatch_forgetting, forget_visitors
from portal.core.tenancy import unit_scope
from portal.core.visitors import Limit, take
from tests.factories.cast import Cast
from tests.factories.readers import comments_of, open_comments, proof_for, send_comment, solved


def test_the_challenge_is_fresh_and_never_cached(cast: Cast) -> None:
    client = Client()
    answers = [client.get("/kiem-tra-may/comment/", headers={"host": cast.a.host}) for _number in range(2)]
    assert answers[0].json()["parameters"]["nonce"] != answers[1].json()["parameters"]["nonce"]
    assert answers[0].headers["Cache-Control"] == "no-store"
    assert not answers[0].cookies
    assert client.get("/kiem-tra-may/khac/", headers={"host": cast.a.host}).status_code == 404
    assert client.post("/kiem-tra-may/comment/", headers={"host": cast.a.host}).status_code == 405


def test_a_right_answer_counts_once(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        proof = solved(make_challenge("comment"))
        assert spend_proof(proof, "comment")
        assert not spend_proof(proof, "comment")


def test_an_answer_is_given_back_when_what_it_let_in_is_undone(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        proof = solved(make_challenge("comment"))
        with transaction.atomic():
            assert spend_proof(proof, "comment")
            transaction.set_rollback(True)
        assert spend_proof(proof, "comment")


def test_an_answer_counts_for_its_unit_and_purpose_only(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        proof = solved(make_challenge("comment"))
        assert not spend_proof(proof, "subscribe")
    with unit_scope(cast.b.unit):
        assert not spend_proof(proof, "comment")
    with unit_scope(cast.a.unit):
        assert spend_proof(proof, "comment")


def test_an_answer_has_its_time(cast: Cast, clock: time_machine.Traveller) -> None:
    with unit_scope(cast.a.unit):
        proof = solved(make_challenge("comment"))
        clock.shift(timedelta(minutes=19))
        later = solved(make_challenge("comment"))
        assert spend_proof(proof, "comment")
        clock.shift(timedelta(minutes=21))
        assert not spend_proof(later, "comment")


def _changed(proof: str, **change: Any) -> str:
    found = json.loads(base64.b64decode(proof))
    found["challenge"]["parameters"] |= change
    return base64.b64encode(json.dumps(found).encode()).decode()


def test_forged_and_broken_answers_count_as_none(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        proof = solved(make_challenge("comment"))
        found = json.loads(base64.b64decode(proof))
        found["solution"]["derivedKey"] = "00" * 32
        wrong = base64.b64encode(json.dumps(found).encode()).decode()
        for bad in (
            *("", "x", "e30=", "bnVsbA==", "W10=", "MQ==", "é", "A" * 5000),
            base64.b64encode(b'{"challenge": 5, "solution": []}').decode(),
            base64.b64encode(b'{"challenge": {"parameters": []}, "solution": {}}').decode(),
            base64.b64encode(b"[" * 3000).decode(),
            wrong,
            _changed(proof, cost=1),
            _changed(proof, expiresAt=9_999_999_999),
            _changed(proof, keySignature=None),
        ):
            assert not spend_proof(bad, "comment"), bad[:60]
        assert spend_proof(proof, "comment")


def test_a_new_secret_key_knows_the_answers_of_the_old_one(cast: Cast, settings: Any) -> None:
    with unit_scope(cast.a.unit):
        first, second = (solved(make_challenge("comment")) for _number in range(2))
        old = settings.SECRET_KEY
        with override_settings(SECRET_KEY="n" * 60, SECRET_KEY_FALLBACKS=[old]):
            assert spend_proof(first, "comment")
        with override_settings(SECRET_KEY="n" * 60):
            assert not spend_proof(second, "comment")


def test_a_used_answer_makes_a_comment_without_proof(cast: Cast) -> None:
    open_comments(cast.a)
    client = Client()
    proof = proof_for(client, cast.a.host)
    send_comment(client, cast.a, "Lần đầu có kiểm tra", proof=proof)
    send_comment(client, cast.a, "Lần sau dùng lại", proof=proof)
    first, second = comments_of(cast.a)
    assert CommentMark.NO_PROOF not in first.marks
    assert CommentMark.NO_PROOF in second.marks


def test_the_cache_has_no_say(cast: Cast) -> None:
    """Whoever empties the cache between two posts wins nothing."""
    from django.core.cache import caches

    with unit_scope(cast.a.unit):
        proof = solved(make_challenge("comment"))
        assert spend_proof(proof, "comment")
        caches["default"].clear()
        assert not spend_proof(proof, "comment")


def test_counters_and_spent_answers_are_forgotten(cast: Cast, clock: time_machine.Traveller) -> None:
    with unit_scope(cast.a.unit):
        assert take(Limit("thử", 1), "ai đó")
        assert not take(Limit("thử", 1), "ai đó")
        assert take(Limit("thử", 1), "người khác")
        spend_proof(solved(make_challenge("comment")), "comment")
    clock.shift(timedelta(hours=27))
    assert dispatch_forgetting() >= 1
    forget_visitors(unit_id=cast.a.unit.pk)
    with unit_scope(cast.a.unit):
        assert RateCounter.objects.count() == SpentProof.objects.count() == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_answer_presented_by_eight_at_once_counts_once(clock: time_machine.Traveller) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    from tests.factories.cast import make_cast

    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    cast = make_cast()
    with unit_scope(cast.a.unit):
        proof = solved(make_challenge("comment"))

    def spend(_number: int) -> bool:
        try:
            with unit_scope(cast.a.unit):
                return spend_proof(proof, "comment")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(spend, range(8))) == 1
