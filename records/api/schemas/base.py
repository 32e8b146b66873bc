"""What the shapes are made of."""

from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field

from crm_config.field_types.support.reference import GREATEST_ID

#: Without NUL, which no database takes.
PLAIN = r"^[^\x00]*$"

RecordId = Annotated[int, Field(ge=1, le=GREATEST_ID)]
Version = Annotated[int, Field(ge=1, le=999_999_999)]
Reason = Annotated[
    str, Field(max_length=500, pattern=PLAIN, description="Why, as the history will tell it.")
]
Values = Annotated[
    dict[str, Any],
    Field(
        description="Values by field key, as `/types/{type}/schema` describes them. "
        "`null` empties a field; what is left out stays as it is."
    ),
]


class Strict(Schema):
    """A request: misspelt names are refused rather than passed over."""

    model_config = ConfigDict(extra="forbid")
