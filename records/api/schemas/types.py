"""Record types and their fields in answers."""

from ninja import Schema
from pydantic import Field

FIELD_NOTE = "Only fields that you may read."


class OptionOut(Schema):
    key: str
    label: str
    colour: str
    retired: bool


class FieldOut(Schema):
    key: str
    label: str
    help: str
    type: str = Field(description="The field type, such as `money`.")
    kind: str = Field(description="Of computed fields: the type of the result. Else as `type`.")
    section: str
    system: bool = Field(description="Every record has it.")
    writable: bool
    required: bool
    unique: bool
    computed: bool
    readonly_after_creation: bool
    filterable: bool = Field(description="Has an index: conditions on it are quick.")
    sortable: bool = Field(description="Lists can be sorted by it.")
    searchable: bool
    operators: list[str] = Field(description="What `op` may be in conditions on it.")
    options: list[OptionOut] = Field(description="Of choices.")
    targets: list[str] = Field(description="Of links: the types they may point at.")
    multiple: bool = Field(description="Of links: whether it may hold several.")


class SectionOut(Schema):
    key: str
    label: str


class RelationOut(Schema):
    key: str = Field(description="What `related` in conditions names.")
    label: str
    type: str
    field: str


class TypeOut(Schema):
    key: str
    label: str
    plural: str
    description: str
    icon: str
    colour: str
    may: list[str] = Field(description="What you may do with some records of it at least.")
    url: str


class TypeDetailOut(TypeOut):
    fields: list[FieldOut] = Field(description=FIELD_NOTE)
    sections: list[SectionOut]
    columns: list[str] = Field(description="What lists show.")
    relations: list[RelationOut] = Field(description="The other sides of links to it.")


class TypesOut(Schema):
    types: list[TypeOut]
