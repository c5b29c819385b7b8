"""What is asked, and of whom: everything that can be known of a question before anything is searched for."""

from service.question.parsed import Parsed, Parser
from service.question.subjects.subjects import Subjects, SubjectsNamed

__all__ = ["Parsed", "Parser", "Subjects", "SubjectsNamed"]
