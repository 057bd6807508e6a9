"""Small models in Ollama's layout: bytes, manifests, and how they are put into a model folder."""

import json
import random

from fragua_server import digest_of

MANIFEST_TYPE = "application/vnd.docker.distribution.manifest.v2+json"
CONFIG_TYPE = "application/vnd.docker.container.image.v1+json"
LAYER_TYPE = "application/vnd.ollama.image."


def noise(size, seed=1):
    return random.Random(seed).randbytes(size)


class Model:
    def __init__(self, weights, system="Be kind."):
        config = json.dumps({"model_format": "gguf", "model_family": "llama", "model_families": ["llama"], "model_type": "1B",
                             "file_type": "F16", "architecture": "amd64", "os": "linux",
                             "rootfs": {"type": "layers", "diff_ids": []}}).encode()
        parts = [("model", weights), ("system", system.encode())]
        self.weights = weights
        self.blobs = {digest_of(data): data for data in [config, *(data for _, data in parts)]}
        self.fields = {"schemaVersion": 2, "mediaType": MANIFEST_TYPE,
                       "config": {"mediaType": CONFIG_TYPE, "digest": digest_of(config), "size": len(config)},
                       "layers": [{"mediaType": LAYER_TYPE + kind, "digest": digest_of(data), "size": len(data)}
                                  for kind, data in parts]}

    @property
    def manifest(self):
        return json.dumps(self.fields).encode()

    def put_into(self, models, path):
        """path: host/namespace/model/tag below manifests/."""
        file = models / "manifests" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(self.manifest)
        blobs = models / "blobs"
        blobs.mkdir(exist_ok=True)
        for digest, data in self.blobs.items():
            (blobs / digest.replace(":", "-")).write_bytes(data)
