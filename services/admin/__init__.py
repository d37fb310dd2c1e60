"""Screens of the services room."""

from django.contrib import admin

from services.admin import catalogue, catalogue_runs, dossiers, local, menu, mistakes, satisfaction

local.register(admin.site)
menu.register(admin.site)
mistakes.register(admin.site)
dossiers.register(admin.site)
satisfaction.register(admin.site)
catalogue_runs.register(admin.site)
__all__ = ["catalogue"]
