"""Pages of the feedback room."""
