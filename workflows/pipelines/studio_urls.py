"""Addresses of pipelines in the studio."""

from django.urls import path

from workflows.pipelines.views import studio

app_name = "pipelines_studio"

ONE = "<slug:pipeline>/"
STAGE = f"{ONE}stages/<slug:stage>/"
MOVE = f"{ONE}moves/<slug:transition>/"

urlpatterns = [
    path("new/<slug:record_type>/", studio.AddPipelineView.as_view(), name="add"),
    path(f"of/{ONE}", studio.PipelineView.as_view(), name="pipeline"),
    path(f"of/{ONE}settings/", studio.SettingsView.as_view(), name="settings"),
    path(f"of/{ONE}archive/", studio.ArchivePipelineView.as_view(), name="archive"),
    path(f"of/{ONE}delete/", studio.DeletePipelineView.as_view(), name="delete"),
    path(f"of/{ONE}new-stage/", studio.AddStageView.as_view(), name="add_stage"),
    path(f"of/{STAGE}", studio.StageView.as_view(), name="stage"),
    path(f"of/{STAGE}shift/", studio.ShiftStageView.as_view(), name="shift_stage"),
    path(f"of/{STAGE}remove/", studio.RemoveStageView.as_view(), name="remove_stage"),
    path(f"of/{STAGE}close/", studio.RetireStageView.as_view(), name="retire_stage"),
    path(f"of/{ONE}new-move/", studio.AddTransitionView.as_view(), name="add_transition"),
    path(f"of/{MOVE}", studio.TransitionView.as_view(), name="transition"),
    path(f"of/{MOVE}remove/", studio.RemoveTransitionView.as_view(), name="remove_transition"),
]
