"""Administration: disclosure."""
