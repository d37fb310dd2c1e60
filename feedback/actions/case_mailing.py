"""Mails about cases, as they leave the house."""


def send_waiting() -> int:
    """Send what waits in the unit in scope, each once; returns how many went out."""
    return 0
