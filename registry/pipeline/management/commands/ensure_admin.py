"""`manage.py ensure_admin`: somebody must be able to sign in to a fresh installation."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

NAME = "admin"
PASSWORD_BYTES = 12


class Command(BaseCommand):
    """Makes an administrator unless there is one; the password is shown once and kept nowhere."""

    help = "Make the first administrator with a generated password, unless there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        users = get_user_model().objects
        if users.filter(is_superuser=True, is_active=True).exists():
            return
        if users.filter(username=NAME).exists():
            self.stderr.write(
                f"No administrator is active and the name {NAME!r} is taken. "
                f"Make one with: python manage.py createsuperuser"
            )
            return
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        users.create_superuser(username=NAME, password=password)
        self.stdout.write(
            f"\n  Administrator  {NAME}\n  Password       {password}   (shown only this once)\n"
        )
