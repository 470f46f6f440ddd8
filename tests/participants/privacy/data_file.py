"""One's own data as it is downloaded."""

import json
import zipfile
from io import BytesIO

FILE = "/ikm-2018/me/data.zip"


def files_in(response):
    """{name: bytes} of the downloaded ZIP."""
    with zipfile.ZipFile(BytesIO(response.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def data_in(response):
    return json.loads(files_in(response)["my-data.json"])
