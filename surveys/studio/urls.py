"""Addresses of surveys in the studio: those of the form builder, and what surveys have besides."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from forms_builder.studio_urls import ITEM, ONE, RULE, SECTION, STEP
from forms_builder.views.studio import builder as of_forms
from forms_builder.views.studio import layout, logic
from surveys.studio.building import SURVEYS
from surveys.studio.forms.new import PageForm
from surveys.studio.views import builder, flow, listing, preview, trying, whole

PART = f"{ONE}parts/<slug:part>/"
OURS = {"of": SURVEYS, "header_icon": SURVEYS.icon}
PAGE = {**OURS, "form_class": PageForm}

urlpatterns = [
    path("", listing.SurveysView.as_view(), name="all"),
    path("new/", listing.NewView.as_view(), name="new"),
    path("add/", listing.AddView.as_view(), name="add"),
    path(ONE, builder.BuilderView.as_view(), name="form"),
    path(f"{ONE}kinds/", builder.KindsView.as_view(), name="kinds"),
    path(f"{ONE}add/", of_forms.AddItemView.as_view(**OURS), name="add_item"),
    path(f"{ONE}arrange/", of_forms.ArrangeView.as_view(**OURS), name="arrange"),
    path(f"{ONE}history/<slug:way>/", of_forms.UndoView.as_view(**OURS), name="undo"),
    path(ITEM, builder.ItemView.as_view(), name="item"),
    path(f"{ITEM}remove/", of_forms.RemoveItemView.as_view(**OURS), name="remove_item"),
    path(f"{ITEM}logic/", logic.LogicView.as_view(**OURS), name="logic"),
    path(f"{RULE}add/", logic.AddRuleView.as_view(**OURS), name="add_rule"),
    path(f"{RULE}<int:number>/", logic.RuleView.as_view(**OURS), name="rule"),
    path(f"{RULE}<int:number>/remove/", logic.RemoveRuleView.as_view(**OURS), name="remove_rule"),
    path(
        f"{ONE}new-step/",
        layout.AddStepView.as_view(
            **PAGE,
            page_title=_("New page"),
            submit_label=_("Add page"),
            told=_("The page was added."),
        ),
        name="add_step",
    ),
    path(
        STEP,
        layout.StepView.as_view(**PAGE, page_title=_("Page"), told=_("The page was saved.")),
        name="step",
    ),
    path(
        f"{STEP}remove/",
        layout.RemoveStepView.as_view(
            **OURS, told=_("The page was removed, with what stood on it. It can be undone.")
        ),
        name="remove_step",
    ),
    path(f"{STEP}new-section/", layout.AddSectionView.as_view(**OURS), name="add_section"),
    path(SECTION, layout.SectionView.as_view(**OURS), name="section"),
    path(f"{SECTION}remove/", layout.RemoveSectionView.as_view(**OURS), name="remove_section"),
    path(f"{ONE}flow/", flow.FlowView.as_view(), name="flow"),
    path(f"{ONE}follow-ups/", flow.FollowUpsView.as_view(), name="follow_ups"),
    path(f"{PART}new/", flow.AddPartView.as_view(), name="add_part"),
    path(f"{PART}<int:number>/", flow.PartView.as_view(), name="part"),
    path(f"{PART}<int:number>/move/", flow.MovePartView.as_view(), name="move_part"),
    path(f"{ONE}settings/", whole.SettingsView.as_view(), name="settings"),
    path(f"{ONE}sending/", whole.SendingView.as_view(), name="sending"),
    path(f"{ONE}copy/", whole.CopyView.as_view(), name="copy"),
    path(f"{ONE}archive/", whole.ArchiveView.as_view(), name="archive"),
    path(f"{ONE}delete/", whole.DeleteView.as_view(), name="delete"),
    path(f"{ONE}preview/", preview.PreviewView.as_view(), name="preview"),
    path(f"{ONE}preview/frame/", preview.FrameView.as_view(), name="frame"),
    path(f"{ONE}try/", trying.TryView.as_view(), name="try"),
]
