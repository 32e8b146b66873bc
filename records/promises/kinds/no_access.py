"""No one in a role may do something: by the role alone, and by each member's roles together."""

from crm_config.promises.checking import Example
from crm_config.promises.definition import PromiseDef
from records.promises.examples import of_people, of_role
from records.promises.world import World


def example(promise: PromiseDef, world: World) -> Example | None:
    role, action = promise.arguments["role"], promise.arguments["action"]
    record_type, condition = world.record_type(promise), world.condition(promise)
    world.role(role)
    return of_role(world.alone(role), role, action, record_type, condition) or of_people(
        world.members(role), action, record_type, condition
    )
