"""Known vulnerabilities are told of the package they are in, and silence is not taken for soundness; against a database of the test's own."""

import http.server
import json
from collections.abc import Iterator

import pytest
import requests

from evidence.editions.reproduction import pinned
from tests import advisories
from tests.conftest import answering

BAD = {("jinja2", "3.1.4"): ["GHSA-q2x7-8rv6-6q7h"], ("requests", "2.19.0"): ["PYSEC-2018-28"], ("pillow", "9.0.0"): ["A", "B"]}


class Database(http.server.BaseHTTPRequestHandler):
    short = False

    def do_POST(self) -> None:
        queries = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        ids = [BAD.get((one["package"]["name"], one["version"]), []) for one in queries]
        results = [{"vulns": [{"id": id} for id in several]} if several else {} for several in ids]
        body = json.dumps({"results": results[1:] if self.short else results}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def database() -> Iterator[str]:
    yield from answering(Database)


def test_three_bad_versions_among_the_pins_are_named_and_nothing_else(database):
    pins = [pin for lock in advisories.LOCKS for pin in pinned((advisories.Path(__file__).parents[1] / lock).read_text(encoding="utf-8"))]

    assert len(pins) > 100
    assert advisories.known(pins, database) == []
    assert advisories.known([*pins, *BAD], database) == [advisories.Known(*pin, tuple(ids)) for pin, ids in sorted(BAD.items())]


def test_an_answer_cut_short_or_none_at_all_is_not_called_sound(database, monkeypatch, capsys):
    monkeypatch.setattr(Database, "short", True)
    with pytest.raises(requests.RequestException, match="of 3 packages"):
        advisories.known(BAD, database)
    monkeypatch.setattr(advisories.known, "__defaults__", ("http://127.0.0.1:9",))

    assert advisories.main() == 2
    assert "could not be asked" in capsys.readouterr().err
