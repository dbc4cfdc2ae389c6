"""Persistent maps as fields of models: one entry more or less costs the same whatever their size."""

from typing import Any, get_args

from immutables import Map
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


class AsMap:
    """`Annotated[Map[K, V], AsMap()]`: taken from any mapping, written as a JSON object."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        plain: Any = handler.generate_schema(dict.__class_getitem__(get_args(source)))
        return core_schema.no_info_after_validator_function(
            Map,
            plain,
            serialization=core_schema.plain_serializer_function_ser_schema(dict, return_schema=plain),
        )
