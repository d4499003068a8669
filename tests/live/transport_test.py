"""The way to the service through real sockets: who is spoken to and who is not, and what a broken, endless or wrong
answer does. The client is `bind --live`; the servers are a few lines of Python, and none of them is an emulator."""

import http.server
import json
import os
import socket
import ssl
import subprocess
import tempfile
import threading
import unittest
from pathlib import Path

PROGRAM = os.environ["TERMWISE_PROGRAM"]
TENANT = "11111111-1111-4111-8111-111111111111"
SECRET = "planted-client-secret"
TOKEN = "planted.access.token"
SCENARIO = {"format": "termwise-scenario/1", "currency": "EUR", "horizon": {"start": "2026-01-05", "end": "2026-07-06"},
            "programmes": [{"id": "csp"}], "offers": [{"id": "e3", "programme": "csp", "sku": "A", "prices": [{"term": "P1Y", "billing": "P1Y", "unit_price": "90.00"}]}],
            "customers": [{"id": "alder", "relationship": "active", "subscriptions": [
                {"id": "alder-e3", "offer": "e3", "seats": 3, "term": "P1Y", "billing": "P1Y", "term_start": "2025-02-04", "unit_price": "90.00", "must_move": False}]}]}
BINDING = {"format": "termwise-binding/1", "partner_tenant": TENANT, "country": "DE", "programmes": [{"id": "csp", "channel": "person"}],
           "customers": [], "offers": [], "subscriptions": []}


class Service(http.server.BaseHTTPRequestHandler):
    """Gives tokens, and answers everything else as `answer` says: a function of the handler."""

    protocol_version = "HTTP/1.1"

    def reply(self, status, body, headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.reply(200, json.dumps({"access_token": TOKEN, "expires_in": "3599"}).encode())

    def do_GET(self):
        self.server.seen.append((self.path, self.headers.get("Authorization", "")))
        self.server.answer(self)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, answer, context=None):
        super().__init__(("127.0.0.1", 0), Service)
        self.answer, self.seen = answer, []
        if context:
            self.socket = context.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, *_):
        pass  # a client that does not like the certificate hangs up

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


def certificate(folder, name):
    key, cert = folder / f"{name}.key", folder / f"{name}.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
                    f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-keyout", key, "-out", cert], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return cert, context


def customers(handler):
    if handler.path.endswith("/subscriptions"):
        return handler.reply(200, b'{"items": []}')
    return handler.reply(200, json.dumps({"totalCount": 1, "items": [
        {"id": "22222222-2222-4222-8222-222222222222", "companyProfile": {"companyName": "Alder", "domain": "alder.example"},
         "relationshipToPartner": "reseller"}]}).encode())


class Transport(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = Path(self.folder.name)
        (self.path / "s.json").write_text(json.dumps(SCENARIO))
        (self.path / "b.json").write_text(json.dumps(BINDING))
        (self.path / "secrets.json").write_text(json.dumps({"client_id": "c", "client_secret": SECRET, "refresh_token": ""}))
        (self.path / "secrets.json").chmod(0o600)

    def bind(self, base, *more, attempts=1):
        done = subprocess.run([PROGRAM, "bind", "s.json", "--from", "b.json", "--no-users", "--secrets", "secrets.json", "--base-url", base,
                               "--authority", base, "--attempts", str(attempts), *more],
                              cwd=self.path, capture_output=True, text=True, timeout=60)
        for planted in (SECRET, TOKEN):
            self.assertNotIn(planted, done.stdout + done.stderr)
        return done

    def test_speaks_to_this_machine_without_tls_and_to_nobody_else(self):
        with Server(customers) as server:
            done = self.bind(f"http://127.0.0.1:{server.server_port}")
            self.assertIn("22222222-2222-4222-8222-222222222222", done.stdout)
        self.assertIn("only https is spoken", self.bind("http://partner.example").stderr)
        self.assertIn("only https is spoken", self.bind("http://127.0.0.1@partner.example").stderr)

    def test_tls_is_verified(self):
        cert, context = certificate(self.path, "localhost")
        _, other = certificate(self.path, "elsewhere.example")
        with Server(customers, context) as server:
            base = f"https://localhost:{server.server_port}"
            self.assertEqual(self.bind(base, "--ca-file", str(cert)).returncode, 0)
            self.assertGreater(len(server.seen), 0)
            server.seen.clear()
            done = self.bind(base)
            self.assertEqual(done.returncode, 5, done.stderr)
            self.assertIn("not who it should be", done.stderr)
            self.assertEqual(server.seen, [])
        with Server(customers, other) as server:
            done = self.bind(f"https://localhost:{server.server_port}", "--ca-file", str(self.path / "elsewhere.example.pem"))
            self.assertIn("not who it should be", done.stderr)  # a good certificate, of somebody else
            self.assertEqual(server.seen, [])

    def test_a_redirect_is_not_followed(self):
        with Server(customers) as elsewhere:
            with Server(lambda h: h.reply(307, b"", [("Location", f"http://127.0.0.1:{elsewhere.server_port}/")])) as server:
                done = self.bind(f"http://127.0.0.1:{server.server_port}")
            self.assertIn("not followed", done.stderr)
            self.assertEqual(elsewhere.seen, [])

    def test_a_link_to_another_host_is_not_followed(self):
        with Server(customers) as elsewhere:
            page = {"items": [], "links": {"next": {"uri": f"http://127.0.0.1:{elsewhere.server_port}/v1/customers"}}}
            with Server(lambda h: h.reply(200, json.dumps(page).encode())) as server:
                done = self.bind(f"http://127.0.0.1:{server.server_port}")
            self.assertIn("another host", done.stderr)
            self.assertEqual(elsewhere.seen, [])

    def test_wrong_answers_end_with_a_word(self):
        endless = {"items": [], "links": {"next": {"uri": "/v1/customers?again=1"}}}
        cases = [(lambda h: h.reply(200, b"<html>sign in</html>"), "not JSON"),
                 (lambda h: h.reply(200, b'{"items": [{"id": "a'), "not JSON"),
                 (lambda h: h.reply(200, b"[" * 100_000), "not JSON"),
                 (lambda h: h.reply(200, json.dumps(endless).encode()), "without an end"),
                 (lambda h: h.reply(200, b" " * 40_000_000), "larger than any should be"),
                 (lambda h: h.reply(503, b"busy"), "busy")]
        for answer, word in cases:
            with Server(answer) as server:
                done = self.bind(f"http://127.0.0.1:{server.server_port}")
                self.assertEqual(done.returncode, 5, done.stderr)
                self.assertIn(word, done.stderr)
                self.assertEqual(done.stdout, "")

    def test_a_line_that_breaks_is_told(self):
        def cut(handler):
            handler.send_response(200)
            handler.send_header("Content-Length", "1000")
            handler.end_headers()
            handler.wfile.write(b'{"items": [')
            handler.wfile.flush()
            handler.connection.shutdown(socket.SHUT_RDWR)
            handler.close_connection = True

        with Server(cut) as server:
            self.assertIn("broke", self.bind(f"http://127.0.0.1:{server.server_port}").stderr)
        closed = socket.socket()
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        closed.close()
        self.assertIn("no connection", self.bind(f"http://127.0.0.1:{port}").stderr)

    def test_credentials_that_others_can_read_are_not_used(self):
        (self.path / "secrets.json").chmod(0o644)
        done = self.bind("http://127.0.0.1:9")
        self.assertEqual(done.returncode, 1)
        self.assertIn("chmod 600", done.stderr)


if __name__ == "__main__":
    unittest.main()
