"""How much one import takes. Beyond, a file is to be split: everybody else works on the same machine."""

MEGABYTE = 1024 * 1024

MAX_FILE = 50 * MEGABYTE
#: Of a workbook, once unpacked: a bomb of a few kilobytes unpacks to gigabytes.
MAX_UNPACKED = 400 * MEGABYTE
MAX_ROWS = 1_000_000
MAX_COLUMNS = 300
#: Longer texts fit into no field; such a row is refused, and its cell kept by its beginning.
MAX_CELL = 110_000
KEPT_OF_A_CELL = 200

#: Rows of one transaction.
CHUNK = 1000
#: Rows looked at to describe columns and guess what they hold.
SAMPLE = 5_000
