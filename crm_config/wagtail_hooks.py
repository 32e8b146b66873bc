from django.urls import URLPattern, URLResolver, include, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static

from crm_config import icons, members
from crm_config.menu import drop_news_of_the_frame, studio_menu
from crm_config.user_admin import bulk

hooks.register("construct_help_menu", drop_news_of_the_frame)
hooks.register("register_log_actions", members.register)
for action in bulk.ACTIONS:
    # After Wagtail's own, whose place they take.
    hooks.register("register_bulk_action", action, order=1)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("studio/", include("crm_config.urls"))]


@hooks.register("register_admin_menu_item")
def register_studio() -> MenuItem:
    return studio_menu()


@hooks.register("register_icons")
def register_icons(registered: list[str]) -> list[str]:
    return [*registered, *icons.sprite()]


@hooks.register("insert_global_admin_css")
def colours() -> SafeString:
    return format_html(
        '<link rel="stylesheet" href="{}">', versioned_static("crm_config/css/colours.css")
    )
