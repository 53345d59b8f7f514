"""Values → events."""

from tbnotebook.writer.file_writer import FileWriter
from tbnotebook.writer.global_writer import GlobalSummaryWriter
from tbnotebook.writer.health import Health, WriterWarning
from tbnotebook.writer.stand_in import patch
from tbnotebook.writer.summary_writer import SummaryWriter
from tbnotebook.writer.values import BadValue

__all__ = ["BadValue", "FileWriter", "GlobalSummaryWriter", "Health", "SummaryWriter", "WriterWarning", "patch"]
