"""Feeds of the units room."""
