"""Work that is done already is taken from the store, whole or not at all."""

import io
import tarfile

import pytest

from evidence import disk
from evidence.build import store
from evidence.build.store import Store
from tests.projects import FIRST, evidence, small


@pytest.fixture
def kept(tmp_path):
    """A file and a folder that a task left."""
    folder, file = tmp_path / "made" / "folder", tmp_path / "made" / "file.txt"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("a", encoding="utf-8")
    file.write_text("b", encoding="utf-8")
    return [folder, file]


def test_what_was_kept_comes_back_in_place_of_what_stands_there(tmp_path, kept):
    own = Store(tmp_path / "store")
    own.put("key", kept)
    (kept[0] / "a.txt").write_text("changed", encoding="utf-8")
    (kept[0] / "added.txt").touch()
    kept[1].unlink()

    assert not own.take("other", kept)
    assert own.take("key", kept)
    assert [path.name for path in kept[0].iterdir()] == ["a.txt"]
    assert (kept[0] / "a.txt").read_text(encoding="utf-8") == "a"
    assert kept[1].read_text(encoding="utf-8") == "b"


def test_what_does_not_hash_to_its_name_is_thrown_away(tmp_path, kept):
    own = Store(tmp_path / "store")
    own.put("key", kept)
    entry = next((tmp_path / "store").glob("*.tar"))
    entry.write_bytes(entry.read_bytes().replace(b"a", b"x"))

    assert not own.take("key", kept)
    assert not entry.exists()
    assert (kept[0] / "a.txt").read_text(encoding="utf-8") == "a"


def test_an_archive_that_leads_elsewhere_is_not_opened(tmp_path, kept):
    own, evil = tmp_path / "store", io.BytesIO()
    with tarfile.open(fileobj=evil, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("../../outside.txt"))
    own.mkdir()
    (own / "new.tar").write_bytes(evil.getvalue())
    (own / "new.tar").rename(own / f"key-{disk.sha256(own / 'new.tar')}.tar")

    assert not Store(own).take("key", kept)
    assert not list(tmp_path.rglob("outside.txt"))


def test_what_was_used_longest_ago_goes_first(tmp_path, kept):
    own = Store(tmp_path / "store")
    for time, key in enumerate(("old", "used", "new")):
        own.put(key, kept)
        path = next((tmp_path / "store").glob(f"{key}-*"))
        store.os.utime(path, (time, time))
    own.take("old", kept)

    own.prune(most=2 * path.stat().st_size)

    assert sorted(path.name.partition("-")[0] for path in (tmp_path / "store").glob("*.tar")) == ["new", "old"]


def test_a_build_needs_no_store(tmp_path, kept, monkeypatch):
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file" / "no-folder", None):
        Store(folder).put("key", kept)
        assert not Store(folder).take("key", kept)
        Store(folder).prune()

    monkeypatch.setenv(store.VARIABLE, "off")
    store.opened().put("key", kept)
    assert not store.opened().take("key", kept)


def test_another_version_of_a_package_is_another_key(monkeypatch):
    before = store.key("run", {}, [])
    monkeypatch.setattr(store.metadata, "distributions", list)
    store.programs.cache_clear()

    assert store.key("run", {}, []) != before
    store.programs.cache_clear()


@pytest.mark.build
def test_a_clone_takes_all_from_the_store_and_what_is_damaged_is_made_again(tmp_path):
    own = tmp_path / "store"
    made = [small(tmp_path / name) for name in ("first", "clone")]
    assert evidence(made[0], "build", FIRST, "--lang", "en", EVIDENCE_STORE=str(own)).returncode == 0
    entries = sorted(own.glob("*.tar"))
    damaged = entries[0]
    damaged.write_bytes(damaged.read_bytes()[:-1024] + b"x" * 1024)
    times = {path: path.stat().st_ctime_ns for path in entries}

    done = evidence(made[1], "build", FIRST, "--lang", "en", EVIDENCE_STORE=str(own))

    assert done.returncode == 0, done.stderr
    assert sorted(own.glob("*.tar")) == entries
    read = [{path.relative_to(top): path.read_bytes() for path in (top / "_build" / "draft").rglob("*") if path.is_file()} for top in made]
    assert read[0] == read[1] != {}
    assert [path for path in entries if path.stat().st_ctime_ns == times[path]] == []  # each was taken, or made again
