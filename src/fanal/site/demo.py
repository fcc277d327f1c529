"""Fills a demonstration: invented staff, a key, then the episodes played once through the real doors over HTTP."""

from __future__ import annotations

import base64
import hmac
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from fanal.core.errors import Broken, FanalError, Refused
from fanal.core.reasons import reason
from fanal.site import env as environment
from fanal.site import replay
from fanal.site.children import leashed

if TYPE_CHECKING:
    from fanal.site.env import Env

Say = Callable[[str], None]

EPISODES: Final = Path(__file__).parents[3] / "examples" / "replay"
STAFF: Final = (
    ("camille.roche", "analyst", "fr"),
    ("idris.benali", "analyst", "fr"),
    ("nora.lind", "analyst", "en"),
    ("tomas.quer", "analyst", "fr"),
    ("ana.moreau", "supervisor", "fr"),
    ("pavel.simon", "auditor", "en"),
    ("lea.garnier", "press", "fr"),
)
FIRST_NO: Final = ("nora.lind", "tomas.quer")  # who say the first “no”: the case needs others when it is opened again
KEY: Final = ("demo.example", ("report", "batch", "status", "guard"), "6000")
TOTP_STEP: Final = 30  # RFC 6238, section 4.1

ONLY_DEMO = reason(
    "demo.mode",
    en="Invented cases are played in demo mode only.",
    fr="Les dossiers inventés ne se jouent qu’en mode démonstration.",
)
NO_EPISODES = reason(
    "demo.no-episodes",
    en="The folder examples/replay is not here: a demonstration runs from a copy of the project.",
    fr="Le dossier examples/replay n’est pas là : une démonstration se lance depuis une copie du projet.",
)
NO_DECISION = reason(
    "demo.no-decision",
    en="The demonstration’s analysts could not decide a case: see the lines above.",
    fr="Les analystes de la démonstration n’ont pas pu se prononcer : voyez les lignes ci-dessus.",
)
FORGOTTEN = reason(
    "demo.forgotten",
    en="This data folder has demonstration staff, but the file demo.json with their passwords is gone. Start on "
    "another folder, or add staff with the command staff_add.",
    fr="Ce dossier contient les comptes de la démonstration, mais le fichier demo.json de leurs mots de passe manque. "
    "Partez d’un autre dossier, ou ajoutez un compte avec la commande staff_add.",
)


class Diary:
    """What this demonstration did so far: a file in the data folder, so that a second start repeats nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        self.said.setdefault("played", {})

    def note(self) -> None:
        """Write it whole or not at all, for its owner only."""
        draft = self._path.with_suffix(".new")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(self.said, file, ensure_ascii=False)
        draft.replace(self._path)


def start(env: Env, *, say: Say | None = None) -> None:
    """Make staff and key where they are missing, play what was not played yet, say where to go and who may enter.

    Runs beside `fanal up`, as the owner, once the faces are well. Outside demo mode it does nothing but say so; a
    failure is said too, not raised, since the house itself goes on.
    """
    tell = say or _say
    try:
        _start(env, tell)
    except FanalError as failure:
        tell(f"demo: {failure.reason.text.en}")


def totp(secret: str, at: float) -> str:
    """Give the six digits that an authenticator shows at `at` (seconds since 1970) for a base32 secret (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, (int(at) // TOTP_STEP).to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 0xF
    return f"{(int.from_bytes(digest[offset : offset + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def _start(env: Env, say: Say) -> None:
    if env.mode != "demo":
        raise Refused(ONLY_DEMO)
    if not EPISODES.is_dir():
        raise Broken(NO_EPISODES)
    diary = Diary(env.data / "demo.json")
    if "staff" not in diary.said:
        diary.said |= _people_and_key()
        diary.note()
    _accounts(env, diary.said, say)
    host = "[::1]" if ":" in env.bind else "127.0.0.1"
    doors = replay.Doors(
        portal=f"http://{host}:{env.portal_port}", api=f"http://{host}:{env.api_port}", key=diary.said["key"]
    )
    for path in sorted(EPISODES.glob("*.ndjson")):
        _episode(env, path, doors, diary, say)
    say("demo: the episodes were sent; the desk shows a case once the worker has read its reports")


def _people_and_key() -> dict[str, Any]:
    import django  # noqa: PLC0415 - the faults of the settings are told first

    django.setup()
    from django.core.management import CommandError, call_command  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    def made(*command: str) -> dict[str, str]:
        out = io.StringIO()
        call_command(*command, "--json", stdout=out)
        return dict(json.loads(out.getvalue()))

    name, rights, per_minute = KEY
    asked = [word for right in rights for word in ("--right", right)]
    try:
        with transaction.atomic():
            staff = [made("staff_add", who, role, "--language", language) for who, role, language in STAFF]
            key = made("key_add", name, "--owner", "Demonstration", "--per-minute", per_minute, *asked)
    except CommandError:
        raise Refused(FORGOTTEN) from None
    return {"staff": staff, "key": key["secret"]}


def _episode(env: Env, path: Path, doors: replay.Doors, diary: Diary, say: Say) -> None:
    """Play one episode from where it stopped; note each report, so that no start sends it again."""
    steps = replay.read(path)
    done = diary.said["played"].get(path.stem, {"steps": 0, "code": ""})
    if done["steps"] >= len(steps):
        return
    say(f"demo: playing {path.stem} ({len(steps) - done['steps']} of {len(steps)} steps)")
    by_username = {one["username"]: one["code"] for one in diary.said["staff"]}

    def decide(decision: Mapping[str, object], code: str) -> None:
        _decide(env, {**decision, "code": code, "people": [by_username[who] for who in FIRST_NO]})

    for receipt in replay.play(steps[done["steps"] :], doors, decide=decide, last=done["code"]):
        done = {"steps": done["steps"] + 1, "code": receipt.code}
        diary.said["played"][path.stem] = done
        diary.note()


def _decide(env: Env, decision: Mapping[str, object]) -> None:
    """Let two demonstration analysts decide, in a process with the desk's settings and the desk's rights."""
    done = subprocess.run(  # noqa: S603 - our own program
        leashed((sys.executable, "-m", "fanal.site.demo_desk")),
        input=json.dumps(decision).encode(),
        env=_as_desk(env) | {"DJANGO_SETTINGS_MODULE": "fanal.site.settings.desk"},
        check=False,
    )
    if done.returncode:
        raise Refused(NO_DECISION)


def _as_desk(env: Env) -> dict[str, str]:
    """Give the environment of a desk process; beside `fanal up` we hold the owner's login and ask for the desk's."""
    if env.role_url:
        secret = environment.secret_file(env, "fanal_desk")
        password = secret.read_text(encoding="ascii").strip() if secret.exists() else ""
        database = urlsplit(env.role_url).path.lstrip("/")
        url = environment.log_in(env.role_url, user="fanal_desk", password=password, database=database)
        env = replace(env, role_url=url)
    return environment.environ_for(env, "fanal_desk")


def _accounts(env: Env, said: Mapping[str, Any], say: Say) -> None:
    say("demo: invented staff, who enter the desk with a password and the six digits of an authenticator")
    say(f"  {'login':14} {'role':11} {'code':5} {'password':31} {'TOTP secret':33} digits now")
    for one in said["staff"]:
        columns = ((one["username"], 14), (one["role"], 11), (one["code"], 5), (one["password"], 31))
        shown = " ".join(f"{text:{width}}" for text, width in (*columns, (one["totp_secret"], 33)))
        say(f"  {shown} {totp(one['totp_secret'], time.time())}")
    say(f"  digits change every {TOTP_STEP} seconds; these accounts stand in {env.data / 'demo.json'} too")
    say(f"  API key for http://localhost:{env.api_port}/api/v1/reports: {said['key']}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
