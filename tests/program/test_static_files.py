"""Files under names that change with their content."""

import re

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from program.static_files import StaticFiles, whole_sheet


def read_sheet(name):
    return (settings.BASE_DIR / "static/css" / name).read_text()


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


def test_stylesheet_is_delivered_as_one_file_with_what_it_imports(tmp_path):
    source = FileSystemStorage(tmp_path / "source")
    target = StaticFiles(location=tmp_path / "target", base_url="/static/")
    written = {
        "css/page.css": '/* All. */\n@layer a, b;\n@import url("parts/one.css") layer(b);\n',
        "css/parts/one.css": '.one::before {\n  content: "/* ; */";\n  background: url(../../img/1.svg)}\n',
        "img/1.svg": "<svg/>",
    }
    for name, text in written.items():
        source.save(name, ContentFile(text))
        target.save(name, ContentFile(text))

    for _ in range(2):  # a second run finds the first one's files
        list(target.post_process({name: (source, name) for name in written}))

    whole = '@layer a,b;@layer b{.one::before{content: "/* ; */";background: url("../img/%s")}}'
    hashed = (tmp_path / "target" / target.stored_name("css/page.css")).read_text()
    assert hashed == whole % target.stored_name("img/1.svg").removeprefix("img/")
    # Pages for when little works ask for it by its plain name.
    assert (tmp_path / "target/css/page.css").read_text() == whole.replace('"../img/%s"', "../img/1.svg")


def test_every_stylesheet_is_whole_when_delivered():
    sheets = sorted((settings.BASE_DIR / "static/css").glob("*.css"))

    texts = {sheet.name: whole_sheet(sheet.name, read_sheet) for sheet in sheets}

    assert [name for name, text in texts.items() if "@import" in text or "/*" in text] == []
    parts = (settings.BASE_DIR / "static/css").glob("*/*.css")
    written = "".join(sheet.read_text() for sheet in sheets)
    unused = [part.name for part in parts if f'"{part.parent.name}/{part.name}"' not in written]
    assert unused == []
