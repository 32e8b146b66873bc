"""A draft is tried: how often its automations would have begun."""

from crm_config.live import live
from crm_config.publication import as_published
from records.simulation.trial import Trial
from tests import company as small
from tests.cast import Cast, create
from tests.workflows.automations.making import action, automation
from workflows.automations.figure import measure
from workflows.models import AutomationRun


def test_a_draft_tells_how_often_it_would_have_begun(cast: Cast) -> None:

    create("deal", name="Roof", won=True)
    create("deal", name="Door")
    drafted = automation("won", action("s", "stop"), condition={"field": "won", "op": "is_true"})
    candidate = {**small.small_company(), "automations": [drafted]}
    found = measure(Trial(live(), as_published(candidate)))
    assert found == {"sampled": False, "rows": [{"key": "won", "before": 0, "after": 1}]}
    assert not AutomationRun.objects.exists()
