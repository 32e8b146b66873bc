"""How each kind of promise is checked: a function from promise and world to a counter-example, or None."""

from collections.abc import Callable, Mapping

from crm_config.promises.checking import Example
from crm_config.promises.definition import PromiseDef
from records.promises.kinds import no_access, no_field, only, only_field, reach
from records.promises.world import World

Find = Callable[[PromiseDef, World], Example | None]

FIND: Mapping[str, Find] = {
    "no_access": no_access.example,
    "no_field": no_field.example,
    "only": only.example,
    "only_field": only_field.example,
    "reach": reach.example,
}
