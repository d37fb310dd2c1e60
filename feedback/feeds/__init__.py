"""Feeds of the feedback room."""
