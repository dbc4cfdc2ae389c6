"""What every answer is made of."""

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class Done(Shape):
    seq: int
