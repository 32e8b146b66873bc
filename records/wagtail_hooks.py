from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.log_actions import LogActionRegistry

import records.contact.hooks  # noqa: F401
from jobs import registers
from records import delegations, looking, tokens
from records.menu import add_record_types, left_behind_item, look_as_item
from records.panels.home import build_home, drop_site_summary
from records.promises.register import PromiseRegister
from records.views.imports.register import ImportRegister
from records.views.wagtails_files import serve_those_of_pages, take_the_place_of_wagtails
from records.viewsets import (
    AwayViewSet,
    ConditionsViewSet,
    ImportsViewSet,
    LookAsViewSet,
    RecordsViewSet,
    TokensViewSet,
)

registers.add(ImportRegister)
registers.add(PromiseRegister)
hooks.register("construct_main_menu", add_record_types)
hooks.register("construct_homepage_panels", build_home)
hooks.register("construct_homepage_summary_items", drop_site_summary)
# After Wagtail's own.
hooks.register("construct_admin_api", take_the_place_of_wagtails, order=1)
hooks.register("before_serve_document", serve_those_of_pages)


@hooks.register("register_admin_viewset")
def register_viewset() -> RecordsViewSet:
    return RecordsViewSet()


@hooks.register("register_admin_viewset")
def register_imports() -> ImportsViewSet:
    return ImportsViewSet()


@hooks.register("register_admin_viewset")
def register_conditions() -> ConditionsViewSet:
    return ConditionsViewSet()


@hooks.register("register_admin_viewset")
def register_tokens() -> TokensViewSet:
    return TokensViewSet()


@hooks.register("register_admin_viewset")
def register_away() -> AwayViewSet:
    return AwayViewSet()


@hooks.register("register_admin_viewset")
def register_look_as() -> LookAsViewSet:
    return LookAsViewSet()


@hooks.register("register_settings_menu_item")
def register_look_as_item() -> MenuItem:
    return look_as_item()


@hooks.register("register_admin_urls")
def register_simulation() -> list[URLPattern | URLResolver]:
    return [path("studio/simulation/", include("records.simulation.urls"))]


@hooks.register("register_log_actions")
def register_token_actions(actions: LogActionRegistry) -> None:
    actions.register_action(tokens.CREATED, _("Make an API token"), _("API token made"))
    actions.register_action(tokens.REVOKED, _("Revoke an API token"), _("API token revoked"))
    actions.register_action(delegations.GIVEN, _("Arrange who stands in"), _("Stand-in arranged"))
    actions.register_action(looking.STARTED, _("Look as somebody"), _("Looked as somebody"))
    actions.register_action(looking.STOPPED, _("Stop looking"), _("Stopped looking"))
    actions.register_action(delegations.ENDED, _("End standing in"), _("Standing in ended"))


@hooks.register("register_admin_search_area")
def register_search() -> SearchArea:
    return SearchArea(
        _("Records"), reverse("records:search"), name="records", icon_name="search", order=1
    )


@hooks.register("register_reports_menu_item")
def register_left_behind() -> MenuItem:
    return left_behind_item()


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


@hooks.register("insert_global_admin_js")
def typed() -> SafeString:
    """What keeps forms, with its words."""
    words = {
        "kept": gettext("Your draft is kept."),
        "off": gettext("No connection: what you type is kept in this browser."),
        "out": gettext(
            "You are not signed in any more: what you type is kept in this browser. Sign in again, in another tab."
        ),
        "lost": gettext("No connection. What you typed is still here: try again."),
        "large": gettext("This is too long to be kept as a draft: save it soon."),
    }
    return format_html(
        '<script type="module" src="{}" data-typed-url="{}" data-discard-url="{}" data-key-url="{}"{}></script>',
        static("records/js/typed.js"),
        reverse("records:typed"),
        reverse("records:discard_typed"),
        reverse("records:typed_key"),
        format_html_join("", ' data-{}="{}"', words.items()),
    )
