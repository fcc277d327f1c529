import os
from pathlib import Path

import pytest

from fanal.core.errors import Broken
from fanal.site import env

CANARY = "canary.example"


def test_without_any_variable_everything_has_a_default() -> None:
    here = env.read({})
    assert here.mode == "development"
    assert here.data == Path("var").absolute()
    assert (here.portal_port, here.desk_port, here.api_port) == (8000, 8001, 8002)
    assert here.connectors_on == {"letter"}
    assert not here.https


def test_all_faults_are_told_together_and_none_tells_a_value() -> None:
    told = {
        "FANAL_MODE": CANARY,
        "FANAL_PORT_BASE": CANARY,
        "FANAL_HTTPS": CANARY,
        "FANAL_DIRECTORY": f"/{CANARY}",
        "DATABASE_URL": f"sqlite:///{CANARY}",
        "FANAL_THREADS": "-1",
    }
    with pytest.raises(Broken) as caught:
        env.read(told)
    for text in (caught.value.reason.text.en, caught.value.reason.text.fr):
        assert all(name in text for name in told)
        assert CANARY not in text


def test_production_invents_nothing() -> None:
    with pytest.raises(Broken) as caught:
        env.read({"FANAL_MODE": "production"})
    for name in ("FANAL_PORTAL_HOSTS", "FANAL_DESK_HOSTS", "FANAL_API_HOSTS", "FANAL_SENDER"):
        assert name in caught.value.reason.text.en


def test_production_switches_no_connector_on() -> None:
    hosts = {f"FANAL_{face}_HOSTS": f"{face.lower()}.example" for face in ("PORTAL", "DESK", "API")}
    here = env.read({"FANAL_MODE": "production", "FANAL_SENDER": "Desk", **hosts})
    assert here.connectors_on == frozenset()
    assert here.https


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "url"
    file.write_text("postgresql://admin:secret@db.example/fanal\n")
    assert env.read({"DATABASE_URL_FILE": str(file)}).database_url == "postgresql://admin:secret@db.example/fanal"
    for faulty in (
        {"DATABASE_URL_FILE": str(tmp_path / "none")},
        {"DATABASE_URL_FILE": str(file), "DATABASE_URL": "x"},
    ):
        with pytest.raises(Broken):
            env.read(faulty)


def test_every_variable_is_declared_once_with_a_meaning() -> None:
    names = [one.name for one in env.SETTINGS]
    assert len(names) == len(set(names))
    assert all(one.meaning.endswith(".") for one in env.SETTINGS)


def test_a_child_is_told_everything_but_other_logins(tmp_path: Path) -> None:
    told = {"FANAL_DATA": str(tmp_path), "FANAL_MODE": "demo", "FANAL_PORT_BASE": "9100", "FANAL_WORKERS": "3"}
    here = env.read(told | {"FANAL_SENDER": "A desk", "FANAL_PROXIES": "1"})
    surroundings = env.environ_for(here, "fanal_portal")
    assert "DATABASE_URL" not in surroundings
    child = env.read(surroundings)
    assert env.database_for(child, "fanal_portal") == env.database_for(here, "fanal_portal")
    with pytest.raises(Broken):
        env.database_for(child, "fanal_desk")
    same = {name: getattr(child, name) for name in env.Env.__slots__ if name != "role_url"}
    assert same == {name: getattr(here, name) for name in same}


def test_a_role_without_its_password_is_told_so(tmp_path: Path) -> None:
    here = env.read(
        {"FANAL_DATA": str(tmp_path), "DATABASE_URL": "postgresql://admin:pw@db.example:5433/fanal?sslmode=require"}
    )
    with pytest.raises(Broken):
        env.database_for(here, "fanal_desk")
    env.secret_file(here, "fanal_desk").parent.mkdir()
    env.secret_file(here, "fanal_desk").write_text("p/w@")
    url = env.database_for(here, "fanal_desk")
    assert url == "postgresql://fanal_desk:p%2Fw%40@db.example:5433/fanal?sslmode=require"
    django = env.django_database(url)
    assert (django["USER"], django["PASSWORD"], django["HOST"], django["PORT"]) == (
        "fanal_desk",
        "p/w@",
        "db.example",
        "5433",
    )
    assert django["OPTIONS"] == {"sslmode": "require"}


def test_the_socket_fits_however_long_the_path_is() -> None:
    long = Path("/") / ("d" * 60) / ("e" * 60)
    assert env.socket_folder(Path("/srv/data")) == Path("/srv/data/socket")
    assert len(os.fsencode(env.socket_folder(long) / ".s.PGSQL.5432")) <= env.LONGEST_SOCKET
    assert env.socket_folder(long) != env.socket_folder(long / "f")


def test_a_web_key_that_is_missing_or_short_is_refused(tmp_path: Path) -> None:
    here = env.read({"FANAL_KEYS": str(tmp_path)})
    with pytest.raises(Broken):
        env.web_key(here)
    (tmp_path / "web.key").write_text("short")
    with pytest.raises(Broken):
        env.web_key(here)
