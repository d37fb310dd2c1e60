"""Demo data: citizen reception."""


def load_receptions() -> int:
    """Load citizen reception where there are none yet; returns how many units got some."""
    return 0
