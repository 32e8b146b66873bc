"""Only some roles read or change a field: no other role alone, and nobody who has none of them."""

from crm_config.promises.checking import Example
from crm_config.promises.definition import PromiseDef
from records.promises.examples import of_field
from records.promises.world import World


def example(promise: PromiseDef, world: World) -> Example | None:
    roles, field = promise.arguments["roles"], promise.arguments["field"]
    right, record_type = promise.arguments["right"], world.record_type(promise)
    for role in roles:
        world.role(role)
    for other in world.snapshot.roles:
        if other not in roles:
            found = of_field(world.alone(other), record_type, field, right, role=other)
            if found:
                return found
    examples = (of_field(a, record_type, field, right) for a in world.others(roles))
    return next(filter(None, examples), None)
