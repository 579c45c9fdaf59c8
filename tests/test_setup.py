"""The folder sets itself up: what `make` does after a move or a copy, what is installed, and what git may not change."""

import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from evidence import root

PROJECT = Path(__file__).parents[1]
PARTS = ("Makefile", "requirements.lock", "requirements-test.lock", "pyproject.toml")
ONLY_TESTS = ("playwright", "mypy", "roc-validator", "hypothesis", "ruff", "pytest", "pytest-xdist", "import-linter")


def planned(folder: Path, *goals: str) -> str:
    """What make would do."""
    own = {name: text for name, text in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}  # tests are run by make as well
    return subprocess.run(["make", "--dry-run", *goals], cwd=folder, env=own, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def project(tmp_path) -> Path:
    """A folder that was set up, its python a stand-in."""
    folder = tmp_path / "a folder 別"
    (folder / ".venv" / "bin").mkdir(parents=True)
    for part in PARTS:
        shutil.copy(PROJECT / part, folder / part)
    (folder / ".venv" / "bin" / "python").symlink_to(sys.executable)
    marks = ("mv .venv/ready.new .venv/ready", "mv .venv/ready-for-tests.new .venv/ready-for-tests")
    recipes = [line for line in planned(folder, "test").splitlines() if line.endswith(marks)]
    for recipe in recipes:
        subprocess.run(recipe, shell=True, cwd=folder, check=True)
    return folder


def test_a_folder_that_was_set_up_is_not_set_up_again(project):
    assert planned(project, "book").splitlines() == [".venv/bin/python -m evidence build"]
    assert "Setting up" not in planned(project, "check") and "Adding" not in planned(project, "check")


@pytest.mark.parametrize("goal", ["book", "test", "check"])
def test_a_moved_folder_is_set_up_anew(project, goal):
    moved = project.rename(project.with_name("moved"))

    assert "venv --clear" in planned(moved, goal)
    assert ("requirements-test.lock" in planned(moved, goal)) == (goal != "book")


def test_a_copied_folder_is_set_up_anew(project):
    copy = shutil.copytree(project, project.with_name("copy"), symlinks=True)

    assert "venv --clear" in planned(copy, "book")


def test_a_folder_whose_python_is_gone_is_set_up_anew(project):
    (project / ".venv" / "bin" / "python").unlink()
    (project / ".venv" / "bin" / "python").symlink_to("/no/such/python")

    assert "venv --clear" in planned(project, "book")


def test_a_folder_whose_python_is_another_one_is_set_up_anew(project):
    """As after the system was upgraded: it starts, and finds none of the packages that lie in the folder of the old one."""
    (project / ".venv" / "bin" / "python").unlink()
    (project / ".venv" / "bin" / "python").write_text("#!/bin/sh\necho Python 3.99.0\n")
    (project / ".venv" / "bin" / "python").chmod(0o755)

    assert "venv --clear" in planned(project, "book")


@pytest.mark.slow
def test_what_the_user_has_set_for_python_and_pip_leads_to_no_other_folder(tmp_path):
    """As hosts of notebooks, clusters and robots have it: packages would be put, or found, outside of .venv."""
    wheel, folder = tmp_path / "wheels" / "pinned-1.0-py3-none-any.whl", tmp_path / "project"
    wheel.parent.mkdir()
    with zipfile.ZipFile(wheel, "w") as packed:
        packed.writestr("pinned.py", "")
        packed.writestr("pinned-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: pinned\nVersion: 1.0\n")
        packed.writestr("pinned-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        packed.writestr("pinned-1.0.dist-info/RECORD", "")
    (folder / "elsewhere").mkdir(parents=True)
    (folder / "elsewhere" / "pinned.py").write_text("raise SystemExit('another')\n")
    (folder / "user").write_text("[install]\nuser = true\n")
    shutil.copy(PROJECT / "Makefile", folder)
    (folder / "own.mk").write_text(
        "include Makefile\nown:\n\t$(PIP) --no-index --find-links ../wheels pinned\n\t$(BIN)/python -c 'import pinned; print(pinned.__file__)'\n"
    )
    for part in PARTS[1:]:
        shutil.copy(PROJECT / part, folder / part)
    subprocess.run([sys.executable, "-m", "venv", ".venv"], cwd=folder, check=True)
    told = {"PIP_USER": "1", "PIP_CONFIG_FILE": "user", "PIP_TARGET": "elsewhere", "PIP_PREFIX": "elsewhere", "PYTHONPATH": "elsewhere"}
    variables = {name: text for name, text in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "PIP_", "PYTHON"))} | told

    done = subprocess.run(["make", "-f", "own.mk", "own"], cwd=folder, env=variables, capture_output=True, text=True)

    assert (done.returncode, ".venv" in done.stdout.splitlines()[-1]) == (0, True), done.stderr


def test_another_lock_is_noticed_by_its_content_whatever_its_time(project):
    with (project / "requirements.lock").open("a", encoding="utf-8") as stream:
        stream.write("# another\n")
    os.utime(project / "requirements.lock", (0, 0))  # as an archive sets it

    assert "venv --clear" in planned(project, "book")


def test_a_folder_of_any_name_works_under_any_locale(tmp_path):
    """As cron and containers have it; Python before 3.13 reads the path to an installed project in the locale's encoding, also in its UTF-8 mode."""
    folder = tmp_path / "a folder 別"
    (folder / "src" / "evidence").mkdir(parents=True)
    (folder / "src" / "evidence" / "__init__.py").touch()
    for part in PARTS:
        shutil.copy(PROJECT / part, folder / part)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", ".venv"], cwd=folder, check=True)
    (packages,) = folder.glob(".venv/lib/python*/site-packages")
    (packages / "_editable_impl_evidence_book.pth").write_text(str(folder / "src"), encoding="utf-8")  # as the installer leaves it
    (folder / ".venv" / "ready").write_text("another")
    lines = planned(folder, "book").splitlines()
    after = lines[next(place for place, line in enumerate(lines) if "--editable" in line) + 1 :]
    for line in after[: next(place for place, line in enumerate(after) if ".venv/ready.new" in line)]:
        subprocess.run(line, shell=True, cwd=folder, check=True)

    asked = [".venv/bin/python", "-c", "import evidence; print(ascii(evidence.__file__))"]
    done = subprocess.run(asked, cwd=folder, env={"PATH": os.environ["PATH"], "LC_ALL": "C"}, capture_output=True, text=True)

    assert (done.stdout.strip(), done.stderr) == (ascii(str(folder / "src" / "evidence" / "__init__.py")), "")


def test_a_disk_without_links_is_told_as_such(project):
    """As exFAT and many shares have none: Python's own words name a folder that nobody knows."""
    shutil.rmtree(project / ".venv")
    (project / "bin").mkdir()
    (project / "bin" / "ln").write_text("#!/bin/sh\nexit 1\n")
    (project / "bin" / "ln").chmod(0o755)
    variables = os.environ | {"PATH": f"{project / 'bin'}:{os.environ['PATH']}"}

    done = subprocess.run(["make", ".venv/ready", f"PYTHON={sys.executable}"], cwd=project, env=variables, capture_output=True, text=True)

    assert (done.returncode, "No link can be made" in done.stdout) == (2, True)
    assert not (project / ".venv").exists()


def test_what_only_tests_need_is_added_alone(project):
    (project / ".venv" / "ready-for-tests").unlink()

    assert "venv --clear" not in planned(project, "test")
    assert "--requirement requirements-test.lock" in planned(project, "test")


def test_book_and_tests_asked_for_at_once_are_set_up_once_and_first(project):
    shutil.rmtree(project / ".venv")
    lines = planned(project, "-j4", "book", "test").splitlines()

    assert sum("venv --clear" in line for line in lines) == 1
    assert lines.index(".venv/bin/python -m evidence build") > next(place for place, line in enumerate(lines) if "requirements-test.lock" in line)


def pins(lock: str) -> dict[str, str]:
    text = (PROJECT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", text, re.M))


def test_the_book_installs_nothing_that_only_tests_need():
    book, tests = pins("requirements.lock"), pins("requirements-test.lock")

    assert [name for name in ONLY_TESTS if name in book or name not in tests] == []
    assert {name: (book[name], tests[name]) for name in book.keys() & tests.keys() if book[name] != tests[name]} == {}


@pytest.mark.parametrize("readme", ["README.md", "README.ja.md"])
def test_what_debian_needs_besides_is_named(readme):
    assert "python3-venv" in (PROJECT / readme).read_text(encoding="utf-8")


def test_git_hands_out_the_bytes_that_were_committed(tmp_path):
    """Whatever core.autocrlf and the user's own attributes say, as on machines that change line ends or clean notebooks."""
    origin, clone = tmp_path / "origin", tmp_path / "clone"
    origin.mkdir()
    shutil.copy(PROJECT / ".gitattributes", origin)
    (origin / "claims.csv").write_bytes(b"id\n$Id$\n")
    (tmp_path / "attributes").write_text("* ident filter=own working-tree-encoding=UTF-16LE\n")
    (origin / "foreign.csv").write_bytes(b"id\r\na\n")
    users = (f"core.attributesFile={tmp_path / 'attributes'}", "filter.own.smudge=tr a b", "core.autocrlf=true", "core.safecrlf=false")
    settings = ("user.name=a", "user.email=a@example.org", "commit.gpgsign=false", *users)
    own = [part for one in settings for part in ("-c", one)]
    for asked in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "-m", "first"), ("clone", "--quiet", ".", str(clone))):
        subprocess.run(["git", *own, *asked], cwd=origin, check=True, capture_output=True)

    assert (clone / "claims.csv").read_bytes() == b"id\n$Id$\n"
    assert (clone / "foreign.csv").read_bytes() == b"id\r\na\n"


def test_names_of_files_survive_every_file_system_and_archive():
    """Where case, or the way an accent is written, is not told apart, two files would be one; some names are devices of Windows."""
    tops = ("book", "data", "docs", "notebooks", "src", "tests", "benchmarks")
    every = (path for top in tops for path in (PROJECT / top).rglob("*") if not {"__pycache__", "_build"} & set(path.parts))
    names = [path.relative_to(PROJECT).as_posix() for path in every]

    assert [name for name in names if not name.isascii() or re.search(r'[<>:"|?*\\]|[. ]$', name)] == []
    assert [name for name in names if any(root.device(part) for part in name.split("/"))] == []
    assert len({name.lower() for name in names}) == len(names)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_every_pin_has_a_hash_and_is_installed_by_it(lock):
    pinned = re.split(r"^(?=\S)", (PROJECT / lock).read_text(encoding="utf-8"), flags=re.M)[1:]
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")

    assert [pin.split()[0] for pin in pinned if "==" not in pin or not re.search(r"--hash=sha256:[0-9a-f]{64}\b", pin)] == []
    assert f"--require-hashes --requirement {lock}\n" in makefile


@pytest.mark.parametrize("fault", ["", "another package", "no hash"])
def test_a_package_that_is_not_the_pinned_one_is_not_installed(fault, tmp_path):
    wheel = tmp_path / "pinned-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        packed.writestr("pinned.py", "")
        packed.writestr("pinned-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: pinned\nVersion: 1.0\n")
        packed.writestr("pinned-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        packed.writestr("pinned-1.0.dist-info/RECORD", "")
    digest = hashlib.sha256(wheel.read_bytes() + (b"x" if fault == "another package" else b"")).hexdigest()
    (tmp_path / "lock").write_text("pinned==1.0" + ("" if fault == "no hash" else f" --hash=sha256:{digest}") + "\n", encoding="utf-8")
    options = ["--no-index", "--find-links", str(tmp_path), "--no-deps", "--require-hashes", "--target", str(tmp_path / "to")]

    done = subprocess.run([sys.executable, "-m", "pip", "install", *options, "-r", str(tmp_path / "lock")], capture_output=True, text=True)

    assert ((done.returncode == 0), (tmp_path / "to" / "pinned.py").exists()) == (not fault, not fault)
    assert not fault or "pinned" in done.stderr


def test_what_the_package_imports_is_named_among_what_it_needs():
    """What comes with another package today may stop doing so tomorrow."""
    with (PROJECT / "pyproject.toml").open("rb") as stream:
        told = tomllib.load(stream)["project"]
    extras = [one for extra in told["optional-dependencies"].values() for one in extra]
    named = {re.split(r"[<>=]", one)[0].lower() for one in (*told["dependencies"], *extras)}
    found = set()
    for path in (PROJECT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            found |= {module.partition(".")[0] for module in modules}
    owners = packages_distributions()
    others = found - {*sys.stdlib_module_names, "evidence"}
    missing = {name for name in others if not named & {owner.lower().replace("_", "-") for owner in owners.get(name, [name])}}

    assert missing == set()
