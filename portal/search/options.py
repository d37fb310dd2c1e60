"""What a search may look at and what it prefers, besides the units' own rows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """`shared` adds the rows that all sites share, `everywhere_of` those rows of these units that carry EVERYWHERE.

    `kinds` keeps only documents of these kinds (empty: all). Of the kinds in `loose` most of the words are enough, for texts as
    short as a name and questions as long as a sentence. `boosts` multiplies the score of documents with a tag. `synonyms`
    False looks for the typed words only.
    """

    shared: bool = False
    everywhere_of: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    boosts: tuple[tuple[str, float], ...] = ()
    synonyms: bool = True


PLAIN = SearchOptions()
