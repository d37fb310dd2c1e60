"""Sealed texts: only the key opens them, an older key still does, and what can not be opened says so."""

from __future__ import annotations

import pytest
from django.test import override_settings

from portal.core.sealing import Unreadable, keyed_hash, keyed_hashes, readable, seal, unseal

OLD, NEW = "a" * 60, "b" * 60


@pytest.mark.parametrize("text", ["", "Nguyễn Văn Ánh", "0905 123 456", "a@b.vn", "🙂" * 300, "\x00", "  x  "])
def test_what_was_sealed_comes_back(text: str) -> None:
    sealed = seal(text)
    assert unseal(sealed) == text
    assert readable(sealed) == text
    assert not text.strip() or text not in sealed


def test_the_same_words_look_different_each_time_and_their_hash_does_not() -> None:
    assert seal("Lê Thị Bưởi") != seal("Lê Thị Bưởi")
    assert keyed_hash("0905123456") == keyed_hash("0905123456")
    assert keyed_hash("0905123456") != keyed_hash("0905123457")
    assert len(keyed_hash("x")) == 64


def test_a_replaced_key_still_opens_and_still_finds() -> None:
    with override_settings(SECRET_KEY=OLD, SECRET_KEY_FALLBACKS=[]):
        sealed, hashed = seal("Lê Thị Bưởi"), keyed_hash("0905123456")
    with override_settings(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[OLD]):
        assert unseal(sealed) == "Lê Thị Bưởi"
        assert hashed in keyed_hashes("0905123456")
        assert keyed_hash("0905123456") != hashed
    with override_settings(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[]):
        with pytest.raises(Unreadable):
            unseal(sealed)
        assert readable(sealed) == "(không đọc được)"
        assert hashed not in keyed_hashes("0905123456")


@pytest.mark.parametrize("junk", ["x", "gAAAA", "không phải", "=" * 500])
def test_damaged_texts_are_told_not_guessed(junk: str) -> None:
    with pytest.raises(Unreadable):
        unseal(junk)
    assert readable(junk) == "(không đọc được)"


def test_a_changed_letter_is_noticed() -> None:
    sealed = seal("Trần Văn Cam")
    place = len(sealed) // 2
    other = "A" if sealed[place] != "A" else "B"
    with pytest.raises(Unreadable):
        unseal(sealed[:place] + other + sealed[place + 1 :])
