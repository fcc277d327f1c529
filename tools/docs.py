"""Write docs/generated from the code: settings, states, rights, events, connectors, platforms, catalogues, commands.

`make docs` writes the pages; a test makes them again and compares.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fanal import connectors, law
from fanal.core import events, lifecycle, rights
from fanal.core.crosscheck import compare
from fanal.core.harmonise.platforms import PLATFORMS
from fanal.core.report import TargetKind
from fanal.site import env
from fanal.site.cli import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fanal.core.catalogue import Catalogue, Penalty

FOLDER = Path(__file__).parents[1] / "docs" / "generated"
NOTE = "<!-- made by `make docs` from the code: change the code, not this page -->"


def pages() -> dict[str, str]:
    """Give every generated page by its file name."""
    catalogue = law.load()
    return {
        "settings.md": _settings(),
        "states.md": _states(),
        "rights.md": _rights(),
        "events.md": _events(),
        "clues.md": _clues(),
        "connectors.md": _connectors(),
        "platforms.md": _platforms(),
        f"law-{catalogue.jurisdiction}.md": _law(catalogue),
        "commands.md": _commands(),
    }


def _page(title: str, *lines: str) -> str:
    return "\n".join([f"# {title}", "", NOTE, "", *lines]).rstrip() + "\n"


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    body = ["| " + " | ".join(cell.replace("|", "\\|") or " " for cell in row) + " |" for row in rows]
    return ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head), *body]


def _settings() -> str:
    rows = [
        (f"`{one.name}`" + (f" or `{one.name}_FILE`" if one.secret else ""), one.default or "(empty)", one.meaning)
        for one in env.SETTINGS
    ]
    return _page(
        "Settings",
        "Every variable that Fanal reads. All faults are reported together when a process starts.",
        "",
        *_table(("variable", "default", "meaning"), rows),
    )


def _states() -> str:
    parts: list[str] = ["The tables of `core/lifecycle.py`: a step that is not drawn is refused.", ""]
    for name, table in lifecycle.MACHINES.items():
        parts += [f"## {name.capitalize()}", "", "```mermaid", lifecycle.mermaid(table), "```", ""]
    return _page("States", *parts)


def _rights() -> str:
    head = ("step", *(role.value for role in rights.Role))
    rows = [(step.value, *("yes" if rights.may(role, step) else "" for role in rights.Role)) for step in rights.Step]
    return _page(
        "Rights",
        "Who may take which step (`core/rights.py`). That two people are needed is said by the step itself.",
        "",
        *_table(head, rows),
    )


def _events() -> str:
    rows = [
        (f"`{event.value}`", events.MEANING[event], "a job follows" if event in events.FOLLOWED else "")
        for event in events.Event
    ]
    return _page(
        "Events",
        "Everything that can happen. Each is a row, a ledger entry and perhaps a job, in one transaction.",
        "",
        *_table(("event", "meaning", "then"), rows),
    )


def _clues() -> str:
    rows = [
        (f"`{one.name}`", one.strength.name.lower(), (one.find.__doc__ or "").strip(), one.sentence.en, one.sentence.fr)
        for one in compare.CLUES
    ]
    return _page(
        "Clues",
        "What ties a report to a case (`core/crosscheck/compare.py`). A strong clue joins by itself; one middling or "
        "two weak ones are proposed to a person; what is not strong never joins, however much there is. A value that "
        f"stands in more than {compare.COMMON} cases stops being a clue by itself. [How it works](../crosscheck.md).",
        "",
        *_table(("clue", "strength", "what it looks for", "the analyst reads", "l’analyste lit"), rows),
    )


def _connectors() -> str:
    rows = [
        (
            f"`{one.name}`",
            one.label.en,
            ", ".join(f"`{field}`" for field in sorted(one.needs)),
            "no" if one.only_demo_safe else "yes",
        )
        for one in connectors.discover().values()
    ]
    return _page(
        "Connectors",
        "The ways out. Each is off until `FANAL_CONNECTORS` names it; in a demonstration none reaches outside.",
        "",
        *_table(("name", "what it is", "what it may be told", "reaches outside"), rows),
    )


KINDS = {
    TargetKind.ACCOUNT: "accounts",
    TargetKind.POST: "posts",
    TargetKind.GROUP: "groups",
    TargetKind.INVITE: "invitations",
    TargetKind.URL: "share links",
}


def _platforms() -> str:
    rows = [
        (
            one.label,
            ", ".join(f"`{host}`" for host in (one.hosts or ("any server",))[:3])
            + (" …" if len(one.hosts) > 3 else ""),  # noqa: PLR2004
            ", ".join(word for kind, word in KINDS.items() if any(shape.kind is kind for shape in one.shapes)),
            "yes" if one.by_id else "",
            ", ".join(dict.fromkeys(KINDS[shape.kind] for shape in one.shapes if shape.born)),
            "full stops do not count" if one.ignored else "",
        )
        for one in sorted(PLATFORMS, key=lambda one: one.label.casefold())
    ]
    return _page(
        "Platforms",
        "What is read of an address, a name or an application's link on each (`core/harmonise/platforms/`). A share",
        "link is kept as it is: only the platform knows where it leads. A name can pass to somebody else; a stable",
        "number, where one is written, wins.",
        "",
        *_table(("platform", "hosts", "reads", "stable number", "id tells the time of", "names"), rows),
    )


def _penalty(penalty: Penalty | None) -> str:
    if penalty is None:
        return ""
    years = "life" if penalty.years >= 99 else f"{penalty.years} y" if penalty.years else ""  # noqa: PLR2004
    return ", ".join(part for part in (years, f"{penalty.fine_eur:,} €" if penalty.fine_eur else "") if part)


def _law(catalogue: Catalogue) -> str:
    rows = [
        (
            f"`{one.id}`",
            f"{one.law} {one.article}",
            one.title.en,
            one.family,
            _penalty(one.max_penalty or one.base_penalty),
            str(len(one.elements)) if one.written() else "not written yet",
            one.verified,
        )
        for one in catalogue.offences
    ]
    return _page(
        f"Catalogue: {catalogue.jurisdiction}",
        f"{len(rows)} offences; `law/README.md` says how to read and propose one. Not legal advice.",
        "",
        *_table(("id", "article", "title", "family", "maximum", "elements", "checked against"), rows),
    )


def _commands() -> str:
    rows = [(f"`fanal {name}`", summary) for name, summary in COMMANDS.items()]
    return _page("Commands", "`fanal COMMAND --help` tells more.", "", *_table(("command", "what it does"), rows))


def main() -> int:
    """Write the pages that changed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(f"docs/generated/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
