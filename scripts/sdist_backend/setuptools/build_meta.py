"""The same answers for a source package that setuptools would build."""

import sys

from scikit_build_core.build import get_requires_for_build_wheel, prepare_metadata_for_build_wheel  # noqa: F401

__legacy__ = sys.modules[__name__]
