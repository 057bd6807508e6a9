"""Answers pip's question for a source package's metadata from its PKG-INFO.

`pip download` asks a source package's own build backend for metadata: it would install that backend, unchecked, and run
code of the package. We only want the archive. With this module first on PYTHONPATH and --no-build-isolation pip asks us.
"""

import pathlib


def get_requires_for_build_wheel(config_settings=None):
    return []


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    information = pathlib.Path("PKG-INFO").read_text(encoding="utf-8")
    fields = dict(line.split(": ", 1) for line in information.split("\n\n")[0].splitlines() if ": " in line)
    folder = "%s-%s.dist-info" % (fields["Name"].replace("-", "_"), fields["Version"])
    target = pathlib.Path(metadata_directory) / folder
    target.mkdir()
    (target / "METADATA").write_text(information, encoding="utf-8")
    (target / "WHEEL").write_text("Wheel-Version: 1.0\nGenerator: fragua\nRoot-Is-Purelib: true\n", encoding="utf-8")
    return folder
