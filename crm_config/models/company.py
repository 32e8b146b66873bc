"""What holds for the whole company, and the dated exchange rates."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Company(models.Model):
    """Working copy, one row. Published in the snapshot's `company` section."""

    name = models.CharField(_("name"), max_length=200, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    base_currency = models.CharField(_("base currency"), max_length=3, default="EUR")
    languages = models.JSONField(_("languages"), default=list)
    two_person = models.BooleanField(
        _("a second person approves"),
        default=False,
        help_text=_(
            "A change of the configuration is published only after somebody else approved it."
        ),
    )

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("company")

    def __str__(self) -> str:
        return self.name or str(_("Company"))

    @classmethod
    def load(cls) -> "Company":
        return cls.objects.get_or_create(pk=1, defaults={"languages": ["en"]})[0]


class ExchangeRate(models.Model):
    """From `valid_from` on, one unit of `currency` is worth `rate` units of the base currency."""

    currency = models.CharField(_("currency"), max_length=3)
    valid_from = models.DateField(_("valid from"))
    rate = models.DecimalField(_("rate"), max_digits=18, decimal_places=8)

    class Meta:
        ordering = ["currency", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["currency", "valid_from"], name="one_rate_a_day"),
            models.CheckConstraint(condition=models.Q(rate__gt=0), name="rate_positive"),
        ]
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")

    def __str__(self) -> str:
        return f"{self.currency} {self.valid_from}: {self.rate}"
