"""The first questionnaire on one-stop service: nine questions, each worth 0, 1 or 2, in the portal's own words.

After Nghị định 61/2018/NĐ-CP Điều 29–32 and Thông tư 01/2018/TT-VPCP Điều 13–15. The decree was replaced on 1 July 2025 by Nghị
định 118/2025/NĐ-CP (amended by 367/2025): an office that has its own set of questions adds it as a new version.
"""

from datetime import date
from typing import Any

from django.db import migrations

VERSION = 1
TITLE = "Chín câu hỏi về tiếp nhận và trả kết quả"
SOURCE = (
    "Theo các chỉ số của Nghị định 61/2018/NĐ-CP (Điều 29–32) và Thông tư 01/2018/TT-VPCP (Điều 13–15), lời của cổng. "
    "Nghị định 118/2025/NĐ-CP đã thay từ 01/7/2025; đơn vị có thể lập bộ mới."
)
CLASSES = [
    {"from": 15, "name": "Xuất sắc"},
    {"from": 12, "name": "Tốt"},
    {"from": 9, "name": "Khá"},
    {"from": 6, "name": "Trung bình"},
    {"from": 0, "name": "Yếu"},
]
# Question, then the answers worth 0, 1 and 2.
QUESTIONS = [
    (
        "Kết quả có đúng hẹn không?",
        "Trễ hẹn", "Đúng hẹn", "Sớm hơn hẹn",
    ),
    (
        "Phải đến nơi nộp mấy lần cho việc này?",
        "Trên hai lần", "Hai lần", "Một lần hoặc không phải đến",
    ),
    (
        "Phải bổ sung giấy tờ mấy lần?",
        "Từ hai lần", "Một lần", "Không lần nào",
    ),
    (
        "Việc này phải qua mấy cơ quan?",
        "Tự đi từ ba nơi", "Tự đi hai nơi", "Chỉ một nơi nhận và trả",
    ),
    (
        "Giấy tờ và các bước có đúng như đã công khai không?",
        "Bị đòi thêm giấy tờ hoặc bước khác", "Đúng nhưng khó tìm, khó hiểu", "Đúng và dễ hiểu",
    ),
    (
        "Phí, lệ phí có đúng mức đã công khai không?",
        "Thu khác mức công khai", "Đúng, nhưng không thấy niêm yết hoặc biên lai", "Đúng mức, có biên lai; hoặc không thu",
    ),
    (
        "Người tiếp nhận có thái độ thế nào?",
        "Chưa lịch sự", "Lịch sự", "Lịch sự, tận tình",
    ),
    (
        "Người tiếp nhận hướng dẫn thế nào?",
        "Không rõ, phải hỏi nơi khác", "Rõ, nhưng chưa đủ trong một lần", "Rõ và đủ trong một lần",
    ),
    (
        "Góp ý hoặc thắc mắc có được trả lời không?",
        "Không ai trả lời", "Có trả lời, còn chậm hoặc chưa rõ", "Trả lời nhanh, rõ; hoặc không có thắc mắc",
    ),
]  # fmt: skip


def seed(apps: Any, schema_editor: Any) -> None:
    questionnaire_model = apps.get_model("services", "Questionnaire")
    question_model = apps.get_model("services", "Question")
    questionnaire, _made = questionnaire_model.objects.get_or_create(
        version=VERSION,
        defaults={"title": TITLE, "source": SOURCE, "valid_from": date(2025, 7, 1), "classes": CLASSES},
    )
    for order, (text, worst, middle, best) in enumerate(QUESTIONS, 1):
        question_model.objects.get_or_create(
            questionnaire=questionnaire,
            order=order,
            defaults={"text": text, "answer_0": worst, "answer_1": middle, "answer_2": best},
        )


def unseed(apps: Any, schema_editor: Any) -> None:
    """Take the questions back where nobody has answered them; answers keep their version for ever."""
    answer_model = apps.get_model("services", "SatisfactionAnswer")
    if not answer_model.objects.filter(questionnaire__version=VERSION).exists():
        apps.get_model("services", "Questionnaire").objects.filter(version=VERSION).delete()


class Migration(migrations.Migration):
    dependencies = [("services", "0001_catalogue_and_local_answers")]

    operations = [migrations.RunPython(seed, unseed)]
