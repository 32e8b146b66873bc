from records.models.event import Event
from records.models.link import RecordLink, UniqueValue
from records.models.record import Record
from records.models.serial import TypeSerial

__all__ = ["Event", "Record", "RecordLink", "TypeSerial", "UniqueValue"]
