"""Fixtures that several stories of the units room share."""

from tests.news.conftest import two

__all__ = ["two"]
