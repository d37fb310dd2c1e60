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
_ONSETS = "b c ch d đ g gi h kh l m n ng nh ph qu r s t th tr v x".split()  # noqa: SIM905 - reads as what it is
_RIMES = "a à á ạ ả an án ang ao ai âm ân âu ăn ăng em ên ê i inh iên o ông ơi ơn ương ước ư uyên ui uông ôi ạt".split()  # noqa: SIM905
# Some 780 syllables, used as unevenly as those of real text: the n-th most common one n times less often.
_SYLLABLES = [onset + rime for rime in _RIMES for onset in _ONSETS]
_WEIGHTS = [1 / (rank + 2) for rank in range(len(_SYLLABLES))]


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
            words = dice.choices(_SYLLABLES, _WEIGHTS, k=8 + 24 * 14)
            title = f"Bài thử tải {number}: {' '.join(words[:8])}"
            sentences = [" ".join(words[at : at + 14]).capitalize() + "." for at in range(8, len(words), 14)]
            body = "".join(f"<p>{' '.join(sentences[at : at + 4])}</p>" for at in range(0, 24, 4))
            rows.append(
                Article(
                    category=categories[number % len(categories)], title=title, slug=slugify_vi(title),
                    summary=sentences[0], body=body, author_name="Máy thử tải", status=ArticleStatus.PUBLISHED,
                    published_at=now - timedelta(minutes=30 * (number + 1)),
                    is_notice=categories[number % len(categories)].is_notice, is_demo=True,
                    source_ref=f"scale-{number}",
                )
            )  # fmt: skip
        Article.objects.bulk_create(rows, batch_size=500)
        progress(end, wanted, "")
    if wanted > have:
        bump_generation(current_unit_id())
    return max(0, wanted - have)
