"""What a sender may do with a case of their own, and how often."""

from typing import Final

SUPPLIES_PER_DAY: Final = 6
"""Additions to one case; each of them is one more thing that an office must read."""
FILES_OF_CASE: Final = 30
EXPORTS_PER_HOUR: Final = 6
RATING_LIMIT: Final = 500
LETTERS_SHOWN: Final = 200
EVENTS_SHOWN: Final = 200
MOST_REOPENED: Final = 2
"""“Chưa xong” the first time opens it again, the second time it goes to the province; after that it is only written down."""
LETTER_ATTEMPTS: Final = 6
