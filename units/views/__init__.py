"""Public pages about the unit itself: its people, schedule, citizen reception."""
