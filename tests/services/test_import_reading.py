"""Reading cells of the catalogue: what is sure becomes a value, everything else stays the source's words."""

from __future__ import annotations

from typing import Any

import pytest

from services.importing import words
from services.importing.papers import paper_groups
from services.importing.rows import read_source
from services.importing.steps import steps
from tests.factories.catalogue_files import row


@pytest.mark.parametrize(
    ("text", "channel", "number", "unit", "shown"),
    [
        ("Trực tuyến: 5 Ngày làm việc", "ONLINE", 5.0, "WORKDAY", "5 Ngày làm việc"),
        ("Trực tiếp: 30 Ngày", "DIRECT", 30.0, "DAY", "30 Ngày"),
        ("Dịch vụ bưu chính: 8 Giờ", "POST", 8.0, "HOUR", "8 Giờ"),
        ("Trực tiếp: 1.5 Ngày làm việc", "DIRECT", 1.5, "WORKDAY", "1.5 Ngày làm việc"),
        ("Trực tiếp: 3 (đơn vị không ghi)", "DIRECT", 3.0, "", "3 (nguồn không ghi đơn vị)"),
        ("Trực tiếp: 2 (đơn vị không ghi)?", "DIRECT", 2.0, "", "2 (nguồn không ghi đơn vị)"),
        ("Trực tiếp: Không có thông tin", "DIRECT", None, "", "Không có thông tin"),
        ("Trực tiếp: 140,000 Ngày", "DIRECT", None, "", "140,000 Ngày"),
        ("Trực tiếp: 5 tuần trăng", "DIRECT", None, "", "5 tuần trăng"),
        ("ngay trong ngày", "", None, "", "ngay trong ngày"),
    ],
)
def test_a_limit_is_never_guessed(text: str, channel: str, number: float | None, unit: str, shown: str) -> None:
    (limit,) = words.times(text, [])
    assert (limit.channel, limit.number, limit.unit, limit.words) == (channel, number, unit, shown)


@pytest.mark.parametrize("text", ["Trực tiếp: 140,000 Ngày", "Trực tiếp: 5 tuần trăng", "Trực tiếp: ba ngày"])
def test_a_number_that_is_no_number_is_doubted(text: str) -> None:
    doubts: list[str] = []
    words.times(text, doubts)
    assert doubts == [text.partition(": ")[2]]


@pytest.mark.parametrize(
    ("text", "kind", "amount"),
    [
        ("Miễn phí", "FREE", None),
        ("Miễn phí (Không quy định.)", "FREE", None),
        ("Miễn phí (Không thu lệ phí)", "FREE", None),
        ("Miễn phí (Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định)", "NOTED", None),
        ("Miễn phí (20.000.000 đồng/lần)", "NOTED", None),
        ("Không có thông tin", "UNSTATED", None),
        ("Không có thông tin (1)", "UNSTATED", None),
        ("20,000 Việt Nam Đồng", "AMOUNT", 20_000),
        ("2,300,000 Việt Nam Đồng (/hồ sơ (Thông tư số 61/2023/TT-BTC))", "AMOUNT", 2_300_000),
        ("10,000 Việt Nam Đồng (10.000 đồng/lần)", "AMOUNT", 10_000),
        ("5,000 Việt Nam Đồng (nộp trên mạng thu 7.000 đồng/lần)", "AMOUNT", None),
        ("25 USD (25 USD/thẻ)", "AMOUNT", None),
        ("1,50 Việt Nam Đồng", "AMOUNT", None),
        ("tùy hồ sơ", "NOTED", None),
    ],
)
def test_free_an_amount_and_no_information_stay_apart(text: str, kind: str, amount: int | None) -> None:
    (fee,) = words.fees(f"Trực tiếp: {text}", [])
    assert (fee.kind, fee.amount, fee.words, fee.channel) == (kind, amount, text, "DIRECT")


def test_a_semicolon_inside_a_remark_divides_nothing() -> None:
    text = "Trực tuyến: 50,000 Việt Nam Đồng (một giấy; Trực tiếp thu tại quầy; hai giấy); Trực tiếp: Miễn phí"
    assert [(fee.channel, fee.kind) for fee in words.fees(text, [])] == [("ONLINE", "AMOUNT"), ("DIRECT", "FREE")]


@pytest.mark.parametrize(
    ("text", "people", "business"),
    [
        ("Công dân Việt Nam", True, False),
        ("Cán bộ, công chức, viên chức", True, False),
        ("Người Việt Nam định cư ở nước ngoài", True, False),
        ("Tổ chức (không bao gồm doanh nghiệp, HTX)", False, False),
        ("Tổ chức (không bao gồm doanh nghiệp, HTX), Doanh nghiệp", False, True),
        ("Hợp tác xã, Công dân Việt Nam", True, True),
        ("Tổ chức Đảng", False, False),
        ("", False, False),
    ],
)
def test_whom_it_is_for(text: str, people: bool, business: bool) -> None:
    assert words.audience(text) == (people, business)


def test_levels_and_channels_name_what_they_do_not_know() -> None:
    doubts: list[str] = []
    flags = words.levels("Cấp tỉnh, Cấp xã, Cấp vũ trụ", doubts)
    assert [name for name, is_set in flags.items() if is_set] == ["at_province", "at_commune"]
    assert words.channels("Trực tiếp; Bồ câu; Trực tuyến; Trực tiếp", doubts) == ["DIRECT", "ONLINE"]
    assert doubts == ["Cấp vũ trụ", "Bồ câu"]


def test_legal_bases_keep_what_has_no_number() -> None:
    read = words.bases("60/2014/QH13: Luật Hộ tịch | 85/2019/TT-BTC | Theo tập quán | 60/2014/QH13: Luật Hộ tịch")
    assert [(basis.number, basis.title) for basis in read] == [
        ("60/2014/QH13", "Luật Hộ tịch"), ("85/2019/TT-BTC", ""), ("", "Theo tập quán"),
    ]  # fmt: skip


# --- papers -----------------------------------------------------------------------------------------------------------


def groups(text: str) -> list[Any]:
    return [
        (group.title, group.is_note, [(paper.words, paper.originals, paper.copies) for paper in group.papers])
        for group in paper_groups(text, [])
    ]


def test_papers_stand_under_their_headings_with_their_numbers() -> None:
    text = (
        "* Giấy tờ phải nộp:\n## - Tờ khai [1 bản chính]\n+ Ảnh 4x6 [2 bản chính, 01 bản sao]\n"
        "* Lưu ý:\n## Nộp tại nơi cư trú. [1 bản chính]\n--\n## Hộ chiếu [0 bản chính, 1 bản sao]"
    )
    assert groups(text) == [
        ("Giấy tờ phải nộp", False, [("Tờ khai", 1, None), ("Ảnh 4x6", 2, 1)]),
        ("Lưu ý", True, [("Nộp tại nơi cư trú.", None, None)]),
        ("", False, [("Hộ chiếu", 0, 1)]),
    ]


def test_lines_with_no_copy_at_all_are_nothing_to_bring() -> None:
    text = "--\n## Tờ khai [1 bản chính]\nCán bộ tra cứu dữ liệu dân cư. [0 bản chính]\nLưu ý: nộp sớm [1 bản chính]"
    assert groups(text) == [
        ("", False, [("Tờ khai", 1, None)]),
        ("", True, [("Cán bộ tra cứu dữ liệu dân cư.", None, None), ("Lưu ý: nộp sớm", None, None)]),
    ]


@pytest.mark.parametrize("count", ["181 bản chính, 1 bản sao", "20261 bản chính", "031 bản chính"])
def test_a_number_that_swallowed_the_text_before_it_stays_words(count: str) -> None:
    doubts: list[str] = []
    ((paper,),) = [group.papers for group in paper_groups(f"--\n## Đơn theo Mẫu số  [{count}]", doubts)]
    assert (paper.originals, paper.copies) == (None, None)
    assert paper.words == f"Đơn theo Mẫu số [{count}]"
    assert doubts == [f"[{count}]"]


def test_a_cell_that_is_no_list_is_kept_as_lines() -> None:
    text = "); nộp hồ sơ cho cơ quan BHXH.\nBước 2. Cơ quan BHXH giải quyết."
    assert groups(text) == [
        ("", True, [("); nộp hồ sơ cho cơ quan BHXH.", None, None), ("Bước 2. Cơ quan BHXH giải quyết.", None, None)])
    ]
    assert groups("--") == []


def test_a_forms_file_name_is_told_from_the_paper() -> None:
    text = "--\n## Tờ khai (Mẫu CT01 kèm Thông tư số 53/2025/TT-BCA).1.MuCT01 (1).doc [1 bản chính]"
    ((paper,),) = [group.papers for group in paper_groups(text, [])]
    assert (paper.words, paper.file_name) == (
        "Tờ khai (Mẫu CT01 kèm Thông tư số 53/2025/TT-BCA)", "1.MuCT01 (1).doc",
    )  # fmt: skip
    # Nothing but a bracket, a semicolon or a sentence's end divides them surely.
    ((glued,),) = [group.papers for group in paper_groups("--\n## Đơn theo NĐ-CPMus03a.docx [1 bản chính]", [])]
    assert (glued.words, glued.file_name) == ("Đơn theo NĐ-CPMus03a.docx", "")


# --- steps ------------------------------------------------------------------------------------------------------------


def read_steps(text: str) -> list[tuple[str, str]]:
    return [(step.title, step.words) for step in steps(text)]


@pytest.mark.parametrize("mark", ["Bước {}: ", "- Bước {}. ", "c) Bước {}: ", "+ Bước {}: ", "1.2.{}. Bước {}: "])
def test_numbered_steps_lose_their_word_and_keep_their_heading(mark: str) -> None:
    lines = [mark.replace("{}", str(number)) + text for number, text in enumerate(("Nộp hồ sơ", "Nhận kết quả."), 1)]
    text = f"{lines[0]}\nTại quầy của phường.\n{lines[1]}"
    assert read_steps(text) == [("Nộp hồ sơ", "Tại quầy của phường."), ("", "Nhận kết quả.")]


def test_two_cases_keep_the_sources_own_numbers() -> None:
    text = (
        "* Trường hợp nộp trực tiếp:\nBước 1: Đến quầy.\nBước 2: Nhận kết quả.\n"
        "* Trường hợp nộp trực tuyến:\nBước 1: Đăng nhập.\nBước 2: Gửi hồ sơ."
    )
    assert [title for title, _words in read_steps(text)] == ["", "Bước 1", "Bước 2", "Bước 1", "Bước 2"]
    assert read_steps(text)[3] == ("Bước 1", "* Trường hợp nộp trực tuyến:\nĐăng nhập.")


@pytest.mark.parametrize(
    "text",
    [
        "a) Nộp hồ sơ\nb) Xem hồ sơ\nc) Trả kết quả",
        "1. Nộp hồ sơ\n2. Xem hồ sơ\n3. Trả kết quả",
        "- Nộp hồ sơ\n- Xem hồ sơ\n- Trả kết quả",
    ],
)
def test_letters_numbers_and_bullets_divide(text: str) -> None:
    assert [said for _title, said in read_steps(text)] == ["Nộp hồ sơ", "Xem hồ sơ", "Trả kết quả"]


@pytest.mark.parametrize("text", ["a) Nộp hồ sơ\nc) Trả kết quả", "1. Nộp\n3. Trả", "Nộp hồ sơ.\nNhận kết quả."])
def test_what_does_not_count_up_stays_one_step_with_its_text(text: str) -> None:
    assert read_steps(text) == [("", text)]


def test_wrapped_lines_are_joined_only_where_it_is_certain() -> None:
    text = "Bước 1: Nộp hồ sơ tại Trung tâm\nphục vụ hành chính công.\na) mục con\nThêm một câu.\nBước 2: Chờ"
    assert read_steps(text)[0][1] == ("Nộp hồ sơ tại Trung tâm phục vụ hành chính công.\na) mục con\nThêm một câu.")


def test_a_word_in_the_middle_of_a_sentence_is_no_step() -> None:
    text = "Bước 1: Nếu hồ sơ thiếu, người nộp bổ sung trong thời hạn mười ngày kể từ ngày được báo rồi làm lại từ\nBước 1 như trên.\nBước 2: Nhận."
    assert len(read_steps(text)) == 2


# --- whole rows -------------------------------------------------------------------------------------------------------


def test_a_whole_row_is_read() -> None:
    read, problems = read_source(row(), line=7)
    values = read.values
    assert (read.code, read.field_name, values["name"]) == ("1.000894", "Hộ tịch", "Thủ tục đăng ký kết hôn")
    assert values["at_commune"]
    assert not values["at_province"]
    assert values["ministry"] == "Bộ Tư pháp"
    assert [step["title"] for step in values["steps"]] == ["Nộp hồ sơ", "Ký sổ"]
    assert [limit["number"] for limit in values["times"]] == [5.0, 3.0]
    assert read.online == {}, "a silent file leaves the office's words alone"
    assert [problem.line for problem in problems] == [7], "the limit without unit is named"


def test_a_huge_cell_is_read_whole() -> None:
    paper = "Giấy tờ về thửa đất số {} theo quy định [1 bản chính]"
    text = "--\n## " + "\n".join(paper.format(number) for number in range(1, 1_001))
    assert len(text) > 50_000
    read, problems = read_source(row(documents=text, time_limit=""), line=2)
    (group,) = read.values["papers"]
    assert len(group["papers"]) == 1_000
    assert problems == []


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("source_url", "javascript:alert(1)"),
        ("submit_url", "ftp://example.vn/a"),
        ("valid_from", "31/02/2026"),
        ("online_level", "gần hết"),
        ("decision_no", "số " * 60),
    ],
)
def test_what_is_no_such_value_is_left_out_and_named(column: str, text: str) -> None:
    read, problems = read_source(row(time_limit="", **dict[str, Any]({column: text})), line=3)
    assert [column in problem.words for problem in problems] == [True]
    assert read.values["source_url"] == ("" if column == "source_url" else row()["source_url"])
    assert read.online == {}
    assert read.valid_from is None
    assert read.source[column] == text, "the source keeps it"
