"""Reads a page as a person would: its headings, links and texts. Refuses markup that is not well formed."""

from html.parser import HTMLParser

VOID = {"meta", "link", "img", "input", "br", "hr"}
# What is no text of the page; and what stands in the line of its neighbours.
UNSEEN = {"head", "script", "svg", "template"}
INLINE = {"a", "b", "i", "span", "time", "small", "del"}


class Node:
    def __init__(self, tag, attributes):
        self.tag = tag
        self.attributes = dict(attributes)
        self.children = []

    @property
    def classes(self):
        return (self.attributes.get("class") or "").split()

    @property
    def nodes(self):
        """All elements inside, in order; what a template holds is no part of the page."""
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child.nodes if child.tag != "template" else ()

    @property
    def text(self):
        """The text without what is hidden, its white space made single."""
        return " ".join(self._words().split())

    def _words(self):
        if "hidden" in self.attributes or self.tag in UNSEEN:
            return ""
        inner = "".join(c if isinstance(c, str) else c._words() for c in self.children)
        return inner if self.tag in INLINE else f" {inner} "


class _Parser(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = [Node("", ())]

    def handle_starttag(self, tag, attributes):
        self.handle_startendtag(tag, attributes)
        if tag not in VOID:
            self.open.append(self.open[-1].children[-1])

    def handle_startendtag(self, tag, attributes):
        self.open[-1].children.append(Node(tag, attributes))

    def handle_endtag(self, tag):
        assert tag == self.open[-1].tag, f"</{tag}> closes <{self.open[-1].tag}> at {self.getpos()}"
        self.open.pop()

    def handle_data(self, data):
        self.open[-1].children.append(data)


class Page:
    def __init__(self, response):
        self.html = response.content.decode()
        parser = _Parser()
        parser.feed(self.html)
        parser.close()
        (self.root,) = parser.open

    def all(self, tag, css=None, within=None, **attributes):
        """All elements of that tag, in order; with the class ``css`` and these attributes."""
        wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
        return [
            node
            for node in (within or self.root).nodes
            if node.tag == tag
            and (css is None or css in node.classes)
            and all(node.attributes.get(name) == value for name, value in wanted.items())
        ]

    def one(self, *args, **kwargs):
        (found,) = self.all(*args, **kwargs)
        return found

    def texts(self, *args, **kwargs):
        return [node.text for node in self.all(*args, **kwargs)]

    def links(self, within=None):
        """(text, address) of the links."""
        return [(link.text, link.attributes["href"]) for link in self.all("a", within=within)]

    @property
    def main(self):
        return self.one("main")

    @property
    def facts(self):
        """The practical column of a page: {label: text}; a label that comes again keeps its last text."""
        facts = self.one("dl", "facts-lg")
        return dict(zip(self.texts("dt", within=facts), self.texts("dd", within=facts), strict=True))
