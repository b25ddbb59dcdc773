"""Who asks, and how much is left to them: keys, rates, both settled before a view is asked."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from registry.access.keys import Asker, KeyRefused, know
from registry.access.limits import Quota, take
from registry.access.usage import USAGE

if TYPE_CHECKING:  # REST framework loads this module while it loads its views
    from rest_framework.views import APIView

SCHEME = "Bearer"
QUOTA = "registry.quota"


class KeyAuthentication(BaseAuthentication):
    """``Authorization: Bearer rc_…``; without it everybody may read, at the lower rate."""

    def authenticate(self, request: Request) -> tuple[None, Asker] | None:
        """Whose key was shown; a key that is refused is an error, never merely ignored."""
        given = request.headers.get("authorization")
        if given is None:
            return None
        scheme, _, text = given.partition(" ")
        if scheme.lower() != SCHEME.lower() or not text:
            raise AuthenticationFailed(f"Authorization: expected '{SCHEME} rc_…'.")
        try:
            asker = know(text.strip(), at=timezone.now())
        except KeyRefused as refused:
            raise AuthenticationFailed(str(refused)) from refused
        USAGE.count(asker.key_id, timezone.now().date())
        return None, asker

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return f'{SCHEME} realm="ratecard"'


class RateLimit(BaseThrottle):
    """So many requests a minute by address, more with a key that may read."""

    quota: Quota | None = None

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Counts the request; the view tells what is left in its headers."""
        asker: Any = request.auth
        if isinstance(asker, Asker) and "read" in asker.scopes:
            name, who, limit = "key", str(asker.key_id), settings.RATE_WITH_KEY
        else:
            name, who, limit = "anonymous", str(self.get_ident(request)), settings.RATE_ANONYMOUS
        if limit == 0:
            return True
        self.quota = take(name, who, limit, now=time.time())
        request._request.META[QUOTA] = self.quota
        return not self.quota.exceeded

    def wait(self) -> float | None:
        """Seconds until the window is over."""
        return None if self.quota is None else float(self.quota.resets)
