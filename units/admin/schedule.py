"""Administration: schedule."""
