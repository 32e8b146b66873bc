"""Only some roles may do something: no other role alone, and nobody who has none of them."""

from crm_config.promises.checking import Example
from crm_config.promises.definition import PromiseDef
from records.promises.examples import of_people, of_role
from records.promises.world import World


def example(promise: PromiseDef, world: World) -> Example | None:
    roles, action = promise.arguments["roles"], promise.arguments["action"]
    record_type, condition = world.record_type(promise), world.condition(promise)
    for role in roles:
        world.role(role)
    for other in world.snapshot.roles:
        if other not in roles:
            found = of_role(world.alone(other), other, action, record_type, condition)
            if found:
                return found
    return of_people(world.others(roles), action, record_type, condition)
