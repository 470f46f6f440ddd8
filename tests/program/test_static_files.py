"""Files under names that change with their content."""

import re

from django.conf import settings
from django.core.files.storage import FileSystemStorage

from program.static_files import StaticFiles


def test_script_asks_for_another_under_the_name_that_pages_ask_for(tmp_path):
    source = FileSystemStorage(settings.BASE_DIR / "static")
    target = StaticFiles(location=tmp_path, base_url="/static/")
    names = ["js/me.js", "js/portal.js"]
    for name in names:
        with source.open(name) as file:
            target.save(name, file)

    list(target.post_process({name: (source, name) for name in names}))

    me, portal = map(target.stored_name, names)
    asked = re.findall(r'from "\./(.+?)"', (tmp_path / me).read_text())
    assert [f"js/{name}" for name in asked] == [portal]
    assert portal != "js/portal.js"
