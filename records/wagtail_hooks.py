from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.search import SearchArea

from records.menu import add_record_types
from records.panels.home import build_home, drop_site_summary
from records.viewsets import RecordsViewSet

hooks.register("construct_main_menu", add_record_types)
hooks.register("construct_homepage_panels", build_home)
hooks.register("construct_homepage_summary_items", drop_site_summary)


@hooks.register("register_admin_viewset")
def register_viewset() -> RecordsViewSet:
    return RecordsViewSet()


@hooks.register("register_admin_search_area")
def register_search() -> SearchArea:
    return SearchArea(
        _("Records"), reverse("records:search"), name="records", icon_name="search", order=1
    )


@hooks.register("insert_global_admin_css")
def styles() -> SafeString:
    sheets = ("crm_config/css/values.css", "records/css/records.css")
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((static(s),) for s in sheets))


@hooks.register("insert_global_admin_js")
def scripts() -> SafeString:
    return format_html(
        '<script type="module" src="{}" data-search-url="{}" data-search-label="{}"></script>',
        static("records/js/search.js"),
        reverse("records:search"),
        _("Search everything"),
    )
