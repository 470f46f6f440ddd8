import re

from django.conf import settings

README = (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")


def test_readme_names_every_environment_variable_of_the_settings():
    source = (settings.BASE_DIR / "program" / "settings.py").read_text(encoding="utf-8")
    read = re.findall(r'(?:env_\w+|getenv)\(\s*"(\w+)"', source)

    told = re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE)

    assert sorted(told) == sorted(set(read))


def test_readme_names_only_files_and_folders_that_are_there():
    told = re.findall(r"`((?:program|sessions|visits|participants|templates|static|tests)/[\w/.]*)`", README)
    linked = re.findall(r"\]\((?!http|#)([^)]+)\)", README)

    assert [path for path in told + linked if not (settings.BASE_DIR / path).exists()] == []
