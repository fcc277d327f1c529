"""Texts that are ready to publish: thanks, warnings and corrections that name nobody, and what to avoid in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fanal.core.text import Text

if TYPE_CHECKING:
    from fanal.core.catalogue import Kit


@dataclass(frozen=True, slots=True)
class Avoid:
    """Something that is often said in that situation, and why it should not be."""

    words: Text
    why: Text


@dataclass(frozen=True, slots=True)
class Ready:
    """One situation: when it is met, what to say, and what not."""

    id: str
    when: Text
    say: Text
    avoid: tuple[Avoid, ...]


def ready(kit: Kit) -> tuple[Ready, ...]:
    """List the texts, each with whom to call where somebody may be in danger (from the law's file)."""
    return tuple(
        Ready(
            one.id,
            one.when,
            Text(en=one.say.en.replace(CALL, kit.call.en), fr=one.say.fr.replace(CALL, kit.call.fr)),
            one.avoid,
        )
        for one in _TEXTS
    )


CALL: Final = "{call}"

_TEXTS: Final = (
    Ready(
        "on-it",
        Text(en="Many people write about the same thing", fr="Beaucoup de gens écrivent sur la même chose"),
        Text(
            en="We have your reports and are looking into them. No more are needed about the same thing. Please share "
            "no name, no address and no screenshot: that makes them known and can hurt the victims. {call}",
            fr="Nous avons reçu vos signalements et nous les examinons. Il n’est pas utile d’en envoyer d’autres sur "
            "le même sujet. Ne partagez ni nom, ni adresse, ni capture\u00a0: cela les fait connaître et peut blesser "
            "les victimes. {call}",
        ),
        (
            Avoid(
                Text(en="These accounts are well known to us.", fr="Ces comptes sont bien connus de nos services."),
                Text(
                    en="It tells whoever holds them that somebody is looking.",
                    fr="C’est dire à qui les tient que quelqu’un regarde.",
                ),
            ),
            Avoid(
                Text(en="All of it will be gone tonight.", fr="Tout sera supprimé ce soir."),
                Text(
                    en="A promise with a date can hinder an inquiry, and others decide on removal.",
                    fr="Une promesse datée peut gêner une enquête, et le retrait dépend d’autres que nous.",
                ),
            ),
        ),
    ),
    Ready(
        "thanks",
        Text(en="Thanks after a wave of reports", fr="Remercier après une vague de signalements"),
        Text(
            en="Thank you to everybody who alerted us. What you reported is read by people and passed on to those who "
            "can act. One report is enough: a hundred do not make it faster. Do not go back to look, and leave the "
            "rest to us. {call}",
            fr="Merci à toutes les personnes qui nous ont alertés. Ce que vous avez signalé est lu par des personnes "
            "et transmis à qui peut agir. Un signalement suffit\u00a0: en envoyer cent ne va pas plus vite. N’y "
            "retournez pas, et laissez-nous faire. {call}",
        ),
        (
            Avoid(
                Text(
                    en="Thanks to the 1,200 people who reported these accounts:",
                    fr="Merci aux 1\u202f200 personnes qui ont signalé ces comptes\u00a0:",
                ),
                Text(
                    en="A figure makes curious, and the list that follows sends everybody there.",
                    fr="Un chiffre rend curieux, et la liste qui suit y envoie tout le monde.",
                ),
            ),
            Avoid(
                Text(en="Well done for trapping them.", fr="Bravo de les avoir piégés."),
                Text(
                    en="It calls for more hunting, which spoils inquiries and puts people in danger.",
                    fr="C’est appeler à la chasse, qui gâche des enquêtes et met des gens en danger.",
                ),
            ),
        ),
    ),
    Ready(
        "scam",
        Text(en="Warn about a scam", fr="Mettre en garde contre une escroquerie"),
        Text(
            en="A scam is going round: a message speaks of a parcel, a refund or a fine, asks you to follow a link "
            "and to pay. Do not open the link; give no code and no card number. If you have paid, call your bank now. "
            "Report the address to us, and do not publish it.",
            fr="Une escroquerie circule\u00a0: un message parle d’un colis, d’un remboursement ou d’une amende, "
            "demande de suivre un lien, puis de payer. N’ouvrez pas le lien, ne donnez ni code ni numéro de carte. Si "
            "vous avez payé, appelez votre banque tout de suite. Signalez-nous l’adresse, sans la publier.",
        ),
        (
            Avoid(
                Text(
                    en="Do not go to: … (the address, even cut or with spaces)",
                    fr="N’allez pas sur\u00a0: … (l’adresse, même coupée ou avec des espaces)",
                ),
                Text(
                    en="Anybody puts it together again. A screenshot of the message shows it too.",
                    fr="Chacun la recompose. Une capture du message la montre aussi.",
                ),
            ),
            Avoid(
                Text(en="The false site of … (a company)", fr="Le faux site de … (une entreprise)"),
                Text(
                    en="The company is a victim too, and its name makes the false site easier to find.",
                    fr="L’entreprise est victime elle aussi, et son nom aide à trouver le faux site.",
                ),
            ),
        ),
    ),
    Ready(
        "account",
        Text(en="Warn about an account", fr="Mettre en garde contre un compte"),
        Text(
            en="An account was reported to us for messages sent to minors. It is being looked into. Parents: ask your "
            "child, without reproach, whether a stranger wrote. Do not answer, do not threaten, keep the messages. "
            "Seen something? Report it once, on our page. {call}",
            fr="Un compte nous a été signalé pour des messages envoyés à des mineurs. Il est examiné. Parents\u00a0: "
            "demandez à votre enfant, sans reproche, si un inconnu lui a écrit. Ne répondez pas, ne menacez pas, "
            "gardez les messages. Vous avez vu quelque chose\u202f? Signalez-le une fois, sur notre page. {call}",
        ),
        (
            Avoid(
                Text(en="Beware of @…", fr="Méfiez-vous de @…"),
                Text(
                    en="The name is one click from the messages, and the account will only change it.",
                    fr="Le nom est à un clic des messages, et le compte n’aura qu’à en changer.",
                ),
            ),
            Avoid(
                Text(en="The predator of … (a town)", fr="Le prédateur de … (une ville)"),
                Text(
                    en="Nobody has been judged, and neighbours will go after somebody.",
                    fr="Personne n’est jugé, et des voisins s’en prendront à quelqu’un.",
                ),
            ),
        ),
    ),
    Ready(
        "video",
        Text(en="Warn about a video that circulates", fr="Mettre en garde contre une vidéo qui circule"),
        Text(
            en="A violent video is going round. Do not watch it and do not share it, not even blurred, not even to "
            "denounce it: to spread it may be an offence, and the person in it suffers again each time. If it "
            "appears, report it to the platform and move on. Switch off automatic play. If it shocked you, talk to "
            "somebody. {call}",
            fr="Une vidéo violente circule. Ne la regardez pas, ne la partagez pas, même floutée, même pour la "
            "dénoncer\u00a0: la diffuser peut être une infraction, et la personne filmée la subit de nouveau à chaque "
            "fois. Si elle s’affiche, signalez-la à la plateforme et passez. Coupez la lecture automatique. Si elle "
            "vous a choqué, parlez-en à quelqu’un. {call}",
        ),
        (
            Avoid(
                Text(en="Do not search for “…”", fr="Ne cherchez pas «\u202f…\u202f»"),
                Text(en="It says what to search for.", fr="C’est dire quoi chercher."),
            ),
            Avoid(
                Text(
                    en="The video of … (the place, the day, what is seen)",
                    fr="La vidéo de … (le lieu, le jour, ce qu’on y voit)",
                ),
                Text(
                    en="These words lead to it, and whoever is in it recognises themselves.",
                    fr="Ces mots y mènent, et la personne filmée s’y reconnaît.",
                ),
            ),
        ),
    ),
    Ready(
        "removed",
        Text(en="A removal was obtained", fr="Un retrait a été obtenu"),
        Text(
            en="What you reported is no longer online where it stood. It may come back: if you see it again, report "
            "the new address to us, and do not publish it. The case goes on with the competent authorities. Thank you "
            "for reporting without sharing.",
            fr="Ce que vous avez signalé n’est plus en ligne là où il se trouvait. Il peut revenir\u00a0: si vous le "
            "revoyez, signalez-nous la nouvelle adresse, sans la publier. Le dossier se poursuit avec les autorités "
            "compétentes. Merci d’avoir signalé sans partager.",
        ),
        (
            Avoid(
                Text(en="The criminal’s account was deleted.", fr="Le compte du criminel a été supprimé."),
                Text(
                    en="A court alone says that somebody is guilty.",
                    fr="Seul un tribunal dit que quelqu’un est coupable.",
                ),
            ),
            Avoid(
                Text(en="They have moved to … (another platform)", fr="Ils sont passés sur … (une autre plateforme)"),
                Text(en="It says where to find them.", fr="C’est dire où les trouver."),
            ),
        ),
    ),
    Ready(
        "correction",
        Text(en="Somebody was accused by mistake", fr="Une personne a été accusée à tort"),
        Text(
            en="A person is being accused by mistake in messages that go round. That person has no part in what we "
            "look into. Whoever shared these messages is asked to take them down and to repeat no name. To accuse "
            "somebody in public can ruin a life, and can be punished by law.",
            fr="Une personne est désignée à tort dans des messages qui circulent. Elle n’a aucune part dans ce que "
            "nous examinons. Nous demandons à qui a partagé ces messages de les retirer et de ne plus citer de nom. "
            "Désigner quelqu’un en public peut détruire une vie, et peut être puni par la loi.",
        ),
        (
            Avoid(
                Text(en="… (the name) is innocent.", fr="… (le nom) est innocent."),
                Text(
                    en="It tells the name to all who had not read it. Ask the person before naming anybody.",
                    fr="C’est donner le nom à ceux qui ne l’avaient pas lu. Demandez à la personne avant de la nommer.",
                ),
            ),
            Avoid(
                Text(en="Nothing was found against them so far.", fr="Rien n’a été retenu pour l’instant."),
                Text(
                    en="“So far” leaves the accusation standing.",
                    fr="«\u202fPour l’instant\u202f» laisse l’accusation en suspens.",
                ),
            ),
        ),
    ),
)
