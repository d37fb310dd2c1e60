"""Composers: many small forms that turn facts about Huế into pages and articles."""
