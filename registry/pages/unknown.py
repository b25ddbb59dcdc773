"""What a page shows for what nobody has said: a word, never a zero and never a blank."""

from django.utils.safestring import SafeString

UNKNOWN = SafeString('<span class="unknown">unknown</span>')
