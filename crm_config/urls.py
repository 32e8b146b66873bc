"""Addresses of the studio, under Wagtail's admin. Types, fields and roles are named by their keys, which never
change; the addresses themselves are built once, whatever is configured."""

from django.urls import path

from crm_config.views import (
    arrange,
    company,
    field_changes,
    fields,
    home,
    packs,
    rates,
    review,
    roles,
    teams,
    type,
    types,
    versions,
)

app_name = "studio"

TYPE = "types/<slug:record_type>/"
FIELD = f"{TYPE}fields/<slug:field>/"

urlpatterns = [
    path("", home.HomeView.as_view(), name="home"),
    path("key/", home.ProposeKeyView.as_view(), name="propose_key"),
    path("new-type/", types.AddTypeView.as_view(), name="type_add"),
    path(TYPE, type.TypeView.as_view(), name="type"),
    path(f"{TYPE}archive/", types.ArchiveTypeView.as_view(), name="type_archive"),
    path(f"{TYPE}restore/", types.RestoreTypeView.as_view(), name="type_restore"),
    path(f"{TYPE}delete/", types.DeleteTypeView.as_view(), name="type_delete"),
    path(f"{TYPE}arrange/", arrange.ArrangeView.as_view(), name="arrange"),
    path(f"{TYPE}new-section/", arrange.AddSectionView.as_view(), name="section_add"),
    path(f"{TYPE}sections/<slug:section>/", arrange.SectionView.as_view(), name="section"),
    path(
        f"{TYPE}sections/<slug:section>/delete/",
        arrange.DeleteSectionView.as_view(),
        name="section_delete",
    ),
    path(f"{TYPE}kinds/", fields.KindsView.as_view(), name="kinds"),
    path(f"{TYPE}new-field/", fields.AddFieldView.as_view(), name="field_add"),
    path(FIELD, fields.FieldView.as_view(), name="field"),
    path(f"{FIELD}kind/", field_changes.RetypeFieldView.as_view(), name="field_retype"),
    path(f"{FIELD}archive/", field_changes.ArchiveFieldView.as_view(), name="field_archive"),
    path(f"{FIELD}restore/", field_changes.RestoreFieldView.as_view(), name="field_restore"),
    path(f"{FIELD}delete/", field_changes.DeleteFieldView.as_view(), name="field_delete"),
    path("company/", company.CompanyView.as_view(), name="company"),
    path("rates/", rates.RatesView.as_view(), name="rates"),
    path("rates/new/", rates.AddRateView.as_view(), name="rate_add"),
    path("rates/<int:pk>/", rates.RateView.as_view(), name="rate"),
    path("rates/<int:pk>/delete/", rates.DeleteRateView.as_view(), name="rate_delete"),
    path("teams/", teams.TeamsView.as_view(), name="teams"),
    path("teams/new/", teams.AddTeamView.as_view(), name="team_add"),
    path("teams/<int:pk>/", teams.TeamView.as_view(), name="team"),
    path("teams/<int:pk>/history/", teams.TeamHistoryView.as_view(), name="team_history"),
    path("teams/<int:pk>/delete/", teams.DeleteTeamView.as_view(), name="team_delete"),
    path("roles/", roles.RolesView.as_view(), name="roles"),
    path("new-role/", roles.AddRoleView.as_view(), name="role_add"),
    path("roles/<slug:role>/", roles.RoleView.as_view(), name="role"),
    path("roles/<slug:role>/history/", roles.RoleHistoryView.as_view(), name="role_history"),
    path("roles/<slug:role>/delete/", roles.DeleteRoleView.as_view(), name="role_delete"),
    path("review/", review.ReviewView.as_view(), name="review"),
    path("review/discard/", review.DiscardAllView.as_view(), name="discard_all"),
    path("review/discard/<slug:change>/", review.DiscardView.as_view(), name="discard"),
    path("versions/", versions.VersionsView.as_view(), name="versions"),
    path("versions/compare/", versions.CompareView.as_view(), name="compare"),
    path("versions/<int:version>/", versions.VersionView.as_view(), name="version"),
    path("versions/<int:version>/file/", versions.VersionFileView.as_view(), name="version_file"),
    path("versions/<int:version>/rollback/", versions.RollbackView.as_view(), name="rollback"),
    path("packs/", packs.PacksView.as_view(), name="packs"),
    path("packs/load/", packs.LoadPackView.as_view(), name="pack_load"),
    path("packs/working-copy/", versions.WorkingCopyFileView.as_view(), name="working_copy_file"),
    path("packs/<slug:pack>/", packs.PackView.as_view(), name="pack"),
]
