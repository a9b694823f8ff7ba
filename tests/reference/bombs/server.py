"""A calendar server on this machine that answers everything with one of these."""

import http.server
import threading

MULTISTATUS = b'<?xml version="1.0"?><multistatus xmlns="DAV:">'


def pieces(head, piece, tail=b""):
    return lambda size: (head, piece, tail, size)


ANSWERS = {
    "responses": pieces(MULTISTATUS, b"<response><href>/c/a.ics</href></response>", b"</multistatus>"),
    "nested": pieces(MULTISTATUS, b"<x>"),
    "one-text": pieces(MULTISTATUS + b"<response><href>", b"x", b"</href></response></multistatus>"),
    "attributes": pieces(b"<multistatus", b' a="b"', b"/>"),
    "namespaces": pieces(b"<multistatus", b' xmlns:a="b"', b"/>"),
    "comments": pieces(MULTISTATUS, b"<!-- x -->", b"</multistatus>"),
    "references": pieces(MULTISTATUS, b"&amp;", b"</multistatus>"),
    "spaces": pieces(b"", b" "),
    "nul": pieces(b"", b"\0"),
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def answer(self):
        name = self.path.split("/")[1]
        if name == "headers":
            self.send_response(207)
            try:
                self.flush_headers()
                for number in range(2_000_000):
                    self.wfile.write(b"X-%d: y\r\n" % number)
                self.wfile.write(b"\r\n")
            except OSError:
                pass
            return
        head, piece, tail, size = ANSWERS[name](self.server.size)
        self.send_response(207)
        self.send_header("Content-Type", "application/xml")
        self.end_headers()
        try:
            self.wfile.write(head)
            block = piece * max(1, 1_000_000 // len(piece))
            for _ in range(max(1, size // len(block))):
                self.wfile.write(block)
            self.wfile.write(tail)
        except OSError:
            # The program has read enough.
            pass

    do_PROPFIND = do_GET = do_PUT = do_DELETE = do_OPTIONS = do_REPORT = answer

    def log_message(self, *_):
        pass


def serve(size):
    """Returns the address of a new server."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.size = size
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"
