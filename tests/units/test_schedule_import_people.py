"""Who is meant by the words of a table: surely, perhaps, or nobody who is known."""

import pytest

from units.schedule.importing.directory import Directory, KnownPerson, Match, Named, match_person, plain

PEOPLE = [
    KnownPerson(1, "Nguyễn Văn An", ("Chủ tịch", "Chủ tịch Ủy ban nhân dân phường"), is_leader=True),
    KnownPerson(2, "Trần Thị Bình", ("PCT Kinh tế", "Phó Chủ tịch Ủy ban nhân dân phường"), is_leader=True),
    KnownPerson(3, "Lê Công Cường", ("PCT Văn xã", "Phó Chủ tịch Ủy ban nhân dân phường"), is_leader=True),
    KnownPerson(4, "Hoàng Thị Thu", ("Chánh Văn phòng",), is_leader=False),
]
DIRECTORY = Directory(
    PEOPLE,
    [Named(7, "Phòng Kinh tế, Hạ tầng và Đô thị", frozenset({plain("Phòng Kinh tế, Hạ tầng và Đô thị"), "phong kinh te"})),
     Named(8, "Văn phòng", frozenset({"van phong"}))],
    [Named(5, "Phòng họp số 1", frozenset({"phong hop so 1", "phong hop so 1 tang 2"})),
     Named(6, "Hội trường", frozenset({"hoi truong"}))],
    [Named(9, "Phường Phú Xuân", frozenset({"phuong phu xuan"}))],
    frozenset({"pham van dung"}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Nguyễn Văn An", 1), ("Nguyen Van An", 1), ("Đ/c Nguyễn Văn An", 1), ("CT", 1), ("Chủ tịch", 1), ("Chủ tịch UBND", 1),
        ("Chủ tịch UBND phường", 1), ("CT Nguyễn Văn An", 1), ("CHỦ TỊCH NGUYỄN VĂN AN", 1), ("Nguyễn Văn An – Chủ tịch", 1),
        ("Ông Nguyễn Văn An, Chủ tịch UBND phường", 1), ("PCT Trần Thị Bình", 2), ("Phó Chủ tịch Trần Thị Bình", 2),
        ("P. Chủ tịch Lê Công Cường", 3), ("P.CT Lê Công Cường", 3), ("PCT Văn xã", 3), ("pct kinh te", 2), ("CVP", 4),
        ("Chánh Văn phòng Hoàng Thị Thu", 4), ("đồng chí Lê Công Cường", 3),
    ],
)  # fmt: skip
def test_sure(text: str, who: int) -> None:
    assert match_person(text, PEOPLE) == Match(sure=who)


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("PCT", (2, 3)), ("Phó Chủ tịch UBND phường", (2, 3)), ("Đ/c An", (1,)), ("PCT Bình", (2,)), ("Đ/c Công Cường", (3,)),
        ("Nguyễn Văn Ân", (1,)), ("Phó Chủ tịch Nguyễn Văn An", (1,)), ("Giám đốc Nguyễn Văn An", (1,)),
    ],
)  # fmt: skip
def test_likely(text: str, likely: tuple[int, ...]) -> None:
    assert match_person(text, PEOPLE) == Match(likely=likely)


@pytest.mark.parametrize(
    "text", ["", "Giám đốc Sở Nội vụ", "Bí thư Thành ủy", "An", "Nguyễn Văn Anh", "Các phòng", "Trưởng Công an"]
)
def test_nobody(text: str) -> None:
    assert match_person(text, PEOPLE) == Match()


def test_somebody_who_left_is_known_as_such() -> None:
    assert DIRECTORY.has_left("PCT Phạm Văn Dũng")
    assert not DIRECTORY.has_left("PCT Trần Thị Bình")


def test_rooms_and_divisions() -> None:
    assert DIRECTORY.room("Phòng họp số 1, tầng 2") == Match(sure=5)
    assert DIRECTORY.room("PHÒNG HỌP SỐ 1") == Match(sure=5)
    assert DIRECTORY.room("Hội trường UBND phường") == Match(likely=(6,))
    assert DIRECTORY.room("Phòng họp số 12") == Match()
    assert DIRECTORY.division("Văn phòng") == Match(sure=8)


def test_attendees_are_taken_apart() -> None:
    guests = DIRECTORY.guests(
        "PCT Trần Thị Bình; Phòng Kinh tế, Hạ tầng và Đô thị, Văn phòng\nPhường Phú Xuân; Đ/c An; Hội Phụ nữ, tổ 4"
    )

    assert (guests.persons, guests.divisions, guests.units) == ([2], [7, 8], [9])
    assert guests.doubtful == [("Đ/c An", (1,))]
    assert guests.text == "Hội Phụ nữ; tổ 4"


def test_words_about_nobody_stay_as_they_are() -> None:
    assert (
        DIRECTORY.guests("Lãnh đạo các phòng, ban; đại diện tổ dân phố").text
        == "Lãnh đạo các phòng, ban; đại diện tổ dân phố"
    )


def test_all_deputies_are_meant_together() -> None:
    assert DIRECTORY.guests("Các PCT; các phòng").persons == [2, 3]
    assert DIRECTORY.guests("Các PCT; các phòng").text == "các phòng"
    assert DIRECTORY.guests("Các đồng chí Phó Chủ tịch").persons == [2, 3]
