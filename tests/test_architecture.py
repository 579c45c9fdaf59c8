"""The house: what each room says of itself, how large a room may grow, and that each word and rule is there once and for something.

Who may import whom is a contract of import-linter in pyproject.toml.
"""

import ast
import csv
import re
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

from evidence import rooms

PROJECT = Path(__file__).parents[1]
CODE = PROJECT / "src" / "evidence"
ROOMS = sorted(path.parent.name for path in CODE.glob("*/__init__.py"))
LINES, BODY = 300, 55


@cache
def nodes(path: Path) -> list[ast.AST]:
    """Everything in a module."""
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def test_there_are_twelve_rooms_and_the_charts():
    assert (
        sorted(["cli", "build", "editions", "files", "book", "exhibits", "checking", "charts", "citing", "analysis", "curation", "runs", "tables"])
        == ROOMS
    )


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_it_is_and_what_others_may_use(room):
    told = ast.get_docstring(ast.parse((CODE / room / "__init__.py").read_text(encoding="utf-8"))) or ""

    assert "Others use: " in told
    named = [name.partition(".")[0] for name in re.findall(r"`([a-z_]+(?:\.[A-Za-z_]+)?)`", told.partition("Others use: ")[2])]
    assert [name for name in named if not (CODE / room / f"{name}.py").exists()] == []


@cache
def used() -> dict[str, set[str]]:
    """The modules of each room that code of other rooms imports."""
    found: dict[str, set[str]] = {room: set() for room in ROOMS}
    for path in CODE.rglob("*.py"):
        for node in nodes(path):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("evidence."):
                _, room, *module = (node.module or "").split(".")
                if room in ROOMS and room != path.relative_to(CODE).parts[0]:
                    found[room] |= set(module[:1]) or {alias.name for alias in node.names}
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_what_others_use_of_a_room_is_what_it_says(room):
    told = ast.get_docstring(ast.parse((CODE / room / "__init__.py").read_text(encoding="utf-8"))) or ""
    named = {name.partition(".")[0] for name in re.findall(r"`([a-z_]+(?:\.[A-Za-z_]+)?)`", told.partition("Others use: ")[2])}

    assert used()[room] - named == set()


@cache
def _taken(path: Path) -> set[str]:
    """What this module takes from modules of rooms, as room.module.name; two functions may give one name to modules of two rooms."""
    found: set[str] = set()
    called: dict[str, set[str]] = {}
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("evidence."):
            _, *parts = (node.module or "").split(".")
            if len(parts) == 1 and parts[0] in ROOMS:
                for alias in node.names:
                    called.setdefault(alias.asname or alias.name, set()).add(f"{parts[0]}.{alias.name}")
            elif parts[0] in ROOMS:
                found |= {f"{'.'.join(parts)}.{alias.name}" for alias in node.names}
    for node in nodes(path):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found |= {f"{module}.{node.attr}" for module in called.get(node.value.id, ()) if node.attr in _defined(module)}
    return found


@cache
def _defined(module: str) -> set[str]:
    """What a module, as room.name, defines by itself."""
    body = ast.parse(CODE.joinpath(*module.split(".")).with_suffix(".py").read_text(encoding="utf-8")).body
    named = {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    targets = [target for node in body if isinstance(node, ast.Assign | ast.AnnAssign) for target in ast.walk(node)]
    return named | {target.id for target in targets if isinstance(target, ast.Name) and isinstance(target.ctx, ast.Store)}


@pytest.mark.parametrize("room", ROOMS)
def test_where_a_room_names_what_others_use_of_a_module_they_use_that_alone(room):
    told = ast.get_docstring(ast.parse((CODE / room / "__init__.py").read_text(encoding="utf-8"))) or ""
    named: dict[str, set[str]] = {}
    module = ""
    for part in re.findall(r"`([a-z_]*(?:\.[A-Za-z_]+)?)`", told.partition("Others use: ")[2]):
        module = part.partition(".")[0] or module  # `.stage` after `staging.records` is of the same module
        named.setdefault(module, set()).update([part.partition(".")[2]] if "." in part else [])
    others = {name for path in CODE.rglob("*.py") if path.relative_to(CODE).parts[0] != room for name in _taken(path)}
    by_notebooks = {"desk.Chapter"}
    exact = {f"{room}.{module}.{name}" for module, names in named.items() for name in names if f"{module}.{name}" not in by_notebooks}

    assert {name for name in others if named.get(name.split(".")[1]) and name.startswith(f"{room}.")} == exact


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_names_each_of_its_modules_that_no_chapter_names(room):
    told = ast.get_docstring(ast.parse((CODE / room / "__init__.py").read_text(encoding="utf-8"))) or ""
    chapters = {path.stem for path in (PROJECT / "notebooks").glob("*.ipynb")} if room in ("analysis", "charts") else set()
    modules = {path.stem for path in (CODE / room).glob("*.py")} - {"__init__"}

    assert modules - chapters - set(re.findall(r"`([a-z_]+)[.`]", told)) == set()


# A module above that is named in a text, which import-linter does not see, and why it may be.
NAMED = {
    ("runs/kernels.py", "exhibits"): "what every notebook imports, loaded once for all forks; a kernel runs without it, and begins later",
}


def test_no_text_names_a_module_of_a_room_above():
    with (PROJECT / "pyproject.toml").open("rb") as stream:
        (contract,) = tomllib.load(stream)["tool"]["importlinter"]["contracts"]
    order = [room for room in contract["layers"] if room in ROOMS]
    found = {
        (path.relative_to(CODE).as_posix(), named[1])
        for path in CODE.glob("*/*.py")
        for node in nodes(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if (named := re.match(r"(?:from |import )?evidence\.([a-z]+)(?:[. ]|$)", node.value))
        if named[1] in order and order.index(named[1]) < order.index(path.parent.name)
    }

    assert found == set(NAMED)


def test_modules_and_functions_stay_small():
    for path in CODE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= LINES, path.name
        for node in nodes(path):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < BODY, (path.name, node.name)
                # an option of a command is a parameter of its function
                assert len(node.args.args) <= 6 or path.parent.name == "cli", (path.name, node.name)


CALLED_BY_OTHERS = {("cells.py", "_no_input"), ("cells.py", "_update_exit_now"), ("scratch.py", "_folder")}  # by IPython, and with what a cache keeps


def test_a_function_of_its_module_alone_reads_all_that_it_is_given():
    """What no line reads is what an earlier form of the function needed, and each caller still hands over."""
    unread = set()
    for path in CODE.rglob("*.py"):
        for node in nodes(path):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("_") and not node.name.startswith("__"):
                read = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
                unread |= {(path.name, node.name) for one in node.args.args if one.arg not in read | {"self", "cls"} and not one.arg.startswith("_")}

    assert unread == CALLED_BY_OTHERS


# What opens a file without `disk`, and why it may: everything else that stands on a disk may be a pipe, a device or a file without end.
OPENED = {
    "disk.py": "it is the one place",
    "rooms.py": "words and rules of the package itself",
    "book/fonts.py": "translations of an installed package",
    "build/state.py": "the lock, which is opened and not read",
    "build/store.py": "archives of the store, hashed by disk before",
    "checking/drawings.py": "parts of a PDF that is held already",
    "cli/app.py": "the device that swallows what is written",
    "curation/proposal.py": "headings of the package itself",
    "editions/exchange.py": "a folder, so that the disk is waited for",
    "editions/publishing.py": "a key, which is only written",
    "runs/landlock.py": "folders, for the kernel's rules",
    "runs/scratch.py": "a folder, so that it is held",
    "runs/processes.py": "what the system tells of processes",
}


def _reads(node: ast.AST) -> bool:
    """Whether the call opens or reads a file by its path: no bytes that are held already, nothing that is only written."""
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
    told = ast.unparse(node)
    if name in ("read_text", "read_bytes", "from_file", "copyfileobj"):
        return "files(" not in told
    return name in ("open", "ZipFile") and "BytesIO" not in told and not re.search(r"open\((?:.*, )?'[axw]b?'", told) and "stream, 'w'" not in told


def test_what_stands_on_a_disk_is_read_by_disk_alone():
    found = {path.relative_to(CODE).as_posix(): ast.unparse(node) for path in CODE.rglob("*.py") for node in nodes(path) if _reads(node)}

    assert {name: told for name, told in found.items() if name not in OPENED} == {}
    assert sorted(OPENED) == sorted(found)


@pytest.mark.slow
def test_every_test_and_every_example_is_among_those_that_a_run_of_all_tests_finds(tmp_path):
    """A room called build was once passed over, as a folder of that name is by default, and its tests with it.

    Looked for in a tree of the same names, whose modules import nothing.
    """
    written = {path.relative_to(PROJECT).as_posix() for path in (PROJECT / "tests").rglob("test_*.py")}
    examples = {path.relative_to(PROJECT).as_posix() for path in CODE.rglob("*.py") if ">>> " in path.read_text(encoding="utf-8")}
    for name in written | examples:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("def test_a():\n    pass\n" if name in written else '""">>> 1\n1\n"""\n', encoding="utf-8")
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)

    found = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "--import-mode=importlib"], cwd=tmp_path, capture_output=True, text=True
    ).stdout

    assert {line.partition("::")[0] for line in found.splitlines() if "::" in line} == written | examples


def test_an_id_that_stands_twice_is_refused(tmp_path, monkeypatch):
    for room in ("charts", "tables"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "words.csv").write_text("id,ja,en\nui.source,出典,Source\n", encoding="utf-8")
    monkeypatch.setattr(rooms, "files", lambda _: tmp_path)

    with pytest.raises(ValueError, match=r"words\.csv: ui\.source stands twice, in charts and in tables"):
        rooms.listed("words.csv", "id")


@cache
def strings() -> list[str]:
    """Every string, name and argument of the code; what an f-string fills in is written {}."""
    found: list[str] = []
    for path in CODE.rglob("*.py"):
        for node in nodes(path):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(node.value)
            elif isinstance(node, ast.JoinedStr):
                found.append("".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values))
            elif isinstance(node, (ast.arg, ast.Name)):
                found.append(node.arg if isinstance(node, ast.arg) else node.id)
    return found


@cache
def others() -> list[str]:
    """The texts of templates, contents, schemas and notebooks, and the short cells of the data."""
    whole = [*CODE.rglob("templates/*"), PROJECT / "_toc.yml", *(PROJECT / "data" / "schema").glob("*"), *(PROJECT / "notebooks").glob("*")]
    found = [path.read_text(encoding="utf-8") for path in whole]
    for path in (PROJECT / "data").rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            found += [cell for row in csv.reader(stream) for cell in row if len(cell) < 200]
    return found


def unused(ids: list[str]) -> list[str]:
    """The ids that nothing names: neither whole, nor as a text of the code that is filled in with what code or data hold."""
    code = strings()
    single = {word for text in (*code, *others()) for form in ("[A-Za-z0-9_-]+", "[A-Za-z0-9_.-]+") for word in re.findall(form, text)}
    whole = {part for text in code for part in re.findall(r"[A-Za-z0-9_.-]+", text)}
    filled = [
        re.compile(re.escape(text).replace(r"\{\}", "(.+?)")) for text in set(code) if re.fullmatch(r"[a-z_]+\.[a-z_.{}]*{}[a-z_.{}]*|{}\.{}", text)
    ]

    def named(id: str) -> bool:
        parts = [part for pattern in filled if (match := pattern.fullmatch(id)) for part in [match.groups()]]
        return any(all(word in single for part in group for word in _words(part, single)) for group in parts)

    return [id for id in ids if id not in whole and not (named(id) or named(id.removesuffix(".one")))]


def _words(part: str, single: set[str]) -> list[str]:
    """A code as it stands, or the codes it is put together of."""
    return [part] if part in single else re.split(r"[./-]", part)


def test_every_word_is_named_by_code_or_data():
    assert unused(list(rooms.listed("words.csv", "id"))) == []


def test_a_word_that_nothing_names_is_found():
    assert unused(["ui.source", "ui.unheard-of", "unheard.of"]) == ["ui.unheard-of", "unheard.of"]


def test_every_rule_is_named_by_the_code():
    named = {code for text in strings() for code in re.findall(r"[EN][0-9]{3,4}", text)}

    assert [code for code in rooms.listed("rules.csv", "code") if code not in named] == []
