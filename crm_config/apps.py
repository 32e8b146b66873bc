from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CrmConfigConfig(AppConfig):
    name = "crm_config"
    verbose_name = _("Configuration")

    def ready(self) -> None:
        from crm_config import members, permissions, schema, words
        from crm_config.promises import changes
        from crm_config.sections.base import register
        from crm_config.sections.company import CompanySection
        from crm_config.sections.promises import SHAPE, PromiseSection
        from crm_config.sections.record_types import RecordTypeSection
        from crm_config.sections.roles import RoleSection
        from crm_config.sections.segments import SegmentSection
        from crm_config.user_admin import policy

        for section in (
            CompanySection(),
            RecordTypeSection(),
            RoleSection(),
            SegmentSection(),
            PromiseSection(),
        ):
            register(section)
        schema.register(PromiseSection.key, SHAPE)
        words.register_own()
        words.register(PromiseSection.key, changes.WORDS)
        permissions.register()
        policy.register()
        members.connect()
