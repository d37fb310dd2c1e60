"""Administration: reception."""
