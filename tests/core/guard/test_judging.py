"""What must be found however it is written, and what must not: each in a sentence, through the one front door."""

from __future__ import annotations

import pytest
from tests.core.guard.reported import ask, found, only

from fanal.core.guard.draft import Draft, Form, Part, Place
from fanal.core.guard.review import Sure

NAMED = (
    "Merci d’avoir signalé b4dname, ils sont fermés.",
    "Le compte Twitter badname est suivi.",
    "Bloquez bad_name !",
    "b.a.d.n.a.m.e",
    "twitter,com/badname",
    "x(.)com(/)badname",
    "le site a m i . e x a m p l e",
    "ami point example",
    "ami [point] example",
    "hxxps[:]//ami[.]example/page",
    "ami\u200b.example",
    "\u0430mi.example",
    "AMI.EXAMPLE",
    "ami․example",
    "http://ami.example:8080/x",
    "user@ami.example",
    "cdn.ami.example/img.png",
    "ami . example",
    "ami dot example",
    "joliepoupee77",
    "jolie poupée 77 (Instagram)",
    "@jolie-poupee-77",
    "j o l i e p o u p e e 7 7",
    "insta: jolie_poupee_77",
    "jolie_poupee_77’s page",
    "pseudo : papillon",
    "@papillon",
    "« papillon » sur TikTok",
    "tiktok.com/@papillon",
    "TikTok @ papillon",
    "Le 06 39 98 04 17 est signalé",
    "06.39.98.04.17",
    "+33 (0)6 39 98 04 17",
    "0033639980417",
    "zéro six trente-neuf quatre-vingt-dix-huit zéro quatre dix-sept",
    "06-39-98-04-17",
    "O6 39 98 O4 17",
    "lola.secret@courriel.example",
    "lola.secret(at)courriel.example",
    "lola point secret arobase courriel point example",
    "lola.secret [at] courriel [dot] example",
    "t.me/canalrose",
    "telegram: canalrose",
    "le canal « canalrose »",
    "discord.gg/XyZ12abQ",
    "code XyZ12abQ",
    "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
    "kevin.dupont2 sur Snap",
    "bit.ly/3aBcDeF",
    "bit[.]ly/3aBcDeF",
    "x.com/x/status/1712345678901234567",
    "bad.example",
    "https://bad.example",
    "BAD。example",
    "bad⸱example",
    "we closed the accounts @sunshine and @badname today",
    "the account called sunshine",
    "an account named “sunshine”",
    "Accounts: sunshine, badname",
    "x.com/sunshine",
    "Twitter user sunshine",
    "The handle is sunshine",
    "b a d n a m e",
    "ba dname",
    "badn ame",
    "bad\nname94 badname",
    "https://x.com/\nbadname",
    "𝒷𝒶𝒹𝓃𝒶𝓂𝑒",
    "ｂａｄｎａｍｅ",
    "b̶a̶d̶n̶a̶m̶e̶",
    "ʙᴀᴅɴᴀᴍᴇ",
    "badn\u0430me",
    "b\u0430dn\u0430me",
    "badname.",
    "(badname)",
    "“badname”",
    "badname, encore",
    "b🅰️dname",
    "🅱adname",
    "bad🔥name",
    "#badname",
    "emandab à l’envers",
    "%62%61%64name",
    "b&#97;dname",
    "\\u0062adname",
    "B comme Bernard, A comme Alice, D comme Daniel, N comme Nathalie, A comme Alice, M comme Marc, E comme Emile",
    "bravo alpha delta november alpha mike echo",
    "call 07700 900123",
    "+44 7700 900123",
    "oh double seven zero zero nine double zero one two three",
    "Voir aussi ami.example, fermé",
    "(ami.example)",
    "ami.example/",
    "[lien](http://ami.example/a)",
    "<http://ami.example>",
    "www.ami.example.",
    "ami.example!",
    "@badname_ ",
    "twitter.com/badname?lang=fr",
    "mobile.twitter.com/badname",
    "x.com/@badname",
    "x.com/%40badname",
    "nitter: badname",
    "@ badname",
    "at badname",
    "arobase badname",
    "le @badname.",
    "RT @badname: salut",
    "@badname;@papillon",
    "vk.com/id123456789",
    "le profil VK 123456789",
    "Le Tumblr nuages-gris publie encore.",
    "The redditor Quiet Otter 91 is back.",
)
LAWFUL = (
    "Réf. dossier 123456789-B, déposé hier.",
    "facture n° 123456789 du 3 mars",
    "des nuages gris sur Tumblr et sur la Bretagne",
    "a quiet otter, 91 miles away",
    "IBAN DE44 5001 0517 0639 9804 17 du comité",
    "le dossier 06 39 98 04 17 22 est clos",
    "le dossier 12 06 39 98 04 17 est clos",
    "Merci à tous, appelez le 17, le 119, le 3018 ou le 3919.",
    "Rendez-vous sur service-public.fr ou https://www.internet-signalement.gouv.fr",
    "Un papillon dans le soleil, sunshine in the garden.",
    "mon-ami.example",
    "ami.example.org",
    "badname2 n’est pas badnam",
    "@badname2",
    "@mon_badname_officiel",
    "x.com/badname2",
    "notami.example",
    "Écrivez à contact@orange.fr ou orange fr",
    "C’est bad. Example suivant.",
    "Ami, example de courage.",
    "Le 06 39 98 04 18",
    "référence 30639980417",
    "SIRET 063 998 041 70001",
    "n° 0639980417123",
    "art. 227-23 du code pénal, loi n° 2004-575 du 21 juin 2004",
    "1 200 internautes, 06/03/2026, 18h30",
    "Zoé, 7 ans, aime les papillons",
    "Zoe is a kind girl",
    "Kevin Dupont 2 rue des Lilas",
    "the sunshine account of the story",
    "Il a un bon ami. Exemple : Paul.",
    "my ami.exampleville",
    "Le soleil sur X marque l’endroit",
    "Votre compte papillon-ligne",
    "canal rose et bleu",
    "jolie poupée",
    "Jolie poupée, 77 ans",
    "l’orange mécanique",
    "orange mécanique exemple",
    "sunshine@mail.test",
    "Nos comptes : Facebook, Instagram et X",
    "Nos comptes officiels sont vérifiés.",
    "Thanks for the sunshine on Twitter today!",
    "papillon de nuit sur Facebook",
    "faire du bad name dropping",
    "Bad names are not allowed",
    "un bad example de plus",
    "a bad example of it",
    "Such a bad, example-driven talk",
    "nous sommes le soleil de vos comptes",
    "https://www.youtube.com/watch?v=dQw4w9WgXcR",
    "https://discord.gg/XyZ12abR",
    "secret@courriel.example.org",
    "lola@courriel.test",
    "Compte rendu du soleil",
    "le profil de soleil couchant",
    "utilisateurs, papillon et compagnie",
)


@pytest.mark.parametrize("passage", NAMED)
def test_what_names_something_is_found_and_leaves_the_safe_version(passage: str) -> None:
    review = ask(f"Bonjour à tous. {passage} Merci de votre aide, ne partagez rien.")
    assert review.findings
    assert not ask(review.safe).findings
    assert review.safe.startswith("Bonjour à tous")
    assert "partagez rien." in review.safe


@pytest.mark.parametrize("passage", LAWFUL)
def test_what_names_nothing_is_left_as_it_is(passage: str) -> None:
    draft = f"Bonjour à tous. {passage} Merci de votre aide."
    review = ask(draft)
    assert review.clean
    assert review.safe == draft


def test_a_passage_is_taken_whole() -> None:
    assert found("Voir https://www.bad.example/galerie?id=4&x=1#haut, merci.") == [
        "https://www.bad.example/galerie?id=4&x=1#haut"
    ]
    assert found("Le compte @badname, oui.") == ["@badname"]
    assert found("(twitter.com/badname)") == ["twitter.com/badname"]


def test_each_finding_says_why_how_sure_and_whether_it_is_live() -> None:
    sure = only("N’allez pas voir @badname.")
    assert sure.sure is Sure.CERTAIN
    assert {"guard.names-account", "guard.at", "guard.live-reported"} <= {one.code for one in sure.reasons}
    likely = only("On nous parle de badname depuis hier.")
    assert likely.sure is Sure.LIKELY
    assert likely.reasons[-1].code == "guard.likely"


def test_an_everyday_word_beside_account_is_weighed_and_blocks_nothing() -> None:
    review = ask("Le compte papillon est fermé depuis hier soir.")
    assert review.clean
    assert [one.reasons[0].code for one in review.doubts] == ["guard.maybe-a-word"]


def test_the_same_name_on_another_platform_is_weighed() -> None:
    review = ask("Le compte https://instagram.com/badname n’a rien à voir.")
    assert review.clean
    assert review.doubts[0].reasons[0].code == "guard.elsewhere"


def test_names_in_a_row_behind_a_word_for_accounts_are_names() -> None:
    assert found("Comptes fermés hier :\n- papillon\n- badname\n- soleil\nMerci à tous.") == [
        "papillon",
        "badname",
        "soleil",
    ]
    assert found("Comptes fermés hier : papillon, machin, truc. Merci.") == ["papillon"]
    assert found("On ferme les comptes papillon et soleil ce soir.") == ["papillon", "soleil"]


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (Place.LINK, "guard.in-link"),
        (Place.PICTURE, "guard.in-picture"),
        (Place.ABOUT, "guard.in-about"),
        (Place.HIDDEN, "guard.in-hidden"),
    ],
)
def test_what_nobody_sees_counts_the_same_with_its_place_said(place: Place, code: str) -> None:
    text = "https://bad.example/x"
    part = Part(text, place, range(len(text)), range(1, len(text) + 1))
    (one,) = ask(Draft(Form.HTML, text, (part,))).findings
    assert one.place is place
    assert code in {said.code for said in one.reasons}
