"""A server on this machine that speaks chat completions, or fails as it is told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sk-this-is-the-secret-key"


@dataclass(frozen=True)
class Act:
    """What the server does with one request.

    `stall` is slept before the answer, `drip` between the bytes of its body; `cut` announces a
    longer body than is sent.
    """

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    stall: float = 0.0
    drip: float = 0.0
    cut: bool = False


def says(text: str | None, *, finish: str = "stop", **message: Any) -> Act:
    """An answer of the model."""
    choice = {
        "index": 0,
        "finish_reason": finish,
        "message": {"role": "assistant", "content": text, **message},
    }
    usage = {"prompt_tokens": 60, "completion_tokens": 40, "total_tokens": 100}
    document = {"id": "1", "object": "chat.completion", "created": 1, "model": "m"}
    return Act(json.dumps({**document, "choices": [choice], "usage": usage}).encode())


def fails(status: int, *, param: str | None = None, code: str = "oops", **headers: str) -> Act:
    """An error of the server, which shows the key that it was sent, as some do."""
    error = {"message": f"bad key {KEY}", "type": "error", "param": param, "code": code}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Act(json.dumps({"error": error}).encode(), status, named)


@dataclass
class Server:
    """A script of acts, the last of them repeated, and the requests that came."""

    acts: Sequence[Act]
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    address: str = ""
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def questions(self) -> list[str]:
        """The texts of the users' messages."""
        return [request["messages"][-1]["content"] for request in self.requests]


@contextmanager
def serving(*acts: Act) -> Iterator[Server]:
    """Serve on a free port of 127.0.0.1 while the context lasts."""
    server = Server(acts)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            server.requests.append(json.loads(self.rfile.read(length)))
            server.keys.append(self.headers.get("authorization", ""))
            act = server.acts[min(len(server.requests), len(server.acts)) - 1]
            server.released.wait(act.stall)
            try:
                self.act(act)
            except OSError:
                self.close_connection = True

        def act(self, act: Act) -> None:
            self.send_response(act.status)
            headers = {"Content-Type": "application/json", **act.headers}
            headers["Content-Length"] = str(len(act.body) + (1000 if act.cut else 0))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if not act.drip:
                self.wfile.write(act.body)
            else:
                for place in range(len(act.body)):
                    self.wfile.write(act.body[place : place + 1])
                    if server.released.wait(act.drip):
                        break
            self.close_connection = self.close_connection or act.cut

        def log_message(self, *_: object) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    server.address = f"http://127.0.0.1:{httpd.server_port}/v1"
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        httpd.shutdown()
        thread.join()
        httpd.server_close()


def waited(since: float) -> float:
    """Seconds of wall-clock time since then."""
    return time.monotonic() - since
