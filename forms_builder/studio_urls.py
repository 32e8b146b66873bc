"""Addresses of forms in the studio."""

from django.urls import path

from forms_builder.views.studio import (
    builder,
    handling,
    invitations,
    layout,
    listing,
    logic,
    preview,
    whole,
)

app_name = "form_studio"

ONE = "of/<slug:form>/"
ITEM = f"{ONE}items/<slug:item>/"
RULE = f"{ITEM}rules/<slug:kind>/"
STEP = f"{ONE}steps/<slug:step>/"
SECTION = f"{STEP}sections/<slug:section>/"
ROUTE = f"{ONE}routes/<slug:route>/"

urlpatterns = [
    path("", listing.FormsView.as_view(), name="all"),
    path("new/", listing.NewView.as_view(), name="new"),
    path("add/", listing.AddView.as_view(), name="add"),
    path(ONE, builder.BuilderView.as_view(), name="form"),
    path(f"{ONE}add/", builder.AddItemView.as_view(), name="add_item"),
    path(f"{ONE}arrange/", builder.ArrangeView.as_view(), name="arrange"),
    path(f"{ONE}history/<slug:way>/", builder.UndoView.as_view(), name="undo"),
    path(ITEM, builder.ItemView.as_view(), name="item"),
    path(f"{ITEM}remove/", builder.RemoveItemView.as_view(), name="remove_item"),
    path(f"{ITEM}logic/", logic.LogicView.as_view(), name="logic"),
    path(f"{RULE}add/", logic.AddRuleView.as_view(), name="add_rule"),
    path(f"{RULE}<int:number>/", logic.RuleView.as_view(), name="rule"),
    path(f"{RULE}<int:number>/remove/", logic.RemoveRuleView.as_view(), name="remove_rule"),
    path(f"{ONE}new-step/", layout.AddStepView.as_view(), name="add_step"),
    path(STEP, layout.StepView.as_view(), name="step"),
    path(f"{STEP}remove/", layout.RemoveStepView.as_view(), name="remove_step"),
    path(f"{STEP}new-section/", layout.AddSectionView.as_view(), name="add_section"),
    path(SECTION, layout.SectionView.as_view(), name="section"),
    path(f"{SECTION}remove/", layout.RemoveSectionView.as_view(), name="remove_section"),
    path(f"{ONE}settings/", whole.SettingsView.as_view(), name="settings"),
    path(f"{ONE}channel/", whole.ChannelView.as_view(), name="channel"),
    path(f"{ONE}invitations/", invitations.InvitationsView.as_view(), name="invitations"),
    path(f"{ONE}copy/", whole.CopyView.as_view(), name="copy"),
    path(f"{ONE}archive/", whole.ArchiveView.as_view(), name="archive"),
    path(f"{ONE}delete/", whole.DeleteView.as_view(), name="delete"),
    path(f"{ONE}handling/", handling.HandlingView.as_view(), name="handling"),
    path(f"{ONE}links/<slug:link>/", handling.LinkView.as_view(), name="link"),
    path(f"{ONE}new-route/", handling.AddRouteView.as_view(), name="add_route"),
    path(ROUTE, handling.RouteView.as_view(), name="route"),
    path(f"{ROUTE}move/", handling.MoveRouteView.as_view(), name="move_route"),
    path(f"{ONE}preview/", preview.PreviewView.as_view(), name="preview"),
    path(f"{ONE}preview/frame/", preview.FrameView.as_view(), name="frame"),
]
