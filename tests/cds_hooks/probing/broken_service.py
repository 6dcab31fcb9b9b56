"""A small CDS service that conforms, and can be told to break one rule at a time."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from flask import Flask, Response, request
from werkzeug.serving import make_server

DISCOVERY: dict[str, Any] = {
    "services": [
        {
            "hook": "order-sign", "id": "good", "title": "Good", "description": "Conforms unless told otherwise",
            "prefetch": {"patient": "Patient/{{context.patientId}}",
                         "labs": "Observation?patient={{context.patientId}}"},
        }
    ]
}  # fmt: skip
ANSWER: dict[str, Any] = {
    "cards": [
        {
            "uuid": "c1", "summary": "s", "indicator": "info", "source": {"label": "l"},
            "selectionBehavior": "at-most-one",
            "suggestions": [{"label": "l", "uuid": "s1", "actions": [
                {"type": "create", "description": "d", "resource": {"resourceType": "Task"}},
                {"type": "delete", "description": "d", "resourceId": "Task/1"}]}],
            "overrideReasons": [{"code": "c", "system": "https://a.example", "display": "d"}],
            "links": [{"label": "l", "url": "https://a.example", "type": "absolute"}],
        }
    ]
}  # fmt: skip
OUTCOME = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "invalid"}]}


class Broken:
    """`how` is the name of a method's deviation, or a path into a document with the value to put there."""

    def __init__(self, how: str = "", path: str = "", value: Any = None) -> None:
        self.how, self._path, self._value = how, path, value
        self.app = Flask("broken")
        self.app.add_url_rule("/cds-services", view_func=self._discovery)
        methods = ["GET", "POST"]
        self.app.add_url_rule("/cds-services/<name>", view_func=self._service, methods=methods)
        self.app.add_url_rule("/cds-services/<name>/feedback", view_func=self._feedback, methods=["POST"])

    def _discovery(self) -> Response:
        if self.how == "discovery fails":
            return self._refuse(500)
        if self.how == "discovery is no JSON":
            return Response("<html>", content_type="text/html")
        if self.how == "discovery as text":
            return Response(json.dumps(DISCOVERY), content_type="text/plain")
        return self._answer(DISCOVERY, "services")

    def _service(self, name: str) -> Response:
        wrong = self._wrong(name)
        if wrong and self.how not in {"takes everything", wrong}:
            return self._refuse(500 if self.how == "fails" else 400)
        try:
            body = json.loads(request.data)
        except ValueError:
            body = {}
        return self._good(body if isinstance(body, dict) else {})

    def _good(self, body: dict[str, Any]) -> Response:
        if self.how == "slow":
            time.sleep(0.55)
        if self.how == "created":
            return Response(json.dumps(ANSWER), 201, content_type="application/json")
        if self.how == "wrong type":
            return Response(json.dumps(ANSWER), content_type="text/html")
        if self.how == "no JSON":
            return Response(b'{"cards": [], "x": NaN}', content_type="application/json")
        prefetch = body.get("prefetch")
        refused = {
            "strict": "extension" in body or "conformanceUnknown" in body.get("context", {}),
            "no null": prefetch and None in prefetch.values(),
            "no outcome": "OperationOutcome" in json.dumps(prefetch),
            "needs prefetch": not prefetch,
            "searchset": '"collection"' in json.dumps(prefetch),
            "never": True,
        }
        if refused.get(self.how):
            return self._refuse(400)
        answer = copy.deepcopy(ANSWER)
        if self.how == "echo":
            answer["cards"][0]["detail"] = json.dumps(body.get("fhirAuthorization", "none"))
        return self._answer(answer, "cards")

    def _wrong(self, name: str) -> str:
        if name != "good":
            return "unknown id"
        if request.method != "POST":
            return "any method"
        if request.mimetype != "application/json":
            return "any type"
        try:
            body = json.loads(request.data, parse_constant=lambda _: 1 / 0)
        except (ValueError, RecursionError, ZeroDivisionError):
            return "any body"
        if not isinstance(body, dict):
            return "any body"
        if not {"hook", "hookInstance", "context"} <= body.keys() or "patientId" not in body["context"]:
            return "incomplete"
        return "any hook" if body["hook"] != "order-sign" else ""

    def _feedback(self, name: str) -> Response:
        if self.how in {"no feedback", "feedback fails"}:
            return self._refuse(404 if self.how == "no feedback" else 501)
        try:
            items = json.loads(request.data)["feedback"]
            good = all({"card", "outcomeTimestamp"} <= each.keys() and each["outcome"] != "ignored" for each in items)
        except (ValueError, KeyError):
            good = False
        if self.how == "feedback once":
            self.how = "feedback never"
        elif self.how == "feedback never":
            return self._refuse(409)
        return (
            Response("{}", content_type="application/json") if good or self.how == "any report" else self._refuse(400)
        )

    def _refuse(self, status: int) -> Response:
        body = {"error": "x"} if self.how == "plain errors" else OUTCOME
        return Response(json.dumps(body), status, content_type="application/json")

    def _answer(self, document: dict[str, Any], kind: str) -> Response:
        document = copy.deepcopy(document)
        if self._path.split("/")[0] == kind:
            *way, last = [int(step) if step.isdigit() else step for step in self._path.split("/")]
            target: Any = document
            for step in way:
                target = target[step]
            target[last] = self._value
        return Response(json.dumps(document), content_type="application/json")


@contextmanager
def served(app: Flask, port: int = 0) -> Iterator[str]:
    """The address of the app on a real socket while the block lasts."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
