"""Synthetic articles in bulk, for load tests only: many, plain, clearly marked."""

import random
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from news.enums import ArticleStatus
from news.models import Article, Category
from portal.core.page_cache import bump_generation
from portal.core.tenancy import current_unit_id
from portal.core.text import slugify_vi

BATCH = 2000
_WORDS = [
    "thông",
    "báo",
    "lịch",
    "tiếp",
    "công",
    "dân",
    "phường",
    "xã",
    "đường",
    "sông",
    "cầu",
    "trường",
    "học",
    "chợ",
    "di",
    "tích",
    "lễ",
    "hội",
    "mùa",
    "mưa",
    "nước",
    "sạch",
    "điện",
    "đèn",
    "vệ",
    "sinh",
    "môi",
    "trường",
    "tổ",
    "dân",
    "phố",
    "hộ",
    "gia",
    "đình",
    "trẻ",
    "em",
    "người",
    "cao",
    "tuổi",
    "y",
    "tế",
    "tiêm",
    "chủng",
    "thủ",
    "tục",
    "hồ",
    "sơ",
    "trả",
    "kết",
    "quả",
    "đất",
    "đai",
    "xây",
    "dựng",
    "giao",
    "thông",
    "nông",
    "nghiệp",
    "thủy",
    "sản",
    "du",
    "lịch",
    "văn",
    "hóa",
    "thể",
    "thao",
    "chuyển",
    "đổi",
    "số",
]


def add_synthetic(wanted: int, progress: Callable[[int, int, str], None]) -> int:
    """Bring the unit in scope to ``wanted`` synthetic articles; returns how many were added. They are not indexed."""
    have = Article.objects.filter(source_ref__startswith="scale-").count()
    categories = list(Category.objects.in_order())
    now = timezone.now()
    for start in range(have, wanted, BATCH):
        end = min(start + BATCH, wanted)
        rows = []
        for number in range(start, end):
            dice = random.Random(number)
            title = f"Bài thử tải {number}: {' '.join(dice.choices(_WORDS, k=8))}"
            sentences = [" ".join(dice.choices(_WORDS, k=14)).capitalize() + "." for _n in range(24)]
            body = "".join(f"<p>{' '.join(sentences[at : at + 4])}</p>" for at in range(0, 24, 4))
            rows.append(
                Article(
                    category=categories[number % len(categories)], title=title, slug=slugify_vi(title),
                    summary=sentences[0], body=body, author_name="Máy thử tải", status=ArticleStatus.PUBLISHED,
                    published_at=now - timedelta(minutes=30 * (number + 1)), is_demo=True,
                    source_ref=f"scale-{number}",
                )
            )  # fmt: skip
        Article.objects.bulk_create(rows, batch_size=500)
        progress(end, wanted, "")
    if wanted > have:
        bump_generation(current_unit_id())
    return max(0, wanted - have)
