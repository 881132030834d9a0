"""What answers at the link-local addresses of EC2, as far as packets are concerned.

The hop limit is the TTL of the answer to the PUT for a token, of nothing else (AWS, "Use IMDSv2"). It is read from the
file named by the argument, so that a test can change it. Prints a line when it is ready.
"""

import http.server
import os
import socket
import sys
import threading

HOP_LIMIT = sys.argv[1]
DATAGRAMS = [(address, port) for port in (53, 123) for address in ("169.254.169.253", "169.254.169.123", "fd00:ec2::253", "fd00:ec2::123")]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_PUT(self):
        with open(HOP_LIMIT) as file:
            hops = int(file.read())
        if self.connection.family == socket.AF_INET:
            self.connection.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, hops)
        else:
            self.connection.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_UNICAST_HOPS, hops)
        self.answer(200, b"token")

    def do_GET(self):
        known = self.headers.get("X-aws-ec2-metadata-token") == "token"
        self.answer(200 if known else 401, b"i-0123456789abcdef0")

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    def server_bind(self):
        # That of HTTPServer asks for the machine's name, which takes seconds without DNS.
        if self.address_family == socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        self.socket.bind(self.server_address)


class Server6(Server):
    address_family = socket.AF_INET6


def echo(address, port):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_DGRAM)
    bound.bind((address, port))

    def serve():
        while True:
            data, sender = bound.recvfrom(512)
            bound.sendto(data, sender)

    threading.Thread(target=serve, daemon=True).start()


for server in (Server(("0.0.0.0", 80), Handler), Server6(("::", 80), Handler)):
    threading.Thread(target=server.serve_forever, daemon=True).start()
for place in DATAGRAMS:
    echo(*place)
# One write, since the other side closes the pipe when it has seen it.
os.write(1, b"ready\n")
threading.Event().wait()
