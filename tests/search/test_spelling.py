import pytest

from portal.search.spelling import sounds_like, without_keys


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("ddawng", "dang"),
        ("chungws", "chung"),
        ("thuwcj", "thuc"),
        ("dduwowngf", "duong"),
        ("tieesng", "tieng"),
        ("kys", "ki"),
        ("dang9", "dang"),
        ("ket61", "ket"),
    ],
)
def test_raw_keys_become_a_word(keys: str, word: str) -> None:
    assert without_keys(keys) == word


@pytest.mark.parametrize("word", ["dang", "thu", "1675", "12a", "", "đang"])
def test_what_is_no_raw_key(word: str) -> None:
    assert without_keys(word) is None


@pytest.mark.parametrize(
    ("written", "meant"), [("xinh", "sinh"), ("trung", "chung"), ("gia", "da"), ("nang", "lang"), ("ra", "da")]
)
def test_sounds_often_confused(written: str, meant: str) -> None:
    assert meant in sounds_like(written)


def test_a_longer_cluster_is_not_cut() -> None:
    assert sounds_like("thu") == []
    assert sounds_like("nha") == []
