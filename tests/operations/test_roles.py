from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from fanal.core.errors import Broken
from fanal.site import env, roles
from fanal.site.postgres import Cluster

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    here = Cluster(tmp_path_factory.mktemp("roles") / "data" / "postgres", durable=False)
    here.start()
    yield here
    here.stop()


@pytest.fixture
def bare(server: Cluster) -> Iterator[Cluster]:
    """A server on which nothing was set up."""
    yield server
    with psycopg.connect(server.url(database="postgres"), autocommit=True) as admin:
        admin.execute("DROP DATABASE IF EXISTS fanal")
        for role in (*roles.ROLES, "operator"):
            admin.execute(f"DROP ROLE IF EXISTS {role}")


def rights(cluster: Cluster, role: str) -> tuple[bool, ...]:
    with psycopg.connect(roles.url_for(cluster, role)) as one:
        row = one.execute(
            "SELECT has_schema_privilege('public', 'CREATE'), has_schema_privilege('vault', 'USAGE'),"
            " has_database_privilege(current_database(), 'TEMP'),"
            " rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert row is not None
    return tuple(row)


def test_each_role_may_what_it_needs_and_setting_up_twice_changes_nothing(bare: Cluster) -> None:
    for _ in range(2):
        roles.create(bare.url(database="postgres"))
        assert rights(bare, "fanal_owner") == (True, True, True, False)
        for role in ("fanal_portal", "fanal_api", "fanal_worker"):
            assert rights(bare, role) == (False, True, False, False)
        for role in ("fanal_desk", "fanal_sequencer"):
            assert rights(bare, role) == (False, False, False, False)


def test_no_role_becomes_another(bare: Cluster) -> None:
    roles.create(bare.url(database="postgres"))
    for role in roles.ROLES:
        others = (one for one in roles.ROLES if one != role)
        with psycopg.connect(roles.url_for(bare, role), autocommit=True) as one:
            for other in others:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    one.execute(f"SET ROLE {other}")


def test_a_role_that_was_made_too_strong_is_put_right(bare: Cluster) -> None:
    roles.create(bare.url(database="postgres"))
    with psycopg.connect(bare.url(database="postgres"), autocommit=True) as admin:
        admin.execute("ALTER ROLE fanal_desk SUPERUSER CREATEDB")
    roles.create(bare.url(database="postgres"))
    assert rights(bare, "fanal_desk") == (False, False, False, False)


def test_an_operators_login_without_superuser_is_enough(bare: Cluster, tmp_path: Path) -> None:
    with psycopg.connect(bare.url(database="postgres"), autocommit=True) as admin:
        admin.execute("CREATE ROLE operator LOGIN CREATEROLE CREATEDB")
    here = env.read({"FANAL_DATA": str(tmp_path), "DATABASE_URL": bare.url("operator", "fanal")})
    roles.prepare(here, None)
    roles.prepare(here, None)
    assert rights(bare, "fanal_portal") == (False, True, False, False)
    for role in roles.ROLES:
        file = env.secret_file(here, role)
        assert file.stat().st_mode & 0o777 == 0o600
        assert len(file.read_text()) >= 40
        assert f"{role}:" in env.database_for(here, role)
    with psycopg.connect(bare.url("operator", "postgres"), autocommit=True) as one, pytest.raises(psycopg.Error):
        one.execute("SET ROLE fanal_owner")
    with psycopg.connect(bare.url(database="postgres")) as admin:
        stored = admin.execute("SELECT rolpassword FROM pg_authid WHERE rolname LIKE 'fanal%'").fetchall()
    assert all(password.startswith("SCRAM-SHA-256$") for (password,) in stored)


def test_a_login_that_may_not_is_told_what_it_lacks(bare: Cluster) -> None:
    with psycopg.connect(bare.url(database="postgres"), autocommit=True) as admin:
        admin.execute("CREATE ROLE operator LOGIN")
    with pytest.raises(Broken) as caught:
        roles.create(bare.url("operator", "postgres"))
    assert caught.value.reason.code == "roles.weak"


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Broken) as caught:
        roles.create(f"postgresql://nobody@/fanal?host={tmp_path}")
    assert caught.value.reason.code == "database.unreachable"
