"""The page of public figures, whole in one file: its own styles, no script, no font or picture from elsewhere."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from fanal.core.text import Text

if TYPE_CHECKING:
    from datetime import date, datetime

    from fanal.core.guard.clearance import PublicFigures

NB: Final = "\u00a0"
HEIGHT, WIDTH, LEFT, FOOT = 160, 352, 42, 180  # of the drawing, in its own units
YEAR: Final = 12


def html(public: PublicFigures, *, language: str, at: datetime) -> str:
    """Give the page in `language` ("en" or "fr"), as published at `at`."""

    def say(text: Text) -> str:
        return escape(text.speak(language))

    def one(text: Text, shown: Text) -> str:
        return f"<div><dt>{say(text)}</dt><dd>{say(shown)}</dd></div>"

    period = _period(public.first_on, public.last_on, language)
    body = [
        "<header>",
        f'<p class="soft">{escape(period)}</p>' if period else "",
        f"<h1>{say(_TITLE)}</h1>",
        f'<p class="lede">{say(_LEDE)}</p>',
        "</header>",
        "<dl>",
        *(one(count.label, count.shown.text) for count in public.counts),
        "</dl>",
        _months(public, language) if public.months else "",
        f"<section><h2>{say(_TIMES)}</h2><p>{say(_HALF)}</p><dl>",
        *(one(median.label, median.text) for median in public.medians),
        "</dl></section>",
        f"<section><h2>{say(_AGAIN)}</h2><p>{say(_HOW)}</p>",
        f'<p><a href="figures.csv">{say(_CSV)}</a> · <a href="figures.json">{say(_JSON)}</a></p></section>',
    ]
    foot = say(_PUBLISHED).format(on=escape(_day(at.date(), language)))
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{language}">',
            '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">',
            f"<title>{say(_TITLE)}</title>",
            f"<style>{_STYLE}</style></head>",
            "<body><main>",
            *(line for line in body if line),
            f'<footer><p class="soft">{foot} {say(_GOOD_FAITH)}</p></footer>',
            "</main></body></html>",
            "",
        ]
    )


def _months(public: PublicFigures, language: str) -> str:
    """Draw the reports of the last twelve months, and set all of them as a table. A hidden count has no bar."""
    last = public.months[-YEAR:]
    most = max((month.shown.value or 0 for month in last), default=0)
    step = WIDTH / len(last)
    bars = []
    for place, month in enumerate(last):
        height = HEIGHT * (month.shown.value or 0) / (most or 1)
        left = LEFT + place * step
        bars.append(
            f'<rect x="{left + step * 0.16:.1f}" y="{FOOT - height:.1f}" '
            f'width="{step * 0.68:.1f}" height="{height:.1f}"/>'
            f'<text x="{left + step / 2:.1f}" y="199" text-anchor="middle">'
            f"{escape(_MONTHS[language][month.month - 1][0].upper())}</text>"
        )
    rows = "".join(
        f'<tr><th scope="row">{escape(_month(month.year, month.month, language))}</th>'
        f"<td>{escape(month.shown.text.speak(language))}</td></tr>"
        for month in public.months
    )
    top = f'<text x="36" y="24" text-anchor="end">{most}</text>' if most else ""
    say = {name: escape(text.speak(language)) for name, text in _CHART.items()}
    return (
        f'<figure><figcaption><h2 id="months">{say["title"]}</h2><p>{say["note"]}</p></figcaption>'
        f'<svg viewBox="0 0 400 210" role="img" aria-labelledby="months"><path d="M{LEFT} {FOOT}H396"/>'
        f'<text x="36" y="184" text-anchor="end">0</text>{top}{"".join(bars)}</svg>'
        f"<details><summary>{say['table']}</summary><table><thead><tr>"
        f'<th scope="col">{say["month"]}</th><th scope="col">{say["received"]}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></details></figure>"
    )


def _period(first: date | None, last: date | None, language: str) -> str:
    if first is None or last is None:
        return ""
    return _PERIOD.speak(language).format(first=_day(first, language), last=_day(last, language))


def _day(on: date, language: str) -> str:
    number = "1er" if on.day == 1 and language == "fr" else str(on.day)
    return f"{number}{NB}{_month(on.year, on.month, language)}"


def _month(year: int, month: int, language: str) -> str:
    return f"{_MONTHS[language][month - 1]}{NB}{year}"


_MONTHS: Final = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
}

_TITLE = Text(en="What became of your reports", fr="Ce que vos signalements sont devenus")
_LEDE = Text(
    en="No address, no name, no word that leads to the content. A figure smaller than 5 is written “fewer than 5”. "
    "A report is not an offence: only a court decides that.",
    fr="Ni adresse, ni nom, ni mot qui mène au contenu. Un chiffre plus petit que 5 est écrit "
    "«\u202fmoins de 5\u202f». Un signalement n’est pas une infraction\u00a0: seule la justice en décide.",
)
_PERIOD = Text(en="Public figures, {first} to {last}", fr="Chiffres publics, du {first} au {last}")
_TIMES = Text(en="How long it takes", fr="Combien de temps cela prend")
_HALF = Text(en="Half of the time it went faster than this.", fr="La moitié du temps, ce fut plus rapide.")
_AGAIN = Text(en="Count again", fr="Refaire ces calculs")
_HOW = Text(
    en="The tables are free to use. They are counted from the record of events itself, so that the same days counted "
    "again give the same table.",
    fr="Les tableaux sont libres. Ils sont comptés sur le journal même des événements\u00a0: les mêmes jours recomptés "
    "donnent le même tableau.",
)
_CSV = Text(en="Tables (CSV)", fr="Tableaux (CSV)")
_JSON = Text(en="For machines (JSON)", fr="Pour les machines (JSON)")
_PUBLISHED = Text(en="Published on {on}.", fr="Publié le {on}.")
_GOOD_FAITH = Text(
    en="A report made in bad faith can be punished by law. A mistake made in good faith is not.",
    fr="Un signalement fait de mauvaise foi peut être puni par la loi. Se tromper de bonne foi ne l’est pas.",
)
_CHART: Final = {
    "title": Text(en="Reports received, month by month", fr="Signalements reçus, mois par mois"),
    "note": Text(
        en="Many reports of one thing say that many saw it, not that it is illegal.",
        fr="Beaucoup de signalements disent que beaucoup ont vu, non que c’est illégal.",
    ),
    "table": Text(en="The figures as a table", fr="Les chiffres en tableau"),
    "month": Text(en="Month", fr="Mois"),
    "received": Text(en="Received", fr="Reçus"),
}

# the tokens of the house's style sheet, and the few rules that this page needs
_STYLE: Final = """
:root{--paper:#f3f6f7;--panel:#fff;--ink:#10242c;--soft:#48606a;--line:#cbd6da;--act:#0b5365}
@media (prefers-color-scheme:dark){:root{--paper:#0a151a;--panel:#112128;--ink:#e4edef;--soft:#a2b7be;--line:#2b4049;
--act:#7fcbdc}}
*{box-sizing:border-box;margin:0}
body{background:var(--paper);color:var(--ink);
font:1.0625rem/1.5 "Atkinson Hyperlegible Next","Noto Sans",system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:2rem 1rem 3rem;display:grid;gap:2.5rem}
h1{font-size:clamp(1.625rem,1.35rem + 1.3vw,2.125rem);line-height:1.2;margin:.25rem 0 .75rem}
h2{font-size:1.25rem;line-height:1.3}
.soft,figcaption p,section>p{color:var(--soft)}
.lede{max-width:40rem}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:1px;margin:.75rem 1px 0}
dl div{background:var(--panel);box-shadow:0 0 0 1px var(--line);
padding:1rem;display:flex;flex-direction:column-reverse;justify-content:flex-end}
dd{font-size:1.5rem;font-weight:600}
dt{color:var(--soft);font-size:.9375rem}
figure{background:var(--panel);border:1px solid var(--line);padding:1rem}
svg{width:100%;max-width:40rem;height:auto;margin:.75rem 0}
svg rect{fill:var(--act)}
svg path{stroke:var(--line);fill:none}
svg text{fill:var(--soft);font-size:11px}
table{border-collapse:collapse;margin-top:.5rem}
th,td{text-align:start;padding:.25rem 1.5rem .25rem 0;border-bottom:1px solid var(--line);font-weight:inherit}
a{color:var(--act)}
summary,a{min-height:24px}
:focus-visible{outline:3px solid var(--ink);outline-offset:2px;box-shadow:0 0 0 5px #ffb728}
"""
