"""docs/openapi.json is what `fragua openapi` prints: a changed route or body must not leave the document behind."""

import json
import os
import pathlib
import subprocess

import pytest

DOCUMENT = pathlib.Path(__file__).parents[2] / "docs" / "openapi.json"


@pytest.fixture(scope="session")
def printed():
    path = os.environ.get("FRAGUA_BINARY")
    if not path:
        pytest.skip("FRAGUA_BINARY is not set")
    return subprocess.run([os.path.abspath(path), "openapi"], capture_output=True, text=True, check=True, timeout=60).stdout


def test_the_document_in_docs_is_what_the_program_prints(printed):
    assert DOCUMENT.read_text() == printed, "run: fragua openapi > docs/openapi.json"


def test_every_operation_names_its_scope_and_what_it_is_for(printed):
    operations = [operation for item in json.loads(printed)["paths"].values() for operation in item.values()]
    assert operations
    assert all(operation["x-scope"] and operation["summary"] for operation in operations)
