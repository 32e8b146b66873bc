"""Addresses of pipelines in the studio."""

from django.urls import path

from workflows.pipelines.views.studio import pipelines, stages, transitions

app_name = "pipelines_studio"

ONE = "<slug:pipeline>/"
STAGE = f"{ONE}stages/<slug:stage>/"
MOVE = f"{ONE}moves/<slug:transition>/"

urlpatterns = [
    path("new/<slug:record_type>/", pipelines.AddPipelineView.as_view(), name="add"),
    path(f"of/{ONE}", pipelines.PipelineView.as_view(), name="pipeline"),
    path(f"of/{ONE}settings/", pipelines.SettingsView.as_view(), name="settings"),
    path(f"of/{ONE}archive/", pipelines.ArchivePipelineView.as_view(), name="archive"),
    path(f"of/{ONE}delete/", pipelines.DeletePipelineView.as_view(), name="delete"),
    path(f"of/{ONE}new-stage/", stages.AddStageView.as_view(), name="add_stage"),
    path(f"of/{STAGE}", stages.StageView.as_view(), name="stage"),
    path(f"of/{STAGE}shift/", stages.ShiftStageView.as_view(), name="shift_stage"),
    path(f"of/{STAGE}remove/", stages.RemoveStageView.as_view(), name="remove_stage"),
    path(f"of/{STAGE}close/", stages.RetireStageView.as_view(), name="retire_stage"),
    path(f"of/{ONE}new-move/", transitions.AddTransitionView.as_view(), name="add_transition"),
    path(f"of/{MOVE}", transitions.TransitionView.as_view(), name="transition"),
    path(f"of/{MOVE}remove/", transitions.RemoveTransitionView.as_view(), name="remove_transition"),
]
