"""Writes 1-crowd.ndjson: about 500 invented reports of one account within an hour, a burst of copies among them.

Run it from anywhere (`python examples/replay/make_crowd.py`); the same seed gives the same bytes.
"""
# ruff: noqa: INP001 - an example that is run by itself

from __future__ import annotations

import json
import random
from pathlib import Path

TYPED = (
    ("@fanaldemo_77@reseau.example", "Mastodon"),
    ("@FanalDemo_77@reseau.example", ""),
    ("https://reseau.example/@fanaldemo_77", ""),
    ("hxxps://reseau[.]example/@FanalDemo_77", "mastodon"),
    ("reseau.example/@fanaldemo_77", ""),
)
COPIED = (
    "Ce compte menace des lycéens et appelle à les attendre à la sortie. Signalez-le tous, copiez ce message. "
    "Il donne un contact dans sa présentation : corbeau77@poste.example"
)
WORDS = {
    "fr": (
        (
            "Ce compte menace une élève depuis hier soir.",
            "Il publie des menaces contre des lycéens, avec le nom de la rue.",
            "Des menaces répétées, visibles par tout le monde.",
            "Il vise une famille à cause de son origine.",
            "Je suis tombée sur ces messages en suivant un mot-dièse local.",
            "Mon fils a reçu ces menaces et n’ose plus sortir.",
        ),
        (
            "Cela dure depuis ce matin.",
            "Plusieurs personnes l’ont déjà vu.",
            "Le message a été effacé, puis remis.",
            "Il change de photo mais garde le même nom.",
            "La présentation donne un contact : corbeau77@poste.example",
            "Je ne connais pas la personne visée.",
            "",
        ),
        ("", "Dans le fil public", "En réponse à un message", "Dans un groupe de classe"),
    ),
    "en": (
        (
            "This account threatens pupils of a school near here.",
            "Threats against a family because of where they come from.",
            "Someone shared this in our class group. It is frightening.",
            "He names a street and says he will be waiting there.",
        ),
        (
            "It was posted again after it had gone.",
            "I do not know who is behind it.",
            "The profile gives a contact: corbeau77@poste.example",
            "",
        ),
        ("", "On the public timeline", "In a reply"),
    ),
}
COPIES = 150
BURST = (1200, 1500)  # seconds: minutes 20 to 25
SHARE = (("portal", 60), ("api", 40), ("batch", 400))


def lines() -> list[dict[str, object]]:
    """Make the hour: arrivals thicken towards the twenty-fifth minute, and the copies come in one burst."""
    chance = random.Random(77)  # noqa: S311 invented examples, not secrets
    vias = [via for via, count in SHARE for _ in range(count)]
    chance.shuffle(vias)
    copies = [(chance.randrange(*BURST), True) for _ in range(COPIES)]
    others = [(min(3599, max(0, int(chance.gauss(1500, 800)))), False) for _ in vias[COPIES:]]
    made: list[dict[str, object]] = []
    for (second, copied), via in zip(sorted(copies + others), vias, strict=True):
        typed, platform = chance.choice(TYPED)
        language = "fr" if copied else chance.choices(("fr", "en"), (4, 1))[0]
        openings, details, seen = WORDS[language]
        comment = COPIED if copied else f"{chance.choice(openings)} {chance.choice(details)}".strip()
        report: dict[str, object] = {
            "items": [{"typed": typed, "platform": platform}],
            "category": chance.choices(("threats", "hate", "harassment"), (7, 2, 1))[0],
            "comment": comment,
            "seen_where": "" if copied else chance.choice(seen),
            "language": language,
        }
        made.append({"at": _clock(second), "via": via, "report": report})
    return made


def _clock(second: int) -> str:
    return f"+{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"


if __name__ == "__main__":
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines())
    Path(__file__).with_name("1-crowd.ndjson").write_text(text, encoding="utf-8")
