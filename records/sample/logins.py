"""Who works at the sample company. The password of each login is its name."""

from dataclasses import dataclass

COMPANY = "Thalassa Danube"
SALES, SERVICE, MARKETING = "Sales", "Service", "Marketing"
DANUBE, AEGEAN, VISTULA = "Sales Danube", "Sales Aegean", "Sales Vistula"

#: Team, and the one it is part of.
TEAMS = (
    (COMPANY, None),
    (SALES, COMPANY),
    (DANUBE, SALES),
    (AEGEAN, SALES),
    (VISTULA, SALES),
    (SERVICE, COMPANY),
    (MARKETING, COMPANY),
)


@dataclass(frozen=True)
class Login:
    """`role` is a key of the packs' roles; whoever has none sees nothing."""

    name: str
    given_name: str
    family_name: str
    role: str = ""
    team: str = ""
    leads: bool = False


LOGINS = (
    Login("admin", "Alexandra", "Marinescu", "administrator", COMPANY),
    Login("manager", "Dimitris", "Vlachakis", "manager", COMPANY, leads=True),
    Login("sales", "Ioana", "Brateș", "sales", DANUBE, leads=True),
    Login("sales2", "Nikos", "Thalassinos", "sales", AEGEAN, leads=True),
    Login("sales3", "Zofia", "Jaworska", "sales", VISTULA, leads=True),
    Login("support", "Matei", "Salcia", "support", SERVICE, leads=True),
    Login("support2", "Eleni", "Kymata", "support", SERVICE),
    Login("marketing", "Ania", "Bursztyn", "marketing", MARKETING, leads=True),
    Login("outsider", "Olaf", "Grey"),
)
BY_NAME = {login.name: login for login in LOGINS}
#: Who looks after the customers that speak a language.
SELLERS = {"ro": "sales", "el": "sales2", "pl": "sales3", "en": "sales3"}
SUPPORTERS = ("support", "support2")
