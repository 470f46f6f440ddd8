"""How styles, scripts and pictures are delivered after ``collectstatic``."""

import posixpath
import re
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import url\("([^"]+)"\)(?: layer\((\w+)\))?;')
ADDRESS = re.compile(r"url\(([^)]+)\)")
# A text in quotes, which stays; a comment; a mark with the space around it; any other space.
SPARE = re.compile(r'("[^"]*")|/\*.*?\*/|\s*([{};,])\s*|(\s)\s*', re.DOTALL)


def whole_sheet(name, read):
    """The stylesheet ``name`` with the sheets it imports put in, without comments and spare space.

    ``read`` takes a name and returns the file's text. Imports look like those in portal.css, and an imported
    sheet imports nothing itself.
    """
    folder = posixpath.dirname(name)

    def imported(match):
        part, layer = match.groups()
        text = ADDRESS.sub(
            lambda url: f"url({posixpath.normpath(posixpath.join(posixpath.dirname(part), url[1]))})",
            read(posixpath.join(folder, part)),
        )
        return f"@layer {layer}{{{text}}}" if layer else text

    text = IMPORT.sub(imported, read(name))
    return SPARE.sub(lambda match: match[1] or match[2] or (" " if match[3] else ""), text).strip()


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Files under names that change with their content, also where one script imports another.

    Each stylesheet of ours is one file, whatever it imports: no page waits for one sheet to ask for the next.
    """

    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        def read(name):
            storage, path = paths[name]
            with storage.open(path) as file:
                return file.read().decode()

        if not dry_run:
            sheets = [name for name in paths if PurePosixPath(name).match("css/*.css")]
            for name, text in [(name, whole_sheet(name, read)) for name in sheets]:
                self.delete(name)
                self.save(name, ContentFile(text))
            paths = {**paths, **{name: (self, name) for name in sheets}}
        yield from super().post_process(paths, dry_run, **options)
