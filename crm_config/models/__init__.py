from crm_config.models.access import FieldGrant, Role, TypeGrant
from crm_config.models.company import Company, ExchangeRate
from crm_config.models.promises import Promise, PromiseCheck
from crm_config.models.publication import ConfigSnapshot, PublishRequest, TypeNumber
from crm_config.models.segments import Segment
from crm_config.models.teams import Membership, Team
from crm_config.models.types import Field, Option, RecordType, Section
from crm_config.models.user import User

__all__ = [
    "Company",
    "ConfigSnapshot",
    "ExchangeRate",
    "Field",
    "FieldGrant",
    "Membership",
    "Option",
    "Promise",
    "PromiseCheck",
    "PublishRequest",
    "RecordType",
    "Role",
    "Section",
    "Segment",
    "Team",
    "TypeGrant",
    "TypeNumber",
    "User",
]
