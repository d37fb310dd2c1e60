"""Caches that never take a page down with them."""

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Redis as a cache only: when it is gone, every read is a miss and every write is forgotten."""

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return the cached value, or ``default`` also when Redis does not answer."""
        try:
            return super().get(key, default, version)
        except RedisError as error:
            logger.warning("cache unavailable: %s", error)
            return default

    def set(self, key: str, value: Any, timeout: Any = 300, version: int | None = None) -> None:
        """Store a value; forgotten when Redis does not answer."""
        try:
            super().set(key, value, timeout, version)
        except RedisError as error:
            logger.warning("cache unavailable: %s", error)

    def delete(self, key: str, version: int | None = None) -> bool:
        """Delete a value; False also when Redis does not answer."""
        try:
            return bool(super().delete(key, version))
        except RedisError as error:
            logger.warning("cache unavailable: %s", error)
            return False
