"""A service that behaves as a test tells it to, at an address of its own, and a page that embeds the widget from it.

The widget's module is the real one, from the service under test: so this is another site's page with a strict policy.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Another site</title>
<script type="module" src="{module}" integrity="{integrity}" crossorigin="anonymous"></script></head>
<body><main><h1>Another site</h1><citewise-chat service="{service}" {attributes}></citewise-chat></main></body></html>"""


# What the index of the scripted service is said to hold, by address.
KNOWN = {
    "/v1/reports?limit=200": {"reports": [{"subject": "Wexmoor"}] * 2, "next": "/v1/reports?limit=200&cursor=x"},
    "/v1/reports?limit=200&cursor=x": {"reports": [{"subject": "Tovey"}, {"subject": None}], "next": None},
    "/v1/reports/r": {"sections": [{"path": ["Carers"]}, {"path": ["Carers", "Waiting"]}]},
}


class Reply:
    """What a handler writes to; nothing is buffered."""

    def __init__(self, handler: BaseHTTPRequestHandler) -> None:
        self._handler = handler

    def begin(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        self._handler.send_response(status)
        self._handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            self._handler.send_header(name.replace("_", "-"), value)
        self._handler.end_headers()

    def send(self, data: bytes) -> None:
        self._handler.wfile.write(data)
        self._handler.wfile.flush()

    def event(self, name: str, body: object) -> None:
        self.send(f"event: {name}\ndata: {json.dumps(body)}\n\n".encode())

    def problem(self, status: int, detail: str, **headers: str) -> None:
        self.begin(status, "application/problem+json", **headers)
        self.send(json.dumps({"title": "x", "status": status, "detail": detail}).encode())

    def json(self, body: object) -> None:
        self.begin(200, "application/json")
        self.send(json.dumps(body).encode())


class ScriptedService:
    """`answers` handles POST /v1/ask; `said` is what POST /v1/feedback was told, which gets `feedback_status`."""

    def __init__(self, module: str, integrity: str) -> None:
        self.answers: Callable[[Reply, dict], None] = lambda reply, asked: reply.problem(500, "not scripted")
        self.asked: list[dict] = []
        self.said: list[dict] = []
        self.feedback_status = 202
        self.attributes, self.language = "", "en"
        self.target: str | None = None
        self._module, self.integrity = module, integrity
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def page(self) -> str:
        values = {"module": self._module, "integrity": self.integrity, "service": self.target or self.url}
        return PAGE.format(**values, attributes=self.attributes, language=self.language)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_words: object) -> None:
                pass

            def do_GET(self) -> None:
                reply = Reply(self)
                if self.path == "/readyz":
                    reply.json({"created": "2026-02-03T04:05:06Z", "counts": {"reports": 3, "paragraphs": 40}})
                elif self.path in KNOWN:
                    reply.json(KNOWN[self.path])
                elif self.path == "/":
                    origin = service._module.split("/widget")[0]
                    policy = (
                        f"default-src 'none'; script-src {origin}; connect-src 'self' {origin}; "
                        "require-trusted-types-for 'script'; trusted-types 'none'"
                    )
                    reply.begin(200, "text/html; charset=utf-8", Content_Security_Policy=policy)
                    reply.send(service.page().encode())
                else:
                    reply.problem(404, "nothing here")

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                reply = Reply(self)
                if self.path == "/v1/feedback":
                    service.said.append(body)
                    if service.feedback_status == 202:
                        reply.begin(202, "application/json")
                        reply.send(b"{}")
                    else:
                        reply.problem(service.feedback_status, "not now")
                    return
                service.asked.append(body)
                try:
                    service.answers(reply, body)
                except (BrokenPipeError, ConnectionResetError):
                    return

        return Handler


def citation(number: int, **more: object) -> dict:
    text = "Before it. Carers waited six weeks. After it."
    report = {
        "id": "r", "title": "Wexmoor: assessment", "subject": "Wexmoor", "publisher": "The inspectorate",
        "published": "2025-06-20", "source_url": "https://reports.example/r", "licence": None, "file": "r.md",
    }  # fmt: skip
    made = {
        "number": number, "paragraph_id": f"r:s:{number}", "report": report,
        "section": {"id": "s", "path": ["Carers", "Waiting"], "score": 3, "judgement": None},
        "paragraph": number, "page": 4, "label": "2.1", "quote": "Carers waited six weeks.", "start": 11, "end": 35,
        "text": text, "url": f"/reports/r#s.{number}", "marked_url": f"/reports/r?mark=s.{number}:11-35#s.{number}",
        "source_fragment_url": "https://reports.example/r#:~:text=six",
    }  # fmt: skip
    return {**made, **more}


def understood(**more: object) -> dict:
    made = {
        "subjects": [], "missing": [], "sections": [], "scores": {}, "when": None, "kind": "fact", "speakers": [],
        "carried": {"from": None}, "words": [], "unread": [], "corrections": [],
    }  # fmt: skip
    return {**made, **more}


def nearest(number: int, **more: object) -> dict:
    text = "Before it. Carers waited six weeks. After it."
    made = {
        "paragraph_id": f"r:s:{number}", "report": "Wexmoor: assessment", "subject": "Wexmoor",
        "publisher": "The inspectorate", "published": "2025-06-20", "source_url": "https://reports.example/r",
        "section": ["Carers", "Waiting"], "score": 3, "judgement": None, "paragraph": number, "page": 4, "label": None,
        "snippet": text[:20], "text": text, "quote": "Carers waited six weeks.", "start": 11, "end": 35,
        "url": f"/reports/r#s.{number}", "marked_url": f"/reports/r?mark=s.{number}:11-35#s.{number}",
        "source_fragment_url": None,
    }  # fmt: skip
    return {**made, **more}


def answer(*claims: str, **more: object) -> dict:
    made = {
        "id": "ans_1", "question": "q", "standalone_question": "q", "outcome": "answered", "reason": None,
        "answer": " ".join(f"{claim} [{n}]" for n, claim in enumerate(claims, 1)),
        "understood": understood(), "shown": None,
        "claims": [{"text": claim, "citations": [n], "check": "exact"} for n, claim in enumerate(claims, 1)],
        "citations": [citation(n) for n in range(1, len(claims) + 1)], "groups": [], "notes": [], "choices": [],
        "ratings": [], "nearest": [], "searched": {"reports": 3, "paragraphs": 40, "filters": {}},
        "provenance": {"generation": "g", "answerer": "extractive", "model": None}, "attribution": None,
    }  # fmt: skip
    return {**made, **more}
