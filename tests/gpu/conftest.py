"""What the tests on a card need. They are asked for by name (scripts/test.sh gpu): they want an NVIDIA card and a build with CUDA."""

import os
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "api"))


@pytest.fixture(scope="session")
def fragua_binary():
    return os.path.abspath(os.environ["FRAGUA_BINARY"])
