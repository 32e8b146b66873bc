"""What the screens of one pipeline share."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from crm_config.definitions import TypeDef
from crm_config.views.base import Trail
from crm_config.working_copy.reading import WorkingCopy
from workflows.models import Pipeline
from workflows.pipelines.compiling import compiled
from workflows.pipelines.definitions import PipelineDef
from workflows.pipelines.section import PipelineSection


def definition_of(row: Pipeline) -> PipelineDef:
    return compiled(PipelineSection.raw_of(row))


def pipeline_url(pipeline: Pipeline) -> str:
    return reverse("pipelines_studio:pipeline", args=[pipeline.key])


class OfPipeline:
    """Screens of one pipeline, named by its key in the address."""

    kwargs: dict[str, Any]
    copy: WorkingCopy
    header_icon = "kanban"

    @cached_property
    def pipeline(self) -> Pipeline:
        return get_object_or_404(Pipeline, key=self.kwargs["pipeline"])

    @cached_property
    def definition(self) -> PipelineDef:
        return definition_of(self.pipeline)

    @cached_property
    def record_type(self) -> TypeDef:
        try:
            return self.copy.draft.snapshot.types[self.pipeline.record_type]
        except KeyError as error:
            raise Http404 from error

    @property
    def type_url(self) -> str:
        return reverse("studio:type", args=[self.record_type.key]) + "#tab-pipelines"

    def trail(self) -> Trail:
        return [(self.record_type.label, self.type_url)]


class InPipeline(OfPipeline):
    """Screens below a pipeline's own."""

    def trail(self) -> Trail:
        return [*super().trail(), (self.pipeline.label, pipeline_url(self.pipeline))]

    def get_success_url(self) -> str:
        return pipeline_url(self.pipeline)
