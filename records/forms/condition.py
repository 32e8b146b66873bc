"""A form field for a condition: built in rows, or written as JSON."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.conditions.api import ConditionInvalid, ConditionProblem, parse
from crm_config.definitions import Snapshot, TypeDef
from records.access import Access
from records.builder.assemble import assemble, refuse_constant
from records.builder.desk import Desk
from records.builder.pretty import pretty, same
from records.builder.sheet import BadShape
from records.builder.typed import Typed
from records.widgets.condition import ConditionWidget


class ConditionField(forms.Field):
    """Cleans to the condition's JSON, or to None. `purpose` is a key of `records.builder.purposes`. What is wrong is
    told with its place: `all[1].value: …`. A constant says “everybody” or “nobody”, and is refused unless allowed."""

    default_error_messages = {
        "required": gettext_lazy("Say at least one thing."),
        "json": gettext_lazy("This is not JSON."),
    }

    def __init__(
        self,
        *,
        record_type: TypeDef,
        snapshot: Snapshot,
        access: Access,
        purpose: str,
        required: bool = True,
        allow_constant: bool = False,
        **kwargs: Any,
    ) -> None:
        self.desk = Desk(purpose, record_type, snapshot, access)
        self.allow_constant = allow_constant
        kwargs.setdefault("widget", ConditionWidget(self.desk, allow_constant=allow_constant))
        super().__init__(required=required, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Raises `ValidationError` with all that is wrong."""
        if isinstance(value, Typed) and value.by_rows:
            return self._by_rows(value)
        text = value.text if isinstance(value, Typed) else value
        if isinstance(text, str):
            if not text.strip():
                return None
            try:
                text = json.loads(text)
            except (ValueError, RecursionError) as error:
                raise ValidationError(self.error_messages["json"], code="json") from error
        return self._checked(text)

    def _by_rows(self, typed: Typed) -> Any:
        try:
            found = assemble(typed.sheet, self.desk)
        except BadShape as error:
            message = _("The rows came broken: load the page again.")
            raise ValidationError(message, code="shape") from error
        if not self.allow_constant:
            refuse_constant(found)
        self._refuse(found.problems)
        return found.raw

    def _checked(self, raw: Any) -> Any:
        if raw is None:
            return None
        try:
            condition = parse(raw, self.desk.context)
        except ConditionInvalid as invalid:
            self._refuse(invalid.problems)
            raise
        if not self.allow_constant and condition.constant is not None:
            always = _("This holds for every record.")
            message = always if condition.constant else _("This holds for no record.")
            self._refuse([ConditionProblem("", message)])
        return raw

    def _refuse(self, problems: Any) -> None:
        if problems:
            raise ValidationError([ValidationError(str(p), code="condition") for p in problems])

    def validate(self, value: Any) -> None:
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return not same(initial, self.to_python(data))
        except ValidationError:
            return True

    def prepare_value(self, value: Any) -> Any:
        """What was typed stays as it was typed."""
        return value if value is None or isinstance(value, Typed | str) else pretty(value)
