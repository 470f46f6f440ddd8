"""What a browser fetches on its first visit of a page, counted as it comes over the wire."""

import re
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urljoin, urlsplit

# Links that a browser fetches without being asked to.
FETCHED_RELS = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}
CSS_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")


class _Links(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "link" and FETCHED_RELS & set(attributes.get("rel", "").split()):
            self.found.append(attributes["href"])
        elif tag in ("script", "img", "source", "iframe") and attributes.get("src"):
            self.found.append(attributes["src"])


def _fetch(port, path):
    """(bytes over the wire, content type, body as text) of ``path``; what is compressed comes gzipped."""
    counting = HTTPConnection("127.0.0.1", port)
    counting.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = counting.getresponse()
    head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders()) + len(
        "HTTP/1.1 200 OK\r\n\r\n"
    )
    wire = head + len(answer.read())
    counting.request("GET", path, headers={"Accept-Encoding": "identity"})
    plain = counting.getresponse()
    body = plain.read()
    counting.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return wire, plain.headers.get_content_type(), body.decode("utf-8", "replace")


def first_visit(port, page):
    """[(path, bytes over the wire)] of ``page`` and all it loads, heads of the answers included.

    Raises RuntimeError when anything would come from another host.
    """
    fetched, waiting = {}, [page]
    while waiting:
        path = waiting.pop(0)
        if path in fetched:
            continue
        wire, content_type, text = _fetch(port, path)
        fetched[path] = wire
        found = []
        if content_type == "text/html":
            found = _Links(text).found
        elif content_type == "text/css":
            found = [one or other for one, other in CSS_ADDRESS.findall(text)]
        for address in found:
            target = urlsplit(urljoin(f"http://127.0.0.1:{port}{path}", address))
            if target.netloc != f"127.0.0.1:{port}":
                raise RuntimeError(f"{path} loads {address} from another host")
            waiting.append(target.path)
    return list(fetched.items())
