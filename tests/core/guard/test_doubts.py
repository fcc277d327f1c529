"""What a person should weigh is pointed at, blocks nothing, and is not seen in what every honest draft says."""

from __future__ import annotations

import pytest
from tests.core.guard.reported import ask

DOUBTED = (
    ("guard.teaches-search", "Cherchez « chambre bleue » sur Telegram et vous verrez."),
    ("guard.teaches-search", 'Type "blue room" into the search box of TikTok and you will see.'),
    ("guard.teaches-search", "Il suffit de taper ces trois mots sur Instagram, « a b c », pour y arriver."),
    ("guard.teaches-search", "Le mot-clé « chambre bleue » circule, ainsi que le hashtag #chambrebleue."),
    ("guard.teaches-search", "Just google “blue room swaps”, they said to us."),
    ("guard.unknown-onion", f"Le site {'a' * 56}.onion a été cité par un lecteur."),
    ("guard.unknown-magnet", "On nous envoie magnet:?xt=urn:btih:0123456789abcdef, que nous n’ouvrons pas."),
    ("guard.unknown-hash", f"L’empreinte {'0123456789abcdef' * 4} figure dans la pièce jointe."),
    ("guard.unknown-wallet", "Ils demandent un virement vers 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2 avant midi."),
    ("guard.short-link", "Toutes les informations sont sur https://bit.ly/4xYzAbC pour qui veut."),
    ("guard.disguised-address", "Le forum quelquepart[.]example reste ouvert, nous dit-on."),
    ("guard.disguised-address", "Ils ont écrit hxxp://quelquepart.example dans le journal."),
    ("guard.prejudges", "Le pédocriminel de la ville voisine est connu de nos services."),
    ("guard.prejudges", "We all know that the predator lives in this street."),
    ("guard.prejudges", "Il est coupable, tout le monde le sait depuis longtemps."),
    ("guard.promises", "L’auteur présumé sera interpellé demain matin à son domicile."),
    ("guard.promises", "The account will be taken down by Friday, the platform told us."),
)
HONEST = (
    "Elle est non coupable, dit le jugement rendu hier par la cour.",
    "The court found that the man was not guilty, and he went home.",
    "Ne cherchez pas ces contenus, ne les partagez pas, signalez-les sur notre site.",
    "Cherchez de l’aide auprès d’un adulte de confiance, ou appelez le 119.",
    "Les contenus pédocriminels sont retirés par les plateformes en quelques heures.",
    "Toute personne est présumée non coupable tant qu’un tribunal n’a rien dit.",
    "Le signalement sera examiné par une personne, et vous aurez une réponse.",
    "Votre dossier sera traité dès que possible. Merci de votre patience.",
    "La loi n° 2004-575 du 21 juin 2004 (point de départ du délai) reste applicable.",
    "Un bon point comme un mauvais point : la réunion (point par point) est close.",
    "Suivez-nous sur Instagram et Telegram pour les prochaines dates.",
)


@pytest.mark.parametrize(("code", "draft"), DOUBTED)
def test_it_is_pointed_at_and_blocks_nothing(code: str, draft: str) -> None:
    review = ask(draft)
    assert review.clean
    assert review.safe == draft
    assert code in {reason.code for one in review.doubts for reason in one.reasons}
    assert all(0 <= one.start < one.end <= len(draft) for one in review.doubts)


@pytest.mark.parametrize("draft", HONEST)
def test_an_honest_draft_raises_no_doubt(draft: str) -> None:
    assert not ask(draft).doubts


def test_a_doubt_within_a_finding_is_said_once() -> None:
    review = ask("Voir hxxps://bad[.]example/galerie pour le reste.")
    assert len(review.findings) == 1
    assert not review.doubts
