"""Cases that have something in common, as reports make them."""

from __future__ import annotations

from tests import house

from fanal.core.report import Category, Identity

CONTACT = "corbeau77@poste.example"
WALLET = "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"
RUMOUR = (
    "Ce compte annonce une descente devant le lycée vendredi soir, partagez avant que tout soit effacé, "
    "ils ont déjà choisi leur cible et tout le quartier est au courant."
)


def case(*typed: str, comment: str = "", source: int = 7, **changes: object) -> str:
    """Bring one report to its case; give the case."""
    received = house.receive(*typed, comment=comment, identity=Identity(ip=f"192.0.2.{source}"), **changes)
    house.work()
    return house.case_of(received.ref)


def several() -> tuple[str, tuple[str, ...]]:
    """Open a case of three targets, and others that share a site, a contact, a wallet or two of these with it."""
    whole = case(
        "https://carnet.example/pages/canary-1",
        "https://recits.example/p/canary-2",
        "https://un.example/accueil",
        comment=f"Il demande d’écrire à {CONTACT} ou de payer à {WALLET}.",
    )
    others = (
        case("https://carnet.example/pages/canary-9", comment="Une autre page du carnet.", source=11),
        case("https://deux.example/vente", comment=f"On paie à {WALLET}.", source=12, category=Category.HATE),
        case(
            "https://recits.example/p/canary-8",
            comment=f"Le même contact, {CONTACT}, sur une autre page.",
            source=13,
        ),
        case("https://trois.example/x", comment=f"Pour entrer : {CONTACT}, on règle à {WALLET}.", source=14),
    )
    return whole, others


def crowd(reports: int = 12) -> str:
    """Open a case by many reports, most of them copies of one text, and one that shares its site."""
    found = ""
    for number in range(reports):
        comment = RUMOUR if number % 5 else f"Vu par moi-même le {number}, au coin de la rue {number}."
        found = case("https://reseau.example/@compte_invente", comment=comment, source=20 + number % 9)
    case("https://reseau.example/@autre_invente", comment=RUMOUR, source=90)
    return found
