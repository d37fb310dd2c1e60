"""Words that make a question and say nothing of what it is about: “làm sao”, “ở đâu”, “cho tôi hỏi”, “mần răng”.

They may stand in an answer and then help to rank it, but no answer must have them.
"""

from collections.abc import Sequence
from typing import Final

from portal.search.analyzers import Word, words_of

# Whole turns of phrase; typed with their marks or without any.
_PHRASES: Final = (
    "làm sao", "làm thế nào", "làm như thế nào", "như thế nào", "thế nào", "ra sao", "làm gì", "phải làm gì", "ở đâu", "đi đâu",
    "chỗ nào", "nơi nào", "cơ quan nào", "cần gì", "cần những gì", "cần chuẩn bị gì", "chuẩn bị gì", "cần giấy gì",
    "cần giấy tờ gì", "cần những giấy tờ gì", "giấy tờ gì", "những giấy tờ gì", "giấy gì", "giấy tờ nào", "gồm những gì",
    "gồm gì", "hồ sơ gồm những gì", "hồ sơ gồm gì", "hồ sơ cần gì", "thủ tục gì", "thủ tục như thế nào", "thủ tục ra sao",
    "bao lâu", "mất bao lâu", "bao nhiêu", "bao nhiêu tiền", "hết bao nhiêu", "mất bao nhiêu", "mấy ngày", "khi nào",
    "lúc nào", "được không", "có được không", "có phải", "phải không", "hay không", "tôi muốn", "em muốn", "mình muốn",
    "tui muốn", "tôi cần", "xin hỏi", "cho hỏi", "cho tôi hỏi", "cho em hỏi", "cho mình hỏi", "hỏi về", "muốn hỏi", "thì sao",
    "thì phải", "thì cần", "cần phải", "cho con", "cho cháu", "cho bé", "cho mẹ", "cho ba", "cho bố", "cho vợ", "cho chồng",
    "của tôi", "của con", "của tui", "nhà tôi", "nhà tui", "nhà em", "con tôi", "con tui", "con em", "giúp tôi", "giúp em",
    # Huế.
    "mần răng", "làm răng", "răng chừ", "ở mô", "đi mô", "chỗ mô", "mô rứa", "cần chi", "giấy chi", "giấy tờ chi", "mần chi",
    "làm chi", "như răng", "khi mô", "được khôn",
)  # fmt: skip
# Single words, only where somebody typed marks: without any, “can” is also căn, “cho” chợ, “mo” mở.
_WORDS: Final = (
    "tôi", "tui", "em", "mình", "muốn", "cần", "phải", "thì", "là", "ạ", "nhỉ", "hả", "vậy", "gì", "đâu", "nào", "sao", "cho",
    "của", "được", "không", "mấy", "bị", "đã", "đang", "sẽ", "nữa", "rồi", "chưa", "nếu", "khi", "mà", "xin", "hỏi", "bây", "giờ",
    "răng", "mô", "chi", "rứa", "ni", "nớ", "chừ", "mần", "làm", "ơi", "với", "các", "những", "để", "thế",
)  # fmt: skip
LONGEST: Final = 5


def _keys(phrases: Sequence[str]) -> dict[tuple[str, ...], tuple[Word, ...]]:
    found = (tuple(words_of(phrase)) for phrase in phrases)
    return {tuple(word.folded for word in words): words for words in found}


_PHRASE_KEYS: Final = _keys(_PHRASES)
_WORD_FORMS: Final = frozenset(words_of(word)[0].exact for word in _WORDS)


def question_length(words: Sequence[Word], *, marked: bool) -> int:
    """How many of the first words are a turn of phrase of a question; 0 when none is."""
    for length in range(min(LONGEST, len(words)), 1, -1):
        known = _PHRASE_KEYS.get(tuple(word.folded for word in words[:length]))
        if known and all(mine.exact in (its.exact, its.folded) for mine, its in zip(words, known, strict=False)):
            return length
    return 1 if marked and words and words[0].exact in _WORD_FORMS else 0
