"""Announcements: a service in plain Python that tells users something, on every screen they have open.

    POST /announcements   {"userId": "ada", "title": "Hello", "message": "The library opens at nine"}   -> 202 {"id": ...}
    GET  /health

It knows nothing of Tidings' code: it publishes a CloudEvent through its own Dapr sidecar, as the contract says
(asyncapi.yaml, message notification.created). Standard library only.
"""

import json
import os
import signal
import sys
import urllib.error
import urllib.request
import uuid
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

APP_ID = "announcements"
PUBSUB = os.environ.get("PUBSUB", "pubsub")
HOST = os.environ.get("HOST", "127.0.0.1")
PORT = int(os.environ.get("PORT", "8020"))
SIDECAR = "http://127.0.0.1:" + os.environ.get("DAPR_HTTP_PORT", "3500")
SIDECAR_TOKEN = os.environ.get("DAPR_API_TOKEN", "")
MAX_BODY_BYTES = 16 * 1024
LIMITS = {"userId": 128, "title": 200, "message": 1000}


def announcement(body):
    """The event's payload, or ValueError with what is wrong."""
    for field, limit in LIMITS.items():
        value = body.get(field) if isinstance(body, dict) else None
        if not isinstance(value, str) or not 1 <= len(value) <= limit:
            raise ValueError(f"'{field}' must be a text of 1 to {limit} characters")
    now = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {
        "id": str(uuid.uuid4()),
        "userId": body["userId"],
        "type": "info",
        "priority": "normal",
        "title": body["title"],
        "message": body["message"],
        "version": 1,
        "createdAt": now,
    }


def publish(payload):
    """Source and id name the event for ever: the same ones again, after a timeout for instance, are no second event."""
    event = {
        "specversion": "1.0",
        "id": payload["id"],
        "source": APP_ID,
        "type": "notification.created",
        "time": payload["createdAt"],
        "datacontenttype": "application/json",
        "data": payload,
    }
    # The key keeps the events of one user in order.
    key = urllib.request.quote(payload["userId"], safe="")
    request = urllib.request.Request(
        f"{SIDECAR}/v1.0/publish/{PUBSUB}/notifications?metadata.partitionKey={key}",
        data=json.dumps(event).encode(),
        headers={"Content-Type": "application/cloudevents+json", "dapr-api-token": SIDECAR_TOKEN},
    )
    urllib.request.urlopen(request, timeout=5).close()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer(200, {"status": "UP"}) if self.path == "/health" else self.answer(404, {"error": "no such path"})

    def do_POST(self):
        if self.path != "/announcements":
            return self.answer(404, {"error": "no such path"})
        try:
            length = int(self.headers.get("Content-Length", "0"))
            if length > MAX_BODY_BYTES:
                return self.answer(413, {"error": f"at most {MAX_BODY_BYTES} bytes"})
            payload = announcement(json.loads(self.rfile.read(length)))
        except ValueError as e:
            return self.answer(400, {"error": str(e)})
        try:
            publish(payload)
        except OSError as e:
            print(f"not published {payload['id']}: {e}", flush=True)
            return self.answer(503, {"error": "the sidecar did not take it; try again"})
        print(f"published {payload['id']}", flush=True)
        return self.answer(202, {"id": payload["id"]})

    def answer(self, status, body):
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        """What matters is printed above."""


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print(f"{APP_ID} listens on {HOST}:{PORT}", flush=True)
    ThreadingHTTPServer((HOST, PORT), Handler).serve_forever()
