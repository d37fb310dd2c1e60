#!/usr/bin/env python3
"""Entry point of every command of the portal."""

import os
import sys


def main() -> None:
    """Run one management command with the portal's only settings module."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.base")
    from django.core.management import execute_from_command_line  # Django must see the variable first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
