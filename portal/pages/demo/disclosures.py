"""Demo data: disclosures and budget tables."""


def load_disclosures() -> int:
    """Load disclosures and budget tables where there are none yet; returns how many units got some."""
    return 0
