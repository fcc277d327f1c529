"""Who may enter: members of staff with one role each, and the keys of machines."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from fanal.core.rights import KeyRight, Role
from fanal.wire import clock

CODE = r"^[A-Z]-[0-9]{2,4}$"
LANGUAGES = ("en", "fr")


class Members(BaseUserManager["Member"]):
    """Makes members; Django's authentication asks it for `get_by_natural_key`."""

    def create(self, *, username: str, password: str, code: str, role: Role, language: str = "en") -> Member:  # type: ignore[override]
        """Make and keep a member. Of the password a hash is kept; ValidationError where a field is not valid."""
        member = Member(username=username, code=code, role=role.value, language=language)
        member.set_password(password)
        member.full_clean()
        member.save(force_insert=True)
        return member


class Member(AbstractBaseUser):
    """A person who works at the desk: exactly one role, and a code that stands for the name everywhere else."""

    id = models.UUIDField(primary_key=True, default=clock.new_id, editable=False)
    username = models.CharField(max_length=64, unique=True, validators=[ASCIIUsernameValidator()])
    code = models.CharField(max_length=8, unique=True, validators=[RegexValidator(CODE)])
    role = models.CharField(max_length=16, choices=[(role.value, role.value) for role in Role])
    language = models.CharField(max_length=8, default="en", choices=[(one, one) for one in LANGUAGES])
    is_active = models.BooleanField(default=True, db_column="active")
    joined_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[Members] = Members()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["code", "role"]

    class Meta:
        """The database refuses what the code would not understand."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]), name="staff_member_role_known"
            ),
            models.CheckConstraint(condition=models.Q(code__regex=CODE), name="staff_member_code_shape"),
            models.CheckConstraint(condition=models.Q(language__in=LANGUAGES), name="staff_member_language_known"),
        ]

    def __str__(self) -> str:
        return self.code


class ApiKey(models.Model):
    """A machine's key. Its secret is 256 bits of chance, shown once; kept is its SHA-256, which needs no salt."""

    id = models.UUIDField(primary_key=True, default=clock.new_id, editable=False)
    name = models.CharField(max_length=100, unique=True)
    owner = models.CharField(max_length=200)
    key_digest = models.BinaryField(max_length=32, unique=True)
    rights = models.JSONField(default=list)
    per_minute = models.PositiveIntegerField(default=600)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A digest is 32 bytes or it is not one."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(per_minute__gte=1), name="staff_apikey_some_per_minute"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a key without rights, or with one that core/rights.py does not name."""
        if not self.rights or not set(self.rights) <= {right.value for right in KeyRight}:
            raise ValidationError({"rights": "A key needs rights, and each must be known."})

    def may(self, right: KeyRight) -> bool:
        """Say whether this key was given `right` and still holds."""
        return self.revoked_at is None and right.value in self.rights
