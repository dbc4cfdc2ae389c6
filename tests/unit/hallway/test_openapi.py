from typing import Any

from hallway.openapi import merged

ROOMS: dict[str, Any] = {
    "paths": {"/v1/rooms": {"post": {}}, "/internal/rooms/{id}": {"get": {}}},
    "components": {"schemas": {"Problem": {}, "Policy": {}}},
}
DIRECTORY: dict[str, Any] = {
    "paths": {"/v1/rooms": {"get": {}}},
    "components": {"schemas": {"Problem": {}, "Card": {}}},
}


def test_a_path_may_have_methods_of_two_services_and_nothing_inside_is_shown() -> None:
    assert merged([DIRECTORY, ROOMS])["paths"] == {"/v1/rooms": {"get": {}, "post": {}}}


def test_schemas_of_all_are_there() -> None:
    assert set(merged([DIRECTORY, ROOMS])["components"]["schemas"]) == {"Problem", "Card", "Policy"}
