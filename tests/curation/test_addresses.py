"""The addresses of sources are asked, one by one, of a server that answers in every way one can."""

import hashlib
import http.server
from collections.abc import Iterator

import pandas as pd
import pytest

from evidence.curation import addresses
from tests.conftest import answering

BODY = b"what was read"
ANSWERS = {"/here": 200, "/hashed": 200, "/other": 200, "/old": 301, "/for-now": 302, "/lost": 404, "/broken": 500}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(ANSWERS[self.path])
        if ANSWERS[self.path] in (301, 302):
            self.send_header("Location", "/here")
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[str]:
    yield from answering(Handler)


def test_each_address_is_told_by_what_it_answers(host):
    silent = "http://127.0.0.1:9"  # nobody listens there
    hashes = {"/hashed": hashlib.sha256(BODY).hexdigest(), "/other": "0" * 64}
    rows = [(path, f"{host}{path}", hashes.get(path, "")) for path in ANSWERS] + [("/silent", silent, ""), ("/copy", "github:a/b", "")]

    told = {answer.id: (answer.state, answer.told) for answer in addresses.asked(pd.DataFrame(rows, columns=["id", "address", "sha256"]), 5)}

    assert told == {
        "/here": ("answers", ""),
        "/hashed": ("as-read", ""),
        "/other": ("changed", ""),
        "/old": ("moved", f"{host}/here"),
        "/for-now": ("answers", ""),
        "/lost": ("gone", "404 Not Found"),
        "/broken": ("gone", "500 Internal Server Error"),
        "/silent": ("silent", "ConnectionError"),
    }
