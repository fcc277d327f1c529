import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from fanal.core.errors import Broken
from fanal.site import postgres
from fanal.site.postgres import Cluster

pytestmark = pytest.mark.process

ROOT = os.geteuid() == 0


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder that nobody else may enter, as a home is."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def cluster(home: Path) -> Iterator[Cluster]:
    here = Cluster(home / "data" / "postgres")
    here.start()
    yield here
    here.stop()


def modes(folder: Path) -> dict[Path, tuple[int, int]]:
    return {one: (one.stat().st_mode, one.stat().st_uid) for one in (folder, *folder.parents)}


def test_it_starts_is_adopted_and_touches_no_folder_above(home: Path) -> None:
    before = modes(home)
    first, second = Cluster(home / "data" / "postgres"), Cluster(home / "data" / "postgres")
    try:
        assert first.start() is True
        assert second.start() is False
        second.stop()
        assert first.ready(), "who adopted a server must not stop it"
        assert modes(home) == before
        with psycopg.connect(first.url(database="postgres")) as admin:
            settings = dict(admin.execute("SELECT name, setting FROM pg_settings").fetchall())
            assert admin.execute("SELECT upper('été')").fetchone() == ("ÉTÉ",)
        assert settings["listen_addresses"] == ""
        assert (settings["fsync"], settings["synchronous_commit"], settings["TimeZone"]) == ("on", "on", "UTC")
        assert settings["log_min_error_statement"] == "panic"
    finally:
        first.stop()
    assert not first.ready()
    assert first.pid() is None


def test_who_adopted_a_server_sees_its_end_and_starts_it_again(home: Path) -> None:
    first, second = (Cluster(home / "data" / "postgres", durable=False) for _ in range(2))
    try:
        first.start()
        second.start()
        assert not second.ended()
        first.stop()
        assert second.ended()
        assert second.start() is True
        assert not second.ended()
    finally:
        first.stop()
        second.stop()


def test_only_we_reach_the_socket(cluster: Cluster) -> None:
    assert cluster.socket.stat().st_mode & 0o077 == 0
    assert cluster.folder.stat().st_mode & 0o077 == 0
    assert cluster.log.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(not ROOT, reason="only root has to become somebody else")
def test_as_root_the_server_has_an_account_without_rights_where_it_can(tmp_path: Path) -> None:
    import tempfile

    with tempfile.TemporaryDirectory(prefix="fanal-", dir="/var/tmp") as passable:
        Path(passable).chmod(0o755)
        here = Cluster(Path(passable) / "data" / "postgres")
        here.start()
        try:
            process = Path(f"/proc/{here.pid()}/status").read_text()
            caps = next(line.split()[1] for line in process.splitlines() if line.startswith("CapEff"))
            assert int(caps, 16) == 0
        finally:
            here.stop()


def test_killing_the_server_loses_nothing(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url(database="postgres"), autocommit=True) as admin:
        admin.execute("CREATE TABLE kept (n int)")
        for number in range(50):
            admin.execute("INSERT INTO kept VALUES (%s)", [number])
        os.kill(cluster.pid() or 0, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while not cluster.ended() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert cluster.ended()
    assert cluster.start() is True
    with psycopg.connect(cluster.url(database="postgres")) as admin:
        assert admin.execute("SELECT count(*) FROM kept").fetchone() == (50,)


def test_a_pid_file_that_names_another_program_does_not_keep_it_from_starting(cluster: Cluster) -> None:
    cluster.stop()
    file = cluster.folder / "postmaster.pid"
    file.write_text(f"{os.getpid()}\n{cluster.folder}\n0\n5432\n{cluster.socket}\n\n0 0\nready\n")
    assert cluster.pid() is None
    assert cluster.start() is True


def test_a_half_made_folder_is_made_again(home: Path) -> None:
    data = home / "data"
    (data / "postgres.new" / "base").mkdir(parents=True)
    here = Cluster(data / "postgres", durable=False)
    try:
        assert here.start() is True
    finally:
        here.stop()
    assert not (data / "postgres.new").exists()


def test_a_path_too_long_for_a_socket_works(home: Path) -> None:
    here = Cluster(home / ("d" * 80) / "postgres", durable=False)
    try:
        here.start()
        assert here.ready()
        assert here.socket.stat().st_mode & 0o077 == 0
    finally:
        here.stop()
        here.socket.rmdir()


def test_a_socket_folder_laid_by_somebody_else_is_refused(home: Path) -> None:
    here = Cluster(home / "data" / "postgres", durable=False)
    here.socket.parent.mkdir(parents=True)
    here.socket.symlink_to(home)
    with pytest.raises(Broken) as caught:
        here.start()
    assert caught.value.reason.code == "postgres.socket"


def test_data_of_a_version_that_is_not_here_is_said(home: Path) -> None:
    folder = home / "data" / "postgres"
    folder.mkdir(parents=True)
    (folder / "PG_VERSION").write_text("9\n")
    with pytest.raises(Broken) as caught:
        Cluster(folder).start()
    assert caught.value.reason.code == "postgres.none"


def test_the_server_ends_when_its_starter_is_killed(home: Path) -> None:
    program = textwrap.dedent(
        f"""
        import time
        from pathlib import Path
        from fanal.site.postgres import Cluster
        here = Cluster(Path({str(home / "data" / "postgres")!r}), durable=False)
        here.start()
        print(here.pid(), flush=True)
        time.sleep(60)
        """
    )
    starter = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert starter.stdout is not None
    server = int(starter.stdout.readline())
    starter.kill()
    starter.wait()
    starter.stdout.close()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{server}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{server}").exists()


@pytest.mark.skipif(not ROOT, reason="this run is a normal user’s already")
def test_a_normal_user_starts_it_too() -> None:
    import pwd
    import tempfile

    user = pwd.getpwnam("nobody")
    paths = [str(Path(postgres.__file__).parents[2]), *(one for one in sys.path if one.endswith("site-packages"))]
    with tempfile.TemporaryDirectory(prefix="fanal-", dir="/var/tmp") as place:
        os.chown(place, user.pw_uid, user.pw_gid)
        program = textwrap.dedent(
            f"""
            import os
            from pathlib import Path
            from fanal.site.postgres import Cluster
            here = Cluster(Path({place!r}) / "data" / "postgres", durable=False)
            print(here.start(), here.ready(), os.geteuid())
            here.stop()
            """
        )
        said = ""
        for python in (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}"):
            try:
                done = subprocess.run(
                    [python, "-c", program],
                    user=user.pw_uid,
                    group=user.pw_gid,
                    extra_groups=[],
                    env={"PYTHONPATH": os.pathsep.join(paths), "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"},
                    cwd=place,
                    capture_output=True,
                    text=True,
                    check=False,
                )
            except OSError:
                continue
            said = done.stdout
            if done.returncode == 0:
                break
        if not said:
            pytest.skip("no Python here that the account nobody may run")
        assert said.split() == ["True", "True", str(user.pw_uid)]
