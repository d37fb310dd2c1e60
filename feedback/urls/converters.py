"""What stands in addresses of this room; importing it makes the converters known."""

from django.urls import register_converter


class SubjectKind:
    """The kind of a row another room has registered: ``news.article``."""

    regex = r"[a-z]{1,20}\.[a-z]{1,20}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


class RowKey:
    """A key that fits into the database."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        """``012`` → 12."""
        return int(value)

    def to_url(self, value: int) -> str:
        """12 → ``12``."""
        return str(value)


register_converter(SubjectKind, "kind")
register_converter(RowKey, "key")
