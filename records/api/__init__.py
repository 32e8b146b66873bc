"""The API: the same services and selectors as the screens, for programs. `crm_site.api` puts it together."""
