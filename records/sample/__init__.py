"""A fictional trader in optics and office equipment between the Aegean and the Danube, to try things on.

Every name, number and address is made up; the same seed gives the same company, its dates counted back
from the day it is loaded.
"""
