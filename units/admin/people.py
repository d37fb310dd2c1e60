"""Administration: people."""
