"""Administration: schedule_import."""
