"""No one in a role reads or changes a field: by the role alone, and by each member's roles together."""

from crm_config.promises.checking import Example
from crm_config.promises.definition import PromiseDef
from records.promises.examples import of_field
from records.promises.world import World


def example(promise: PromiseDef, world: World) -> Example | None:
    role, field = promise.arguments["role"], promise.arguments["field"]
    right, record_type = promise.arguments["right"], world.record_type(promise)
    world.role(role)
    if found := of_field(world.alone(role), record_type, field, right, role=role):
        return found
    examples = (of_field(a, record_type, field, right) for a in world.members(role))
    return next(filter(None, examples), None)
