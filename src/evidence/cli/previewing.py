"""The command that shows one page while it is written: served on this machine alone, made anew when a file is saved."""

import functools
import http.server
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evidence import disk, root
from evidence.cli import speech
from evidence.cli.speech import Lang
from evidence.errors import Refusal, Refusals

if TYPE_CHECKING:
    from evidence.build.preview import Preview, Ready

PAUSE = 0.3  # seconds between two looks at the files
_SCRIPT = """let seen = "";
function previewed(state) { if (seen && seen !== state) location.reload(); seen = state; }
setInterval(() => { const next = document.createElement("script"); next.src = "/-/state.js?" + Date.now();
  next.onload = () => next.remove(); document.head.append(next); }, 500);
"""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the page with a script of its own that loads it anew once it was made anew."""

    made = 0  # how often it was

    def do_GET(self) -> None:
        """Answers with a file of the page, or with the script and the state that the script asks for."""
        if self.path.startswith("/-/"):
            text = _SCRIPT if self.path == "/-/reload.js" else f'previewed("{Handler.made}");'
            return self._send(text.encode(), "text/javascript")
        path = Path(self.translate_path(self.path))
        if path.suffix == ".html" and path.is_file():
            page = disk.raw(path).replace(b"</body>", b'<script src="/-/reload.js"></script></body>')
            return self._send(page, "text/html; charset=utf-8")
        return super().do_GET()

    def _send(self, raw: bytes, kind: str) -> None:
        self.send_response(200)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(raw)), "Cache-Control": "no-store"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        """Says nothing of what is asked for."""


def preview(
    chapter: Annotated[str, typer.Argument(metavar="CHAPTER")],
    edition: Annotated[str, typer.Option(metavar="EDITION")] = "",
    lang: Annotated[Lang, typer.Option("--lang")] = Lang.ja,
    port: Annotated[int, typer.Option(metavar="PORT", min=0, max=65535)] = 8000,
) -> None:
    """Show one page while it is written: its outdated notebooks are run, and it is made and loaded anew whenever a file is saved."""
    from evidence.build.outline import Outline
    from evidence.build.preview import Preview, Ready
    from evidence.tables import lineage

    folder = root.folder()
    name = root.edition(folder / "data", edition or lineage.opened(folder / "data").newest).name
    shown = Preview(folder, name, lang.value, chapter)
    shown.page(Outline(folder, name))  # a name that no page has is told before anything is started for it
    with Ready() as ready:
        _served(shown, ready, port)


def _served(shown: "Preview", ready: "Ready", port: int) -> None:
    """Serves the page, made anew whenever a file is saved, until the command is ended."""
    marks = shown.marks()
    page = _made(shown, ready)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), functools.partial(Handler, directory=str(page.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    typer.echo(speech.said("previewed", address=f"http://127.0.0.1:{server.server_port}/{page.name}"))
    while True:
        time.sleep(PAUSE)
        if (now := shown.marks()) != marks:
            marks = now
            try:
                _made(shown, ready)
            except (Refusal, Refusals) as refused:  # the page before stays to be looked at
                typer.echo(speech.refused(refused if isinstance(refused, Refusals) else Refusals([refused])), err=True)


def _made(shown: "Preview", ready: "Ready") -> Path:
    """The page, made anew; raises what is refused."""
    from rich.console import Console

    from evidence.build import preview as builder
    from evidence.build import state
    from evidence.build.progress import Board
    from evidence.runs import processes

    begun = time.perf_counter()
    with processes.stoppable(), state.alone(shown.folder), Board(Console(stderr=True), speech.lang()) as board:
        page = builder.make(shown, board, ready)
    Handler.made += 1
    typer.echo(speech.said("preview_made", seconds=f"{time.perf_counter() - begun:.1f}"), err=True)
    return page


def register(app: typer.Typer) -> None:
    """Gives the app this command."""
    app.command()(preview)
