"""What can go wrong with an index."""


class SearchUnavailable(Exception):
    """There is no index yet, it is of an older shape, or it cannot be read; the page says so kindly."""


class IndexBusyError(Exception):
    """Somebody else is writing the index; what waits in the outbox is done later."""
