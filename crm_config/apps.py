from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CrmConfigConfig(AppConfig):
    name = "crm_config"
    verbose_name = _("Configuration")

    def ready(self) -> None:
        from crm_config import members, permissions, words
        from crm_config.sections.base import register
        from crm_config.sections.company import CompanySection
        from crm_config.sections.record_types import RecordTypeSection
        from crm_config.sections.roles import RoleSection
        from crm_config.user_admin import policy

        for section in (CompanySection(), RecordTypeSection(), RoleSection()):
            register(section)
        words.register_own()
        permissions.register()
        policy.register()
        members.connect()
