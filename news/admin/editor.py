"""Screens with the rich-text editor."""

from csp.decorators import csp_update
from django.utils.decorators import method_decorator

# CKEditor 4 does not start without both; only these screens get them (docs/decisions/0002-ckeditor.md).
editor_page = method_decorator(csp_update({"script-src": ["'unsafe-inline'"], "style-src": ["'unsafe-inline'"]}))
