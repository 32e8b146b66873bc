from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CrmConfigConfig(AppConfig):
    name = "crm_config"
    verbose_name = _("Configuration")

    def ready(self) -> None:
        from crm_config import permissions, schema, words
        from crm_config.promises import changes
        from crm_config.sections.base import register
        from crm_config.sections.company import CompanySection
        from crm_config.sections.promises import SHAPE, PromiseSection
        from crm_config.sections.record_types import RecordTypeSection
        from crm_config.sections.roles import RoleSection, forget_removed
        from crm_config.sections.segments import SegmentSection
        from crm_config.signals import published

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
        published.connect(forget_removed, dispatch_uid="crm_config.forget_removed")
