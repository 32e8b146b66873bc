"""Makes, lists and revokes the API tokens of a user: `manage.py api_token USER --name "Web shop"`."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from crm_config.models import User
from records import tokens
from records.models import ApiToken
from records.token_scopes import BadScope


class Command(BaseCommand):
    help = "Makes an API token for a user and prints it, this once. Or lists, or revokes, the user's tokens."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", help="The name that the user logs in by.")
        parser.add_argument("--name", default="command line", help="What will use the token.")
        parser.add_argument(
            "--scope",
            action="append",
            dest="scopes",
            metavar="SCOPE",
            help="read, write, read:TYPE or write:TYPE; can be repeated. By default: write.",
        )
        parser.add_argument("--days", type=int, help="How long it is valid. By default: for ever.")
        parser.add_argument("--list", action="store_true", help="Show the user's tokens.")
        parser.add_argument("--revoke", metavar="PREFIX", help="Revoke the token that begins so.")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["user"]).first()
        if user is None:
            raise CommandError(f"There is no user “{options['user']}”.")
        if options["list"]:
            self._list(user)
        elif options["revoke"]:
            self._revoke(user, options["revoke"])
        else:
            self._issue(user, options)

    def _issue(self, user: User, options: dict[str, Any]) -> None:
        days = options["days"]
        if days is not None and not 1 <= days <= 36_500:
            raise CommandError("Give --days as a number from 1 to 36500.")
        expires_at = None if days is None else timezone.now() + timedelta(days=days)
        try:
            _token, secret = tokens.issue(
                user=user,
                name=options["name"][:100],
                scopes=options["scopes"] or ["write"],
                expires_at=expires_at,
            )
        except BadScope as error:
            raise CommandError(f"“{error}” is no scope. Use read, write or write:TYPE.") from error
        self.stdout.write(secret)

    def _list(self, user: User) -> None:
        for token in ApiToken.objects.filter(user=user):
            scopes = " ".join(token.scopes)
            self.stdout.write(f"{token.prefix}…  {token.state().value:8}  {scopes}  {token.name}")

    def _revoke(self, user: User, prefix: str) -> None:
        found = ApiToken.objects.filter(user=user, prefix__startswith=prefix, revoked_at=None)
        if len(found) != 1:
            raise CommandError(f"{len(found)} tokens begin with “{prefix}”; name one.")
        tokens.revoke(found[0])
        self.stdout.write(f"Revoked: {found[0].name}")
