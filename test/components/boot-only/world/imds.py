"""The metadata service as EC2 serves it: version 2 only, 403 for everything once it is off (the file "off" exists)."""
import http.server, json, os, secrets, socket, sys, threading

folder = sys.argv[1]
TOKENS = set()
with open(os.path.join(folder, "id")) as file:
    ID = file.read().strip()
DOCUMENT = {
    "accountId": "123456789012",
    "availabilityZone": "eu-central-1a",
    "instanceId": ID,
    "region": "eu-central-1",
}
ROLE = {"Code": "Success", "AccessKeyId": "made-up", "SecretAccessKey": "made-up", "Token": "made-up"}
PAGES = {
    "meta-data/instance-id": ID,
    "meta-data/services/partition": "aws",
    "meta-data/placement/region": "eu-central-1",
    "meta-data/placement/availability-zone": "eu-central-1a",
    "meta-data/local-ipv4": "10.0.0.2",
    "meta-data/ami-id": "ami-0123456789abcdef0",
    "meta-data/iam/security-credentials/": "machine",
    "meta-data/iam/security-credentials/machine": json.dumps(ROLE),
    "dynamic/instance-identity/document": json.dumps(DOCUMENT, indent=2),
}


class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self, status, text=""):
        with open(os.path.join(folder, "log"), "a") as log:
            log.write(f"imds {self.command} {self.path} {status}\n")
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def is_off(self):
        # The file "off4" is a service that EC2 does not know: one endpoint off, the other on.
        off = os.path.join(folder, "off")
        return os.path.exists(off) or (not self.server.v6 and os.path.exists(off + "4"))

    def do_PUT(self):
        if self.is_off() or self.path != "/latest/api/token":
            return self.answer(403)
        if not 1 <= int(self.headers.get("X-aws-ec2-metadata-token-ttl-seconds", "0")) <= 21600:
            return self.answer(400)
        token = secrets.token_hex(8)
        TOKENS.add(token)
        self.answer(200, token)

    def do_GET(self):
        if self.is_off():
            return self.answer(403)
        if self.headers.get("X-aws-ec2-metadata-token") not in TOKENS:
            return self.answer(401)
        page = self.page(self.path.split("/", 2)[2])
        self.answer(404) if page is None else self.answer(200, page)

    def page(self, path):
        """A value, or what a folder holds; of whatever version of the data."""
        if path == "user-data":
            file = os.path.join(folder, "user-data")
            return open(file).read() if os.path.exists(file) else None
        if path in PAGES:
            return PAGES[path]
        path = path.rstrip("/") + "/"
        below = [each.removeprefix(path) for each in PAGES if each.startswith(path)]
        return "\n".join(sorted({each.split("/")[0] + "/" * ("/" in each) for each in below})) or None

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    def __init__(self, family, address):
        self.address_family, self.v6 = family, family == socket.AF_INET6
        super().__init__((address, 80), Handler)

    def server_bind(self):
        # HTTPServer looks its own name up, and there is nobody to ask.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_name, self.server_port = "imds", 80


servers = [Server(socket.AF_INET, "169.254.169.254")]
if os.path.exists(os.path.join(folder, "has-ipv6")):
    servers.append(Server(socket.AF_INET6, "fd00:ec2::254"))
for server in servers:
    threading.Thread(target=server.serve_forever, daemon=True).start()
open(os.path.join(folder, "ready"), "w").close()
threading.Event().wait()
