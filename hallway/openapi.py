"""One API description out of several: the gateway is one origin."""

from collections.abc import Mapping, Sequence
from typing import Any

HIDDEN = ("/internal/", "/.well-known/")  # of services; the keys are added for directory only


def merged(documents: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Paths and schemas of all, in the order given. What is not routed from outside is left out.

    Schemas are told apart by name: services share the models of `contracts`, and their own have names of their own.
    """
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    security: dict[str, Any] = {}
    for document in documents:
        for path, operations in document["paths"].items():
            if not path.startswith(HIDDEN):
                paths.setdefault(path, {}).update(operations)
        components = document.get("components", {})
        schemas |= components.get("schemas", {})
        security |= components.get("securitySchemes", {})
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Hallway",
            "version": "1",
            "description": "Drop-in social audio. How the parts play together: docs/protocol.md.",
        },
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": security},
    }
