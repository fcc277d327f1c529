"""How people enter: no sign-up, no e-mail, and second factors that a copy of the database does not give away."""

from __future__ import annotations

import base64
import time
from io import BytesIO
from typing import TYPE_CHECKING, ClassVar

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathImage

from fanal.queries import world

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator
    from django.http import HttpRequest

ROW = "mfa"
FIELD = "totp"


class Account(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Members are added by an operator (`staff_add`), and nobody is written to."""

    error_messages: ClassVar[dict[str, object]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The user name or the password is not right."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Nobody signs up."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """No mail leaves the desk."""

    def send_notification_mail(self, *_args: object, **_kwargs: object) -> None:
        """No mail leaves the desk."""

    def is_reauthentication_required(self, *, app: str, **kwargs: object) -> bool:
        """Ask the password again before a second factor is changed, unless it was typed a moment ago."""
        typed = max(
            (one["at"] for one in get_authentication_records(context.request, context.request.user)), default=0.0
        )
        fresh = time.time() - typed < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not fresh and bool(super().is_reauthentication_required(app=app, **kwargs))

    def add_message(self, *_args: object, **_kwargs: object) -> None:
        """Pages say what happened; allauth's own greetings are not shown."""


def username(request: HttpRequest, credentials: dict[str, str] | None) -> str:
    """Name whose failed attempts axes counts: the same name when it counts and when it looks."""
    return (credentials or {}).get("username") or request.POST.get("login", "")


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """TOTP secrets and the seeds of recovery codes, encrypted at rest with the content key."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret so that it opens only as a second factor."""
        return base64.b64encode(world.current().keys.close(text.encode(), row=ROW, field=FIELD)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Give back what `encrypt` made; Broken for anything else."""
        return world.current().keys.open(base64.b64decode(encrypted_text), row=ROW, field=FIELD).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:  # noqa: ARG002 - allauth's signature
        """Refuse: a second factor is replaced by an operator, never switched off."""
        return False

    def send_notification_mail(self, *_args: object, **_kwargs: object) -> None:
        """No mail leaves the desk."""

    def build_totp_svg(self, url: str) -> str:
        """Draw the enrolment as one SVG element that stands in the page: the content policy forbids data addresses."""
        drawing = BytesIO()
        qrcode.make(url, image_factory=SvgPathImage).save(drawing)
        text = drawing.getvalue().decode()
        return text[text.index("<svg") :]
