"""The emulator through real sockets: documented paths for any client, TLS, and connections that break on request."""

import http.client
import json
import os
import signal
import ssl
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
import urllib.request
from pathlib import Path

PROGRAM = os.environ["TERMWISE_PROGRAM"]
SCENARIO = "scenarios/legacy-csp-to-new-commerce/scenario.json"


class Emulator:
    """The program, running; ended at the end of the block."""

    def __init__(self, *options, trust=None):
        self.trust = trust
        self.process = subprocess.Popen([PROGRAM, "emulator", SCENARIO, "--quiet", *options],
                                        stdout=subprocess.PIPE, text=True)
        self.base = self.process.stdout.readline().strip()
        self.number = 0
        self.status = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.status = self.process.wait(timeout=20)
        self.process.stdout.close()

    def connection(self, timeout=20):
        url = urllib.parse.urlsplit(self.base)
        if url.scheme == "https":
            return http.client.HTTPSConnection(url.hostname, url.port, context=self.trust, timeout=timeout)
        return http.client.HTTPConnection(url.hostname, url.port, timeout=timeout)

    def call(self, method, path, body=None, headers=None, timeout=20):
        """Status and body."""
        connection = self.connection(timeout)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def control(self, method, path, body=None):
        status, text = self.call(method, "/emulator" + path, json.dumps(body) if body is not None else None)
        return status, json.loads(text)

    def token(self):
        who = self.control("GET", "")[1]["credentials"]
        form = urllib.parse.urlencode({
            "grant_type": "refresh_token", "resource": "https://api.partnercenter.microsoft.com",
            "scope": "openid", "client_id": who["client_id"], "client_secret": who["client_secret"],
            "refresh_token": who["refresh_token"]})
        status, text = self.call("POST", f"/{who['tenant']}/oauth2/token", form,
                                 {"Content-Type": "application/x-www-form-urlencoded"})
        assert status == 200, text
        return json.loads(text)["access_token"]

    def api(self, method, path, token, body=None, timeout=20):
        self.number += 1
        headers = {"Authorization": "Bearer " + token, "Accept": "application/json",
                   "MS-RequestId": f"r{self.number}", "MS-CorrelationId": f"c{self.number}"}
        return self.call(method, "/v1/" + path, json.dumps(body) if body is not None else None, headers, timeout)


class SocketTest(unittest.TestCase):
    def test_documented_paths(self):
        with Emulator() as emulator:
            token = emulator.token()
            status, text = emulator.api("GET", "customers?size=500", token)
            self.assertEqual(status, 200)
            customers = json.loads(text)["items"]
            self.assertGreater(len(customers), 0)
            status, text = emulator.api("GET", f"customers/{customers[0]['id']}/subscriptions", token)
            self.assertGreater(json.loads(text)["totalCount"], 0)
            # urllib as well, which is what many scripts use.
            request = urllib.request.Request(emulator.base + "/v1/customers?size=1", headers={
                "Authorization": "Bearer " + token, "Accept": "application/json",
                "MS-RequestId": "u1", "MS-CorrelationId": "v1"})
            with urllib.request.urlopen(request, timeout=20) as answer:
                self.assertIn("GMT", answer.headers["Date"])
            self.assertEqual(emulator.control("GET", "/violations"), (200, []))
        self.assertEqual(emulator.status, 0)

    def test_clock_people_and_ledgers(self):
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "binding.json"
            with Emulator("--binding-out", str(out), "--clock", "2022-02-08") as emulator:
                self.assertEqual(json.loads(out.read_text())["format"], "termwise-binding/1")
                self.assertEqual(emulator.control("GET", "/clock")[1]["now"], "2022-02-08T00:00:00Z")
                self.assertEqual(emulator.control("POST", "/clock", {"seconds": 60})[1]["now"],
                                 "2022-02-08T00:01:00Z")
                status, wrong = emulator.control("POST", "/clock", {"to": "2022-02-01"})
                self.assertEqual(status, 400)
                self.assertIn("does not go back", wrong["error"])
                self.assertEqual(emulator.control("GET", "/clocks")[1]["error"],
                                 "there is no /emulator/clocks; did you mean /emulator/clock?")
                binding = emulator.control("GET", "/binding")[1]
                self.assertEqual(binding, json.loads(out.read_text()))
                subscription = emulator.control("GET", "/ledgers")[1]["lives"][0]["from_before"]
                status, _ = emulator.control("POST", "/people/end", {"subscription": subscription})
                self.assertEqual(status, 200)
                self.assertEqual(emulator.control("GET", "/ledgers")[1]["lives"][0]["status"], "deleted")
                self.assertEqual(emulator.control("PUT", "/switches", {"cart-lifetime": 900})[1]["cart-lifetime"],
                                 "900")

    def test_breaks_connections(self):
        with Emulator() as emulator:
            token = emulator.token()

            def strike(spec):
                self.assertEqual(emulator.control("POST", "/faults", {"spec": spec})[0], 200)

            strike("lost-answer,path=/v1/customers")
            with self.assertRaises((ConnectionResetError, http.client.RemoteDisconnected)):
                emulator.api("GET", "customers?size=1", token)
            for bytes_sent in (0, 1, 40):
                strike(f"truncated,path=/v1/customers,argument={bytes_sent}")
                with self.assertRaises(http.client.IncompleteRead) as caught:
                    emulator.api("GET", "customers?size=1", token)
                self.assertEqual(len(caught.exception.partial), bytes_sent)
            strike("garbage,path=/v1/customers")
            with self.assertRaises(http.client.BadStatusLine):
                emulator.api("GET", "customers?size=1", token)
            strike("slow,path=/v1/customers,argument=30")
            with self.assertRaises(TimeoutError):
                emulator.api("GET", "customers?size=1", token, timeout=0.3)
            # The slow one holds nobody up.
            self.assertEqual(emulator.api("GET", "customers?size=1", token)[0], 200)
            self.assertEqual(emulator.control("POST", "/faults", {"spec": "sloow"})[1]["error"],
                             'there is no fault "sloow"; did you mean "slow"?')

    def test_tls(self):
        with tempfile.TemporaryDirectory() as folder:
            key, certificate = Path(folder) / "key.pem", Path(folder) / "certificate.pem"
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                            "-nodes", "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=localhost",
                            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
                           check=True, capture_output=True)
            trust = ssl.create_default_context(cafile=str(certificate))
            with Emulator("--tls", str(certificate), str(key), trust=trust) as emulator:
                self.assertTrue(emulator.base.startswith("https://localhost:"))
                token = emulator.token()
                self.assertEqual(emulator.api("GET", "customers?size=1", token)[0], 200)
                emulator.control("POST", "/faults", {"spec": "truncated,path=/v1/customers,argument=10"})
                with self.assertRaises((http.client.IncompleteRead, ssl.SSLError)):
                    emulator.api("GET", "customers?size=1", token)
                stranger = http.client.HTTPSConnection("localhost", urllib.parse.urlsplit(emulator.base).port,
                                                       context=ssl.create_default_context(), timeout=20)
                with self.assertRaises(ssl.SSLCertVerificationError):
                    stranger.request("GET", "/emulator")
                stranger.close()
                # And it goes on for those who trust it.
                self.assertEqual(emulator.api("GET", "customers?size=1", token)[0], 200)

    def test_loopback_only(self):
        with Emulator() as emulator:
            port = urllib.parse.urlsplit(emulator.base).port
            listening = set()
            for table in ("/proc/net/tcp", "/proc/net/tcp6"):
                if not os.path.exists(table):
                    continue
                for line in Path(table).read_text().splitlines()[1:]:
                    address, at = line.split()[1].split(":")
                    if int(at, 16) == port and line.split()[3] == "0A":
                        listening.add(address)
            self.assertLessEqual(listening, {"0100007F", "00000000000000000000000001000000"})
            self.assertIn("0100007F", listening)
            # A page in a browser that was led here by another name.
            status, text = emulator.call("GET", "/emulator", headers={"Host": "attacker.example"})
            self.assertEqual(status, 421)
            self.assertIn("localhost", json.loads(text)["error"])

    def test_wrong_usage(self):
        for options, status, says in (
                (["--fault", "lost-anser"], 2, 'did you mean "lost-answer"?'),
                (["--set-switch", "cart-lifetme=3"], 2, 'did you mean "cart-lifetime"?'),
                (["--channel", "nce-2022-03-18=person"], 1, "is moved to, but its channel is not nce"),
                (["--clock", "soon"], 2, "no date"),
                (["--clock", "2001-01-01"], 1, "does not go back")):
            run = subprocess.run([PROGRAM, "emulator", SCENARIO, "--quiet", *options], capture_output=True, text=True,
                                 timeout=20, check=False)
            self.assertEqual(run.returncode, status, run.stderr)
            self.assertIn(says, run.stderr)
            self.assertEqual(run.stdout, "")


if __name__ == "__main__":
    unittest.main(argv=sys.argv)
