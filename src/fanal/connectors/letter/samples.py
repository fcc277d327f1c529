"""Invented disclosures that every change to the letter is tried on. Reserved domains only."""

from __future__ import annotations

from datetime import UTC, datetime

from fanal.core.case import DisclosedTarget, Disclosure, DispatchKind, Recipient

_PROSECUTOR = Recipient(
    id="parquet",
    name="Parquet fictif d’exemple",
    kind=DispatchKind.REFERRAL,
    connector="letter",
    language="fr",
    address="5 place de l’Exemple\n00000 Ville-Exemple\nsaisine@parquet.example",
    age_recipient="",
    country="FR",
)
_HOST = Recipient(
    id="hosting",
    name="Example Hosting",
    kind=DispatchKind.NOTICE,
    connector="letter",
    language="en",
    address="abuse@hosting.test",
    age_recipient="",
    country="NL",
)

SAMPLES = (
    Disclosure(
        dispatch_ref="T-4K7M2QX9",
        case_ref="D-9HFDR3WP",
        kind=DispatchKind.REFERRAL,
        recipient=_PROSECUTOR,
        sender="Fanal, service d’essai",
        language="fr",
        made_at=datetime(2026, 11, 22, 10, 42, tzinfo=UTC),
        offence_title="Menaces de mort réitérées ou matérialisées par un écrit, une image ou tout autre objet",
        offence_article="CP 222-17 al.2",
        grounds=(
            "Le compte cible C1 publie, le 21 novembre 2026, deux messages qui annoncent la mort d’une personne. "
            "Les messages sont publics, écrits et répétés.\n"
            "La page cible C2 reprend ces messages avec l’adresse du lycée de la personne visée."
        ),
        targets=(
            DisclosedTarget("C1", "account", "hxxps://x[.]example/compte_invente"),
            DisclosedTarget("C2", "url", "hxxps://pages[.]hebergeur[.]example/forum/fil-512?vue=жalerte&page=2"),
        ),
        reports=512,
        first_seen_at=datetime(2026, 11, 21, 22, 5, tzinfo=UTC),
        due_at=datetime(2026, 11, 25, 10, 42, tzinfo=UTC),
        demo=True,
    ),
    Disclosure(
        dispatch_ref="T-8ZC2NV5R",
        case_ref="D-1QW7T6YB",
        kind=DispatchKind.NOTICE,
        recipient=_HOST,
        sender="Fanal, test desk",
        language="en",
        made_at=datetime(2026, 11, 1, 8, 3, tzinfo=UTC),
        offence_title="Public incitement to hatred because of religion",
        offence_article="Loi 1881 24 al.7",
        grounds="Target C1 calls on its readers to drive people out of a town because of their religion.",
        targets=(DisclosedTarget("C1", "url", "hxxps://cdn[.]hosting[.]test/boards/9/thread/512"),),
        reports=1,
        first_seen_at=datetime(2026, 10, 31, 23, 59, tzinfo=UTC),
        due_at=None,
    ),
)
