"""Public pages of the news room; cached ones are the same for everybody (portal.core.page_cache)."""
