"""Administration: schedule_screens."""
