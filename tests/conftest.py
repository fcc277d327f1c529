"""One real PostgreSQL for the run, its roles, and the house as each face sees it."""

from __future__ import annotations

import importlib
import os
import shutil
import tempfile
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from xdist.scheduler.loadfile import LoadFileScheduling

# The environment stands before Django's settings are read: a data folder of this run's own, and nobody else's.
DATA = Path(tempfile.mkdtemp(prefix="fanal-tests-"))
EXAMPLES = Path(__file__).parents[1] / "examples"
for name in [name for name in os.environ if name.startswith("FANAL_")] + ["DATABASE_URL"]:
    os.environ.pop(name, None)
os.environ["FANAL_DATA"] = str(DATA)
os.environ["FANAL_MODE"] = "demo"
os.environ["FANAL_DIRECTORY"] = str(EXAMPLES / "directory.toml") if (EXAMPLES / "directory.toml").exists() else ""
os.environ["FANAL_SENDER"] = "Fanal, essai"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright runs a loop of its own in browser tests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client
    from xdist.remote import Producer

    from fanal.site.postgres import Cluster


def pytest_configure(config: pytest.Config) -> None:
    """Make keys before Django's settings ask for them.

    A process that only hands tests out to others leaves Django alone: what it set up, they would take for their own.
    """
    if getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput"):
        return
    os.environ["DJANGO_SETTINGS_MODULE"] = "fanal.site.settings.test"
    import django

    from fanal.site import env, setup

    here = env.read(os.environ)
    setup.folders(here)
    setup.make_keys(here, say=lambda _: None)
    django.setup()

    from django.contrib.auth.hashers import Argon2PasswordHasher as Slow

    # Slow on purpose: a sixth of a second for each of the cast. The same here, at the least that it takes.
    Slow.time_cost, Slow.memory_cost, Slow.parallelism = 1, 8, 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show the tables that tests gave as their property `table`: figures that a person wants to read in any case."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, said in report.user_properties:
                if name == "table":
                    terminalreporter.write_line(str(said))


# What takes longest is begun first, so that the workers end together; and what stands in one house stays with it.
LONGEST = (
    "tests/journeys/test_killed.py",
    "tests/journeys/",
    "tests/browser/test_desk.py",
    "tests/operations/test_whole_house.py",
    "tests/browser/",
    "tests/faces/api/",
)
ONE_HOUSE = "tests/journeys/"


def _place(nodeid: str) -> int:
    return next((place for place, start in enumerate(LONGEST) if nodeid.startswith(start)), len(LONGEST))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: _place(item.nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """Hand out whole files in that order, and all that goes through the journeys' house to one worker."""
    if config.option.dist != "loadfile":
        return None
    config.option.loadscopereorder = False  # it would begin with the files of the most tests: the quickest
    return ByHouse(config, log)


class ByHouse(LoadFileScheduling):
    def _split_scope(self, nodeid: str) -> str:
        alone = _place(nodeid) != LONGEST.index(ONE_HOUSE)
        return super()._split_scope(nodeid) if alone else ONE_HOUSE


def pytest_unconfigure() -> None:
    shutil.rmtree(DATA, ignore_errors=True)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    from fanal.site import roles
    from fanal.site.postgres import Cluster

    here = Cluster(DATA / "postgres", data=DATA, durable=False)
    here.start()
    roles.create(here.url(database="postgres"))
    yield here
    here.stop()


@pytest.fixture(scope="session")
def django_db_setup(cluster: Cluster, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Migrate as the owner, so that tables and functions are the owner's, as they are in the house."""
    from django.core.management import call_command
    from django.db import connection

    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE fanal_owner")
        call_command("migrate", verbosity=0, interactive=False)
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
        connection.close()
    yield
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture(scope="session", autouse=True)
def _truncate_in_spite_of_the_laws() -> None:
    """Clean up after tests that commit: append-only tables refuse it to everyone but a superuser who says so."""
    from django.db import connection
    from django.test import TransactionTestCase

    def clean(_: object) -> None:
        connection.rollback() if connection.in_atomic_block else None
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
            cursor.execute("SET session_replication_role = replica")
            kept = ("django_migrations", "django_content_type", "auth_permission")
            names = sorted({*connection.introspection.table_names(cursor), "vault_sealed"} - {*kept})
            # Emptying all takes a fifth of a second, most of it for tables in which nothing stands.
            cursor.execute(" UNION ALL ".join(f"(SELECT '{name}' FROM \"{name}\" LIMIT 1)" for name in names))
            if tables := ", ".join(f'"{name}"' for (name,) in cursor.fetchall()):
                cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
            cursor.execute("SET session_replication_role = DEFAULT")

    TransactionTestCase._fixture_teardown = clean


@pytest.fixture
def as_role(db: None) -> Callable[[str], AbstractContextManager[None]]:
    """Act with the rights of one database role, as that role's process would."""
    from django.db import connection

    @contextmanager
    def role(name: str) -> Iterator[None]:
        with connection.cursor() as cursor:
            cursor.execute(f'SET ROLE "{name}"')
        try:
            yield
        finally:
            if not connection.needs_rollback:
                with connection.cursor() as cursor:
                    cursor.execute("RESET ROLE")

    return role


def face(name: str, settings: object) -> None:
    """Put the settings of one face over the test's."""
    module = importlib.import_module(f"fanal.site.settings.{name}")
    kept = {"DATABASES", "INSTALLED_APPS", "STORAGES", "STATIC_ROOT", "LOGGING", "ALLOWED_HOSTS", "FANAL_WORLD"}
    for setting in dir(module):
        if setting.isupper() and setting not in kept and setting != "ENV":
            setattr(settings, setting, getattr(module, setting))


@pytest.fixture
def portal_client(
    db: None, settings: object, as_role: Callable[[str], AbstractContextManager[None]]
) -> Iterator[Client]:
    """The public portal, with the rights of the portal's role and CSRF as in the open."""
    from django.test import Client

    face("portal", settings)
    with as_role("fanal_portal"):
        yield Client(enforce_csrf_checks=False)


@pytest.fixture
def api_client(db: None, settings: object, as_role: Callable[[str], AbstractContextManager[None]]) -> Iterator[Client]:
    """The API, with the rights of the API's role."""
    from django.test import Client

    face("api", settings)
    with as_role("fanal_api"):
        yield Client()


@pytest.fixture
def desk_client(db: None, settings: object, as_role: Callable[[str], AbstractContextManager[None]]) -> Iterator[Client]:
    """The desk, with the rights of the desk's role; nobody is logged in."""
    from django.test import Client

    face("desk", settings)
    with as_role("fanal_desk"):
        yield Client()


@pytest.fixture
def api_key(db: None) -> str:
    """A machine's key with every right."""
    from fanal.core.rights import KeyRight
    from fanal.staff import secrets
    from fanal.staff.models import ApiKey

    secret = secrets.new_key()
    ApiKey.objects.create(
        name="partner.example",
        owner="Partner, invented",
        key_digest=secrets.digest(secret),
        rights=[right.value for right in KeyRight],
        per_minute=100_000,
    )
    return secret
