"""/livez, /readyz and /metrics on one port or Unix socket, in threads of their own."""

from __future__ import annotations

import contextlib
import http.client
import json
import pathlib
import socket
import socketserver
import threading
from typing import TYPE_CHECKING, Any, NamedTuple
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIEnvironment

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
REQUEST_SECONDS_MAX = 10.0


class Answer(NamedTuple):
    """A probe's answer: good or not, and why, as JSON."""

    good: bool
    detail: dict[str, Any]


class Endpoints(NamedTuple):
    """What is served. Each is called in the server's threads."""

    live: Callable[[], Answer]
    ready: Callable[[], Answer]
    metrics: Callable[[], bytes]


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _UnixServer(_Server):
    address_family = socket.AF_UNIX

    def server_bind(self) -> None:
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", 0
        self.setup_environ()


class _Handler(WSGIRequestHandler):
    client_address: Any  # a Unix socket has none, and the environment needs a pair
    timeout = REQUEST_SECONDS_MAX

    def log_message(self, *_: object) -> None:
        """Probes are not worth a line."""

    def address_string(self) -> str:
        return "local"  # a Unix socket has no address

    def get_environ(self) -> WSGIEnvironment:
        if not isinstance(self.client_address, tuple):
            self.client_address = ("local", 0)
        return super().get_environ()


@contextlib.contextmanager
def serving(endpoints: Endpoints, *, host: str = "", port: int = 0, socket_path: str = "") -> Iterator[int]:
    """Serve for the length of the block; gives the port (0 for a Unix socket).

    Raises:
        OSError: the address is taken or not ours.
    """
    kind, address = (_UnixServer, socket_path) if socket_path else (_Server, (host, port))
    server = kind(address, _Handler)  # type: ignore[arg-type]
    server.set_app(_app(endpoints))
    thread = threading.Thread(target=server.serve_forever, args=(0.1,), name="http", daemon=True)
    thread.start()
    try:
        yield 0 if socket_path else int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        if socket_path:
            pathlib.Path(socket_path).unlink(missing_ok=True)


def _app(endpoints: Endpoints) -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
    def app(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if environ.get("REQUEST_METHOD") not in ("GET", "HEAD"):
            start("405 Method Not Allowed", [("Allow", "GET, HEAD")])
            return [b""]
        if path == "/metrics":
            start("200 OK", [("Content-Type", METRICS_TYPE)])
            return [endpoints.metrics()]
        probe = {"/livez": endpoints.live, "/readyz": endpoints.ready}.get(path)
        if probe is None:
            start("404 Not Found", [("Content-Type", "text/plain")])
            return [b"/livez, /readyz, /metrics\n"]
        answer = probe()
        start("200 OK" if answer.good else "503 Service Unavailable", [("Content-Type", "application/json")])
        return [json.dumps({"ok": answer.good} | answer.detail).encode() + b"\n"]

    return app


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: str, timeout: float) -> None:
        super().__init__("localhost", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def fetch(socket_path: str, path: str, seconds_max: float) -> tuple[int, bytes]:
    """GET over a Unix socket: (status, body); (0, b"") when nobody answers in time."""
    with contextlib.closing(_UnixConnection(socket_path, seconds_max)) as connection:
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
