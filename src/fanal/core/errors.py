"""The one tree of failures. The class says what kind it is, the code which one, the text what to do.

A failure never carries the value that caused it: values may be live identifiers, and failures reach logs.
"""

from __future__ import annotations

from fanal.core.reasons import Reason, reason


class FanalError(Exception):
    """Something that Fanal can explain. `reason` holds the code and the sentence in both languages."""

    default = reason("error", en="Fanal could not do this.", fr="Fanal n’a pas pu le faire.")

    def __init__(self, why: Reason | None = None) -> None:
        self.reason = why or self.default
        super().__init__(self.reason.code)


class Refused(FanalError):
    """The act is not possible as things stand; `reasons` lists every obstacle."""

    default = reason(
        "refused",
        en="This cannot be done as things stand.",
        fr="Ce n’est pas possible en l’état.",
    )

    def __init__(self, *obstacles: Reason) -> None:
        super().__init__(obstacles[0] if obstacles else None)
        self.reasons: tuple[Reason, ...] = obstacles or (self.default,)


class IllegalStep(Refused):
    """The state does not allow this step (core/lifecycle.py holds the table)."""

    default = reason(
        "step.illegal",
        en="This step does not follow from the present state. Someone may have acted before you: reload the page.",
        fr="Cette étape ne suit pas de l’état présent. Quelqu’un a peut-être agi avant vous : rechargez la page.",
    )


class Wait(Refused):
    """The act is possible, but not yet: `seconds` says when to try again."""

    def __init__(self, why: Reason, seconds: int) -> None:
        super().__init__(why)
        self.seconds = seconds


class NotAllowed(Refused):
    """The person or the key has no right to take this step (core/rights.py holds the table)."""

    default = reason(
        "right.missing",
        en="You do not have the right to do this.",
        fr="Vous n’avez pas le droit de le faire.",
    )


class NotFound(FanalError):
    """There is no such thing, or not for the one who asks: the two are not told apart."""

    default = reason("not-found", en="There is nothing here.", fr="Il n’y a rien ici.")


class Temporary(FanalError):
    """It failed for a reason that may pass: try again with patience."""

    default = reason(
        "temporary",
        en="This failed for a reason that may pass. It will be tried again.",
        fr="Échec pour une cause passagère. Un nouvel essai suivra.",
    )


class Full(Temporary):
    """There is no room left to keep anything: nothing was acknowledged."""

    default = reason(
        "disk.full",
        en="Nothing was saved: there is no room left on this server. Keep your text and try again later.",
        fr="Rien n’a été enregistré : il n’y a plus de place sur ce serveur. "
        "Gardez votre texte et réessayez plus tard.",
    )


class Final(FanalError):
    """It failed and trying again will not help: a person decides."""

    default = reason(
        "final",
        en="This failed, and trying again will not help. A person must decide.",
        fr="Échec, et un nouvel essai n’y changera rien. Une personne doit décider.",
    )


class Broken(FanalError):
    """A proof, a file or a configuration does not hold."""

    default = reason(
        "broken",
        en="This does not verify.",
        fr="La vérification échoue.",
    )
