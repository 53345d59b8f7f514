"""Values → events."""

from tbnotebook.writer.file_writer import FileWriter
from tbnotebook.writer.health import Health, WriterWarning
from tbnotebook.writer.summary_writer import SummaryWriter
from tbnotebook.writer.values import BadValue

__all__ = ["BadValue", "FileWriter", "Health", "SummaryWriter", "WriterWarning"]
