"""The studio: the screens on which a company is described. All of them ask for the right to administer."""
