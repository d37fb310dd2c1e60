"""Screens of the services room."""
