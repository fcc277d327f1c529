"""The person who asks: a staff row's frozen record, which is all that faces and actions know of anyone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fanal.core.errors import NotAllowed
from fanal.core.rights import Role
from fanal.staff.models import Member

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff at work: the code that stands for the name, the one role, the language of the pages."""

    id: str
    role: Role
    language: str


def person(user: AbstractBaseUser | AnonymousUser) -> Person:
    """Give the record of a logged-in, active member; NotAllowed for anybody else."""
    if not isinstance(user, Member) or not user.is_active:
        raise NotAllowed
    return Person(id=user.code, role=Role(user.role), language=user.language)
